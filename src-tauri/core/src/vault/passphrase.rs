//! The key file: the master key under a passphrase that a person chose.

use std::fs;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{MasterKey, UnlockError, sealed};
use crate::redact;

/// Characters that a chosen passphrase has at least.
const SHORTEST: usize = 12;

/// The key file in the data folder.
pub(super) const NAME: &str = "master-key.age";

/// Opens the key file, or makes a key and the file if there is none and `may_make` says that no key is needed for
/// what exists already.
pub(super) fn open_or_make(
    data_dir: &Path,
    passphrase: &SecretString,
    may_make: bool,
) -> Result<MasterKey, UnlockError> {
    let path = data_dir.join(NAME);
    if path.exists() {
        return sealed::open(&path, passphrase, UnlockError::Wrong);
    }
    if !may_make {
        return Err(UnlockError::NoKeyFile(path));
    }
    let key = MasterKey::random();
    put(data_dir, passphrase, &key)?;
    Ok(key)
}

/// Puts a key under a passphrase that is being chosen, in place of an older file.
pub(super) fn put(
    data_dir: &Path,
    passphrase: &SecretString,
    key: &MasterKey,
) -> Result<(), UnlockError> {
    if passphrase.expose_secret().chars().count() < SHORTEST {
        return Err(UnlockError::TooShort(SHORTEST));
    }
    sealed::write(&data_dir.join(NAME), passphrase, None, key)
}

/// Reads a passphrase from the first line of a file.
pub(super) fn from_file(path: &Path) -> Result<SecretString, UnlockError> {
    let text = fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|problem| sealed::unusable(path, &problem))?;
    Ok(redact::secret(text.lines().next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_passphrase_opens_the_same_key_and_another_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let right = SecretString::from("correct horse battery".to_owned());
        let made = open_or_make(folder.path(), &right, true).ok().unwrap();
        let again = open_or_make(folder.path(), &right, false).ok().unwrap();
        assert_eq!(made.id(), again.id());
        let wrong = SecretString::from("correct horse batterz".to_owned());
        let wrong = open_or_make(folder.path(), &wrong, true);
        assert!(matches!(wrong, Err(UnlockError::Wrong)));
        let sealed = fs::read(folder.path().join(NAME)).unwrap();
        assert!(
            !sealed.windows(32).any(|part| part == made.bytes()),
            "the key must not stand in clear"
        );
    }

    #[test]
    fn a_short_passphrase_is_not_taken_and_makes_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let short = open_or_make(folder.path(), &SecretString::from("short".to_owned()), true);
        assert!(matches!(short, Err(UnlockError::TooShort(_))));
        assert!(!folder.path().join(NAME).exists());
    }

    #[test]
    fn a_lost_key_file_is_said_and_no_other_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let words = SecretString::from("correct horse battery".to_owned());
        let lost = open_or_make(folder.path(), &words, false);
        assert!(matches!(lost, Err(UnlockError::NoKeyFile(_))));
        assert!(!folder.path().join(NAME).exists());
    }
}
