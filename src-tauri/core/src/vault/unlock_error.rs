//! Why the key was not opened.

use std::path::PathBuf;

/// Why a passphrase or a recovery code did not open the key.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The first passphrase is too short.
    #[error("Choose a passphrase of at least {0} characters.")]
    TooShort(usize),
    /// The passphrase is not the one.
    #[error("This passphrase does not open the key file.")]
    Wrong,
    /// The file with the key is gone, and its data is not.
    #[error("The key file {} is missing, and the database opens with no other key. Put it back from a copy of the folder, or use your recovery code. Nothing was changed.", .0.display())]
    NoKeyFile(PathBuf),
    /// There is no file that a recovery code opens.
    #[error("No recovery code was made for this database.")]
    NoCode,
    /// The recovery code is not the newest one of this database.
    #[error(
        "This is not the newest recovery code of this database. Check each group of four characters."
    )]
    WrongCode,
    /// The database is not open, so there is no key to make a code for.
    #[error("The database is locked. Unlock it first.")]
    Locked,
    /// The file cannot be read or written.
    #[error("The key file at {} cannot be used: {problem}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why, in words.
        problem: String,
    },
}
