//! A few reading connections, handed out in turn.

use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::{StoreError, open};
use crate::vault::MasterKey;

/// As many as screens read at once; more would only share the same two cores.
const READERS: usize = 4;

pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Readers {
    pub(super) fn open(path: &Path, key: &MasterKey) -> Result<Self, StoreError> {
        let idle = (0..READERS)
            .map(|_| open::reader(path, key))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            idle: Mutex::new(idle),
            returned: Condvar::new(),
        })
    }

    /// Runs `look`, waiting for an idle connection; blocks the thread.
    pub(super) fn run<T, E>(&self, look: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = loop {
            match idle.pop() {
                Some(connection) => break connection,
                None => {
                    idle = self
                        .returned
                        .wait(idle)
                        .unwrap_or_else(PoisonError::into_inner)
                }
            }
        };
        drop(idle);
        let lent = Lent {
            readers: self,
            connection: Some(connection),
        };
        match &lent.connection {
            Some(connection) => look(connection),
            None => Err(StoreError::Closed.into()),
        }
    }
}

/// Gives the connection back even if `look` panics; otherwise four panics would stop every screen.
struct Lent<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.readers
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
            self.readers.returned.notify_one();
        }
    }
}
