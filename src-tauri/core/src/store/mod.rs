//! The encrypted database: one writer that commits in groups, a few readers, one file per table.

mod error;
mod migrate;
pub(crate) mod names;
mod open;
mod readers;
mod writer;

pub mod activity;
pub mod catalog;
pub mod company;
pub mod connections;
pub mod departures;
pub mod drafts;
pub mod endpoints;
pub mod forget;
pub mod gaps;
pub mod imports;
pub mod inbox;
pub mod inbox_contents;
pub mod jobs;
pub mod letter_writes;
pub mod letters;
pub mod listeners;
pub mod mappings;
pub mod pages;
pub mod people;
pub mod permission_uses;
pub mod probes;
pub mod relay_positions;
pub mod runs;
pub mod samples;
pub mod settings;
pub mod target_fields;
pub mod validations;
pub mod watched;
pub mod webhooks;
pub mod workflows;

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

pub use self::error::StoreError;
#[cfg(test)]
pub(crate) use self::migrate::memory;
pub use self::open::{file_in, prepare_folder};
pub(crate) use self::open::{private_file, write_private};
use self::readers::Readers;
use self::writer::Writer;
use crate::vault::MasterKey;

/// The open database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    // Dropped in this order: the last to close moves the log into the file, which readers cannot.
    readers: Readers,
    writer: Arc<Writer>,
}

impl Store {
    /// Opens the database in the data folder, making or migrating it.
    ///
    /// # Errors
    /// [`StoreError`] when the file is newer, damaged, of another key, or cannot be used; nothing is
    /// changed then.
    pub fn open(data_dir: &Path, key: &MasterKey) -> Result<Self, StoreError> {
        prepare_folder(data_dir)?;
        let path = file_in(data_dir);
        let writer = Writer::start(&path, key)?;
        let readers = Readers::open(&path, key)?;
        Ok(Self {
            writer: Arc::new(writer),
            readers,
        })
    }

    /// Runs `change` in a transaction of its own and returns once it is on disk. What waits at the same
    /// time is committed together; a change that fails is undone without touching the others.
    ///
    /// # Errors
    /// What `change` answers, or [`StoreError`] if it could not be committed.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(change).await
    }

    /// Commits what waits and closes the file. Afterwards every call answers [`StoreError::Closed`], and
    /// somebody else may open the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Runs `look` on a connection that can only read.
    ///
    /// # Errors
    /// What `look` answers, or [`StoreError::Closed`].
    pub async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        self.readers.run(look).await
    }
}
