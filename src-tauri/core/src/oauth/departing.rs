//! The credential of a connection that was ended here, for the last calls with it.

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{Client, Exchange, ExchangeError};
use crate::clock::SharedClock;
use crate::config::LeverAddresses;
use crate::http::{AccessTokens, Credential, TokenError};
use crate::store::connections::{Login, Tokens};
use crate::store::departures::{self, DepartureRow};
use crate::store::{Store, StoreError};

/// Gives the credential of one departure.
pub struct Departing {
    /// Which one.
    pub id: i64,
    /// Where it is kept.
    pub store: Store,
    /// For the authorization server.
    pub http: reqwest::Client,
    /// The clock.
    pub clock: SharedClock,
    /// Its Lever.
    pub addresses: LeverAddresses,
    /// Held during a refresh: an old refresh token must not be used twice (LEVER.md 1.6).
    pub refreshing: Mutex<()>,
}

impl Departing {
    async fn login(&self) -> Result<Login, TokenError> {
        let id = self.id;
        let row: Result<Option<DepartureRow>, StoreError> =
            self.store.read(move |db| departures::get(db, id)).await;
        Ok(row
            .map_err(unreadable)?
            .ok_or(TokenError::NotConnected)?
            .login)
    }

    async fn refresh(&self, client: Client, old: &SecretString) -> Result<Credential, TokenError> {
        let exchange = Exchange::new(self.http.clone(), self.addresses.clone(), client);
        let now = self.clock.now().as_millisecond();
        let fresh = match exchange.refresh(old, now).await {
            Ok(granted) => granted.tokens,
            Err(ExchangeError::Refused { detail } | ExchangeError::Client { detail }) => {
                return Err(TokenError::ReconnectNeeded { detail });
            }
            Err(
                ExchangeError::Unreachable { detail }
                | ExchangeError::Widened { detail }
                | ExchangeError::Failed { detail }
                | ExchangeError::Address { detail },
            ) => {
                return Err(TokenError::Unreachable { detail });
            }
        };
        let (used, kept) = (SecretString::clone(old), fresh.clone());
        self.store
            .write(move |db| departures::put_tokens(db, used.expose_secret(), &kept))
            .await
            .map_err(|problem: StoreError| unreadable(problem))?;
        Ok(Credential::Bearer(fresh.access))
    }
}

fn unreadable(problem: StoreError) -> TokenError {
    TokenError::Unreachable {
        detail: problem.to_string(),
    }
}

#[async_trait]
impl AccessTokens for Departing {
    async fn current(&self) -> Result<Credential, TokenError> {
        match self.login().await? {
            Login::LeverConnect {
                tokens: Some(tokens),
                ..
            } => Ok(Credential::Bearer(tokens.access)),
            Login::ApiKey(Some(key)) => Ok(Credential::ApiKey(key)),
            Login::LeverConnect { tokens: None, .. } | Login::ApiKey(None) => {
                Err(TokenError::NotConnected)
            }
        }
    }

    async fn replace(&self, refused: &Credential) -> Result<Credential, TokenError> {
        let _one_at_a_time = self.refreshing.lock().await;
        match self.login().await? {
            Login::LeverConnect {
                tokens: Some(Tokens { access, .. }),
                ..
            } if !refused.is_same(&Credential::Bearer(access.clone())) => {
                Ok(Credential::Bearer(access))
            }
            Login::LeverConnect {
                client_id,
                client_secret: Some(secret),
                tokens: Some(Tokens {
                    refresh: Some(old), ..
                }),
            } => {
                let client = Client {
                    id: client_id,
                    secret,
                };
                self.refresh(client, &old).await
            }
            Login::LeverConnect { .. } | Login::ApiKey(_) => Err(TokenError::ReconnectNeeded {
                detail: "the credential is refused, and there is no other".to_owned(),
            }),
        }
    }
}
