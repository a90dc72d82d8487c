//! The key file: the master key under a passphrase, in the age format (age-encryption.org/v1).

use std::fs;
use std::path::Path;

use age::scrypt::{Identity, Recipient};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{MasterKey, UnlockError};
use crate::store::private;

/// Characters that a chosen passphrase has at least.
const SHORTEST: usize = 12;

/// The key file in the data folder.
const NAME: &str = "master-key.age";

/// Opens the key file, or makes a key and the file if there is none.
pub(super) fn open_or_make(
    data_dir: &Path,
    passphrase: &SecretString,
) -> Result<MasterKey, UnlockError> {
    let path = data_dir.join(NAME);
    let fail = |problem: String| UnlockError::File {
        path: path.clone(),
        problem,
    };
    if path.exists() {
        let sealed = fs::read(&path).map_err(|problem| fail(problem.to_string()))?;
        let bytes = age::decrypt(&Identity::new(passphrase.clone()), &sealed)
            .map(Zeroizing::new)
            .map_err(|problem| match problem {
                age::DecryptError::DecryptionFailed
                | age::DecryptError::KeyDecryptionFailed
                | age::DecryptError::NoMatchingKeys => UnlockError::Wrong,
                other => fail(other.to_string()),
            })?;
        return MasterKey::from_bytes(&bytes).ok_or_else(|| fail("it holds no key".to_owned()));
    }
    if passphrase.expose_secret().chars().count() < SHORTEST {
        return Err(UnlockError::TooShort(SHORTEST));
    }
    let key = MasterKey::random();
    let sealed = age::encrypt(&Recipient::new(passphrase.clone()), key.bytes())
        .map_err(|problem| fail(problem.to_string()))?;
    write_whole(&path, &sealed).map_err(|problem| fail(problem.to_string()))?;
    Ok(key)
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("new");
    fs::write(&unfinished, bytes)?;
    private(&unfinished, 0o600)?;
    fs::File::open(&unfinished)?.sync_all()?;
    fs::rename(unfinished, path)
}

/// Reads a passphrase from the first line of a file.
pub(super) fn from_file(path: &Path) -> Result<SecretString, UnlockError> {
    let text = fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|problem| UnlockError::File {
            path: path.to_owned(),
            problem: problem.to_string(),
        })?;
    Ok(SecretString::from(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_passphrase_opens_the_same_key_and_another_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let right = SecretString::from("correct horse battery".to_owned());
        let made = open_or_make(folder.path(), &right).ok().unwrap();
        let again = open_or_make(folder.path(), &right).ok().unwrap();
        assert_eq!(made.id(), again.id());
        let wrong = open_or_make(
            folder.path(),
            &SecretString::from("correct horse batterz".to_owned()),
        );
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
        let short = open_or_make(folder.path(), &SecretString::from("short".to_owned()));
        assert!(matches!(short, Err(UnlockError::TooShort(_))));
        assert!(!folder.path().join(NAME).exists());
    }
}
