//! Looking at offers again and again, because Lever announces no change of one (LEVER.md 3.3): one list call a minute for
//! what moved, and one call for each candidacy whose offers may change, all within half of Lever's rate limit.

use futures_util::TryStreamExt;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast::Receiver;

use super::look::of_offers;
use super::rules::Gate;
use super::settings::OfferSettings;
use super::sync::{Occasion, OfferSync, SyncError};
use crate::feed::Tag;
use crate::lever::types::{Identified, Opportunity};
use crate::lever::{self, Client, OpportunityFilter, Priority};
use crate::standing::{Standing, StandingCell};
use crate::store::watched::WatchedRow;
use crate::store::{StoreError, letters, settings, watched};

/// How often each candidacy is looked at, and how often Lever is asked what moved.
const ROUND: SignedDuration = SignedDuration::from_secs(60);

/// The pause between two candidacies: five calls a second are half of what Lever allows (LEVER.md 2.8).
const GAP: SignedDuration = SignedDuration::from_millis(200);

/// How often Lever is asked who was deleted; its webhook tells at once.
const RECONCILE: SignedDuration = SignedDuration::from_mins(10);

/// How far a list looks back behind the one before: clocks differ a little.
const OVERLAP: SignedDuration = SignedDuration::from_mins(2);

/// The settings with the times at which the two lists were last begun, in milliseconds since 1970 UTC.
const MOVED_AT: &str = "offers_listed_at";
const DELETED_AT: &str = "offers_deleted_at";

/// When the lists are due.
#[derive(Default)]
struct Due {
    moved: Option<Timestamp>,
    deleted: Option<Timestamp>,
}

impl OfferSync {
    /// Looks until it is dropped, while Lever is connected and this copy of the data folder acts.
    pub async fn watch(self, standing: StandingCell) {
        let mut due = Due::default();
        let mut changes = self.feed.listen();
        loop {
            let acts = matches!(*standing.changes().borrow(), Standing::Acts(_));
            let next = match acts {
                true => self.turn(&mut due).await,
                false => Ok(None),
            };
            let now = self.clock.now();
            let next = match next {
                Ok(Some(next)) => next.max(now),
                // Not connected, or stood down: a minute, or what changes that.
                Ok(None) => now + ROUND,
                Err(problem) => {
                    tracing::debug!(%problem, "offers cannot be looked at");
                    now + ROUND
                }
            };
            tokio::select! {
                () = self.clock.sleep_until(next) => {}
                () = connected(&mut changes) => {}
            }
        }
    }

    fn gap(&self) -> SignedDuration {
        match self.access.is_paced() {
            true => GAP,
            false => SignedDuration::ZERO,
        }
    }

    /// One call, or one list. Tells when the next is due; none if Lever is not connected.
    async fn turn(&self, due: &mut Due) -> Result<Option<Timestamp>, SyncError> {
        let client = match self.access.client(Priority::Poll).await {
            Err(problem) if problem.needs_connection() => return Ok(None),
            client => client?,
        };
        let now = self.clock.now();
        if due.moved.is_none_or(|at| at <= now) {
            due.moved = Some(now + ROUND);
            self.list_moved(&client, now).await?;
        }
        if due.deleted.is_none_or(|at| at <= now) {
            due.deleted = Some(now + RECONCILE);
            self.list_deleted(&client, now).await?;
        }
        let oldest = self.store.read(watched::longest_unasked).await?;
        let at = |one: &WatchedRow| {
            Timestamp::from_millisecond(one.checked_at).unwrap_or(Timestamp::MIN) + ROUND
        };
        match oldest {
            Some(one) if at(&one) <= now => {
                self.check(&client, one).await?;
                Ok(Some(now + self.gap()))
            }
            Some(one) => Ok(due.moved.map(|listed| listed.min(at(&one)))),
            None => Ok(due.moved),
        }
    }

    /// Asks for the offers of one candidacy; only what is new is looked at.
    async fn check(&self, client: &Client, one: WatchedRow) -> Result<(), SyncError> {
        let at = self.clock.now().as_millisecond();
        let offers = match client.offers(&one.opportunity_id).await {
            Ok(mut offers) => {
                offers.sort_by_key(|offer| offer.created_at);
                Some(of_offers(&offers))
            }
            Err(lever::Error::NotFound { .. }) => None,
            Err(problem) => return self.closed(one.opportunity_id, problem.into()).await,
        };
        if offers.is_some() && offers == one.digest {
            return Ok(self.checked(one.opportunity_id, at).await?);
        }
        self.look_again(&one.opportunity_id, false).await
    }

    /// Notes that Lever was asked about a candidacy at `at`.
    async fn checked(&self, opportunity_id: String, at: i64) -> Result<(), StoreError> {
        let noted = self.store.write(move |db| {
            watched::checked(db, &opportunity_id, at)?;
            letters::checked(db, &opportunity_id, at)
        });
        noted.await.map_err(|problem: StoreError| problem)?;
        self.feed.changed(&[Tag::Letters]);
        Ok(())
    }

    async fn look_again(&self, opportunity_id: &str, first: bool) -> Result<(), SyncError> {
        let occasion = Occasion {
            first,
            ..Occasion::at(Priority::Poll)
        };
        match Box::pin(self.sync(opportunity_id, occasion)).await {
            Ok(_) => Ok(()),
            Err(problem) => self.closed(opportunity_id.to_owned(), problem).await,
        }
    }

    /// Passes over a candidacy that is closed to this connection: the others are not to wait for it.
    async fn closed(&self, opportunity_id: String, problem: SyncError) -> Result<(), SyncError> {
        match problem {
            SyncError::Lever(problem) if problem.is_about_one_thing() => {
                tracing::debug!(%problem, "the offers of a candidate cannot be read");
                let now = self.clock.now().as_millisecond();
                Ok(self.checked(opportunity_id, now).await?)
            }
            problem => Err(problem),
        }
    }

    /// Looks at every candidacy that moved since the last time; the first time at all that are in the Offer stage.
    async fn list_moved(&self, client: &Client, now: Timestamp) -> Result<(), SyncError> {
        let stages = lever::offer_stages(client).await?;
        let (since, settings) = self
            .store
            .read(|db| {
                let since: Option<i64> = settings::get(db, MOVED_AT)?;
                Ok::<_, StoreError>((since, OfferSettings::get(db)?))
            })
            .await?;
        let gate = settings.gate(&stages);
        let filter = match since {
            Some(since) => OpportunityFilter {
                updated_since: Some(back(since)),
                ..OpportunityFilter::default()
            },
            None => OpportunityFilter {
                stage_ids: gate.stages.iter().cloned().collect(),
                archived: Some(false),
                ..OpportunityFilter::default()
            },
        };
        if since.is_some() || !gate.stages.is_empty() {
            let mut moved = std::pin::pin!(client.opportunities_stream(filter));
            while let Some(opportunity) = moved.try_next().await? {
                if self.is_news(&opportunity, &gate).await? {
                    self.look_again(&opportunity.id, since.is_none()).await?;
                }
            }
        }
        let at = now.as_millisecond();
        let noted = self.store.write(move |db| settings::put(db, MOVED_AT, &at));
        noted.await.map_err(|problem: StoreError| problem.into())
    }

    /// Whether a candidacy came into the Offer stage or left it, or one with a letter moved otherwise.
    async fn is_news(&self, opportunity: &Opportunity, gate: &Gate) -> Result<bool, StoreError> {
        let id = opportunity.id.to_string();
        let (watched, letters) = self
            .store
            .read(move |db| {
                Ok::<_, StoreError>((watched::get(db, &id)?, letters::of_opportunity(db, &id)?))
            })
            .await?;
        let stage = opportunity.stage.as_ref().map(Identified::id);
        let out = opportunity.archived.is_some() || opportunity.is_anonymized;
        let in_stage = !out && stage.is_some_and(|stage| gate.stages.contains(stage));
        let known = watched.map(|watched| watched.stands);
        let known = known.or_else(|| letters.into_iter().next_back().map(|letter| letter.stands));
        Ok(match known {
            None => in_stage,
            Some(known) => {
                known.stage.as_ref().map(|(id, _)| id.as_str()) != stage
                    || known.out.is_some() != out
                    || known.name != opportunity.name
            }
        })
    }

    /// Looks at every candidacy with a letter that was deleted since the last time.
    async fn list_deleted(&self, client: &Client, now: Timestamp) -> Result<(), SyncError> {
        let since: Option<i64> = self.store.read(|db| settings::get(db, DELETED_AT)).await?;
        let since = since.unwrap_or_else(|| now.as_millisecond());
        for opportunity in client.deleted_opportunities(back(since)).await? {
            let id = opportunity.id.to_string();
            let known = self.store.read(move |db| {
                let letters = letters::of_opportunity(db, &id)?;
                Ok::<_, StoreError>(!letters.is_empty() || watched::get(db, &id)?.is_some())
            });
            if known.await? {
                self.look_again(&opportunity.id, false).await?;
            }
        }
        let at = now.as_millisecond();
        let noted = self
            .store
            .write(move |db| settings::put(db, DELETED_AT, &at));
        noted.await.map_err(|problem: StoreError| problem.into())
    }
}

fn back(at: i64) -> Timestamp {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MIN);
    at.checked_sub(OVERLAP).unwrap_or(Timestamp::MIN)
}

/// Returns when the connection to Lever may have changed.
async fn connected(changes: &mut Receiver<Vec<Tag>>) {
    use tokio::sync::broadcast::error::RecvError;
    loop {
        match changes.recv().await {
            Ok(tags) if !tags.contains(&Tag::Connection) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // The feed lives as long as its owner; without it nothing changes any more.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
