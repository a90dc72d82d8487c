//! Another client secret for the connection that there is, because Lever issued a new one: no sign-in is needed for
//! that, for the grant is still good.

use std::sync::Arc;

use secrecy::SecretString;

use super::grant::{Held, unreadable};
use super::{Client, ExchangeError, Grants};
use crate::http::TokenError;
use crate::store::StoreError;
use crate::store::connections::{self, Login};

/// Why a client secret was not changed; everything is as before.
#[derive(Debug, thiserror::Error)]
pub enum ClientSecretError {
    /// There is no sign-in that it could be of.
    #[error("Only a connection by sign-in has a client secret. Connect Lever first.")]
    NotConnected,
    /// Lever refuses this one too.
    #[error(
        "Lever refuses this client secret too. Copy it again, whole and alone, and check that it belongs to the \
         client id that is connected."
    )]
    Refused {
        /// Lever's own words.
        detail: String,
    },
    /// It could not be tried.
    #[error(
        "Lever could not be asked, so the client secret was not changed. Try again in a moment."
    )]
    Untried {
        /// What happened, without secrets.
        detail: String,
    },
}

impl From<TokenError> for ClientSecretError {
    fn from(problem: TokenError) -> Self {
        match problem {
            TokenError::NotConnected => Self::NotConnected,
            TokenError::ClientRefused { detail } => Self::Refused { detail },
            TokenError::ReconnectNeeded { detail } | TokenError::Unreachable { detail } => {
                Self::Untried { detail }
            }
            TokenError::StandingBy => Self::Untried {
                detail: problem.to_string(),
            },
        }
    }
}

impl Grants {
    /// Tries a client secret with the next refresh and keeps it if Lever takes it, together with the new tokens. A
    /// grant that Lever has ended meanwhile is noted as such: that is for another sign-in, and the secret is right.
    ///
    /// # Errors
    /// [`ClientSecretError`]; nothing is changed then.
    pub async fn change_client_secret(
        &self,
        secret: SecretString,
    ) -> Result<(), ClientSecretError> {
        let held = Arc::clone(&self.0);
        // In a task of its own, as every refresh: a caller that goes away must not take the new tokens along.
        let changing = tokio::spawn(async move { held.change_client_secret(secret).await });
        changing.await.unwrap_or_else(|ended| {
            let detail = ended.to_string();
            Err(ClientSecretError::Untried { detail })
        })
    }
}

impl Held {
    async fn change_client_secret(&self, secret: SecretString) -> Result<(), ClientSecretError> {
        let _one_at_a_time = self.refreshing.lock().await;
        let row = self.row().await?;
        let Login::LeverConnect {
            client_id,
            tokens: Some(tokens),
            ..
        } = row.login
        else {
            return Err(ClientSecretError::NotConnected);
        };
        let Some(old) = &tokens.refresh else {
            // Without staying connected the secret is used for nothing that it could be tried with.
            return self.put_client_secret(secret).await;
        };
        let client = Client {
            id: client_id,
            secret: secret.clone(),
        };
        let exchange = self.exchange(&row.environment, client)?;
        let now = self.clock.now().as_millisecond();
        match exchange.refresh(old, now).await {
            Ok(granted) => {
                self.keep(old, granted, row.granted, Some(secret)).await?;
                Ok(())
            }
            Err(ExchangeError::Refused { detail }) => {
                self.put_client_secret(secret).await?;
                Ok(self.lost(&detail).await?)
            }
            Err(ExchangeError::Client { detail }) => Err(ClientSecretError::Refused { detail }),
            Err(
                ExchangeError::Unreachable { detail }
                | ExchangeError::Widened { detail }
                | ExchangeError::Failed { detail }
                | ExchangeError::Address { detail },
            ) => Err(ClientSecretError::Untried { detail }),
        }
    }

    async fn put_client_secret(&self, secret: SecretString) -> Result<(), ClientSecretError> {
        let integration = self.integration;
        self.store
            .write(move |db| connections::put_client_secret(db, integration, &secret))
            .await
            .map_err(|problem: StoreError| unreadable(problem).into())
    }
}
