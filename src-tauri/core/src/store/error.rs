//! What can go wrong with the database.

use std::path::PathBuf;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a newer Fulcrum.
    #[error(
        "The database was written by a newer version of Fulcrum (format {found}, this one knows {known}). Install the newer version again; nothing was changed."
    )]
    Newer {
        /// The format of the file.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// The file is damaged, or the key is not its key.
    #[error("The database at {} is damaged, or belongs to another key. Nothing was changed; restore a copy of the folder, or move the file away to start anew.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// SQLite's own words.
        source: rusqlite::Error,
    },
    /// The linked SQLite has the bug of RELIABILITY.md 0.10.
    #[error("The database engine is too old (SQLite {0}; at least 3.51.3 is needed).")]
    OldEngine(String),
    /// The folder or the file cannot be used.
    #[error("Fulcrum cannot use {}: {source}.", path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// The system's own words.
        source: std::io::Error,
    },
    /// A statement failed.
    #[error("The database refused: {0}.")]
    Statement(#[from] rusqlite::Error),
    /// A value in the database has a shape this version does not know.
    #[error("The database holds a value that this version cannot read ({0}).")]
    Value(String),
    /// What was written could not be put on disk; nothing of it stays.
    #[error("The database could not be written: {0}. Nothing was changed.")]
    Commit(String),
    /// The database was closed.
    #[error("The database is closed; Fulcrum is stopping.")]
    Closed,
}

impl From<serde_json::Error> for StoreError {
    fn from(problem: serde_json::Error) -> Self {
        Self::Value(problem.to_string())
    }
}
