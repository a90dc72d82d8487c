//! The kinds of work, as the parts of the program hand them to each other.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::Remedy;
use crate::store::StoreError;
use crate::store::connections::Integration;
use crate::store::jobs::{self, JobRow, NewJob};
use crate::store::letter_writes::{self, WriteKind};
use crate::store::names::name;

/// Import the person behind a hire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hire {
    /// The opportunity to read.
    pub opportunity_id: String,
    /// The workflow the person is to enter.
    pub workflow_id: String,
    /// The listener whose admission counts; none lets every hire in.
    #[serde(default)]
    pub listener_id: Option<String>,
    /// Whether the user runs it although a filter of the listener does not let it in.
    #[serde(default)]
    pub by_hand: bool,
}

impl Hire {
    /// The name of this work.
    pub const NAME: &str = "people.import";

    /// The event in the inbox whose work this is; none if it came without one.
    pub fn event_of(job: &JobRow) -> Option<i64> {
        job.key.parse().ok()
    }
}

/// Let a person into a workflow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enter {
    /// The person.
    pub person_id: String,
    /// The opportunity they were hired through.
    pub opportunity_id: String,
    /// The workflow.
    pub workflow_id: String,
}

impl Enter {
    /// The name of this work.
    pub const NAME: &str = "workflows.enter";
}

/// Tell Lever that a connection has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Its departure.
    pub departure: i64,
}

impl Leave {
    /// The name of this work.
    pub const NAME: &str = "connections.leave";

    /// Adds the work.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn add(&self, db: &Connection, now: i64) -> Result<(), StoreError> {
        let key = self.departure.to_string();
        jobs::add(
            db,
            &NewJob {
                name: Self::NAME,
                key: &key,
                payload: serde_json::to_string(self)?,
                correlation: &format!("departure/{key}"),
            },
            now,
        )?;
        Ok(())
    }
}

/// Delete in Lever the webhook of a listener that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unhook {
    /// The integration through whose connection it was made.
    #[serde(default = "of_onboarding")]
    pub integration: Integration,
    /// The listener.
    pub listener_id: String,
    /// Lever's id of the webhook; none if Lever never said it.
    pub webhook_id: Option<String>,
    /// The address it calls.
    pub url: String,
}

/// What work of an earlier version belongs to, which knew no other listeners.
fn of_onboarding() -> Integration {
    Integration::Onboarding
}

impl Unhook {
    /// The name of this work.
    pub const NAME: &str = "listeners.unhook";

    /// Adds the work.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn add(&self, db: &Connection, now: i64) -> Result<(), StoreError> {
        jobs::add(
            db,
            &NewJob {
                name: Self::NAME,
                key: &self.listener_id,
                payload: serde_json::to_string(self)?,
                correlation: &format!("listener/{}", self.listener_id),
            },
            now,
        )?;
        Ok(())
    }
}

/// Have a webhook that Fulcrum made call the address that its listener has now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehook {
    /// The listener.
    pub listener_id: String,
}

impl Rehook {
    /// The name of this work.
    pub const NAME: &str = "listeners.rehook";

    /// Adds the work.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn add(&self, db: &Connection, now: i64) -> Result<(), StoreError> {
        let job = NewJob {
            name: Self::NAME,
            key: &self.listener_id,
            payload: serde_json::to_string(self)?,
            correlation: &format!("listener/{}", self.listener_id),
        };
        jobs::add(db, &job, now)?;
        Ok(())
    }
}

/// Delete what events said of a candidate, if Lever does not have the candidate any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forget {
    /// The opportunity.
    pub opportunity_id: String,
}

impl Forget {
    /// The name of this work.
    pub const NAME: &str = "listeners.forget";

    /// Adds the work.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn add(&self, db: &Connection, correlation: &str, now: i64) -> Result<(), StoreError> {
        jobs::add(
            db,
            &NewJob {
                name: Self::NAME,
                key: &self.opportunity_id,
                payload: serde_json::to_string(self)?,
                correlation,
            },
            now,
        )?;
        Ok(())
    }
}

/// Look at the offers of an opportunity, and bring their letters in step with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncOffers {
    /// The opportunity.
    pub opportunity_id: String,
}

impl SyncOffers {
    /// The name of this work.
    pub const NAME: &str = "offers.sync";

    /// Adds the work that `key` names once, say an event: the truth may have changed between two.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn add(
        &self,
        db: &Connection,
        key: &str,
        correlation: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let job = NewJob {
            name: Self::NAME,
            key,
            payload: serde_json::to_string(self)?,
            correlation,
        };
        jobs::add(db, &job, now)?;
        Ok(())
    }
}

/// Write to Lever what a letter is written there for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteBack {
    /// The letter.
    pub letter_id: String,
    /// What is written.
    pub kind: WriteKind,
}

impl WriteBack {
    /// The name of this work.
    pub const NAME: &str = "offers.write_back";

    /// Adds the work of everything that is noted to be written for a letter and is not there yet.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn add_all(db: &Connection, letter_id: &str, now: i64) -> Result<(), StoreError> {
        for write in letter_writes::of_letter(db, letter_id)? {
            if write.done_at.is_some() {
                continue;
            }
            let work = Self {
                letter_id: letter_id.to_owned(),
                kind: write.kind,
            };
            let kind = name(&write.kind)?;
            let job = NewJob {
                name: Self::NAME,
                key: &format!("{letter_id}/{kind}"),
                payload: serde_json::to_string(&work)?,
                correlation: &letter(letter_id),
            };
            jobs::add(db, &job, now)?;
        }
        Ok(())
    }
}

impl WriteBack {
    /// Makes the work of one write due now, if it waits.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn wake(
        db: &Connection,
        letter_id: &str,
        kind: WriteKind,
        now: i64,
    ) -> Result<(), StoreError> {
        let key = format!("{letter_id}/{}", name(&kind)?);
        if let Some(job) = jobs::get(db, Self::NAME, &key)? {
            jobs::wake(db, job.id, now)?;
        }
        Ok(())
    }
}

/// Joins the lines of a letter in the log.
pub fn letter(letter_id: &str) -> String {
    format!("letter/{letter_id}")
}

/// Adds the work of one event; each event has its own, for the truth may have changed between two. With
/// `held`, a reason in words, it waits for a person.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add_hire(
    db: &Connection,
    hire: &Hire,
    event: i64,
    correlation: &str,
    held: Option<&str>,
    now: i64,
) -> Result<(), StoreError> {
    let key = event.to_string();
    let payload = serde_json::to_string(hire)?;
    jobs::add(
        db,
        &NewJob {
            name: Hire::NAME,
            key: &key,
            payload,
            correlation,
        },
        now,
    )?;
    hold(db, (Hire::NAME, &key), held)
}

/// Adds the look at offers that one event asks for. With `held`, a reason in words, it waits for a person.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add_sync(
    db: &Connection,
    sync: &SyncOffers,
    event: i64,
    correlation: &str,
    held: Option<&str>,
    now: i64,
) -> Result<(), StoreError> {
    let key = event.to_string();
    sync.add(db, &key, correlation, now)?;
    hold(db, (SyncOffers::NAME, &key), held)
}

/// Has the work of a name and key wait for a person, where there is a reason.
fn hold(
    db: &Connection,
    (work, key): (&str, &str),
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let Some(reason) = reason else {
        return Ok(());
    };
    let id = jobs::id_of(db, work, key)?;
    jobs::postpone(db, id, None, (reason, &name(&Remedy::TryAgain)?))
}

/// The work of an event in the inbox that is not done yet, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn of_event(db: &Connection, event: i64) -> Result<Option<JobRow>, StoreError> {
    let key = event.to_string();
    match jobs::get(db, Hire::NAME, &key)? {
        Some(hire) => Ok(Some(hire)),
        None => jobs::get(db, SyncOffers::NAME, &key),
    }
}

/// Adds the work of a change that no event told of; `key` names the change and joins the lines of its way.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add_found(db: &Connection, hire: &Hire, key: &str, now: i64) -> Result<(), StoreError> {
    let job = NewJob {
        name: Hire::NAME,
        key,
        payload: serde_json::to_string(hire)?,
        correlation: key,
    };
    jobs::add(db, &job, now)?;
    Ok(())
}

/// The hires of one opportunity, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn hires_of(db: &Connection, opportunity_id: &str) -> Result<Vec<JobRow>, StoreError> {
    jobs::about(db, Hire::NAME, ("opportunity_id", opportunity_id))
}

/// Has all work up to the relay's number `confirmed` wait for the user, with the reason and where it is put right.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn hold_back(
    db: &Connection,
    confirmed: i64,
    (why, remedy): (&str, Remedy),
) -> Result<(), StoreError> {
    jobs::hold_back(db, confirmed, (why, &name(&remedy)?))
}

/// Makes due now the hires that wait for a better mapping, and those that lack something.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn wake_unmapped(db: &Connection, now: i64) -> Result<(), StoreError> {
    for remedy in [Remedy::Mapping, Remedy::Tray] {
        jobs::wake_all(db, &name(&remedy)?, now)?;
    }
    Ok(())
}

/// Adds the work of entering a workflow.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add_enter(
    db: &Connection,
    enter: &Enter,
    correlation: &str,
    now: i64,
) -> Result<(), StoreError> {
    let key = format!("{correlation}/{}", enter.person_id);
    let payload = serde_json::to_string(enter)?;
    jobs::add(
        db,
        &NewJob {
            name: Enter::NAME,
            key: &key,
            payload,
            correlation,
        },
        now,
    )?;
    Ok(())
}
