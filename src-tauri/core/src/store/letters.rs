//! Offer letters, one for each offer, each with its versions.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::names::{self, name};
use crate::offers::rules::{FieldChange, LetterFields, Stands};
pub use crate::offers::rules::{LetterSource, LetterState};

/// A letter.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterRow {
    /// Its id.
    pub id: String,
    /// Lever's id of the offer.
    pub offer_id: Option<String>,
    /// The candidacy that it belongs to.
    pub opportunity_id: Option<String>,
    /// The contact behind that.
    pub contact_id: Option<String>,
    /// Where the offer is.
    pub source: LetterSource,
    /// Whether it is shown.
    pub state: LetterState,
    /// The candidate's name, as the letter says it.
    pub candidate: String,
    /// The job title, as the letter says it.
    pub job: String,
    /// How far the offer is: *Published*, *Accepted*, *Declined*, or what Lever says where nobody knows it.
    pub status: String,
    /// The last day of the offer, as `2026-01-31`.
    pub expires_on: Option<String>,
    /// The first day of the job.
    pub starts_on: Option<String>,
    /// The pay with its currency and period; empty if it says none.
    pub pay: String,
    /// What a person should put right, in words.
    pub attention: Option<String>,
    /// What it says.
    pub fields: LetterFields,
    /// Where the candidacy stands in Lever.
    pub stands: Stands,
    /// Counts its versions from 1.
    pub version: i64,
    /// The mapping that made the version.
    pub mapping_version: i64,
    /// Of what was read in Lever for it, to know it again.
    pub digest: Option<Vec<u8>>,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// When Lever was last asked.
    pub checked_at: i64,
}

/// One version of a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// Counts from 1.
    pub version: i64,
    /// What it said.
    pub fields: LetterFields,
    /// What it said otherwise than the one before.
    pub changes: Vec<FieldChange>,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// Since when the candidate could see it; none if never.
    pub shown_at: Option<i64>,
}

const SELECT: &str = "SELECT id, offer_id, opportunity_id, contact_id, source, state, candidate, job, status,
    expires_on, starts_on, pay, attention, fields, stands, version, mapping_version, digest, made_at, updated_at,
    checked_at FROM letters";

/// What is kept as a name or as JSON: source, state, fields, stands.
type Texts = (String, String, String, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<(LetterRow, Texts)> {
    let letter = LetterRow {
        id: row.get(0)?,
        offer_id: row.get(1)?,
        opportunity_id: row.get(2)?,
        contact_id: row.get(3)?,
        source: LetterSource::Lever,
        state: LetterState::Held,
        candidate: row.get(6)?,
        job: row.get(7)?,
        status: row.get(8)?,
        expires_on: row.get(9)?,
        starts_on: row.get(10)?,
        pay: row.get(11)?,
        attention: row.get(12)?,
        fields: LetterFields::new(),
        stands: Stands::default(),
        version: row.get(15)?,
        mapping_version: row.get(16)?,
        digest: row.get(17)?,
        made_at: row.get(18)?,
        updated_at: row.get(19)?,
        checked_at: row.get(20)?,
    };
    let texts = (row.get(4)?, row.get(5)?, row.get(13)?, row.get(14)?);
    Ok((letter, texts))
}

fn parsed(
    (letter, (source, state, fields, stands)): (LetterRow, Texts),
) -> Result<LetterRow, StoreError> {
    Ok(LetterRow {
        source: names::named(&source)?,
        state: names::named(&state)?,
        fields: serde_json::from_str(&fields)?,
        stands: serde_json::from_str(&stands)?,
        ..letter
    })
}

/// One letter, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: &str) -> Result<Option<LetterRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], columns)
        .optional()?;
    found.map(parsed).transpose()
}

/// The letters of a candidacy, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of_opportunity(db: &Connection, opportunity_id: &str) -> Result<Vec<LetterRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE opportunity_id = ?1 ORDER BY made_at, id"
    ))?;
    let rows = statement.query_map([opportunity_id], columns)?;
    rows.map(|row| parsed(row?)).collect()
}

/// Saves a letter in place of what was known of it.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, letter: &LetterRow) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO letters (id, offer_id, opportunity_id, contact_id, source, state, candidate, job, status,
           expires_on, starts_on, pay, attention, fields, stands, version, mapping_version, digest, made_at,
           updated_at, checked_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
         ON CONFLICT (id) DO UPDATE SET opportunity_id = ?3, contact_id = ?4, state = ?6, candidate = ?7,
           job = ?8, status = ?9, expires_on = ?10, starts_on = ?11, pay = ?12, attention = ?13, fields = ?14,
           stands = ?15, version = ?16, mapping_version = ?17, digest = ?18, updated_at = ?20, checked_at = ?21",
    )?
    .execute(params![
        letter.id,
        letter.offer_id,
        letter.opportunity_id,
        letter.contact_id,
        name(&letter.source)?,
        name(&letter.state)?,
        letter.candidate,
        letter.job,
        letter.status,
        letter.expires_on,
        letter.starts_on,
        letter.pay,
        letter.attention,
        serde_json::to_string(&letter.fields)?,
        serde_json::to_string(&letter.stands)?,
        letter.version,
        letter.mapping_version,
        letter.digest,
        letter.made_at,
        letter.updated_at,
        letter.checked_at,
    ])?;
    Ok(())
}

/// What a list of letters shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRow {
    /// As [`LetterRow::id`].
    pub id: String,
    /// As [`LetterRow::source`].
    pub source: LetterSource,
    /// As [`LetterRow::state`].
    pub state: LetterState,
    /// As [`LetterRow::status`].
    pub status: String,
    /// As [`LetterRow::expires_on`].
    pub expires_on: Option<String>,
    /// As [`LetterRow::starts_on`].
    pub starts_on: Option<String>,
    /// As [`LetterRow::candidate`].
    pub candidate: String,
    /// As [`LetterRow::job`].
    pub job: String,
    /// As [`LetterRow::pay`].
    pub pay: String,
    /// As [`LetterRow::attention`].
    pub attention: Option<String>,
    /// As [`LetterRow::updated_at`].
    pub updated_at: i64,
    /// As [`LetterRow::checked_at`].
    pub checked_at: i64,
}

/// Every letter as a list shows it, in no order.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn listed(db: &Connection) -> Result<Vec<ListedRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, source, state, status, expires_on, starts_on, candidate, job, pay, attention, updated_at,
           checked_at FROM letters",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(ListedRow {
            id: row.get(0)?,
            source: names::named(&row.get::<_, String>(1)?)?,
            state: names::named(&row.get::<_, String>(2)?)?,
            status: row.get(3)?,
            expires_on: row.get(4)?,
            starts_on: row.get(5)?,
            candidate: row.get(6)?,
            job: row.get(7)?,
            pay: row.get(8)?,
            attention: row.get(9)?,
            updated_at: row.get(10)?,
            checked_at: row.get(11)?,
        });
    }
    Ok(all)
}

/// The candidacies with a letter in whose candidate's name this text is, by name.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn named(db: &Connection, text: &str) -> Result<Vec<String>, StoreError> {
    let text = text.to_lowercase();
    let mut found: Vec<_> = Vec::new();
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT opportunity_id, candidate FROM letters
         WHERE opportunity_id IS NOT NULL AND candidate <> '' ORDER BY candidate, opportunity_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, String>(1)?.to_lowercase().contains(&text) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// Notes that Lever was asked about the letters of a candidacy and said nothing new.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn checked(db: &Connection, opportunity_id: &str, at: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE letters SET checked_at = ?2 WHERE opportunity_id = ?1")?
        .execute(params![opportunity_id, at])?;
    Ok(())
}

/// Adds a version of a letter.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add_version(
    db: &Connection,
    letter_id: &str,
    version: &VersionRow,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO letter_versions (letter_id, version, fields, changes, made_at, shown_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        letter_id,
        version.version,
        serde_json::to_string(&version.fields)?,
        serde_json::to_string(&version.changes)?,
        version.made_at,
        version.shown_at,
    ])?;
    Ok(())
}

/// The versions of a letter, the newest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn versions(db: &Connection, letter_id: &str) -> Result<Vec<VersionRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT version, fields, changes, made_at, shown_at FROM letter_versions
         WHERE letter_id = ?1 ORDER BY version DESC",
    )?;
    let mut rows = statement.query([letter_id])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(VersionRow {
            version: row.get(0)?,
            fields: serde_json::from_str(&row.get::<_, String>(1)?)?,
            changes: serde_json::from_str(&row.get::<_, String>(2)?)?,
            made_at: row.get(3)?,
            shown_at: row.get(4)?,
        });
    }
    Ok(versions)
}

/// Notes since when the candidate can see a version; the first word counts.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn shown(db: &Connection, letter_id: &str, version: i64, at: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE letter_versions SET shown_at = coalesce(shown_at, ?3)
         WHERE letter_id = ?1 AND version = ?2",
    )?
    .execute(params![letter_id, version, at])?;
    Ok(())
}

/// Removes all that a letter said, and every version of it; what is left names nobody.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn bury(db: &Connection, letter_id: &str, at: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM letter_versions WHERE letter_id = ?1")?
        .execute([letter_id])?;
    db.prepare_cached(
        "UPDATE letters SET state = ?2, contact_id = NULL, candidate = '', job = '', status = '', expires_on = NULL,
           starts_on = NULL, pay = '', attention = NULL, fields = '{}', stands = ?3, digest = NULL, updated_at = ?4, checked_at = ?4 WHERE id = ?1",
    )?
    .execute(params![
        letter_id,
        name(&LetterState::Deleted)?,
        serde_json::to_string(&Stands::default())?,
        at
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offers::rules::LetterField;
    use crate::store::migrate::memory;

    fn letter(id: &str) -> LetterRow {
        let title = LetterField {
            value: Some("Data Engineer".to_owned()),
            ..LetterField::default()
        };
        LetterRow {
            id: id.to_owned(),
            offer_id: Some(format!("offer-{id}")),
            opportunity_id: Some("o-rosa".to_owned()),
            contact_id: Some("c-rosa".to_owned()),
            source: LetterSource::Lever,
            state: LetterState::Live,
            candidate: "Rosa Lindqvist".to_owned(),
            job: "Data Engineer".to_owned(),
            status: "Published".to_owned(),
            expires_on: Some("2027-01-31".to_owned()),
            starts_on: Some("2027-02-01".to_owned()),
            pay: "EUR 64000".to_owned(),
            attention: None,
            fields: LetterFields::from([("job_title".to_owned(), title)]),
            stands: Stands {
                name: "Rosa Lindqvist".to_owned(),
                ..Stands::default()
            },
            version: 1,
            mapping_version: 0,
            digest: Some(vec![1]),
            made_at: 10,
            updated_at: 10,
            checked_at: 10,
        }
    }

    #[test]
    fn a_letter_is_read_as_it_was_saved_and_keeps_when_it_was_made() {
        let db = memory();
        let mut one = letter("a");
        put(&db, &one).unwrap();
        assert_eq!(get(&db, "a").unwrap().as_ref(), Some(&one));
        one.state = LetterState::Withdrawn;
        one.updated_at = 20;
        put(
            &db,
            &LetterRow {
                made_at: 99,
                ..one.clone()
            },
        )
        .unwrap();
        assert_eq!(of_opportunity(&db, "o-rosa").unwrap(), [one]);
        checked(&db, "o-rosa", 30).unwrap();
        assert_eq!(get(&db, "a").unwrap().unwrap().checked_at, 30);
        let twice = LetterRow {
            id: "b".to_owned(),
            ..letter("a")
        };
        assert!(put(&db, &twice).is_err(), "one offer has one letter");
    }

    #[test]
    fn nothing_of_a_buried_letter_names_anybody() {
        let db = memory();
        let one = letter("a");
        put(&db, &one).unwrap();
        let version = VersionRow {
            version: 1,
            fields: one.fields.clone(),
            changes: Vec::new(),
            made_at: 10,
            shown_at: None,
        };
        add_version(&db, "a", &version).unwrap();
        shown(&db, "a", 1, 15).unwrap();
        shown(&db, "a", 1, 25).unwrap();
        assert_eq!(versions(&db, "a").unwrap()[0].shown_at, Some(15));
        bury(&db, "a", 40).unwrap();
        let left = get(&db, "a").unwrap().unwrap();
        assert_eq!(left.state, LetterState::Deleted);
        assert_eq!((left.offer_id, left.made_at), (one.offer_id, 10));
        let said = [left.candidate, left.job, left.status, left.pay];
        assert_eq!(said, [""; 4].map(str::to_owned));
        assert!(left.fields.is_empty() && left.contact_id.is_none() && left.digest.is_none());
        assert_eq!(left.stands, Stands::default());
        assert!(versions(&db, "a").unwrap().is_empty());
    }
}
