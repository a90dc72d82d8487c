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
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::lever::{self, Priority};
use crate::oauth::Access;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::gaps::{self, Arrived, GapRow};
use crate::store::listeners::{self, ListenerRow};
use crate::store::names::{name, named};
use crate::store::{Store, StoreError, settings};

/// The setting with the moment up to which every change was compared.
const SWEPT: &str = "gaps_swept";

/// How often it is looked whether there is reason to compare.
const TICK: SignedDuration = SignedDuration::from_secs(60);

/// A path that was not proven for longer was away, in milliseconds.
const OUTAGE: i64 = 2 * 60 * 1_000;

/// An event may still be on its way for so long, in milliseconds.
const GRACE: i64 = 2 * 60 * 1_000;

/// How far two comparisons overlap, in milliseconds: lists may lag behind (LEVER.md 2.3).
const OVERLAP: i64 = 10 * 60 * 1_000;

/// How long a comparison counts while the path is proven, in milliseconds: a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;

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

    /// Has changes compared as soon as the path is proven.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Compares after each outage, once a day and when something was missed, until it is dropped.
    pub async fn watch(self) {
        let mut away_since = Some(self.proof.proven_at().unwrap_or_else(|| self.now()));
        let mut asked = false;
        loop {
            let tick = self.clock.now() + TICK;
            tokio::select! {
                () = self.clock.sleep_until(tick) => {}
                () = self.bell.notified() => asked = true,
            }
            let now = self.now();
            if !self.proof.is_clear(now) {
                away_since.get_or_insert(self.proof.proven_at().unwrap_or(now));
                continue;
            }
            let outage = away_since.is_some_and(|since| now - since > OUTAGE);
            match self.is_due(now, asked || outage).await {
                Ok(false) => away_since = None,
                Ok(true) => match self.find().await {
                    Ok(_) => (away_since, asked) = (None, false),
                    Err(problem) => tracing::warn!(%problem, "changes could not be compared"),
                },
                Err(problem) => tracing::warn!(%problem, "changes could not be compared"),
            }
        }
    }

    async fn is_due(&self, now: i64, wanted: bool) -> Result<bool, StoreError> {
        let (swept, listening) = self
            .store
            .read(|db| Ok::<_, StoreError>((settings::get(db, SWEPT)?, !complete(db)?.is_empty())))
            .await?;
        let old = swept.is_some_and(|swept: i64| now - swept >= DAY);
        Ok(listening && (wanted || old))
    }

    /// Compares now; returns how many changes without an event it found that were not known.
    ///
    /// # Errors
    /// [`GapError`]; the same changes are compared next time then.
    pub async fn find(&self) -> Result<usize, GapError> {
        let _turn = self.turn.lock().await;
        let (listeners, swept) = self
            .store
            .read(|db| Ok::<_, StoreError>((complete(db)?, settings::get::<i64>(db, SWEPT)?)))
            .await?;
        let Some(oldest) = listeners.iter().map(|(row, _)| row.created_at).min() else {
            return Ok(0);
        };
        let from = swept.map_or(oldest, |swept| swept - OVERLAP).max(oldest);
        let until = self.now() - GRACE;
        let events: HashSet<_> = listeners.iter().map(|(_, event)| *event).collect();
        let client = self.access.client(Priority::Poll).await?;
        let since = Timestamp::from_millisecond(from).unwrap_or(Timestamp::UNIX_EPOCH);
        let mut changed = changes(&client, &events, since).await?;
        changed.retain(|change| (from..=until).contains(&change.at));
        let now = self.now();
        let found = self
            .store
            .write(move |db| {
                let found = compare(db, &listeners, &changed, (from, now))?;
                settings::put(db, SWEPT, &until)?;
                let (outcome, sentence) = summary(found, changed.len());
                Entry::new(Kind::Event, outcome, sentence).write(db, now)?;
                Ok::<_, StoreError>(found)
            })
            .await?;
        self.feed.changed(&[Tag::Activity, Tag::Listeners]);
        Ok(found)
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }
}

/// The moment up to which every change was compared, in milliseconds since 1970 UTC; none if never.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn compared_until(db: &rusqlite::Connection) -> Result<Option<i64>, StoreError> {
    settings::get(db, SWEPT)
}

/// The listeners with a signature token, each with its event: what is not asked for yet is not missed.
fn complete(db: &rusqlite::Connection) -> Result<Vec<(ListenerRow, LeverEvent)>, StoreError> {
    let all = listeners::all(db)?.into_iter();
    all.filter(|listener| listener.signature_token.is_some())
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
        let stage = listener.admission.stage.as_ref().map(|stage| &stage.id);
        for change in changed {
            let concerns = change.event == *event
                && change.at >= listener.created_at
                && (stage.is_none() || stage == change.stage_id.as_ref());
            if !concerns
                || arrived.tells_of(&listener.id, &change.opportunity_id, change.at)
                || event.starts_an_import() && gaps::is_imported(db, &change.opportunity_id)?
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
