//! A few reading connections, handed out in turn.

use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::{StoreError, open};
use crate::vault::MasterKey;

/// As many as screens read at once; more would only share the same two cores.
const READERS: usize = 4;

/// The connections at home, and how many there are in all; none after closing.
struct Idle {
    connections: Vec<Connection>,
    open: usize,
}

pub(super) struct Readers {
    idle: Mutex<Idle>,
    returned: Condvar,
}

impl Readers {
    pub(super) fn open(path: &Path, key: &MasterKey) -> Result<Self, StoreError> {
        let connections = (0..READERS)
            .map(|_| open::reader(path, key))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            idle: Mutex::new(Idle {
                connections,
                open: READERS,
            }),
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
            if idle.open == 0 {
                return Err(StoreError::Closed.into());
            }
            match idle.connections.pop() {
                Some(connection) => break connection,
                None => {
                    idle = self
                        .returned
                        .wait(idle)
                        .unwrap_or_else(PoisonError::into_inner);
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

    /// Closes every connection, those that are lent as soon as they come back; blocks the thread.
    pub(super) fn close(&self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        while idle.open > 0 {
            let closed = idle.connections.len();
            idle.connections.clear();
            idle.open -= closed;
            if idle.open > 0 {
                idle = self
                    .returned
                    .wait(idle)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
        self.returned.notify_all();
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
            let mut idle = self
                .readers
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            idle.connections.push(connection);
            // Whoever closes may wait beside those who read.
            self.readers.returned.notify_all();
        }
    }
}
