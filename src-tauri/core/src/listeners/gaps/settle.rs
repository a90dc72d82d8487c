//! What becomes of a change without an event: it is run as its event would have been, or dismissed.

use rusqlite::Connection;

use crate::jobs::{self, Hire};
use crate::listeners::LeverEvent;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::gaps::{self, GapRow};
use crate::store::names::named;
use crate::store::{StoreError, listeners};

/// Runs these, or all that are open, through the same work as an event; those that start nothing are only settled.
/// Returns how many were run.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn run(db: &Connection, id: Option<i64>, now: i64) -> Result<usize, StoreError> {
    let mut run = 0;
    for gap in chosen(db, id)? {
        let event: LeverEvent = named(&gap.event)?;
        let listener = listeners::get(db, &gap.listener_id)?;
        let Some(listener) = listener.filter(|_| event.starts_an_import()) else {
            continue;
        };
        let correlation = format!("gap-{}", gap.id);
        let sentence = format!("You ran a change that had no event: {:?}.", event.label());
        Entry::new(Kind::Event, Outcome::Done, sentence)
            .by(Actor::You)
            .on(&correlation)
            .write(db, now)?;
        let hire = Hire {
            opportunity_id: gap.opportunity_id,
            workflow_id: listener.workflow_id,
            listener_id: Some(listener.id),
            by_hand: false,
        };
        jobs::add_found(db, &hire, &correlation, now)?;
        gaps::settle(db, gap.id, now)?;
        run += 1;
    }
    Ok(run)
}

/// Dismisses this one, or all that are open. Returns how many.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn dismiss(db: &Connection, id: Option<i64>, now: i64) -> Result<usize, StoreError> {
    let chosen = chosen(db, id)?;
    for gap in &chosen {
        gaps::settle(db, gap.id, now)?;
    }
    if !chosen.is_empty() {
        let sentence = match chosen.len() {
            1 => "You dismissed a change that had no event.".to_owned(),
            count => format!("You dismissed {count} changes that had no event."),
        };
        Entry::new(Kind::Event, Outcome::Skipped, sentence)
            .by(Actor::You)
            .write(db, now)?;
    }
    Ok(chosen.len())
}

fn chosen(db: &Connection, id: Option<i64>) -> Result<Vec<GapRow>, StoreError> {
    let open = gaps::open(db)?.into_iter();
    Ok(open
        .filter(|gap| id.is_none_or(|id| id == gap.id))
        .collect())
}
