//! The operating system's keychain. Every conversation with it runs on a thread of its own under one time-out: a
//! locked collection whose prompt cannot appear would otherwise wait for ever (RELIABILITY.md 1d, I24).

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::api::CredentialPersistence;
use keyring_core::{CredentialStore, Entry, Error};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::MasterKey;

/// How long the keychain may take in all. A person who has to type its password first tries again afterwards.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The name under which entries are kept.
pub(super) const SERVICE: &str = "fulcrum";

/// How the platform's keychain is reached.
pub(super) type Reach = dyn Fn() -> Result<Arc<CredentialStore>, Error> + Send + Sync;

/// Why the keychain could not be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeychainError {
    #[error("it did not answer within {} seconds", .0.as_secs())]
    NoAnswer(Duration),
    #[error("{0}")]
    Refused(String),
    #[error("it did not give back what was written")]
    DidNotKeep,
    #[error("it keeps its entries only until the next logout or restart")]
    Forgets,
    #[error("its entry holds the key of another database")]
    Taken,
}

impl KeychainError {
    /// What happened, for somebody who has no key yet and needs another place for it.
    pub(super) fn in_words(&self) -> &'static str {
        match self {
            Self::NoAnswer(_) => {
                "The keychain did not answer; it may be waiting for its password. Unlock it and try again, or choose a passphrase for the key of Fulcrum's database."
            }
            Self::Refused(_) => {
                "This computer has no keychain that Fulcrum can use. Choose a passphrase to protect the key of its database instead."
            }
            Self::DidNotKeep | Self::Taken => {
                "The keychain did not keep what it was given. Choose a passphrase to protect the key of Fulcrum's database instead."
            }
            Self::Forgets => {
                "This computer's keychain forgets its entries at the next logout or restart. Choose a passphrase to protect the key of Fulcrum's database instead."
            }
        }
    }
}

#[derive(Clone)]
pub(super) struct Keychain {
    reach: Arc<Reach>,
    patience: Duration,
    user: String,
}

impl Keychain {
    /// The platform's keychain, with an entry for this data folder: two installations do not share a key.
    pub(super) fn of(data_dir: &Path) -> Self {
        Self::reached_by(Arc::new(platform_store), PATIENCE, data_dir)
    }

    pub(super) fn reached_by(reach: Arc<Reach>, patience: Duration, data_dir: &Path) -> Self {
        Self {
            reach,
            patience,
            user: entry_name(data_dir),
        }
    }

    /// The name of this folder's entry.
    pub(super) fn entry_name(&self) -> &str {
        &self.user
    }

    /// The key, or none if the entry does not exist.
    pub(super) fn read(&self) -> Result<Option<MasterKey>, KeychainError> {
        self.converse(|_, entry| read(entry))
    }

    /// The key; a new one, read back before anything is encrypted with it, if the entry does not exist.
    pub(super) fn read_or_make(&self) -> Result<MasterKey, KeychainError> {
        self.converse(|store, entry| match read(entry)? {
            Some(key) => Ok(key),
            None => keep(store, entry, MasterKey::random()),
        })
    }

    /// Puts a key back that was lost; an entry that holds another key stays as it is.
    pub(super) fn put_back(&self, key: MasterKey) -> Result<(), KeychainError> {
        self.converse(move |store, entry| match read(entry)? {
            Some(other) if other.id() != key.id() => Err(KeychainError::Taken),
            Some(_) => Ok(()),
            None => keep(store, entry, key).map(drop),
        })
    }

    /// Holds a conversation about the entry, which ends for us after [`Self::patience`] however it goes on.
    fn converse<T: Send + 'static>(
        &self,
        talk: impl FnOnce(&CredentialStore, &Entry) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (reach, user) = (Arc::clone(&self.reach), self.user.clone());
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let said = reach()
                .and_then(|store| Ok((store.build(SERVICE, &user, None)?, store)))
                .map_err(refused)
                .and_then(|(entry, store)| talk(&*store, &entry));
            // A late answer has nobody left to hear it.
            let _ = sender.send(said);
        });
        receiver
            .recv_timeout(self.patience)
            .unwrap_or(Err(KeychainError::NoAnswer(self.patience)))
    }
}

fn read(entry: &Entry) -> Result<Option<MasterKey>, KeychainError> {
    match entry.get_secret().map(Zeroizing::new) {
        Ok(bytes) => MasterKey::from_bytes(&bytes)
            .map(Some)
            .ok_or_else(|| KeychainError::Refused("its entry is no key of Fulcrum".to_owned())),
        Err(Error::NoEntry) => Ok(None),
        Err(problem) => Err(refused(problem)),
    }
}

/// Writes a key and reads it back.
fn keep(
    store: &CredentialStore,
    entry: &Entry,
    key: MasterKey,
) -> Result<MasterKey, KeychainError> {
    // Memory of the kernel, for example: the key would be gone with everything that it encrypts.
    if !matches!(
        store.persistence(),
        CredentialPersistence::UntilDelete | CredentialPersistence::Unspecified
    ) {
        return Err(KeychainError::Forgets);
    }
    entry.set_secret(key.bytes()).map_err(refused)?;
    match read(entry)? {
        Some(kept) if kept.id() == key.id() => Ok(kept),
        _ => Err(KeychainError::DidNotKeep),
    }
}

fn refused(problem: Error) -> KeychainError {
    KeychainError::Refused(problem.to_string())
}

fn entry_name(data_dir: &Path) -> String {
    let path = data_dir
        .canonicalize()
        .unwrap_or_else(|_| data_dir.to_owned());
    let digest = Sha256::digest(path.to_string_lossy().as_bytes());
    format!("database-key-{}", hex::encode(&digest[..6]))
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
