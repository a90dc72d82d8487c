//! Moving the WAL into the database file, on a thread of its own so that no commit pays for it
//! (PERFORMANCE.md 8, point 3).

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, Result};

use super::database::Database;

/// Pages by which the WAL has grown when the next checkpoint starts: 8 MB.
const STEP: i32 = 2_000;
/// Pages in the WAL at which the writer waits for a checkpoint itself: 64 MB. Under a load without a
/// pause the thread never catches up, and the file would grow without end.
const MOST: i32 = 16_000;

/// The writer's side: how long the WAL is, and when to have it moved.
pub(super) struct Checkpoints {
    pages: Arc<AtomicI32>,
    last: i32,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread. It has ended when this value is dropped.
    pub(super) fn start(database: Arc<Database>) -> io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let thread = thread::Builder::new()
            .name("relay-checkpoint".into())
            .spawn(move || serve(&database, &woken))?;
        Ok(Self {
            pages: Arc::default(),
            last: 0,
            wake: Some(wake),
            thread: Some(thread),
        })
    }

    /// Follows the length of the WAL through a new writing connection.
    pub(super) fn watch(&self, connection: &mut Connection) -> Result<()> {
        let pages = Arc::clone(&self.pages);
        connection.wal_hook(Some(move |_: &mut _, length| {
            pages.store(length, Ordering::Relaxed);
            Ok(())
        }))
    }

    /// To be called after each commit, when everyone who waited for it has been answered.
    pub(super) fn after_commit(&mut self, connection: &Connection) {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < self.last {
            // The WAL started over.
            self.last = 0;
        }
        if pages >= MOST {
            run(connection, CheckpointMode::RESTART);
            self.last = pages;
        } else if pages >= self.last + STEP {
            self.last = pages;
            if let Some(wake) = &self.wake {
                // A full channel means that a checkpoint is already due.
                let _ = wake.try_send(());
            }
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has ended too.
            let _ = thread.join();
        }
    }
}

fn serve(database: &Database, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        match database.connect() {
            Ok(connection) => run(&connection, CheckpointMode::PASSIVE),
            Err(error) => tracing::warn!(
                error = &error as &dyn Error,
                "no connection for a checkpoint"
            ),
        }
    }
}

/// A checkpoint that fails costs disk space only: the WAL keeps what was not moved.
fn run(connection: &Connection, mode: CheckpointMode) {
    if let Err(error) = connection.wal_checkpoint_v2(None::<&str>, mode) {
        tracing::warn!(error = &error as &dyn Error, "a checkpoint did not finish");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_wal_at_its_limit_is_moved_and_starts_over() {
        let folder = tempfile::tempdir().unwrap();
        let database = Arc::new(Database::open(folder.path(), Duration::from_secs(5)).unwrap());
        let mut connection = database.connect().unwrap();
        let mut checkpoints = Checkpoints::start(Arc::clone(&database)).unwrap();
        checkpoints.watch(&mut connection).unwrap();
        connection
            .execute_batch("CREATE TABLE filler (x BLOB)")
            .unwrap();
        let mut insert = |bytes: i32| {
            connection
                .execute("INSERT INTO filler VALUES (zeroblob(?1))", [bytes])
                .unwrap();
            checkpoints.after_commit(&connection);
            checkpoints.pages.load(Ordering::Relaxed)
        };
        assert!(
            insert(MOST * 4_096) >= MOST,
            "one write filled the WAL to its limit"
        );
        assert!(
            insert(1) < STEP,
            "the next write begins at the start of the file"
        );
    }
}
