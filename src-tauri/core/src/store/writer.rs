//! The one thread that writes. It takes whatever waits and commits it together, so that many events share
//! one sync (PERFORMANCE.md 8.2), and leaves the log's way into the file to another thread (8.3).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{StoreError, open};
use crate::vault::MasterKey;

/// Changes that share one commit at most; keeps the wait of the first bounded.
const GROUP: usize = 256;

/// Tells the caller how its change ended; called after the commit.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Runs inside the transaction; says whether to keep what it did, and how to answer.
type Change = Box<dyn FnOnce(&Connection) -> (bool, Answer) + Send>;

/// The thread that moves the log into the file.
struct Checkpoints {
    wake: mpsc::SyncSender<()>,
    thread: thread::JoinHandle<()>,
}

impl Checkpoints {
    /// Returns once its connection is closed.
    fn end(self) {
        drop(self.wake);
        if self.thread.join().is_err() {
            tracing::error!("the thread that moves the log into the file had failed");
        }
    }
}

/// What the thread is told.
enum Message {
    /// Run this.
    Change(Change),
    /// Close the file, then answer by dropping the sender.
    Close(oneshot::Sender<()>),
}

pub(super) struct Writer {
    messages: mpsc::Sender<Message>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Drop for Writer {
    /// Waits until the file is closed: OpenSSL frees itself at the program's end, and a connection that is
    /// still at work then would crash it.
    fn drop(&mut self) {
        let (closed, _) = oneshot::channel();
        // An error means that the thread has ended, as after `close`.
        let _ = self.messages.send(Message::Close(closed));
        let ended = self.thread.take().map(thread::JoinHandle::join);
        if matches!(ended, Some(Err(_))) {
            tracing::error!("the thread that writes had failed");
        }
    }
}

impl Writer {
    pub(super) fn start(path: &Path, key: &MasterKey) -> Result<Self, StoreError> {
        let connection = open::writer(path, key)?;
        let (wake, woken) = mpsc::sync_channel(1);
        let log = open::checkpointer(path, key)?;
        let start = |name: &str, work: Box<dyn FnOnce() + Send>| {
            thread::Builder::new()
                .name(name.to_owned())
                .spawn(work)
                .map_err(|source| StoreError::File {
                    path: path.to_owned(),
                    source,
                })
        };
        let checkpoints = start(
            "store-checkpoint",
            Box::new(move || checkpoint(&log, &woken)),
        )?;
        let checkpoints = Checkpoints {
            wake,
            thread: checkpoints,
        };
        let (messages, waiting) = mpsc::channel();
        let thread = start(
            "store-writer",
            Box::new(move || write(connection, &waiting, checkpoints)),
        )?;
        Ok(Self {
            messages,
            thread: Some(thread),
        })
    }

    /// Commits what waits and closes the file; changes sent later find it closed.
    pub(super) async fn close(&self) {
        let (closed, ended) = oneshot::channel();
        if self.messages.send(Message::Close(closed)).is_ok() {
            // An error is the answer: the sender was dropped.
            let _ = ended.await;
        }
    }

    pub(super) async fn run<T, E, F>(&self, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let boxed: Change = Box::new(move |connection| {
            let result = change(connection);
            let keep = result.is_ok();
            let answer: Answer = Box::new(move |committed| {
                let result = match committed {
                    Ok(()) => result,
                    Err(problem) => result.and(Err(problem.into())),
                };
                // The caller may have given up waiting; the change stands all the same.
                let _ = sender.send(result);
            });
            (keep, answer)
        });
        self.messages
            .send(Message::Change(boxed))
            .map_err(|_| StoreError::Closed)?;
        receiver
            .await
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }
}

fn write(connection: Connection, waiting: &mpsc::Receiver<Message>, checkpoints: Checkpoints) {
    let mut rows = 0;
    let mut closing = None;
    while closing.is_none()
        && let Ok(first) = waiting.recv()
    {
        let mut group = Vec::new();
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Change(change) => group.push(change),
                Message::Close(closed) => {
                    closing = Some(closed);
                    break;
                }
            }
            next = (group.len() < GROUP)
                .then(|| waiting.try_recv().ok())
                .flatten();
        }
        rows += i64::try_from(group.len()).unwrap_or(0);
        commit(&connection, group);
        if rows >= open::CHECKPOINT_PAGES {
            rows = 0;
            // A full channel means that the thread is already awake.
            let _ = checkpoints.wake.try_send(());
        }
    }
    // The last to close moves the log into the file, so the other connection goes first; and whoever waits
    // for the end is told when all of it is done.
    checkpoints.end();
    drop(connection);
    drop(closing);
}

fn commit(connection: &Connection, group: Vec<Change>) {
    let mut answers = Vec::with_capacity(group.len());
    let mut outcome = connection
        .execute_batch("BEGIN IMMEDIATE")
        .map_err(StoreError::from);
    if outcome.is_ok() {
        for change in group {
            answers.extend(apply(connection, change));
        }
        outcome = connection.execute_batch("COMMIT").map_err(StoreError::from);
    }
    if outcome.is_err() && !connection.is_autocommit() {
        // After a failed commit nothing of the group may stay; the callers are told.
        let _ = connection.execute_batch("ROLLBACK");
    }
    let problem = outcome.err().map(|problem| problem.to_string());
    for answer in answers {
        answer(match &problem {
            None => Ok(()),
            Some(problem) => Err(StoreError::Commit(problem.clone())),
        });
    }
}

/// Runs one change inside a savepoint. A panic undoes that change alone; its caller sees the channel close.
fn apply(connection: &Connection, change: Change) -> Option<Answer> {
    if let Err(problem) = connection.execute_batch("SAVEPOINT change") {
        tracing::error!(%problem, "a change could not begin");
        return None;
    }
    let done = catch_unwind(AssertUnwindSafe(|| change(connection)));
    let keep = matches!(done, Ok((true, _)));
    let end = if keep {
        "RELEASE change"
    } else {
        "ROLLBACK TO change; RELEASE change"
    };
    if let Err(problem) = connection.execute_batch(end) {
        tracing::error!(%problem, "a change could not end");
        return None;
    }
    done.ok().map(|(_, answer)| answer)
}

fn checkpoint(log: &Connection, woken: &mpsc::Receiver<()>) {
    while woken.recv().is_ok() {
        let moved = log.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(problem) = moved {
            tracing::warn!(%problem, "the log could not be moved into the file");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &MasterKey::random()).unwrap();
        (folder, store)
    }

    async fn put(store: &Store, name: &'static str) -> Result<(), StoreError> {
        store
            .write(move |tx| {
                tx.execute("INSERT INTO settings VALUES (?1, 'x')", [name])?;
                Ok(())
            })
            .await
    }

    async fn count(store: &Store) -> i64 {
        store
            .read(|tx| {
                Ok::<_, StoreError>(
                    tx.query_row("SELECT count(*) FROM settings", [], |row| row.get(0))?,
                )
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_change_that_fails_takes_nothing_with_it() {
        let (_folder, store) = store();
        let failing = store.write(|tx| {
            tx.execute("INSERT INTO settings VALUES ('half', 'x')", [])?;
            Err::<(), _>(StoreError::Closed)
        });
        let (first, failed, second) = tokio::join!(put(&store, "a"), failing, put(&store, "b"));
        assert!(
            first.is_ok() && second.is_ok(),
            "the neighbours are committed"
        );
        assert!(failed.is_err());
        assert_eq!(count(&store).await, 2, "and the failed one left no row");
    }

    #[tokio::test]
    async fn a_change_that_panics_is_undone_and_the_writer_goes_on() {
        let (_folder, store) = store();
        let panicking = store.write(|tx| -> Result<(), StoreError> {
            tx.execute("INSERT INTO settings VALUES ('half', 'x')", [])?;
            panic!("planted");
        });
        assert!(matches!(panicking.await, Err(StoreError::Closed)));
        put(&store, "after").await.unwrap();
        assert_eq!(count(&store).await, 1);
    }

    #[tokio::test]
    async fn a_store_that_is_dropped_has_closed_its_file() {
        let (folder, store) = store();
        put(&store, "a").await.unwrap();
        let log = folder.path().join("fulcrum.db-wal");
        assert!(log.exists());
        drop(store);
        assert!(!log.exists());
    }
}
