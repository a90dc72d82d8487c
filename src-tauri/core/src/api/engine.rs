//! The engine: one data folder, opened once, and the parts that run on it.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{RwLock, broadcast};
use url::Url;

use super::app::VaultState;
use super::error::{AppError, ErrorCode};
use super::running::Running;
use crate::clock::{SharedClock, SystemClock};
use crate::config::Options;
use crate::feed::{Feed, Tag};
use crate::http::Network;
use crate::store::{self, Store, StoreError};
use crate::vault::{MasterKey, Opened, SecretsPlace, UnlockError, Vault};

/// What the engine needs from whoever runs it.
pub trait Host: Send + Sync {
    /// Opens an address in the system browser; tells whether it could.
    fn open_url(&self, url: &Url) -> bool;

    /// Brings the window to the front, if there is one.
    fn come_to_front(&self);
}

/// Why the engine does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another engine has the data folder.
    #[error("Fulcrum is running already with the data folder {}. Use that one, or quit it first.", .0.display())]
    InUse(PathBuf),
    /// The data folder cannot be used.
    #[error(transparent)]
    Folder(#[from] StoreError),
    /// No HTTP client can be made.
    #[error(transparent)]
    Http(#[from] crate::http::HttpError),
}

/// A running engine; clones are the same one.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    options: Options,
    host: Arc<dyn Host>,
    clock: SharedClock,
    feed: Feed,
    vault: Vault,
    http: Mutex<reqwest::Client>,
    state: Mutex<VaultState>,
    running: RwLock<Option<Arc<Running>>>,
    /// Held as long as the engine lives: one engine for each data folder (I12).
    lock: Mutex<Option<File>>,
}

impl Engine {
    /// Starts on the system's clock with the system's vault.
    ///
    /// # Errors
    /// [`StartError`]. A locked, damaged or newer database is no start error: commands then answer `locked`, and
    /// `app.status` says why.
    pub async fn start(options: Options, host: Arc<dyn Host>) -> Result<Self, StartError> {
        let vault = Vault::new(&options.data_dir, options.passphrase_file.clone());
        Self::start_with(options, host, Arc::new(SystemClock), vault).await
    }

    /// Starts with a given clock and vault; for tests.
    ///
    /// # Errors
    /// As [`Engine::start`].
    pub async fn start_with(
        options: Options,
        host: Arc<dyn Host>,
        clock: SharedClock,
        vault: Vault,
    ) -> Result<Self, StartError> {
        store::prepare_folder(&options.data_dir)?;
        let lock = lock(&options.data_dir)?;
        let engine = Self(Arc::new(Inner {
            http: Mutex::new(crate::http::client()?),
            options,
            host,
            clock,
            feed: Feed::new(),
            vault,
            state: Mutex::new(VaultState::Unreadable {
                why: "Starting.".to_owned(),
                detail: String::new(),
            }),
            running: RwLock::default(),
            lock: Mutex::new(Some(lock)),
        }));
        engine.open().await;
        Ok(engine)
    }

    /// Looks for the key and, if it is there, opens the database and starts the parts.
    pub(super) async fn open(&self) {
        let me = self.clone();
        let opened = tokio::task::spawn_blocking(move || me.0.vault.open()).await;
        match opened {
            Ok(Opened::Key(key, place)) => self.run_on(key, place).await,
            Ok(Opened::NeedsPassphrase { first_time, why }) => {
                self.set_state(VaultState::NeedsPassphrase { first_time, why });
            }
            Ok(Opened::Unreadable { why, detail }) => {
                self.set_state(VaultState::Unreadable { why, detail })
            }
            Err(problem) => {
                let why = "The keychain could not be asked.".to_owned();
                self.set_state(VaultState::Unreadable {
                    why,
                    detail: problem.to_string(),
                });
            }
        }
    }

    /// Opens the key as `open` says, then the database. Does nothing if it is open.
    pub(super) async fn unlock(
        &self,
        open: impl FnOnce(&Vault) -> Result<(MasterKey, SecretsPlace), UnlockError> + Send + 'static,
    ) -> Result<(), AppError> {
        if self.0.running.read().await.is_some() {
            return Ok(());
        }
        let (key, place) = self.with_vault(open).await?;
        self.run_on(key, place).await;
        Ok(())
    }

    /// Asks the vault, which may block for seconds.
    pub(super) async fn with_vault<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Vault) -> Result<T, UnlockError> + Send + 'static,
    ) -> Result<T, AppError> {
        let me = self.clone();
        match tokio::task::spawn_blocking(move || ask(&me.0.vault)).await {
            Ok(asked) => asked.map_err(AppError::from),
            Err(problem) => Err(AppError::new(
                ErrorCode::Internal,
                "The key file could not be opened.",
            )
            .with_detail(problem)),
        }
    }

    async fn run_on(&self, key: MasterKey, place: SecretsPlace) {
        let mut running = self.0.running.write().await;
        if running.is_some() {
            return;
        }
        let data_dir = self.0.options.data_dir.clone();
        let opened = tokio::task::spawn_blocking(move || Store::open(&data_dir, &key)).await;
        let started = match opened {
            Ok(Ok(store)) => Running::start(self, store).await,
            Ok(Err(problem)) => Err(problem),
            Err(_) => Err(StoreError::Closed),
        };
        match started {
            Ok(parts) => {
                *running = Some(Arc::new(parts));
                self.set_state(VaultState::Open { place });
            }
            Err(problem) => {
                let detail = format!("{problem:?}");
                self.set_state(VaultState::Unreadable {
                    why: problem.to_string(),
                    detail,
                });
            }
        }
    }

    fn set_state(&self, state: VaultState) {
        *self.0.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.0.feed.changed(&[Tag::App]);
    }

    /// Where the key of the open database is kept.
    pub(super) fn place(&self) -> Result<SecretsPlace, AppError> {
        match self.vault_state() {
            VaultState::Open { place } => Ok(place),
            VaultState::NeedsPassphrase { .. } | VaultState::Unreadable { .. } => Err(locked()),
        }
    }

    /// The key of the open database is kept elsewhere from now on.
    pub(super) fn set_place(&self, place: SecretsPlace) {
        self.set_state(VaultState::Open { place });
    }

    /// Whether the database is open, or why not.
    pub(super) fn vault_state(&self) -> VaultState {
        self.0
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The parts, if the database is open.
    pub(super) async fn running(&self) -> Result<Arc<Running>, AppError> {
        let running = self.0.running.read().await.clone();
        running.ok_or_else(locked)
    }

    /// Runs one command: its name and its request, to its response.
    ///
    /// # Errors
    /// [`AppError`], a sentence each.
    pub async fn call(
        &self,
        name: &str,
        payload: serde_json::Value,
    ) -> Result<serde_json::Value, AppError> {
        let answered = super::dispatch(self, name, payload).await;
        let answered = answered.map_err(AppError::without_secrets);
        if let (Ok(_), Some(command)) = (
            &answered,
            super::list()
                .into_iter()
                .find(|command| command.name == name),
        ) && !command.changes.is_empty()
        {
            self.0.feed.changed(command.changes);
        }
        answered
    }

    /// What becomes stale from now on.
    pub fn changes(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.0.feed.listen()
    }

    /// Stops every part and lets go of the data folder.
    pub async fn stop(&self) {
        if let Some(running) = self.0.running.write().await.take() {
            running.stop().await;
        }
        self.0.vault.close();
        self.0
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    pub(super) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub(super) fn options(&self) -> &Options {
        &self.0.options
    }

    pub(super) fn host(&self) -> &Arc<dyn Host> {
        &self.0.host
    }

    pub(super) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(super) fn feed(&self) -> &Feed {
        &self.0.feed
    }

    pub(super) fn http(&self) -> reqwest::Client {
        let http = self.0.http.lock().unwrap_or_else(PoisonError::into_inner);
        http.clone()
    }

    /// Reaches the internet so from now on; what runs already has to be started anew.
    pub(super) fn use_network(&self, network: &Network) {
        match crate::http::client_by(network) {
            Ok(http) => *self.0.http.lock().unwrap_or_else(PoisonError::into_inner) = http,
            Err(problem) => tracing::error!(%problem, "the network settings cannot be used"),
        }
    }

    /// Starts every part anew on the open database, for settings that all of them go by.
    pub(super) async fn restart_parts(&self) -> Result<(), AppError> {
        let mut running = self.0.running.write().await;
        let Some(before) = running.as_ref() else {
            return Err(locked());
        };
        before.end_parts().await;
        let parts = Running::start(self, before.store.clone()).await?;
        *running = Some(Arc::new(parts));
        Ok(())
    }

    /// The present moment, in milliseconds since 1970 UTC.
    pub(super) fn now(&self) -> i64 {
        self.0.clock.now().as_millisecond()
    }
}

fn locked() -> AppError {
    let sentence = "The database is locked. Unlock it first.";
    AppError::new(ErrorCode::Locked, sentence)
}

/// Takes the data folder for this process; the system lets go of it when the process ends, however it ends.
fn lock(data_dir: &Path) -> Result<File, StartError> {
    let path = data_dir.join("lock");
    let fail = |source| {
        StartError::Folder(StoreError::File {
            path: path.clone(),
            source,
        })
    };
    let file = store::private_file()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartError::InUse(data_dir.to_owned())),
        Err(TryLockError::Error(problem)) => Err(fail(problem)),
    }
}
