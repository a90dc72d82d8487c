//! The operating system's keychain. Every call runs on its own thread under a time-out: a locked collection
//! whose prompt cannot appear would otherwise wait for ever (RELIABILITY.md 1d).

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use sha2::{Digest, Sha256};

use super::MasterKey;

/// How long a keychain may take; a person may have to type its password.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long finding out that there is none may take.
const PROBE_PATIENCE: Duration = Duration::from_secs(5);

/// Why the keychain could not be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeychainError {
    #[error("it did not answer within {} seconds", .0.as_secs())]
    NoAnswer(Duration),
    #[error("{0}")]
    Refused(String),
    #[error("it did not give back what was written")]
    DidNotKeep,
}

pub(super) struct Keychain {
    entry: Arc<Entry>,
}

impl Keychain {
    /// Reaches the keychain and names this folder's entry in it.
    pub(super) fn reach(data_dir: &Path) -> Result<Self, KeychainError> {
        let user = entry_name(data_dir);
        let entry = within(PROBE_PATIENCE, move || {
            platform_store()?.build("fulcrum", &user, None)
        })?;
        Ok(Self {
            entry: Arc::new(entry),
        })
    }

    /// The key, or none if the entry does not exist.
    pub(super) fn read(&self) -> Result<Option<MasterKey>, KeychainError> {
        let entry = Arc::clone(&self.entry);
        let found = within(PATIENCE, move || match entry.get_secret() {
            Ok(bytes) => Ok(Some(zeroize::Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(problem) => Err(problem),
        })?;
        match found {
            None => Ok(None),
            Some(bytes) => MasterKey::from_bytes(&bytes)
                .map(Some)
                .ok_or_else(|| KeychainError::Refused("its entry is no key of Fulcrum".to_owned())),
        }
    }

    /// Keeps a new key and reads it back before anything is encrypted with it.
    pub(super) fn write(&self, key: MasterKey) -> Result<MasterKey, KeychainError> {
        let entry = Arc::clone(&self.entry);
        let bytes = zeroize::Zeroizing::new(key.bytes().to_vec());
        within(PATIENCE, move || entry.set_secret(&bytes))?;
        match self.read()? {
            Some(kept) if kept.id() == key.id() => Ok(kept),
            _ => Err(KeychainError::DidNotKeep),
        }
    }
}

/// One entry for each data folder, so that two installations do not share a key.
fn entry_name(data_dir: &Path) -> String {
    let path = data_dir
        .canonicalize()
        .unwrap_or_else(|_| data_dir.to_owned());
    let digest = Sha256::digest(path.to_string_lossy().as_bytes());
    format!("database-key-{}", hex::encode(&digest[..6]))
}

fn within<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, KeychainError> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // A late answer has nobody left to hear it.
        let _ = sender.send(call());
    });
    match receiver.recv_timeout(patience) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(problem)) => Err(KeychainError::Refused(problem.to_string())),
        Err(_) => Err(KeychainError::NoAnswer(patience)),
    }
}

#[cfg(target_os = "linux")]
fn platform_store() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn platform_store() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "windows")]
fn platform_store() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}
