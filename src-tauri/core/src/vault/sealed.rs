//! The master key in a file under words, in the age format (age-encryption.org/v1).

use std::fs;
use std::path::Path;

use age::scrypt::{Identity, Recipient};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::{MasterKey, UnlockError};
use crate::store::write_private;

/// Opens a key file. `wrong` is the answer to words that do not open it.
pub(super) fn open(
    path: &Path,
    words: &SecretString,
    wrong: UnlockError,
) -> Result<MasterKey, UnlockError> {
    let sealed = fs::read(path).map_err(|problem| unusable(path, &problem))?;
    match age::decrypt(&Identity::new(words.clone()), &sealed).map(Zeroizing::new) {
        Ok(bytes) => {
            MasterKey::from_bytes(&bytes).ok_or_else(|| unusable(path, &"it holds no key"))
        }
        Err(
            age::DecryptError::DecryptionFailed
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::NoMatchingKeys,
        ) => Err(wrong),
        Err(problem) => Err(unusable(path, &problem)),
    }
}

/// Writes a key file, whole or not at all. `work` is scrypt's cost as a power of two; none for what takes about
/// a second here.
pub(super) fn write(
    path: &Path,
    words: &SecretString,
    work: Option<u8>,
    key: &MasterKey,
) -> Result<(), UnlockError> {
    let mut recipient = Recipient::new(words.clone());
    if let Some(work) = work {
        recipient.set_work_factor(work);
    }
    let sealed =
        age::encrypt(&recipient, key.bytes()).map_err(|problem| unusable(path, &problem))?;
    write_private(path, &sealed).map_err(|problem| unusable(path, &problem))
}

pub(super) fn unusable(path: &Path, problem: &dyn std::fmt::Display) -> UnlockError {
    UnlockError::File {
        path: path.to_owned(),
        problem: problem.to_string(),
    }
}
