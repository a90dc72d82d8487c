//! What becomes of a change without an event: it is run as its event would have been, or dismissed.

use rusqlite::Connection;

use crate::jobs;
use crate::listeners::LeverEvent;
use crate::listeners::accept::Work;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::gaps::{self, GapRow};
use crate::store::names::named;
use crate::store::{StoreError, listeners};

/// Runs this one, or all that are open, through the same work as an event; those that start nothing are only settled.
/// Returns how many were run.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn run(db: &Connection, id: Option<i64>, now: i64) -> Result<usize, StoreError> {
    let mut run = 0;
    for gap in chosen(db, id)? {
        let event: LeverEvent = named(&gap.event)?;
        gaps::settle(db, gap.id, now)?;
        let listener = listeners::get(db, &gap.listener_id)?;
        let work = listener.and_then(|row| Work::of(&row, event, &gap.opportunity_id));
        let correlation = format!("gap-{}", gap.id);
        match work {
            Some(Work::Hire(hire)) => jobs::add_found(db, &hire, &correlation, now)?,
            Some(Work::Forget(forget)) => forget.add(db, &correlation, now)?,
            Some(Work::Sync(sync)) => sync.add(db, &correlation, &correlation, now)?,
            None => continue,
        }
        let sentence = format!("You ran a change that had no event: {:?}.", event.label());
        Entry::new(Kind::Event, Outcome::Done, sentence)
            .by(Actor::You)
            .on(&correlation)
            .write(db, now)?;
        run += 1;
    }
    Ok(run)
}

/// Dismisses this one, or all that are open.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn dismiss(db: &Connection, id: Option<i64>, now: i64) -> Result<(), StoreError> {
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
    Ok(())
}

fn chosen(db: &Connection, id: Option<i64>) -> Result<Vec<GapRow>, StoreError> {
    let open = gaps::open(db)?.into_iter();
    Ok(open
        .filter(|gap| id.is_none_or(|id| id == gap.id))
        .collect())
}
