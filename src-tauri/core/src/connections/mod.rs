//! Being allowed to act in Lever: signing in, checking, and saying in one state how it stands.

mod api_key;
mod basis;
mod checks;
mod claims;
mod client_secret;
mod failure;
mod farewell;
mod finish;
mod keep;
mod leave;
mod lookout;
mod model;
mod organisation;
mod scopes;
mod sign_in;
mod uses;
mod validate;

use std::sync::{Arc, Mutex};

use tokio::sync::{oneshot, watch};

pub use self::api_key::ApiKeyError;
use self::basis::Basis;
pub use self::checks::WayIn;
pub use self::client_secret::ChangeSecretError;
pub use self::farewell::Farewell;
pub use self::leave::LocalData;
pub use self::model::{
    Check, CheckOutcome, ConnectionState, OtherOrganisation, Party, SignIn, SignInFailure,
    Validation,
};
use self::organisation::Aside;
pub use self::organisation::ConfirmError;
pub use self::scopes::{Asked, Need, each, granted};
use self::sign_in::Pending;
pub use self::sign_in::SignInError;
use crate::clock::SharedClock;
use crate::config::LeverAddresses;
use crate::feed::Feed;
use crate::jobs::Bell;
use crate::oauth::Access;
use crate::store::connections::{self, ConnectionRow};
pub use crate::store::connections::{Account, Integration};
use crate::store::names::{name, named};
use crate::store::{Store, StoreError, mappings, validations};

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
    relay: Arc<dyn WayIn>,
    beginning: tokio::sync::Mutex<()>,
    pending: Mutex<Option<Pending>>,
    failure: Mutex<Option<SignInFailure>>,
    aside: Mutex<Option<Aside>>,
    come_to_front: Box<dyn Fn() + Send + Sync>,
    settled: watch::Sender<u64>,
    validation: watch::Sender<Option<Validation>>,
    stop: Mutex<Option<oneshot::Sender<()>>>,
    /// Held while uses are between memory and disk.
    keeping_uses: tokio::sync::Mutex<()>,
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
    /// The way in for events.
    pub relay: Arc<dyn WayIn>,
    /// Brings the window to the front.
    pub come_to_front: Box<dyn Fn() + Send + Sync>,
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
            come_to_front,
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
            beginning: tokio::sync::Mutex::default(),
            pending: Mutex::default(),
            failure: Mutex::default(),
            aside: Mutex::default(),
            come_to_front,
            settled: watch::Sender::new(0),
            validation: watch::Sender::new(None),
            stop: Mutex::default(),
            keeping_uses: tokio::sync::Mutex::default(),
        })
    }

    /// The connection, or none. Its state no longer tells of a validation that was about something else.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub async fn row(&self) -> Result<Option<ConnectionRow>, StoreError> {
        Ok(self.row_and_change().await?.map(|(row, _)| row))
    }

    /// The connection, and as a sentence why its last validation no longer counts, if that is so.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub async fn row_and_change(
        &self,
    ) -> Result<Option<(ConnectionRow, Option<&'static str>)>, StoreError> {
        let integration = self.integration;
        let read = self.store.read(move |db| {
            let about = validations::get(db, integration)?;
            let mapped = mappings::fields(db, integration.mapping())?;
            Ok::<_, StoreError>((connections::get(db, integration)?, about, mapped))
        });
        let (Some(mut row), about, mapped) = read.await? else {
            return Ok(None);
        };
        let state: ConnectionState = named(&row.state)?;
        let counted = matches!(
            state,
            ConnectionState::Verified | ConnectionState::ConnectedLimited
        );
        let (true, Some(about)) = (counted, about) else {
            return Ok(Some((row, None)));
        };
        let before: Basis = serde_json::from_str(&about)?;
        let change = Basis::of(&row, &mapped, self.relay.address()).change_since(&before);
        if change.is_some() {
            row.state = name(&ConnectionState::ConnectedNotValidated)?;
        }
        Ok(Some((row, change)))
    }
}
