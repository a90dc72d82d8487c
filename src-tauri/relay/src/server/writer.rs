//! The one writer: a thread that takes whatever waits and commits it in one transaction.
//!
//! With nothing queued, a write is committed at once; under load, the writes that came in during one
//! sync share the next. There is no timer (PERFORMANCE.md 8, point 2). After any error the connection
//! is thrown away: what SQLite and the kernel believe about a failed sync cannot be trusted, and a
//! second sync that succeeds proves nothing (RELIABILITY.md I3).

use std::error::Error;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::checkpoint::Checkpoints;
use super::database::{Database, OpenError};

/// Writes in one transaction at most, so that a full queue does not hold back its first answer.
const GROUP: usize = 1_024;
/// Writes that may wait for the thread.
const QUEUE: usize = 4_096;

/// The write was not committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the relay cannot store anything at the moment")]
pub(super) struct NotStored;

/// The way to the writer thread.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

/// One write. `run` inside the transaction, then `finish` with what became of it.
trait Job: Send {
    fn run(&mut self, connection: &Connection) -> rusqlite::Result<()>;
    fn finish(self: Box<Self>, committed: bool);
}

struct Write<W, T, C> {
    work: Option<W>,
    value: Option<T>,
    committed: C,
    answer: oneshot::Sender<Result<T, NotStored>>,
}

impl<W, T, C> Job for Write<W, T, C>
where
    W: FnOnce(&Connection) -> rusqlite::Result<T> + Send,
    T: Send,
    C: FnOnce(&T) + Send,
{
    fn run(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if let Some(work) = self.work.take() {
            self.value = Some(work(connection)?);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, committed: bool) {
        let answer = match self.value {
            Some(value) if committed => {
                (self.committed)(&value);
                Ok(value)
            }
            _ => Err(NotStored),
        };
        // The asker may have hung up; what it asked for is stored all the same.
        let _ = self.answer.send(answer);
    }
}

impl Writer {
    /// Starts the thread. It ends, with everything queued committed, when the last clone of the
    /// writer is gone.
    pub(super) fn start(database: Arc<Database>) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let checkpoints = Checkpoints::start(Arc::clone(&database))?;
        let thread = thread::Builder::new()
            .name("relay-writer".into())
            .spawn(move || {
                let thread = WriterThread {
                    database,
                    connection: None,
                    checkpoints,
                };
                thread.serve(jobs);
            })?;
        Ok((Self { queue }, thread))
    }

    /// Runs `work` in the next transaction. When that is committed, `committed` runs on the writer
    /// thread, in the order of the writes and even if the caller is gone by then; the value is
    /// returned after it.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        committed: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, NotStored> {
        let (answer, outcome) = oneshot::channel();
        let job = Write {
            work: Some(work),
            value: None,
            committed,
            answer,
        };
        self.queue
            .send(Box::new(job))
            .await
            .map_err(|_| NotStored)?;
        outcome.await.unwrap_or(Err(NotStored))
    }
}

struct WriterThread {
    database: Arc<Database>,
    connection: Option<Connection>,
    checkpoints: Checkpoints,
}

impl WriterThread {
    fn serve(mut self, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
        let mut group = Vec::new();
        while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
            let stored = self.commit(&mut group);
            if let Err(error) = &stored {
                self.connection = None;
                tracing::error!(
                    error = error as &dyn Error,
                    writes = group.len(),
                    "a group of writes was not stored"
                );
            }
            for job in group.drain(..) {
                job.finish(stored.is_ok());
            }
            if let Some(connection) = &self.connection {
                self.checkpoints.after_commit(connection);
            }
        }
    }

    fn commit(&mut self, group: &mut [Box<dyn Job>]) -> Result<(), OpenError> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => {
                let mut connection = self.database.connect()?;
                self.checkpoints.watch(&mut connection)?;
                none.insert(connection)
            }
        };
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for job in group {
            job.run(&transaction)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;

    struct World {
        _folder: tempfile::TempDir,
        database: Arc<Database>,
        writer: Writer,
        thread: JoinHandle<()>,
    }

    fn world() -> World {
        let folder = tempfile::tempdir().unwrap();
        let database = Arc::new(Database::open(folder.path(), Duration::ZERO).unwrap());
        let (writer, thread) = Writer::start(Arc::clone(&database)).unwrap();
        World {
            _folder: folder,
            database,
            writer,
            thread,
        }
    }

    fn add_device(connection: &Connection, byte: u8) -> rusqlite::Result<usize> {
        connection.execute("INSERT INTO device (key) VALUES (?1)", [[byte; 32]])
    }

    fn devices(database: &Database) -> i64 {
        let connection = database.connect().unwrap();
        connection
            .query_row("SELECT count(*) FROM device", [], |row| row.get(0))
            .unwrap()
    }

    #[tokio::test]
    async fn a_write_is_on_disk_when_its_answer_comes() {
        let world = world();
        world
            .writer
            .write(|c| add_device(c, 1), |_| ())
            .await
            .unwrap();
        assert_eq!(devices(&world.database), 1);
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_never_answered_with_success_and_the_next_write_works() {
        let world = world();
        // The foreign key is checked at the commit, so the statement succeeds and the commit fails.
        let dangling = |c: &Connection| {
            c.pragma_update(None, "defer_foreign_keys", true)?;
            c.execute("INSERT INTO endpoint (address, device, sealing_key) VALUES (zeroblob(20), 7, zeroblob(32))", [])
        };
        let told = Arc::new(Mutex::new(false));
        let flag = Arc::clone(&told);
        let outcome = world
            .writer
            .write(dangling, move |_| *flag.lock().unwrap() = true)
            .await;
        assert_eq!(outcome, Err(NotStored));
        assert!(
            !*told.lock().unwrap(),
            "nobody may hear of a commit that did not happen"
        );
        assert_eq!(
            world.writer.write(|c| add_device(c, 1), |_| ()).await,
            Ok(1)
        );
    }

    #[tokio::test]
    async fn a_locked_database_refuses_and_recovers() {
        let world = world();
        let other = world.database.connect().unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert_eq!(
            world.writer.write(|c| add_device(c, 1), |_| ()).await,
            Err(NotStored)
        );
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(
            world.writer.write(|c| add_device(c, 2), |_| ()).await,
            Ok(1)
        );
        assert_eq!(devices(&world.database), 1);
    }

    #[tokio::test]
    async fn what_an_asker_left_behind_is_stored_and_told() {
        let world = world();
        let (told, heard) = oneshot::channel();
        let write = world
            .writer
            .write(|c| add_device(c, 1), move |_| told.send(()).unwrap());
        // Polled once, so that the write is queued, then dropped.
        tokio::select! {
            biased;
            _ = write => {}
            () = std::future::ready(()) => {}
        }
        heard
            .await
            .expect("the commit is told to the relay although the asker is gone");
        assert_eq!(devices(&world.database), 1);
    }

    #[tokio::test]
    async fn the_thread_commits_what_is_queued_and_ends_with_the_last_writer() {
        let world = world();
        let writes: Vec<_> = (0..100)
            .map(|n| world.writer.write(move |c| add_device(c, n), |_| ()))
            .collect();
        let outcomes = futures_util::future::join_all(writes).await;
        assert!(outcomes.iter().all(Result::is_ok));
        drop(world.writer);
        world.thread.join().unwrap();
        assert_eq!(devices(&world.database), 100);
    }
}
