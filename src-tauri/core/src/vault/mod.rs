//! Holds the one master key: in the system's keychain, else in a file under a passphrase, never in clear.
//! "Not found" and "could not read" are different, and neither deletes or replaces anything.

mod key;
mod keychain;
mod marker;
mod passphrase;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::key::MasterKey;
use self::keychain::Keychain;
use self::marker::Marker;

/// Where the master key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretsPlace {
    /// The operating system's keychain.
    Keychain,
    /// A file encrypted with a passphrase.
    PassphraseFile,
    /// Memory only; tests.
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

/// Why a passphrase did not open the key file.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The first passphrase is too short.
    #[error("Choose a passphrase of at least {0} characters.")]
    TooShort(usize),
    /// The passphrase is not the one.
    #[error("This passphrase does not open the key file.")]
    Wrong,
    /// The file cannot be read or written.
    #[error("The key file at {} cannot be used: {problem}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why, in words.
        problem: String,
    },
}

/// The place of this installation's key.
pub struct Vault {
    data_dir: PathBuf,
    passphrase_file: Option<PathBuf>,
    memory: Option<Arc<MasterKey>>,
}

impl Vault {
    /// The vault of a data folder; `passphrase_file` names a file that holds the passphrase, for running
    /// without a person.
    pub fn new(data_dir: &Path, passphrase_file: Option<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            passphrase_file,
            memory: None,
        }
    }

    /// A vault that keeps a given key in memory and writes nothing; for tests.
    pub fn in_memory(data_dir: &Path, key: Arc<MasterKey>) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            passphrase_file: None,
            memory: Some(key),
        }
    }

    /// Looks for the key and makes one if there is none and nothing that an old one would open. Blocks for
    /// seconds: a keychain may not answer.
    pub fn open(&self) -> Opened {
        if let Some(key) = &self.memory {
            return Opened::Key(key.duplicate(), SecretsPlace::Memory);
        }
        let marker = match Marker::read(&self.data_dir) {
            Ok(marker) => marker,
            Err(problem) => {
                return unreadable("The note of where the key is kept cannot be read.", problem);
            }
        };
        match (&marker, &self.passphrase_file) {
            (None, Some(file))
            | (
                Some(Marker {
                    place: SecretsPlace::PassphraseFile,
                    ..
                }),
                Some(file),
            ) => self.open_with_file(file),
            (
                Some(Marker {
                    place: SecretsPlace::PassphraseFile,
                    ..
                }),
                None,
            ) => {
                let why = "The key of this database is in a file under your passphrase.".to_owned();
                Opened::NeedsPassphrase {
                    first_time: false,
                    why,
                }
            }
            (Some(marker), _) => self.open_keychain(Some(marker)),
            (None, None) => self.open_keychain(None),
        }
    }

    /// Opens the key file with a typed passphrase, or makes it if there is no key yet.
    ///
    /// # Errors
    /// [`UnlockError`], a sentence each.
    pub fn unlock(
        &self,
        passphrase: &SecretString,
    ) -> Result<(MasterKey, SecretsPlace), UnlockError> {
        let key = passphrase::open_or_make(&self.data_dir, passphrase)?;
        let marker = Marker {
            place: SecretsPlace::PassphraseFile,
            key_id: key.id(),
        };
        marker
            .write(&self.data_dir)
            .map_err(|problem| UnlockError::File {
                path: self.data_dir.clone(),
                problem: problem.to_string(),
            })?;
        Ok((key, SecretsPlace::PassphraseFile))
    }

    fn open_with_file(&self, file: &Path) -> Opened {
        let outcome = passphrase::from_file(file).and_then(|passphrase| self.unlock(&passphrase));
        match outcome {
            Ok((key, place)) => Opened::Key(key, place),
            Err(problem) => unreadable(&problem.to_string(), "the passphrase came from a file"),
        }
    }

    fn open_keychain(&self, marker: Option<&Marker>) -> Opened {
        let keychain = match Keychain::reach(&self.data_dir) {
            Ok(keychain) => keychain,
            Err(problem) if marker.is_some() => {
                return unreadable(
                    "The keychain that holds this database's key did not answer. Unlock it and try again; nothing was changed.",
                    problem,
                );
            }
            Err(problem) => {
                let why = no_keychain(&problem);
                return Opened::NeedsPassphrase {
                    first_time: true,
                    why,
                };
            }
        };
        match (keychain.read(), marker) {
            (Ok(Some(key)), Some(marker)) if key.id() != marker.key_id => unreadable(
                "The keychain holds the key of another database. Nothing was changed.",
                "key ids differ",
            ),
            (Ok(Some(key)), _) => self.remember(key),
            (Ok(None), Some(_)) => unreadable(
                "The key of this database is no longer in the keychain. Nothing was changed; restore the keychain entry, or move the data folder away to start anew.",
                "not found",
            ),
            (Ok(None), None) => match keychain.write(MasterKey::random()) {
                Ok(key) => self.remember(key),
                Err(problem) => {
                    let why = no_keychain(&problem);
                    Opened::NeedsPassphrase {
                        first_time: true,
                        why,
                    }
                }
            },
            (Err(problem), Some(_)) => unreadable(
                "The keychain did not give the key. Unlock it and try again; nothing was changed.",
                problem,
            ),
            (Err(problem), None) => {
                let why = no_keychain(&problem);
                Opened::NeedsPassphrase {
                    first_time: true,
                    why,
                }
            }
        }
    }

    fn remember(&self, key: MasterKey) -> Opened {
        let marker = Marker {
            place: SecretsPlace::Keychain,
            key_id: key.id(),
        };
        match marker.write(&self.data_dir) {
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

/// Says that a passphrase has to do; what the keychain answered is for the log.
fn no_keychain(problem: &impl std::fmt::Display) -> String {
    tracing::warn!(%problem, "the keychain cannot be used");
    "This computer has no keychain that Fulcrum can use, so a passphrase protects the key of its database."
        .to_owned()
}
