//! Telling Lever that a connection has ended: the webhooks that Fulcrum made are deleted, then the grant is revoked.
//! Doing it twice differs in nothing from doing it once, so a crash at any moment only repeats it.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;

use super::Integration;
use crate::clock::SharedClock;
use crate::config::{Environment, LeverAddresses};
use crate::feed::{Feed, Tag};
use crate::jobs::{Failure, Handler, Leave, Remedy};
use crate::lever;
use crate::oauth::{Client, Departing, Exchange, ExchangeError, Revoked};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::connections::{Login, Tokens};
use crate::store::departures::{self, DepartureRow};
use crate::store::jobs::{self, JobRow};
use crate::store::names::named;
use crate::store::webhooks::{self, WebhookRow};
use crate::store::{Store, StoreError};

/// Does the work [`Leave`].
pub struct Farewell {
    /// The database.
    pub store: Store,
    /// For Lever and its authorization server.
    pub http: reqwest::Client,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
    /// The addresses of the environment `custom`, if given.
    pub custom: Option<LeverAddresses>,
    /// Whether Lever's rate limit is kept to.
    pub paced: bool,
}

/// What became of the grant at Lever.
enum Grant {
    /// Revoked.
    Revoked,
    /// Lever offers no way, or would not have it; with its words.
    Stays(Option<String>),
    /// There is none: it was an API key, which only a person deletes.
    Key,
}

#[async_trait]
impl Handler for Farewell {
    fn name(&self) -> &'static str {
        Leave::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let leave: Leave = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let id = leave.departure;
        let found: Option<(DepartureRow, Vec<WebhookRow>)> = self
            .store
            .read(move |db| {
                let row = departures::get(db, id)?;
                let webhooks = webhooks::leaving(db, id)?;
                Ok::<_, StoreError>(row.map(|row| (row, webhooks)))
            })
            .await?;
        let Some((row, webhooks)) = found else {
            let job = job.id;
            self.store.write(move |db| jobs::finish(db, job)).await?;
            return Ok(());
        };
        let environment: Environment = named(&row.environment)?;
        let Some(addresses) = LeverAddresses::of(environment, self.custom.as_ref()) else {
            let why = "The address of its Lever was given at an earlier start of the program, and this start does not name it.";
            return Err(Failure::Wait(why.to_owned(), Remedy::TryAgain));
        };
        let integration = row.integration;
        let stay = self.delete_webhooks(id, &addresses, webhooks).await?;
        let grant = self.revoke(addresses, id).await?;
        self.close(job.id, id, news(integration, &grant, stay))
            .await
    }
}

impl Farewell {
    /// Deletes each webhook and the note of it. Returns how many Lever would not have deleted.
    async fn delete_webhooks(
        &self,
        departure: i64,
        addresses: &LeverAddresses,
        webhooks: Vec<WebhookRow>,
    ) -> Result<usize, Failure> {
        let client = self.client(departure, addresses);
        let mut stay = 0;
        for WebhookRow { id, .. } in webhooks {
            match client.delete_webhook(&id).await {
                Ok(()) => {
                    self.store
                        .write(move |db| webhooks::remove(db, &id))
                        .await
                        .map_err(|problem: StoreError| Failure::Store(problem))?;
                    self.feed.changed(&[Tag::Connection]);
                }
                Err(problem)
                    if problem.is_passing()
                        || matches!(problem, lever::Error::OutcomeUnknown { .. }) =>
                {
                    return Err(Failure::Later(not_reached(&problem)));
                }
                Err(problem) => {
                    tracing::warn!(%problem, "a webhook could not be deleted in Lever");
                    stay += 1;
                }
            }
        }
        Ok(stay)
    }

    fn client(&self, id: i64, addresses: &LeverAddresses) -> lever::Client {
        let tokens = Departing {
            id,
            store: self.store.clone(),
            http: self.http.clone(),
            clock: Arc::clone(&self.clock),
            addresses: addresses.clone(),
            refreshing: Mutex::default(),
        };
        lever::Client::paced(
            self.http.clone(),
            addresses.api.clone(),
            Arc::new(tokens),
            Arc::clone(&self.clock),
            self.paced,
        )
    }

    /// Revokes the grant as it is now: deleting the webhooks may have refreshed its tokens.
    async fn revoke(&self, addresses: LeverAddresses, id: i64) -> Result<Grant, Failure> {
        let row: Option<DepartureRow> = self
            .store
            .read(move |db| departures::get(db, id))
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        let (client_id, secret, refresh) = match row.map(|row| row.login) {
            Some(Login::ApiKey(_)) => return Ok(Grant::Key),
            Some(Login::LeverConnect {
                client_id,
                client_secret: Some(secret),
                tokens:
                    Some(Tokens {
                        refresh: Some(refresh),
                        ..
                    }),
            }) => (client_id, secret, refresh),
            Some(Login::LeverConnect { .. }) | None => return Ok(Grant::Stays(None)),
        };
        let client = Client {
            id: client_id,
            secret,
        };
        let exchange = Exchange::new(self.http.clone(), addresses, client);
        match exchange.revoke(&refresh).await {
            Ok(Revoked::Done) => Ok(Grant::Revoked),
            Ok(Revoked::NotOffered) => Ok(Grant::Stays(None)),
            Err(ExchangeError::Unreachable { detail } | ExchangeError::Failed { detail }) => {
                Err(Failure::Later(not_reached(&detail)))
            }
            Err(
                ExchangeError::Refused { detail }
                | ExchangeError::Client { detail }
                | ExchangeError::Widened { detail }
                | ExchangeError::Address { detail },
            ) => Ok(Grant::Stays(Some(detail))),
        }
    }

    /// Removes the departure with its secrets, the job and the news of it together.
    async fn close(&self, job: i64, departure: i64, news: Entry<'static>) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                departures::remove(db, departure)?;
                news.write(db, now)?;
                jobs::finish(db, job)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed.changed(&[Tag::Connection]);
        Ok(())
    }
}

fn not_reached(problem: &impl std::fmt::Display) -> String {
    tracing::info!(%problem, "Lever could not be told of a disconnect yet");
    "Lever could not be told yet that its access has ended here. Fulcrum tries again by itself."
        .to_owned()
}

/// The line of the log for what became of it.
fn news(integration: Integration, grant: &Grant, stay: usize) -> Entry<'static> {
    let label = integration.label();
    let (outcome, sentence) = match grant {
        Grant::Revoked => (
            Outcome::Done,
            format!("Lever was told that {label} has ended, and took its access back."),
        ),
        Grant::Stays(_) => (
            Outcome::Waiting,
            format!(
                "{label} has ended, but Lever offers no way to take its access back from here. A Super Admin revokes it in Lever."
            ),
        ),
        Grant::Key => (
            Outcome::Waiting,
            format!(
                "{label} has ended. Its API key still opens Lever until a Super Admin deletes it there."
            ),
        ),
    };
    let webhooks = match stay {
        0 => "",
        1 => " One webhook that Fulcrum made stays in Lever.",
        _ => " Some webhooks that Fulcrum made stay in Lever.",
    };
    let entry = Entry::new(Kind::Connection, outcome, sentence + webhooks);
    match grant {
        Grant::Stays(Some(detail)) => entry.detail(detail),
        Grant::Stays(None) | Grant::Revoked | Grant::Key => entry,
    }
}
