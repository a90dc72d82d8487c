//! `app.*`, `vault.*` and `settings.*`: what this installation is and where its secrets lie.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request without a body.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct NoInput {}

/// What the app can do right now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AppStatus {
    /// Whether the database is open.
    pub vault: VaultState,
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

/// Where the master key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretsPlace {
    /// The operating system's keychain.
    Keychain,
    /// A file encrypted with a passphrase.
    PassphraseFile,
    /// Memory only; tests.
    Memory,
}

/// The passphrase for the key file.
#[derive(Deserialize, TS)]
pub struct Unlock {
    /// At least twelve characters when it is chosen.
    pub passphrase: String,
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
    /// Where the master key is kept.
    pub secrets: SecretsPlace,
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
