//! Being allowed to act in Lever: signing in, checking, and saying in one state how it stands.

mod api_key;
mod checks;
mod claims;
mod farewell;
mod keep;
mod leave;
mod lookout;
mod model;
mod scopes;
mod sign_in;
mod validate;

use std::sync::{Arc, Mutex};

use tokio::sync::{oneshot, watch};

pub use self::api_key::ApiKeyError;
pub use self::checks::{RelayCheck, RelayLook};
pub use self::farewell::Farewell;
pub use self::leave::LocalData;
pub use self::model::{
    Account, Check, CheckOutcome, ConnectionState, SignIn, SignInFailure, Validation,
};
pub use self::scopes::{Asked, Need, asked, granted, is_granted};
use self::sign_in::Pending;
pub use self::sign_in::SignInError;
use crate::clock::SharedClock;
use crate::config::LeverAddresses;
use crate::feed::Feed;
use crate::jobs::Bell;
use crate::oauth::Access;
pub use crate::store::connections::Integration;
use crate::store::connections::{self, ConnectionRow};
use crate::store::{Store, StoreError};

/// The connection of one integration.
pub struct Connections {
    integration: Integration,
    store: Store,
    http: reqwest::Client,
    clock: SharedClock,
    feed: Feed,
    bell: Bell,
    access: Access,
    custom: Option<LeverAddresses>,
    relay: RelayLook,
    pending: Mutex<Option<Pending>>,
    failure: Mutex<Option<SignInFailure>>,
    settled: watch::Sender<u64>,
    validation: watch::Sender<Option<Validation>>,
    stop: Mutex<Option<oneshot::Sender<()>>>,
}

/// What the connection works with.
pub struct Parts {
    /// Whose connection it is.
    pub integration: Integration,
    /// The database.
    pub store: Store,
    /// For the authorization server.
    pub http: reqwest::Client,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
    /// Rung when waiting work may go on.
    pub bell: Bell,
    /// The API.
    pub access: Access,
    /// The addresses of the environment `custom`, if given.
    pub custom: Option<LeverAddresses>,
    /// Looks at the way in for events.
    pub relay: RelayLook,
}

impl Connections {
    /// A connection as the database has it; no sign-in waits.
    pub fn new(parts: Parts) -> Arc<Self> {
        let Parts {
            integration,
            store,
            http,
            clock,
            feed,
            bell,
            access,
            custom,
            relay,
        } = parts;
        Arc::new(Self {
            integration,
            store,
            http,
            clock,
            feed,
            bell,
            access,
            custom,
            relay,
            pending: Mutex::default(),
            failure: Mutex::default(),
            settled: watch::Sender::new(0),
            validation: watch::Sender::new(None),
            stop: Mutex::default(),
        })
    }

    /// The connection as the database has it, or none.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub async fn row(&self) -> Result<Option<ConnectionRow>, StoreError> {
        let integration = self.integration;
        self.store
            .read(move |db| connections::get(db, integration))
            .await
    }
}
