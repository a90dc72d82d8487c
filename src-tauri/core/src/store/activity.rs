//! The append-only log in words. Names people by id, never by what Lever says about their pay or address.

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StoreError;
use super::names::{name, named};
use crate::redact;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The connection to Lever.
    Connection,
    /// The mapping.
    Mapping,
    /// A listener.
    Listener,
    /// An event that arrived.
    Event,
    /// The import of a person.
    Import,
    /// A workflow.
    Workflow,
    /// An offer letter.
    Letter,
    /// The way from the internet.
    Relay,
    /// Settings.
    Settings,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Done,
    /// Nothing to do.
    Skipped,
    /// Waits for a person or for another try.
    Waiting,
    /// Refused or failed.
    Refused,
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Lever.
    Lever,
    /// The user of this app.
    You,
    /// Fulcrum by itself.
    Fulcrum,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ActivityLine {
    /// Counts up.
    pub id: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// What it is about.
    pub kind: Kind,
    /// Who.
    pub actor: Actor,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, in words.
    pub sentence: String,
    /// The person it is about.
    pub person_id: Option<String>,
    /// Joins the lines of one event's way.
    pub correlation: Option<String>,
    /// The raw text, if any.
    pub detail: Option<String>,
}

/// A line to write.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    kind: Kind,
    actor: Actor,
    outcome: Outcome,
    sentence: String,
    person_id: Option<&'a str>,
    correlation: Option<&'a str>,
    detail: Option<String>,
}

impl<'a> Entry<'a> {
    /// A line about something that Fulcrum did.
    pub fn new(kind: Kind, outcome: Outcome, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            actor: Actor::Fulcrum,
            outcome,
            sentence: sentence.into(),
            person_id: None,
            correlation: None,
            detail: None,
        }
    }

    /// Done by somebody else.
    pub fn by(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    /// About a person.
    pub fn about(self, person_id: &'a str) -> Self {
        Self {
            person_id: Some(person_id),
            ..self
        }
    }

    /// Part of one event's way.
    pub fn on(self, correlation: &'a str) -> Self {
        Self {
            correlation: Some(correlation),
            ..self
        }
    }

    /// With the raw text behind it, less any secret that it repeats.
    pub fn detail(self, detail: impl ToString) -> Self {
        Self {
            detail: Some(redact::without_secrets(&detail.to_string()).into_owned()),
            ..self
        }
    }

    /// Appends the line.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn write(&self, db: &Connection, at: i64) -> Result<(), StoreError> {
        db.prepare_cached(
            "INSERT INTO activity (at, kind, actor, outcome, sentence, person_id, correlation, detail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            at,
            name(&self.kind)?,
            name(&self.actor)?,
            name(&self.outcome)?,
            self.sentence,
            self.person_id,
            self.correlation,
            self.detail,
        ])?;
        Ok(())
    }
}

/// Lines before an id, newest first; of one person, if given.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn list(
    db: &Connection,
    before: Option<i64>,
    person_id: Option<&str>,
    limit: u32,
) -> Result<Vec<ActivityLine>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, at, kind, actor, outcome, sentence, person_id, correlation, detail FROM activity
         WHERE id < ?1 AND (?2 IS NULL OR person_id = ?2
           OR correlation IN (SELECT correlation FROM activity WHERE person_id = ?2))
         ORDER BY id DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(
        params![before.unwrap_or(i64::MAX), person_id, limit],
        columns,
    )?;
    rows.map(|row| line(row?)).collect()
}

/// The way of one event, oldest first.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn of_correlation(db: &Connection, correlation: &str) -> Result<Vec<ActivityLine>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, at, kind, actor, outcome, sentence, person_id, correlation, detail FROM activity
         WHERE correlation = ?1 ORDER BY id LIMIT 200",
    )?;
    let rows = statement.query_map([correlation], columns)?;
    rows.map(|row| line(row?)).collect()
}

type Columns = (ActivityLine, String, String, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    let line = ActivityLine {
        id: row.get(0)?,
        at: row.get(1)?,
        kind: Kind::Settings,
        actor: Actor::Fulcrum,
        outcome: Outcome::Done,
        sentence: row.get(5)?,
        person_id: row.get(6)?,
        correlation: row.get(7)?,
        detail: row.get(8)?,
    };
    Ok((line, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn line((line, kind, actor, outcome): Columns) -> Result<ActivityLine, StoreError> {
    Ok(ActivityLine {
        kind: named(&kind)?,
        actor: named(&actor)?,
        outcome: named(&outcome)?,
        ..line
    })
}

/// Deletes the lines of one way, because they name somebody who is gone from Lever.
///
/// # Errors
/// [`StoreError`] if they cannot be deleted.
pub fn forget(db: &Connection, correlation: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM activity WHERE correlation = ?1")?
        .execute([correlation])?;
    Ok(())
}
