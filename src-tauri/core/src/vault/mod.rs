//! Holds the one master key: in the system's keychain, else in a file under a passphrase, never in clear. A
//! recovery code opens it when both are lost. "Not found" and "could not read" are different, neither deletes or
//! replaces anything, and no new key is ever made for data that an old one encrypted.

mod key;
mod keychain;
mod marker;
mod passphrase;
mod recovery;
mod sealed;
#[cfg(test)]
mod tests;
mod unlock_error;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::key::MasterKey;
use self::keychain::Keychain;
use self::marker::Marker;
pub use self::recovery::RecoveryCode;
pub use self::unlock_error::UnlockError;
use crate::store::file_in;

/// Where the master key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretsPlace {
    /// The operating system's keychain.
    Keychain,
    /// A file encrypted with a passphrase.
    PassphraseFile,
    /// Memory only: opened with the recovery code while the usual place does not have it; and tests.
    Memory,
}

/// What looking for the key gave.
pub enum Opened {
    /// The key, and where it is kept.
    Key(MasterKey, SecretsPlace),
    /// A passphrase is needed.
    NeedsPassphrase {
        /// Whether no key exists yet, so that the passphrase is being chosen.
        first_time: bool,
        /// Why the keychain is not used, in words.
        why: String,
    },
    /// A key exists but could not be read.
    Unreadable {
        /// What happened and what to do, in words.
        why: String,
        /// The raw text.
        detail: String,
    },
}

/// The place of this installation's key.
pub struct Vault {
    data_dir: PathBuf,
    passphrase_file: Option<PathBuf>,
    home: Home,
    /// The key while the database is open, for making and trying recovery codes.
    open: Mutex<Option<MasterKey>>,
}

/// Where the key is looked for first.
enum Home {
    Keychain(Keychain),
    Memory(Arc<MasterKey>),
}

impl Vault {
    /// The vault of a data folder; `passphrase_file` names a file that holds the passphrase, for running
    /// without a person.
    pub fn new(data_dir: &Path, passphrase_file: Option<PathBuf>) -> Self {
        let home = Home::Keychain(Keychain::of(data_dir));
        Self::at(data_dir, passphrase_file, home)
    }

    /// A vault that keeps a given key in memory and writes nothing; for tests.
    pub fn in_memory(data_dir: &Path, key: Arc<MasterKey>) -> Self {
        Self::at(data_dir, None, Home::Memory(key))
    }

    fn at(data_dir: &Path, passphrase_file: Option<PathBuf>, home: Home) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            passphrase_file,
            home,
            open: Mutex::default(),
        }
    }

    /// Looks for the key and makes one if there is none and nothing that an old one would open. Blocks for
    /// seconds: a keychain may not answer.
    pub fn open(&self) -> Opened {
        let opened = self.look();
        if let Opened::Key(key, _) = &opened {
            self.hold(key);
        }
        opened
    }

    /// Opens the key file with a typed passphrase, or makes it if there is no key yet.
    ///
    /// # Errors
    /// [`UnlockError`], a sentence each.
    pub fn unlock(
        &self,
        passphrase: &SecretString,
    ) -> Result<(MasterKey, SecretsPlace), UnlockError> {
        let may_make = !self.has_data();
        let key = passphrase::open_or_make(&self.data_dir, passphrase, may_make)?;
        self.mark(SecretsPlace::PassphraseFile, &key)
            .map_err(|problem| sealed::unusable(&self.data_dir, &problem))?;
        self.hold(&key);
        Ok((key, SecretsPlace::PassphraseFile))
    }

    /// Opens the key with the recovery code, and puts it back into the keychain if it belongs there and the
    /// keychain takes it.
    ///
    /// # Errors
    /// [`UnlockError`], a sentence each.
    pub fn recover(&self, code: &RecoveryCode) -> Result<(MasterKey, SecretsPlace), UnlockError> {
        let key = recovery::open(&self.data_dir, code)?;
        let marker = Marker::read(&self.data_dir)
            .map_err(|problem| sealed::unusable(&self.data_dir, &problem))?;
        if marker
            .as_ref()
            .is_some_and(|marker| marker.key_id != key.id())
        {
            return Err(UnlockError::WrongCode);
        }
        let in_file = marker.is_some_and(|marker| marker.place == SecretsPlace::PassphraseFile);
        let place = match &self.home {
            Home::Keychain(keychain) if !in_file => match keychain.put_back(key.duplicate()) {
                Ok(()) => SecretsPlace::Keychain,
                Err(problem) => {
                    tracing::warn!(%problem, "the keychain did not take the key back");
                    SecretsPlace::Memory
                }
            },
            _ => SecretsPlace::Memory,
        };
        if place == SecretsPlace::Keychain {
            self.mark(place, &key)
                .map_err(|problem| sealed::unusable(&self.data_dir, &problem))?;
        }
        self.hold(&key);
        Ok((key, place))
    }

    /// Keeps the key of the open database under a new passphrase, in place of where it was lost.
    ///
    /// # Errors
    /// [`UnlockError`], a sentence each; the key is where it was before.
    pub fn choose_passphrase(
        &self,
        passphrase: &SecretString,
    ) -> Result<SecretsPlace, UnlockError> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let key = open.as_ref().ok_or(UnlockError::Locked)?;
        passphrase::put(&self.data_dir, passphrase, key)?;
        self.mark(SecretsPlace::PassphraseFile, key)
            .map_err(|problem| sealed::unusable(&self.data_dir, &problem))?;
        Ok(SecretsPlace::PassphraseFile)
    }

    /// Makes a recovery code for the open database; an older one opens nothing from then on.
    ///
    /// # Errors
    /// [`UnlockError::Locked`], or [`UnlockError::File`] if its file cannot be written.
    pub fn make_recovery_code(&self) -> Result<RecoveryCode, UnlockError> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        recovery::make(&self.data_dir, open.as_ref().ok_or(UnlockError::Locked)?)
    }

    /// Tries a recovery code on the open database; changes nothing.
    ///
    /// # Errors
    /// [`UnlockError`]: with [`UnlockError::WrongCode`] it would not open this database.
    pub fn test_recovery_code(&self, code: &RecoveryCode) -> Result<(), UnlockError> {
        let found = recovery::open(&self.data_dir, code)?.id();
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let right = open.as_ref().ok_or(UnlockError::Locked)?.id();
        if found == right {
            Ok(())
        } else {
            Err(UnlockError::WrongCode)
        }
    }

    /// Whether there is a file that a recovery code opens.
    pub fn has_recovery_code(&self) -> bool {
        recovery::exists(&self.data_dir)
    }

    /// Names the place of the key so that a person finds it: an entry of the keychain, or a file.
    pub fn address(&self, place: SecretsPlace) -> Option<String> {
        match (place, &self.home) {
            (SecretsPlace::Keychain, Home::Keychain(keychain)) => {
                Some(format!("{} / {}", keychain::SERVICE, keychain.entry_name()))
            }
            (SecretsPlace::PassphraseFile, _) => {
                Some(self.data_dir.join(passphrase::NAME).display().to_string())
            }
            _ => None,
        }
    }

    /// Forgets the key; for the end of the engine.
    pub fn close(&self) {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    fn hold(&self, key: &MasterKey) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(key.duplicate());
    }

    fn mark(&self, place: SecretsPlace, key: &MasterKey) -> std::io::Result<()> {
        let key_id = key.id();
        Marker { place, key_id }.write(&self.data_dir)
    }

    /// Whether there is a database that only its own key opens.
    fn has_data(&self) -> bool {
        std::fs::metadata(file_in(&self.data_dir)).is_ok_and(|file| file.len() > 0)
    }

    fn look(&self) -> Opened {
        let keychain = match &self.home {
            Home::Memory(key) => return Opened::Key(key.duplicate(), SecretsPlace::Memory),
            Home::Keychain(keychain) => keychain,
        };
        let marker = match Marker::read(&self.data_dir) {
            Ok(marker) => marker,
            Err(problem) => {
                return unreadable("The note of where the key is kept cannot be read.", problem);
            }
        };
        match (marker, &self.passphrase_file) {
            (Some(marker), _) if marker.place == SecretsPlace::Keychain => {
                self.read_keychain(keychain, &marker)
            }
            (_, Some(file)) => self.open_with_file(file),
            (Some(_), None) => Opened::NeedsPassphrase {
                first_time: false,
                why: "The key of this database is in a file under your passphrase.".to_owned(),
            },
            (None, None) if self.has_data() => self.adopt(keychain),
            (None, None) => match keychain.read_or_make() {
                Ok(key) => self.remember(key),
                Err(problem) => {
                    tracing::warn!(%problem, "the keychain cannot be used");
                    Opened::NeedsPassphrase {
                        first_time: true,
                        why: problem.in_words().to_owned(),
                    }
                }
            },
        }
    }

    fn open_with_file(&self, file: &Path) -> Opened {
        let outcome = passphrase::from_file(file).and_then(|passphrase| self.unlock(&passphrase));
        match outcome {
            Ok((key, place)) => Opened::Key(key, place),
            Err(problem) => unreadable(&problem.to_string(), "the passphrase came from a file"),
        }
    }

    /// The key that the marker names.
    fn read_keychain(&self, keychain: &Keychain, marker: &Marker) -> Opened {
        match keychain.read() {
            Ok(Some(key)) if key.id() == marker.key_id => Opened::Key(key, SecretsPlace::Keychain),
            Ok(Some(_)) => unreadable(
                "The keychain holds the key of another database. Nothing was changed. Restore the keychain entry, or use your recovery code.",
                "key ids differ",
            ),
            Ok(None) => unreadable(
                "The key of this database is no longer in the keychain. Nothing was changed. Restore the keychain entry, or use your recovery code.",
                "not found",
            ),
            Err(problem) => unreadable(
                "The keychain did not give the key of this database. Unlock the keychain and try again, or use your recovery code. Nothing was changed.",
                problem,
            ),
        }
    }

    /// The key of a database whose marker is gone, if the keychain still has it. No marker is written: only the
    /// database tells whether the key is its own.
    fn adopt(&self, keychain: &Keychain) -> Opened {
        if self.data_dir.join(passphrase::NAME).exists() {
            return Opened::NeedsPassphrase {
                first_time: false,
                why: "The key of this database is in a file under your passphrase.".to_owned(),
            };
        }
        match keychain.read() {
            Ok(Some(key)) => Opened::Key(key, SecretsPlace::Keychain),
            Ok(None) => unreadable(
                "The key of this database is not in the keychain. Nothing was changed. Restore the keychain entry, or use your recovery code.",
                "neither a note of the key nor the key",
            ),
            Err(problem) => unreadable(
                "The keychain did not give the key of this database. Unlock the keychain and try again, or use your recovery code. Nothing was changed.",
                problem,
            ),
        }
    }

    fn remember(&self, key: MasterKey) -> Opened {
        match self.mark(SecretsPlace::Keychain, &key) {
            Ok(()) => Opened::Key(key, SecretsPlace::Keychain),
            Err(problem) => unreadable("The data folder cannot be written.", problem),
        }
    }
}

fn unreadable(why: &str, detail: impl ToString) -> Opened {
    Opened::Unreadable {
        why: why.to_owned(),
        detail: detail.to_string(),
    }
}
