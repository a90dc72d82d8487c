//! The API of whichever Lever is connected right now.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;
use url::Url;

use super::{ClientSecretError, Grants};
use crate::clock::SharedClock;
use crate::config::{Environment, LeverAddresses};
use crate::http::{AccessTokens, Credential, TokenError};
use crate::lever::{self, Client, Meter, Patience, Priority};
use crate::store::Store;
use crate::store::connections::{self, ConnectionRow, Integration, Login};
use crate::store::names::named;

/// Gives a client for the connected Lever. Cheap to clone.
#[derive(Clone)]
pub struct Access(Arc<Inner>);

struct Inner {
    integration: Integration,
    store: Store,
    http: reqwest::Client,
    grants: Arc<Grants>,
    clock: SharedClock,
    custom: Option<LeverAddresses>,
    paced: bool,
    built: Mutex<Option<(Url, Client)>>,
}

impl Access {
    /// For an integration; without `paced`, Lever's rate limit is left out of account and
    /// a failed call is tried again once, at once.
    pub fn new(
        integration: Integration,
        store: Store,
        http: reqwest::Client,
        grants: Arc<Grants>,
        clock: SharedClock,
        (custom, paced): (Option<LeverAddresses>, bool),
    ) -> Self {
        Self(Arc::new(Inner {
            integration,
            store,
            http,
            grants,
            clock,
            custom,
            paced,
            built: Mutex::default(),
        }))
    }

    /// Whether calls keep below Lever's rate limit; a practice Lever on this machine has none.
    pub fn is_paced(&self) -> bool {
        self.0.paced
    }

    /// The addresses of the connected Lever, or none.
    ///
    /// # Errors
    /// [`TokenError::Unreachable`] if the database cannot be read.
    pub async fn addresses(&self) -> Result<Option<LeverAddresses>, TokenError> {
        match self.row().await? {
            Some(row) => self.addresses_of(&row),
            None => Ok(None),
        }
    }

    async fn row(&self) -> Result<Option<ConnectionRow>, TokenError> {
        let integration = self.0.integration;
        let read = self
            .0
            .store
            .read(move |db| connections::get(db, integration));
        read.await.map_err(unreadable)
    }

    fn addresses_of(&self, row: &ConnectionRow) -> Result<Option<LeverAddresses>, TokenError> {
        let environment: Environment = named(&row.environment).map_err(unreadable)?;
        Ok(LeverAddresses::of(environment, self.0.custom.as_ref()))
    }

    /// A client for the connected Lever whose calls have this priority. One client serves all callers, so that
    /// they share its pace.
    ///
    /// # Errors
    /// [`lever::Error`] if Lever is not connected.
    pub async fn client(&self, priority: Priority) -> Result<Client, lever::Error> {
        let row = self.row().await?.ok_or(TokenError::NotConnected)?;
        let addresses = self.addresses_of(&row)?;
        let api = addresses.ok_or(TokenError::NotConnected)?.api;
        let granted = match row.login {
            Login::LeverConnect { .. } => Some(&*row.granted),
            Login::ApiKey(_) => None,
        };
        let mut built = self.0.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((root, client)) = built.as_ref()
            && *root == api
        {
            return Ok(client.clone().at(priority).granted(granted));
        }
        let tokens = Arc::clone(&self.0.grants);
        let clock = Arc::clone(&self.0.clock);
        let client = Client::paced(
            self.0.http.clone(),
            api.clone(),
            tokens,
            clock,
            self.0.paced,
        )
        .counted_by(self.meter().clone());
        *built = Some((api, client.clone()));
        Ok(client.at(priority).granted(granted))
    }

    /// A client for a login that is not kept yet: it has nothing of the connection's, and is soon out of patience.
    pub fn trial(&self, addresses: &LeverAddresses, credential: Credential) -> Client {
        let clock = Arc::clone(&self.0.clock);
        let (http, api) = (self.0.http.clone(), addresses.api.clone());
        let tokens = Arc::new(Trial(credential));
        Client::paced(http, api, tokens, clock, self.0.paced).with_patience(Patience::short())
    }

    /// See [`Grants::change_client_secret`].
    ///
    /// # Errors
    /// [`ClientSecretError`]; nothing is changed then.
    pub async fn change_client_secret(
        &self,
        secret: SecretString,
    ) -> Result<(), ClientSecretError> {
        self.0.grants.change_client_secret(secret).await
    }

    /// Counts how often each permission of the connection is used.
    pub fn meter(&self) -> &Meter {
        self.0.grants.meter()
    }

    /// Forgets what the client keeps of an account; for another sign-in.
    pub fn forget(&self) {
        self.0
            .built
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }
}

/// A login that is tried before it is kept.
struct Trial(Credential);

#[async_trait]
impl AccessTokens for Trial {
    async fn current(&self) -> Result<Credential, TokenError> {
        Ok(self.0.clone())
    }

    async fn replace(&self, _: &Credential) -> Result<Credential, TokenError> {
        Err(TokenError::ReconnectNeeded {
            detail: "Lever refused it at its first use".to_owned(),
        })
    }
}

fn unreadable(problem: crate::store::StoreError) -> TokenError {
    TokenError::Unreachable {
        detail: problem.to_string(),
    }
}
