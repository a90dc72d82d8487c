//! The one reading connection, off the async threads.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::database::{Database, OpenError};

/// The way to the reading connection.
#[derive(Clone)]
pub(super) struct Reader {
    database: Arc<Database>,
    /// Empty until the first read, and again after a read that failed.
    connection: Arc<Mutex<Option<Connection>>>,
}

impl Reader {
    pub(super) fn new(database: Arc<Database>) -> Self {
        Self {
            database,
            connection: Arc::default(),
        }
    }

    /// Runs `work` on a thread that may block.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, OpenError> {
        let reader = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut slot = reader
                .connection
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let connection = match slot.take() {
                Some(connection) => connection,
                None => reader.database.connect()?,
            };
            let value = work(&connection)?;
            *slot = Some(connection);
            Ok(value)
        })
        .await
        .unwrap_or(Err(OpenError::Stopped))
    }
}
