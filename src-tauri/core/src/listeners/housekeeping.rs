//! What goes by itself: held events whose token never came, and contents that are too old or too much.

use std::time::Duration;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LeverEvent;
use crate::clock::{DAY, SharedClock};
use crate::feed::{Feed, Tag};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::names::named;
use crate::store::{Store, StoreError, inbox, inbox_contents, listeners, settings};

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// How long an event is held for its token, in milliseconds (SCREENS.md 4.5.7).
const HELD: i64 = DAY;

/// Why they expire.
const TOO_LATE: &str = "The signature token did not come within 24 hours.";

/// Deliveries that one transaction drops at most, so that receiving never waits long for it.
const AT_ONCE: u32 = 500;

/// The setting with how much is kept.
const KEEPING: &str = "inbox_keeping";

/// How much of what was delivered is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Keeping {
    /// For how many days.
    pub days: u32,
    /// Megabytes at most.
    pub megabytes: u32,
}

impl Default for Keeping {
    fn default() -> Self {
        Self {
            days: 30,
            megabytes: 200,
        }
    }
}

impl Keeping {
    /// What is set.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn read(db: &Connection) -> Result<Self, StoreError> {
        Ok(settings::get(db, KEEPING)?.unwrap_or_default())
    }

    /// Sets it; what is too much goes with the next look.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn write(&self, db: &Connection) -> Result<(), StoreError> {
        settings::put(db, KEEPING, self)
    }
}

/// Looks after the inbox.
#[derive(Clone)]
pub struct Housekeeping {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
}

impl Housekeeping {
    /// Looks again and again; never returns.
    pub async fn run(self) {
        loop {
            if let Err(problem) = self.tidy().await {
                tracing::warn!(%problem, "the inbox could not be tidied");
            }
            self.clock.sleep(EVERY).await;
        }
    }

    /// Drops what is over its time or its size, in small steps between which events are received, and gives the room
    /// back to the disk.
    ///
    /// # Errors
    /// [`StoreError`]; what was dropped until then stays dropped.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        let now = self.clock.now().as_millisecond();
        let keeping = self.store.read(Keeping::read).await?;
        let expired = self.store.write(move |db| expire(db, now)).await?;
        let before = now - i64::from(keeping.days) * DAY;
        let bytes = u64::from(keeping.megabytes) * 1_000_000;
        let mut dropped = 0;
        loop {
            let step = move |db: &Connection| -> Result<usize, StoreError> {
                let old = inbox_contents::forget_before(db, before, AT_ONCE)?;
                Ok(old + inbox_contents::shrink_to(db, bytes, AT_ONCE)?)
            };
            match self.store.write(step).await? {
                0 => break,
                some => dropped += some,
            }
        }
        while self.store.write(inbox_contents::give_back).await? {}
        if expired + dropped > 0 {
            self.feed.changed(&[Tag::Listeners, Tag::Activity]);
        }
        Ok(())
    }
}

/// Ends the wait of events that came more than a day ago to a listener without a token. What is genuine waits for the
/// user without an end. Returns how many.
fn expire(db: &Connection, now: i64) -> Result<usize, StoreError> {
    let mut expired = 0;
    for listener in listeners::all(db)? {
        if listener.signature_token.is_some() || listener.held == 0 {
            continue;
        }
        let gone = inbox::expire(db, &listener.id, now - HELD, TOO_LATE)?;
        if gone == 0 {
            continue;
        }
        let event: LeverEvent = named(&listener.event)?;
        let events = if gone == 1 {
            "1 event"
        } else {
            &format!("{gone} events")
        };
        let sentence = format!("{events} for {:?} expired. {TOO_LATE}", event.label());
        Entry::new(Kind::Event, Outcome::Skipped, sentence).write(db, now)?;
        expired += gone;
    }
    Ok(expired)
}
