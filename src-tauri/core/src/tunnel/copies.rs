//! Two copies of one data folder never act twice (RELIABILITY.md T16, I12). The number of an event is on this disk before
//! it is acknowledged, so a relay that knows a higher acknowledgement heard it from another copy; and work that an event
//! makes begins when the relay has confirmed the acknowledgement, which it does to one copy only.

use std::collections::HashMap;

use fulcrum_relay::client::{LocalCopy, Welcome};
use fulcrum_relay::protocol::StoreId;
use rusqlite::Connection;

use super::{RelayState, Tunnel};
use crate::feed::Tag;
use crate::jobs::{Remedy, hold_back};
use crate::standing::Standing;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::relay_positions::{self, Reached};
use crate::store::{StoreError, jobs, settings};

/// The setting with when this copy was told to stand by; there while it does.
const STANDING_BY: &str = "standing_by";

/// The setting with the store that the last session was with.
const RELAY_STORE: &str = "relay_store";

/// What this copy says while it stands by.
pub const STANDS_BY: &str = "Another copy of this data folder is in use. This one stands by, so that nothing is done \
    twice: it takes no events, does no work and asks Lever nothing. Close it, or use this copy instead of the other.";

/// Since when this copy stands by, in milliseconds since 1970 UTC; none if it does not.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn standing_by_since(db: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(settings::get::<Option<i64>>(db, STANDING_BY)?.flatten())
}

/// How this copy stands before its relay was asked. A folder that never had an event has no copy to fear.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn standing_at_start(db: &Connection) -> Result<Standing, StoreError> {
    Ok(if standing_by_since(db)?.is_some() {
        Standing::StandsBy
    } else if relay_positions::all(db)?.is_empty() {
        Standing::Acts(0)
    } else {
        Standing::Asking
    })
}

impl Tunnel {
    /// What tells the relay which copy this is.
    pub(super) async fn local_copy(&self, take_over: bool) -> Result<LocalCopy, StoreError> {
        let stored = self.store.read(relay_positions::all).await?;
        let stored = stored
            .into_iter()
            .map(|reached| (StoreId(reached.store), reached.number));
        Ok(LocalCopy {
            stored: stored.collect::<HashMap<_, _>>(),
            take_over,
        })
    }

    /// This copy is the one that the relay let in.
    pub(super) async fn let_in(
        &self,
        welcome: &Welcome,
        copy: &LocalCopy,
    ) -> Result<(), StoreError> {
        let chosen = copy.take_over;
        let Some((store, position)) = welcome.position else {
            // This relay does not keep copies apart.
            self.begin(None, i64::MAX, chosen).await?;
            self.standing.set(Standing::Acts(i64::MAX));
            return Ok(());
        };
        let stored = copy.stored.get(&store).copied();
        // A relay that went back to a backup of its own gives numbers a second time.
        let kept = stored.filter(|stored| !chosen && *stored <= position.newest);
        let begins_at = kept.unwrap_or(position.acknowledged);
        let reached = Reached {
            store: store.0,
            number: begins_at,
        };
        self.begin(Some(reached), position.acknowledged, chosen)
            .await?;
        // Of what came before a first session nothing is known.
        let followed = kept.is_some() || position.acknowledged > 0;
        self.chain.begin_at(followed.then_some(begins_at));
        self.standing.set(Standing::Acts(position.acknowledged));
        Ok(())
    }

    /// Notes from where on events are counted; and for a copy that the user chose, that it stands by no more, and what of
    /// its work the other copy may have done.
    async fn begin(
        &self,
        reached: Option<Reached>,
        confirmed: i64,
        chosen: bool,
    ) -> Result<(), StoreError> {
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                if let Some(reached) = reached {
                    let before: Option<[u8; 16]> = settings::get(db, RELAY_STORE)?;
                    if before != Some(reached.store) {
                        settings::put(db, RELAY_STORE, &reached.store)?;
                        jobs::forget_relay_numbers(db)?;
                    }
                    relay_positions::begin_at(db, reached)?;
                }
                if chosen {
                    let why = "It waited here when another copy of the data folder was in use, which may have done it. \
                               Try again only if it did not.";
                    hold_back(db, confirmed, (why, Remedy::TryAgain))?;
                    settings::put(db, STANDING_BY, &None::<i64>)?;
                    let words = "You chose this copy of the data folder; the other one stands by.";
                    Entry::new(Kind::Relay, Outcome::Done, words)
                        .by(Actor::You)
                        .write(db, now)?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        if chosen {
            self.intake.lost();
            self.feed.changed(&[Tag::Activity, Tag::Connection]);
        }
        Ok(())
    }

    /// Does nothing until the user chooses this copy.
    pub(super) async fn stand_by(&self) {
        self.standing.set(Standing::StandsBy);
        let now = self.clock.now().as_millisecond();
        let noted = self
            .store
            .write(move |db| {
                if let Some(since) = standing_by_since(db)? {
                    return Ok::<_, StoreError>(since);
                }
                settings::put(db, STANDING_BY, &Some(now))?;
                Entry::new(Kind::Relay, Outcome::Waiting, STANDS_BY).write(db, now)?;
                Ok(now)
            })
            .await;
        let since = noted.unwrap_or_else(|problem| {
            tracing::warn!(%problem, "that this copy stands by could not be noted");
            now
        });
        tracing::warn!(
            cursor_conflict = "detected",
            "another copy of this data folder is in use; this one stands by"
        );
        self.status
            .set(RelayState::StandingBy, STANDS_BY.to_owned(), since);
        self.feed
            .changed(&[Tag::Relay, Tag::Activity, Tag::Connection]);
        self.chosen.notified().await;
    }
}
