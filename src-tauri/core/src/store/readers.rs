//! A few reading connections, handed out in turn.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{StoreError, open};
use crate::vault::MasterKey;

/// As many as screens read at once; more would only share the same two cores.
const READERS: u32 = 4;

/// The reading connections of one database; clones share them.
#[derive(Clone)]
pub(super) struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    /// A place for each connection. Who waits for one waits here and keeps no thread busy.
    places: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn open(path: &Path, key: &MasterKey) -> Result<Self, StoreError> {
        let connections: Vec<_> = (0..READERS)
            .map(|_| open::reader(path, key))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            places: Arc::new(Semaphore::new(connections.len())),
            idle: Arc::new(Mutex::new(connections)),
        })
    }

    /// Runs `look` on a thread that may block, as soon as a connection is idle.
    pub(super) async fn run<T, E, F>(&self, look: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|_| StoreError::Closed)?;
        let idle = Arc::clone(&self.idle);
        let looked = spawn_blocking(move || {
            let lent = Lent::from(&*idle);
            let looked = match &lent.connection {
                Some(connection) => look(connection),
                None => Err(StoreError::Closed.into()),
            };
            drop(lent);
            drop(place);
            looked
        });
        let looked = looked.await;
        looked.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Closes every connection once those that are lent have come back; what asks later finds it closed.
    pub(super) async fn close(&self) {
        // It is closed already where there are no places.
        if let Ok(_places) = self.places.acquire_many(READERS).await {
            self.places.close();
            let idle = Arc::clone(&self.idle);
            // It ends early only if the runtime does.
            let _ = spawn_blocking(move || taken(&idle).clear()).await;
        }
    }
}

fn taken(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives the connection back even if `look` panics; otherwise four panics would stop every screen.
struct Lent<'a> {
    idle: &'a Mutex<Vec<Connection>>,
    connection: Option<Connection>,
}

impl<'a> From<&'a Mutex<Vec<Connection>>> for Lent<'a> {
    fn from(idle: &'a Mutex<Vec<Connection>>) -> Self {
        let connection = taken(idle).pop();
        Self { idle, connection }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        taken(self.idle).extend(self.connection.take());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures_util::future::join_all;

    use super::super::Store;
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &MasterKey::random()).unwrap();
        (folder, store)
    }

    async fn look(store: &Store) -> Result<i64, StoreError> {
        let look = |db: &Connection| Ok(db.query_row("SELECT 7", [], |row| row.get(0))?);
        store.read(look).await
    }

    #[tokio::test]
    async fn many_more_looks_than_connections_are_all_answered() {
        let (_folder, store) = store();
        let looks = join_all((0..50).map(|_| look(&store))).await;
        assert!(
            looks
                .into_iter()
                .all(|seen| seen.is_ok_and(|seen| seen == 7))
        );
    }

    #[tokio::test]
    async fn a_look_that_panics_gives_its_connection_back() {
        let (_folder, store) = store();
        for _ in 0..=READERS {
            let broken = store.read(|_| -> Result<(), StoreError> { panic!("a broken look") });
            assert!(matches!(broken.await, Err(StoreError::Closed)));
        }
        assert_eq!(look(&store).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn closing_waits_for_who_looks_and_refuses_who_comes_later() {
        let (_folder, store) = store();
        let (go_on, wait) = mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let slow = store.read(move |db| {
            let _ = begun.send(());
            let _ = wait.recv();
            Ok::<_, StoreError>(db.query_row("SELECT 7", [], |row| row.get::<_, i64>(0))?)
        });
        let close = async {
            has_begun.await.unwrap();
            let closing = store.close();
            let _ = go_on.send(());
            closing.await;
        };
        let (seen, ()) = tokio::join!(slow, close);
        assert_eq!(seen.unwrap(), 7);
        assert!(matches!(look(&store).await, Err(StoreError::Closed)));
    }
}
