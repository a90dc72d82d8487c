//! The stored grant: gives the current access token, and refreshes it one at a time. The new pair is on disk
//! before it is used (LEVER.md 1.6; I19).

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{Client, Exchange, ExchangeError, Granted};
use crate::clock::SharedClock;
use crate::config::{Environment, LeverAddresses};
use crate::feed::{Feed, Tag};
use crate::http::{AccessTokens, Credential, TokenError};
use crate::lever::Meter;
use crate::standing::{Standing, StandingCell};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow, Integration, Login, Tokens};
use crate::store::names::named;
use crate::store::{Store, StoreError};

/// A token this close to its end is refreshed before it is used.
const MARGIN: i64 = 60_000;

/// The scope that a refresh token takes (LEVER.md 1.10); each refresh is a use of it.
pub const OFFLINE_ACCESS: &str = "offline_access";

/// The state in which nothing may be asked: Lever refused the grant, and asking again would not change that.
const REFUSED: &str = "needs_reconnect";

/// The tokens of one integration's connection.
pub struct Grants(pub(super) Arc<Held>);

pub(super) struct Held {
    pub(super) integration: Integration,
    pub(super) store: Store,
    http: reqwest::Client,
    pub(super) clock: SharedClock,
    feed: Feed,
    custom: Option<LeverAddresses>,
    pub(super) refreshing: Mutex<()>,
    standing: StandingCell,
    meter: Meter,
}

impl Grants {
    /// The tokens of an integration; `custom` holds the addresses of the environment of that name.
    pub fn new(
        integration: Integration,
        store: Store,
        http: reqwest::Client,
        clock: SharedClock,
        (feed, standing): (Feed, StandingCell),
        custom: Option<LeverAddresses>,
    ) -> Self {
        Self(Arc::new(Held {
            integration,
            store,
            http,
            clock,
            feed,
            custom,
            refreshing: Mutex::new(()),
            standing,
            meter: Meter::default(),
        }))
    }

    /// Counts how often each permission of the connection is used.
    pub fn meter(&self) -> &Meter {
        &self.0.meter
    }

    /// Refreshes in a task of its own: Lever gives the new pair once, so a caller that goes away must not take it
    /// along. `refused` is the access token that is no longer good.
    async fn refresh(&self, refused: Option<SecretString>) -> Result<Credential, TokenError> {
        let held = Arc::clone(&self.0);
        let refreshing = tokio::spawn(async move { held.refresh(refused.as_ref()).await });
        refreshing.await.unwrap_or_else(|ended| {
            Err(TokenError::Unreachable {
                detail: ended.to_string(),
            })
        })
    }
}

impl Held {
    pub(super) async fn row(&self) -> Result<ConnectionRow, TokenError> {
        let integration = self.integration;
        self.store
            .read(move |db| connections::get(db, integration))
            .await
            .map_err(unreadable)?
            .ok_or(TokenError::NotConnected)
    }

    /// The row, unless Lever refused it: then everything waits, without a word to Lever, for another sign-in. A copy that
    /// stands by has none either: a refresh token that two copies use is taken for stolen (LEVER.md 1.6).
    async fn accepted_row(&self) -> Result<ConnectionRow, TokenError> {
        if self.standing.decided().await == Standing::StandsBy {
            return Err(TokenError::StandingBy);
        }
        let row = self.row().await?;
        if row.state == REFUSED {
            return Err(TokenError::ReconnectNeeded {
                detail: "Lever refused it before".to_owned(),
            });
        }
        Ok(row)
    }

    /// Refreshes unless somebody did while we waited for our turn; `refused` is the access token that is no
    /// longer good.
    async fn refresh(&self, refused: Option<&SecretString>) -> Result<Credential, TokenError> {
        let _one_at_a_time = self.refreshing.lock().await;
        let row = self.accepted_row().await?;
        let Login::LeverConnect {
            client_id,
            client_secret: Some(client_secret),
            tokens: Some(tokens),
        } = row.login
        else {
            return Err(TokenError::NotConnected);
        };
        let replaced =
            refused.is_some_and(|refused| refused.expose_secret() != tokens.access.expose_secret());
        if replaced || (refused.is_none() && !self.ending(&tokens)) {
            return Ok(Credential::Bearer(tokens.access));
        }
        let Some(old) = &tokens.refresh else {
            self.lost("Lever gave no permission to stay connected.")
                .await?;
            return Err(TokenError::ReconnectNeeded {
                detail: "no refresh token".to_owned(),
            });
        };
        let client = Client {
            id: client_id,
            secret: client_secret,
        };
        let exchange = self.exchange(&row.environment, client)?;
        match exchange
            .refresh(old, self.clock.now().as_millisecond())
            .await
        {
            Ok(granted) => self.keep(old, granted, row.granted, None).await,
            Err(ExchangeError::Refused { detail }) => {
                self.lost(&detail).await?;
                Err(TokenError::ReconnectNeeded { detail })
            }
            // A wrong secret, an outage or an odd answer is no revocation: the tokens stay.
            Err(ExchangeError::Client { detail }) => Err(TokenError::ClientRefused { detail }),
            Err(
                ExchangeError::Unreachable { detail }
                | ExchangeError::Widened { detail }
                | ExchangeError::Failed { detail }
                | ExchangeError::Address { detail },
            ) => Err(TokenError::Unreachable { detail }),
        }
    }

    /// Talks to the authorization server of a saved environment as this client.
    pub(super) fn exchange(
        &self,
        environment: &str,
        client: Client,
    ) -> Result<Exchange, TokenError> {
        let environment: Environment = named(environment).map_err(unreadable)?;
        let addresses = LeverAddresses::of(environment, self.custom.as_ref())
            .ok_or(TokenError::NotConnected)?;
        Ok(Exchange::new(self.http.clone(), addresses, client))
    }

    /// Saves a new pair before it is used, and with it the client secret that gave it, if that is new. Lever may have
    /// changed what it allows; `before` is what it allowed.
    pub(super) async fn keep(
        &self,
        old: &SecretString,
        granted: Granted,
        before: String,
        client_secret: Option<SecretString>,
    ) -> Result<Credential, TokenError> {
        let (integration, fresh) = (self.integration, granted.tokens.clone());
        let (used, now) = (old.clone(), self.clock.now().as_millisecond());
        let changed = granted.scopes.filter(|scopes| !same(scopes, &before));
        let told = changed.is_some();
        self.store
            .write(move |db| {
                connections::put_tokens(db, integration, &used, &fresh)?;
                if let Some(secret) = client_secret {
                    connections::put_client_secret(db, integration, &secret)?;
                }
                if let Some(scopes) = changed {
                    connections::put_granted(db, integration, &scopes.join(" "))?;
                    let sentence =
                        "Lever changed what it lets Fulcrum do. Validate the connection.";
                    Entry::new(Kind::Connection, Outcome::Waiting, sentence)
                        .by(Actor::Lever)
                        .write(db, now)?;
                }
                Ok(())
            })
            .await
            .map_err(|problem: StoreError| unreadable(problem))?;
        self.meter.count(OFFLINE_ACCESS, self.clock.now());
        if told {
            self.feed.changed(&[Tag::Connection, Tag::Activity]);
        }
        Ok(Credential::Bearer(granted.tokens.access))
    }

    /// Notes once that Lever refuses the grant. Nothing is deleted: *Reconnect* keeps the set-up.
    pub(super) async fn lost(&self, detail: &str) -> Result<(), TokenError> {
        let (integration, detail, now) = (
            self.integration,
            detail.to_owned(),
            self.clock.now().as_millisecond(),
        );
        self.store
            .write(move |db| {
                if connections::put_state(db, integration, REFUSED)? {
                    let sentence =
                        "Lever no longer accepts the connection. Sign in again to go on.";
                    Entry::new(Kind::Connection, Outcome::Refused, sentence)
                        .detail(detail)
                        .write(db, now)?;
                }
                Ok(())
            })
            .await
            .map_err(|problem: StoreError| unreadable(problem))?;
        self.feed.changed(&[Tag::Connection, Tag::Activity]);
        Ok(())
    }

    fn ending(&self, tokens: &Tokens) -> bool {
        let now = self.clock.now().as_millisecond();
        tokens
            .access_expires_at
            .is_some_and(|end| end.saturating_sub(now) < MARGIN)
    }
}

/// Whether these are the scopes of a list separated by spaces, in whatever order.
fn same(scopes: &[String], list: &str) -> bool {
    let mut one: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let mut other: Vec<&str> = list.split_whitespace().collect();
    one.sort_unstable();
    other.sort_unstable();
    one == other
}

pub(super) fn unreadable(problem: StoreError) -> TokenError {
    TokenError::Unreachable {
        detail: problem.to_string(),
    }
}

#[async_trait]
impl AccessTokens for Grants {
    async fn current(&self) -> Result<Credential, TokenError> {
        match self.0.accepted_row().await?.login {
            Login::LeverConnect {
                tokens: Some(tokens),
                ..
            } if !self.0.ending(&tokens) => Ok(Credential::Bearer(tokens.access)),
            Login::LeverConnect {
                tokens: Some(_), ..
            } => self.refresh(None).await,
            Login::ApiKey(Some(key)) => Ok(Credential::ApiKey(key)),
            Login::LeverConnect { tokens: None, .. } | Login::ApiKey(None) => {
                Err(TokenError::NotConnected)
            }
        }
    }

    async fn replace(&self, refused: &Credential) -> Result<Credential, TokenError> {
        match refused {
            Credential::Bearer(token) => self.refresh(Some(token.clone())).await,
            Credential::ApiKey(_) => {
                let detail = "the API key is refused";
                self.0.lost(detail).await?;
                Err(TokenError::ReconnectNeeded {
                    detail: detail.to_owned(),
                })
            }
        }
    }
}
