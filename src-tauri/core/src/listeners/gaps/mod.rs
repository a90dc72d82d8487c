//! The gap finder: what changed in Lever against what arrived (SCREENS.md idea 3). It finds what a relay withholds, too:
//! a hostile one cannot make Lever forget.

mod changes;
mod settle;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, Notify};

use self::changes::{Change, changes};
pub use self::settle::{dismiss, run};
use super::LeverEvent;
use crate::clock::{DAY, SharedClock};
use crate::feed::{Feed, Tag};
use crate::lever::{self, Priority};
use crate::oauth::Access;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::gaps::{self, Arrived, GapRow};
use crate::store::listeners::{self, ListenerRow};
use crate::store::names::{name, named};
use crate::store::{Store, StoreError};

/// How often it is looked whether there is reason to compare.
const TICK: SignedDuration = SignedDuration::from_secs(60);

/// A path that was not proven for longer was away, in milliseconds.
const OUTAGE: i64 = 2 * 60 * 1_000;

/// An event may still be on its way for so long, in milliseconds.
const GRACE: i64 = 2 * 60 * 1_000;

/// How far two comparisons overlap, in milliseconds: lists may lag behind (LEVER.md 2.3).
const OVERLAP: i64 = 10 * 60 * 1_000;

/// What is known of the way by which events come.
pub trait Proof: Send + Sync {
    /// When it was last proven, in milliseconds since 1970 UTC.
    fn proven_at(&self) -> Option<i64>;

    /// Whether it is proven at `now` and nothing waits on it any more.
    fn is_clear(&self, now: i64) -> bool;
}

/// Why changes could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum GapError {
    /// Lever could not be asked.
    #[error(transparent)]
    Lever(#[from] lever::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Compares what Lever shows with what arrived.
#[derive(Clone)]
pub struct GapFinder {
    store: Store,
    access: Access,
    clock: SharedClock,
    feed: Feed,
    proof: Arc<dyn Proof>,
    /// Rung when something was missed for certain.
    bell: Arc<Notify>,
    turn: Arc<Mutex<()>>,
}

impl GapFinder {
    /// A finder for the connection of `access`.
    pub fn new(
        store: Store,
        access: Access,
        (clock, feed): (SharedClock, Feed),
        proof: Arc<dyn Proof>,
    ) -> Self {
        Self {
            store,
            access,
            clock,
            feed,
            proof,
            bell: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// Has changes compared once the path is proven and what happened just now has had its time to arrive.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Compares after each outage and each reconnect to Lever, once a day and when something was missed, until it is
    /// dropped.
    pub async fn watch(self) {
        let mut away_since = Some(self.proof.proven_at().unwrap_or_else(|| self.now()));
        let mut asked_at = None;
        loop {
            let tick = self.clock.now() + TICK;
            tokio::select! {
                () = self.clock.sleep_until(tick) => {}
                () = self.bell.notified() => asked_at = Some(self.now()),
            }
            let now = self.now();
            if !self.proof.is_clear(now) {
                away_since.get_or_insert(self.proof.proven_at().unwrap_or(now));
                continue;
            }
            let outage = away_since.is_some_and(|since| now - since > OUTAGE);
            // What was missed just now is compared only after the grace.
            let asked = asked_at.is_some_and(|at| now - at >= GRACE);
            let found = match self.is_due(now, asked || outage).await {
                Ok(true) => self.find().await,
                Ok(false) => {
                    away_since = None;
                    continue;
                }
                Err(problem) => Err(problem.into()),
            };
            match found {
                Ok(()) if asked => (away_since, asked_at) = (None, None),
                Ok(()) => away_since = None,
                // It stays due until there is a connection.
                Err(GapError::Lever(problem)) if problem.needs_connection() => {}
                Err(problem) => tracing::warn!(%problem, "changes could not be compared"),
            }
        }
    }

    async fn is_due(&self, now: i64, wanted: bool) -> Result<bool, StoreError> {
        let (listeners, compared, reconnected) = self
            .store
            .read(|db| {
                let compared = gaps::compared_until(db)?;
                Ok::<_, StoreError>((complete(db)?, compared, gaps::reconnected_at(db)?))
            })
            .await?;
        let Some(oldest) = listeners.iter().map(|(row, _)| row.on_since).min() else {
            return Ok(false);
        };
        // Webhooks may have gone with the connection that ended (SCREENS.md 4.11.6); before the first one nothing listened.
        let reconnected = reconnected.is_some_and(|at| at > oldest && now - at >= GRACE);
        Ok(wanted || reconnected || now - compared.unwrap_or(oldest) >= DAY)
    }

    /// Compares now, and notes the changes without an event.
    ///
    /// # Errors
    /// [`GapError`]; the same changes are compared next time then.
    pub async fn find(&self) -> Result<(), GapError> {
        let _turn = self.turn.lock().await;
        let (listeners, compared) = self
            .store
            .read(|db| Ok::<_, StoreError>((complete(db)?, gaps::compared_until(db)?)))
            .await?;
        let Some(oldest) = listeners.iter().map(|(row, _)| row.on_since).min() else {
            return Ok(());
        };
        let from = compared.map_or(oldest, |until| (until - OVERLAP).max(oldest));
        let events: HashSet<_> = listeners.iter().map(|(_, event)| *event).collect();
        let client = self.access.client(Priority::Poll).await?;
        let since = Timestamp::from_millisecond(from).unwrap_or(Timestamp::UNIX_EPOCH);
        let mut changed = changes(&client, &events, since).await?;
        let now = self.now();
        // Lever's changes have Lever's time, which may differ from this computer's.
        let date = client.server_date().map(Timestamp::as_millisecond);
        let until = date.unwrap_or(now) - GRACE;
        changed.retain(|change| (from..=until).contains(&change.at));
        self.store
            .write(move |db| {
                let found = compare(db, &listeners, &changed, (from, now))?;
                gaps::put_compared_until(db, until)?;
                gaps::forget_reconnect(db, now - GRACE)?;
                let (outcome, sentence) = summary(found, changed.len());
                Entry::new(Kind::Event, outcome, sentence).write(db, now)
            })
            .await?;
        self.feed.changed(&[Tag::Activity, Tag::Listeners]);
        Ok(())
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }
}

/// The listeners of onboarding that are on and have their signature token, each with its event: what is not asked for is
/// not missed.
fn complete(db: &rusqlite::Connection) -> Result<Vec<(ListenerRow, LeverEvent)>, StoreError> {
    let each = listeners::of(db, Integration::Onboarding)?.into_iter();
    each.filter(|listener| listener.signature_token.is_some())
        .filter(|listener| listener.on || listener.paused)
        .map(|listener| {
            let event = named(&listener.event)?;
            Ok((listener, event))
        })
        .collect()
}

/// Notes the changes that no event told of; returns how many were not known.
fn compare(
    db: &rusqlite::Connection,
    listeners: &[(ListenerRow, LeverEvent)],
    changed: &[Change],
    (from, now): (i64, i64),
) -> Result<usize, StoreError> {
    let arrived = Arrived::since(db, from)?;
    let mut found = 0;
    for (listener, event) in listeners {
        let entered = |change: &Change| match listener.purpose.workflow_id() {
            Some(workflow) => gaps::has_entered(db, &change.opportunity_id, workflow),
            None => Ok(false),
        };
        let stage = listener.admission.stage.as_ref().map(|stage| &stage.id);
        for change in changed {
            let concerns = change.event == *event
                && change.at >= listener.on_since
                && (stage.is_none() || stage == change.stage_id.as_ref());
            if !concerns
                || arrived.tells_of(&listener.id, &change.opportunity_id, change.at)
                || event.starts_an_import() && entered(change)?
            {
                continue;
            }
            let gap = GapRow {
                id: 0,
                listener_id: listener.id.clone(),
                event: name(event)?,
                opportunity_id: change.opportunity_id.clone(),
                candidate: change.candidate.clone(),
                what: change.what.clone(),
                changed_at: change.at,
                found_at: now,
            };
            found += usize::from(gaps::add(db, &gap)?);
        }
    }
    Ok(found)
}

fn summary(found: usize, compared: usize) -> (Outcome, String) {
    match (found, compared) {
        (0, 0) => (
            Outcome::Done,
            "Nothing changed in Lever that an event should have told of.".to_owned(),
        ),
        (0, compared) => (
            Outcome::Done,
            format!("Compared with Lever: no event is missing of {compared} changes."),
        ),
        (1, _) => (
            Outcome::Waiting,
            "Compared with Lever: 1 change had no event.".to_owned(),
        ),
        (found, _) => (
            Outcome::Waiting,
            format!("Compared with Lever: {found} changes had no event."),
        ),
    }
}
