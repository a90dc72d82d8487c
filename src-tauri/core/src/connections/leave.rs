//! Ending a connection: here at once, at Lever as soon as it answers (SCREENS.md 4.11.3; I20).

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Connections, Integration};
use crate::feed::Tag;
use crate::jobs::{Enter, Forget, Hire, Leave, SyncOffers};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections;
use crate::store::{StoreError, departures, forget, jobs, listeners, permission_uses};

/// What becomes of what came from Lever (SCREENS.md 4.11.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LocalData {
    /// Everything stays, so that connecting again goes on where it stopped.
    Keep,
    /// What Lever sent is deleted, and the work that waits for it; people and set-up stay.
    DeleteEvents,
    /// Everything that came from Lever or leads there is deleted.
    DeleteEverything,
}

impl LocalData {
    fn deleted(self) -> &'static str {
        match self {
            Self::Keep => "Nothing else was deleted.",
            Self::DeleteEvents => "The stored events were deleted.",
            Self::DeleteEverything => "Everything that came from Lever was deleted.",
        }
    }
}

impl Connections {
    /// Ends the connection: a sign-in that waits, every secret of it, and what the user wants deleted. What Lever
    /// has to be told waits as a job. Tells whether there was anything to end.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written; everything is as before then.
    pub async fn leave(&self, data: LocalData) -> Result<bool, StoreError> {
        if self.waiting().is_some() {
            self.cancel();
        }
        let (integration, now) = (self.integration, self.clock.now().as_millisecond());
        let _no_uses_meanwhile = self.keeping_uses.lock().await;
        let left = self
            .store
            .write(move |db| leave(db, integration, data, now))
            .await?;
        if data == LocalData::DeleteEverything {
            self.access.meter().take();
        }
        self.access.forget();
        self.bell.ring();
        self.feed.changed(&Tag::ALL);
        Ok(left)
    }
}

fn leave(
    db: &Connection,
    integration: Integration,
    data: LocalData,
    now: i64,
) -> Result<bool, StoreError> {
    let row = connections::get(db, integration)?;
    if !row.is_some_and(|row| row.login.is_held()) {
        return Ok(false);
    }
    if let Some(departure) = departures::leave(db, integration, now)? {
        Leave { departure }.add(db, now)?;
    }
    listeners::pause(db, integration, now)?;
    delete(db, integration, data, now)?;
    let sentence = format!(
        "You ended Fulcrum's access to Lever for {}. {}",
        integration.label(),
        data.deleted()
    );
    Entry::new(Kind::Connection, Outcome::Done, sentence)
        .by(Actor::You)
        .write(db, now)?;
    Ok(true)
}

fn delete(
    db: &Connection,
    integration: Integration,
    data: LocalData,
    now: i64,
) -> Result<(), StoreError> {
    match data {
        LocalData::Keep => Ok(()),
        LocalData::DeleteEvents => {
            delete_work(db, integration)?;
            forget::events(db, integration, now)
        }
        LocalData::DeleteEverything => {
            delete_work(db, integration)?;
            forget::everything(db, integration)?;
            connections::forget_account(db, integration)?;
            permission_uses::forget(db, integration)
        }
    }
}

/// Deletes the work that events made.
fn delete_work(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    let names: &[_] = match integration {
        Integration::Onboarding => &[Hire::NAME, Forget::NAME, Enter::NAME],
        Integration::OfferLetters => &[SyncOffers::NAME],
    };
    let mut names = names.iter();
    names.try_for_each(|name| jobs::remove_named(db, name))
}
