//! One candidacy brought in step with Lever: its truth is read, and what follows from it is written at once.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Notify;

use super::drawn::Drawn;
use super::look::{Glass, look};
use super::settings::OfferSettings;
use super::settle::{History, Settled, Settling};
use super::turns::Turns;
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Failure, Handler, SyncOffers};
use crate::lever::{self, Priority};
use crate::oauth::Access;
use crate::store::jobs::JobRow;
use crate::store::letters::LetterRow;
use crate::store::watched::WatchedRow;
use crate::store::{Store, StoreError, jobs, letters, watched};

/// Brings letters in step with Lever. Cheap to clone.
#[derive(Clone)]
pub struct OfferSync {
    pub(super) store: Store,
    pub(super) access: Access,
    pub(super) clock: SharedClock,
    pub(super) feed: Feed,
    pub(super) turns: Turns,
    /// Told when the relay is to show or to remove a page.
    pub(super) pages: Arc<Notify>,
}

/// Why a candidacy could not be brought in step.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Lever could not be read.
    #[error(transparent)]
    Lever(#[from] lever::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SyncError> for Failure {
    fn from(problem: SyncError) -> Self {
        match problem {
            SyncError::Lever(problem) => Self::of(&problem),
            SyncError::Store(problem) => Self::Store(problem),
        }
    }
}

/// What a candidacy is looked at for.
#[derive(Clone)]
pub(super) struct Occasion {
    pub(super) priority: Priority,
    /// The work that asked for it, and the lines of the log that it belongs to.
    pub(super) work: Option<JobRow>,
    /// How offers of the past are taken in, if they are.
    pub(super) history: Option<History>,
    /// Whether it is the first look of all.
    pub(super) first: bool,
}

impl Occasion {
    /// A look that nothing else is known of.
    pub(super) fn at(priority: Priority) -> Self {
        Self {
            priority,
            work: None,
            history: None,
            first: false,
        }
    }
}

/// What is known of a candidacy before it is looked at.
struct Known {
    drawn: Drawn,
    settings: OfferSettings,
    letters: Vec<LetterRow>,
    watched: Option<WatchedRow>,
}

impl OfferSync {
    /// For the letters in `store`, read from Lever through `access`; `pages` is told when the relay has something to do.
    pub fn new(
        store: Store,
        access: Access,
        (clock, feed): (SharedClock, Feed),
        pages: Arc<Notify>,
    ) -> Self {
        Self {
            store,
            access,
            clock,
            feed,
            turns: Turns::new(),
            pages,
        }
    }

    /// Looks at a candidacy now, and writes what follows.
    ///
    /// # Errors
    /// [`SyncError`] if Lever or the database cannot be read.
    pub async fn look_now(
        &self,
        opportunity_id: &str,
        priority: Priority,
    ) -> Result<(), SyncError> {
        Box::pin(self.sync(opportunity_id, Occasion::at(priority))).await?;
        Ok(())
    }

    /// Looks at a candidacy and writes what follows.
    pub(super) async fn sync(
        &self,
        opportunity_id: &str,
        occasion: Occasion,
    ) -> Result<Settled, SyncError> {
        let _turn = self.turns.of(opportunity_id).await;
        let at = self.clock.now();
        let id = opportunity_id.to_owned();
        let known = self
            .store
            .read(move |db| {
                Ok::<_, StoreError>(Known {
                    drawn: Drawn::read(db)?,
                    settings: OfferSettings::get(db)?,
                    letters: letters::of_opportunity(db, &id)?,
                    watched: watched::get(db, &id)?,
                })
            })
            .await?;
        if let Some(work) = &occasion.work
            && known
                .watched
                .as_ref()
                .is_some_and(|one| one.checked_at > work.created_at)
        {
            // What the event tells of was seen by a look that began after it came.
            let id = work.id;
            let done = self.store.write(move |db| jobs::finish(db, id)).await;
            return done
                .map(|()| Settled::default())
                .map_err(|problem: StoreError| problem.into());
        }
        let client = self.access.client(occasion.priority).await?;
        let stages = lever::offer_stages(&client).await?;
        let gate = known.settings.gate(&stages);
        let passed = known.watched.map(|watched| watched.passed);
        let glass = Glass {
            drawn: &known.drawn,
            gate: &gate,
            tag: &known.settings.tag,
            history: occasion.history.is_some(),
            first: occasion.first,
            passed: passed.as_deref().unwrap_or_default(),
            letters: &known.letters,
            at,
        };
        let looked = Box::pin(look(&client, opportunity_id, &glass)).await?;
        let settling = Settling {
            looked,
            mapping_version: known.drawn.version,
            zone: known.drawn.zone().clone(),
            settings: known.settings,
            history: occasion.history,
            correlation: occasion.work.as_ref().map(|work| work.correlation.clone()),
            job: occasion.work.map(|work| work.id),
            now: self.clock.now().as_millisecond(),
        };
        let settled = self.store.write(move |db| settling.settle(db)).await?;
        self.tell(settled);
        Ok(settled)
    }

    fn tell(&self, settled: Settled) {
        if settled.pages {
            self.pages.notify_one();
        }
        if settled.changed {
            self.feed.changed(&[Tag::Letters, Tag::Activity]);
        } else {
            self.feed.changed(&[Tag::Letters]);
        }
    }
}

#[async_trait]
impl Handler for OfferSync {
    fn name(&self) -> &'static str {
        SyncOffers::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let work: SyncOffers = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let occasion = Occasion {
            work: Some(job.clone()),
            ..Occasion::at(Priority::Event)
        };
        Box::pin(self.sync(&work.opportunity_id, occasion)).await?;
        Ok(())
    }
}
