//! What a person decides about a letter against Lever: a value of their own, or to take the letter back.

use rusqlite::Connection;

use super::rules::{FieldChange, Kept, changes, refused};
use super::said::name;
use super::{company, page};
use crate::jobs;
use crate::mapping::Schema;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::letters::{self, LetterRow, LetterState, VersionRow};
use crate::store::{StoreError, pages};

/// What a person decides about a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A field says this, whatever Lever says.
    Keep(String, Kept),
    /// A field says what Lever says again.
    Take(String),
    /// The candidate sees the letter no more.
    Withdraw,
    /// The candidate sees it.
    Publish,
}

/// Why that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// The letter is gone, or its candidate is.
    #[error("This letter is no longer here.")]
    Gone,
    /// A letter has no such field.
    #[error("A letter has no such field.")]
    NoField,
    /// Nobody can mean the value.
    #[error("{0}")]
    Refused(String),
    /// The letter lacks something.
    #[error("It cannot be shown yet. {0}")]
    Lacks(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Carries out what a person decided. `now` is in milliseconds since 1970 UTC.
///
/// # Errors
/// [`DecisionError`] if that cannot be; nothing is changed then.
pub fn decide(
    db: &Connection,
    letter_id: &str,
    decision: Decision,
    now: i64,
) -> Result<(), DecisionError> {
    let letter = letters::get(db, letter_id)?;
    let letter = letter.filter(|letter| letter.state != LetterState::Deleted);
    let mut letter = letter.ok_or(DecisionError::Gone)?;
    let before = letter.clone();
    let schema = Schema::of_offers();
    let label = |field: &str| {
        let known = schema.get(field).map(|field| field.label.clone());
        known.ok_or(DecisionError::NoField)
    };
    let sentence = match decision {
        Decision::Keep(field, kept) => {
            let words = format!(
                "You set {} of the letter of {}: {}",
                label(&field)?,
                letter.candidate,
                kept.reason
            );
            letter.fields.entry(field).or_default().kept = Some(kept);
            words
        }
        Decision::Take(field) => {
            let words = format!(
                "{} of the letter of {} is as in Lever again.",
                label(&field)?,
                letter.candidate
            );
            letter.fields.entry(field).or_default().kept = None;
            words
        }
        Decision::Withdraw => {
            letter.state = LetterState::Withdrawn;
            format!(
                "You took back the letter of {}. Its link says that it is no longer available.",
                letter.candidate
            )
        }
        Decision::Publish => {
            if let Some(lacks) = &letter.attention {
                return Err(DecisionError::Lacks(lacks.clone()));
            }
            letter.state = LetterState::Live;
            format!("You published the letter of {}.", letter.candidate)
        }
    };
    check(&letter)?;
    name(&mut letter);
    write(db, &before, &mut letter, now)?;
    Entry::new(Kind::Letter, Outcome::Done, sentence)
        .by(Actor::You)
        .on(&jobs::letter(letter_id))
        .write(db, now)?;
    Ok(())
}

/// Refuses values that nobody can mean, whoever set them.
fn check(letter: &LetterRow) -> Result<(), DecisionError> {
    let shown = letter.fields.iter();
    let shown = shown.filter_map(|(id, field)| Some((id.as_str(), field.shown()?)));
    let schema = Schema::of_offers();
    match refused(&shown.collect()).into_iter().next() {
        None => Ok(()),
        Some((field, words)) => {
            let label = schema.get(field).map_or(field, |field| &field.label);
            Err(DecisionError::Refused(format!("{label}: {words}")))
        }
    }
}

fn write(
    db: &Connection,
    before: &LetterRow,
    letter: &mut LetterRow,
    now: i64,
) -> Result<(), StoreError> {
    let said: Vec<FieldChange> = changes(&before.fields, &letter.fields);
    letter.updated_at = now;
    if !said.is_empty() {
        letter.version += 1;
    }
    letters::put(db, letter)?;
    if !said.is_empty() {
        let version = VersionRow {
            version: letter.version,
            fields: letter.fields.clone(),
            changes: said,
            made_at: now,
            shown_at: None,
        };
        letters::add_version(db, &letter.id, &version)?;
    }
    match letter.state {
        LetterState::Live => page::show(db, letter, &company(db)?.zone, now),
        _ => pages::remove(db, &letter.id),
    }
}
