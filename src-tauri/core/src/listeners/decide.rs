//! What the user decides about one event: to run it, to dismiss it, or to try another token on it.

use rusqlite::Connection;
use secrecy::SecretString;

use super::accept::Work;
use super::manage::{existing, parse_token};
use super::signature::Signed;
use super::{LeverEvent, ListenerError, Verdict};
use crate::jobs::{self, Hire};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::inbox::{self, InboxRow};
use crate::store::jobs::JobRow;
use crate::store::listeners::{self, ListenerRow};
use crate::store::names::{name, named};
use crate::store::{StoreError, imports, inbox_contents, jobs as rows};

/// Why something cannot be done with an event.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such event.
    #[error("This event no longer exists.")]
    NotFound,
    /// It leads nowhere.
    #[error("This event is not run: {0}")]
    NotRun(&'static str),
    /// What was delivered is gone.
    #[error("What was delivered is not kept any more, so it cannot be checked again.")]
    NotKept,
    /// The listener or the token.
    #[error(transparent)]
    Listener(#[from] ListenerError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The import that an event would do.
///
/// # Errors
/// [`DecideError::NotRun`] with the reason, where it does none.
pub fn hire_of(db: &Connection, row: &InboxRow) -> Result<Hire, DecideError> {
    match work_of(db, row)? {
        Work::Hire(hire) => Ok(hire),
        Work::Sync(_) => Err(DecideError::NotRun(
            "it is for offer letters, and only a hire is mapped to a person.",
        )),
        Work::Forget(_) => Err(DecideError::NotRun(NOBODY)),
    }
}

/// Whether an event can be run by hand.
///
/// # Errors
/// [`StoreError`] if it cannot be told.
pub fn can_run(db: &Connection, row: &InboxRow) -> Result<bool, StoreError> {
    match work_of(db, row) {
        Ok(work) => Ok(matches!(work, Work::Hire(_) | Work::Sync(_))),
        Err(DecideError::Store(problem)) => Err(problem),
        Err(_) => Ok(false),
    }
}

/// Why an event starts nothing that a person could run.
const NOBODY: &str = "nobody enters a workflow through such an event.";

/// The work that an event would do by hand.
fn work_of(db: &Connection, row: &InboxRow) -> Result<Work, DecideError> {
    let verdict: Verdict = named(&row.verdict)?;
    if !verdict.is_genuine() {
        return Err(DecideError::NotRun(
            "nothing proves that it came from Lever.",
        ));
    }
    let listener = listener_of(db, row)?;
    let listener = listener
        .filter(|listener| !listener.removed)
        .ok_or(DecideError::NotRun("its listener was removed."))?;
    let event: LeverEvent = named(&listener.event)?;
    let opportunity = row.opportunity_id.as_deref().ok_or(DecideError::NotRun(
        "it names no candidate, as a test does.",
    ))?;
    Ok(match Work::of(&listener, event, opportunity) {
        Some(Work::Hire(hire)) => Work::Hire(Hire {
            by_hand: true,
            ..hire
        }),
        Some(work) => work,
        None => return Err(DecideError::NotRun(NOBODY)),
    })
}

fn listener_of(db: &Connection, row: &InboxRow) -> Result<Option<ListenerRow>, StoreError> {
    match &row.listener_id {
        Some(id) => listeners::get(db, id),
        None => Ok(None),
    }
}

fn found(db: &Connection, id: i64) -> Result<InboxRow, DecideError> {
    inbox::get(db, id)?.ok_or(DecideError::NotFound)
}

/// Runs an event by hand: the same work as by itself, which reads the truth from Lever and happens once. Filters of
/// the listener do not count.
///
/// # Errors
/// [`DecideError`].
pub fn run(db: &Connection, id: i64, now: i64) -> Result<(), DecideError> {
    let row = found(db, id)?;
    let work = work_of(db, &row)?;
    let correlation = super::correlation(id);
    match work {
        Work::Hire(hire) => {
            drop_work(db, id)?;
            jobs::add_hire(db, &hire, id, &correlation, None, now)?;
        }
        Work::Sync(sync) => {
            drop_work(db, id)?;
            jobs::add_sync(db, &sync, id, &correlation, None, now)?;
        }
        Work::Forget(_) => return Err(DecideError::NotRun(NOBODY)),
    }
    let verified = name(&Verdict::Verified)?;
    inbox::decided(db, id, &verified, "You ran it by hand.")?;
    Entry::new(
        Kind::Event,
        Outcome::Done,
        format!("You ran event #{id} by hand."),
    )
    .by(Actor::You)
    .on(&correlation)
    .write(db, now)?;
    Ok(())
}

/// Decides against an event that waits for a person.
///
/// # Errors
/// [`DecideError`].
pub fn dismiss(db: &Connection, id: i64, now: i64) -> Result<(), DecideError> {
    let row = found(db, id)?;
    let dropped = drop_work(db, id)?;
    let dropped = dropped.ok_or(DecideError::NotRun("it does not wait for anybody."))?;
    // What the tray holds of it would wait for a work that is gone.
    if let Some(opportunity) = &row.opportunity_id
        && dropped.name == Hire::NAME
        && jobs::hires_of(db, opportunity)?.is_empty()
    {
        imports::remove(db, opportunity)?;
    }
    inbox::decided(db, id, &row.verdict, "You dismissed it.")?;
    let sentence = format!("You dismissed event #{id}.");
    Entry::new(Kind::Event, Outcome::Skipped, sentence)
        .by(Actor::You)
        .on(&super::correlation(id))
        .write(db, now)?;
    Ok(())
}

/// Removes the work of an event; returns it, if there was any.
fn drop_work(db: &Connection, id: i64) -> Result<Option<JobRow>, StoreError> {
    let work = jobs::of_event(db, id)?;
    if let Some(job) = &work {
        rows::finish(db, job.id)?;
    }
    Ok(work)
}

/// Whether an event of a listener was signed with this token, as it was copied from Lever. Nothing is changed.
///
/// # Errors
/// [`DecideError`].
pub fn try_token(db: &Connection, id: i64, token: &str) -> Result<bool, DecideError> {
    let row = found(db, id)?;
    let listener = row.listener_id.as_deref().ok_or(DecideError::NotFound)?;
    existing(db, listener)?;
    let token: SecretString = parse_token(token)?;
    let contents = inbox_contents::get(db, id)?.ok_or(DecideError::NotKept)?;
    Ok(Signed::parse(&contents.body).is_ok_and(|signed| signed.verify(&token)))
}
