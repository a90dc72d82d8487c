//! `app.*` and `settings.*`: what this installation is and what can be set.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::engine::Engine;
use super::error::AppError;
use super::running::RELAY;
use crate::config::{CALLBACK_PORTS, Environment, callback_address, relay_address};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::names::named;
use crate::store::settings;
pub use crate::vault::SecretsPlace;

/// A request without a body.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct NoInput {}

/// What the app can do right now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AppStatus {
    /// Whether the database is open.
    pub vault: VaultState,
    /// Whether a recovery code was made, which opens the database when its key is lost.
    pub recovery_code: bool,
    /// The version of the program.
    pub version: String,
    /// The folder that holds everything.
    pub data_dir: String,
    /// Whether the Lever it talks to, or would talk to, is a practice one.
    pub practice: bool,
}

/// Where the master key is and whether it could be read. "Not found" and "could not read" differ, and
/// neither deletes anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VaultState {
    /// The key was read and the database is open.
    Open {
        /// Where the key is kept.
        place: SecretsPlace,
    },
    /// There is no keychain: a passphrase protects the key file.
    NeedsPassphrase {
        /// Whether no key exists yet, so that this passphrase is being chosen.
        first_time: bool,
        /// Why the keychain is not used, in words.
        why: String,
    },
    /// The key or the database exists but could not be read; nothing was changed.
    Unreadable {
        /// What happened and what to do, in words.
        why: String,
        /// The raw text.
        detail: String,
    },
}

/// What can be set for this installation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SettingsView {
    /// The relay's base address; none while events come through the relay inside the app.
    pub relay_url: Option<String>,
    /// The loopback ports registered with Lever as redirect addresses, tried in order.
    pub callback_ports: Vec<u16>,
    /// The redirect addresses to register with Lever.
    pub callback_addresses: Vec<String>,
    /// The folder that holds everything.
    pub data_dir: String,
    /// The version of the program.
    pub version: String,
    /// The version of the database engine.
    pub sqlite_version: String,
    /// Settings given at the start of the program, which win over the saved ones, in words.
    pub overridden: Vec<String>,
}

/// New settings; both are replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SettingsInput {
    /// The relay's base address (`https://…`); none for the relay inside the app.
    pub relay_url: Option<String>,
    /// One to five ports from 1024 to 65535.
    pub callback_ports: Vec<u16>,
}

/// The setting with the redirect ports.
const PORTS: &str = "callback_ports";

/// Answers `app.status`.
pub(super) async fn status(engine: &Engine, _: NoInput) -> Result<AppStatus, AppError> {
    Ok(AppStatus {
        vault: engine.vault_state(),
        recovery_code: engine.vault().has_recovery_code(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: engine.options().data_dir.display().to_string(),
        practice: practices(engine).await?,
    })
}

/// Whether every connected Lever, or before that the one given at the start, is a practice one.
async fn practices(engine: &Engine) -> Result<bool, AppError> {
    let given = engine.options().custom.is_some();
    let Ok(running) = engine.running().await else {
        return Ok(given);
    };
    let mut connected = Vec::new();
    for integration in Integration::ALL {
        if let Some(row) = running.lever(integration).connections.row().await? {
            connected.push(named::<Environment>(&row.environment)?.is_practice());
        }
    }
    Ok(connected.iter().all(|practice| *practice) && (given || !connected.is_empty()))
}

/// The redirect ports in force: from the start of the program, else saved, else the usual ones.
pub(super) async fn callback_ports(engine: &Engine) -> Result<Vec<u16>, AppError> {
    if !engine.options().callback_ports.is_empty() {
        return Ok(engine.options().callback_ports.clone());
    }
    let saved: Option<Vec<u16>> = engine
        .running()
        .await?
        .store
        .read(|db| settings::get(db, PORTS))
        .await?;
    Ok(saved.unwrap_or_else(|| CALLBACK_PORTS.to_vec()))
}

/// The redirect addresses of these ports, as Lever has to know them.
pub(super) fn callback_addresses(ports: &[u16]) -> Vec<String> {
    ports.iter().copied().map(callback_address).collect()
}

/// Answers `settings.show`.
pub(super) async fn show_settings(engine: &Engine, _: NoInput) -> Result<SettingsView, AppError> {
    let running = engine.running().await?;
    let callback_ports = callback_ports(engine).await?;
    let mut overridden = Vec::new();
    if engine.options().relay.is_some() {
        overridden.push("The relay's address was given at the start of the program.".to_owned());
    }
    if !engine.options().callback_ports.is_empty() {
        overridden.push("The redirect ports were given at the start of the program.".to_owned());
    }
    Ok(SettingsView {
        relay_url: running.relay(engine).await?.map(|url| url.to_string()),
        callback_addresses: callback_addresses(&callback_ports),
        callback_ports,
        data_dir: engine.options().data_dir.display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sqlite_version: rusqlite::version().to_owned(),
        overridden,
    })
}

/// Answers `settings.save`.
pub(super) async fn save_settings(
    engine: &Engine,
    request: SettingsInput,
) -> Result<SettingsView, AppError> {
    let running = engine.running().await?;
    let relay = request
        .relay_url
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let relay = relay
        .map(|text| relay_address("The relay's address", text))
        .transpose()
        .map_err(|problem| AppError::invalid("relay_url", problem.to_string()))?;
    let ports = request.callback_ports;
    if ports.is_empty() || ports.len() > 5 || ports.iter().any(|port| *port < 1024) {
        let sentence = "Give one to five ports from 1024 to 65535.";
        return Err(AppError::invalid("callback_ports", sentence));
    }
    let before = running.relay(engine).await?;
    let now = engine.now();
    let saved = relay.as_ref().map(ToString::to_string);
    let keep_relay = engine.options().relay.is_none();
    let keep_ports = engine.options().callback_ports.is_empty();
    running
        .store
        .write(move |db| {
            // What the start of the program gave is shown, but it is not the user's choice.
            if keep_relay {
                settings::put(db, RELAY, &saved)?;
            }
            if keep_ports {
                settings::put(db, PORTS, &ports)?;
            }
            Entry::new(Kind::Settings, Outcome::Done, "You changed the settings.")
                .by(Actor::You)
                .write(db, now)
        })
        .await?;
    if running.relay(engine).await? != before {
        running.reconnect(engine).await;
    }
    show_settings(engine, NoInput {}).await
}
