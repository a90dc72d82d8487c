//! Opening the database: the folder and its lock, the settings of a connection, the migrations.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

/// `FRly`, so that the relay never writes into another program's database.
const APPLICATION_ID: i32 = 0x4652_6c79;
/// Older versions can damage a WAL database with two connections (RELIABILITY.md 0, point 10).
const OLDEST_SQLITE: i32 = 3_051_003;
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_events.sql"),
    include_str!("../../migrations/0002_chain.sql"),
    include_str!("../../migrations/0003_pages.sql"),
    include_str!("../../migrations/0004_probe.sql"),
    include_str!("../../migrations/0005_owners.sql"),
    include_str!("../../migrations/0006_fence.sql"),
];

/// Why the store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or a file in it cannot be made or used.
    #[error("the data folder cannot be used")]
    Folder(#[from] io::Error),
    /// Another relay runs on the folder.
    #[error("another relay is running on this data folder")]
    Locked,
    /// The program was linked with a SQLite that loses data.
    #[error("SQLite {0} has a known fault that loses data; 3.51.3 or newer is needed")]
    OldSqlite(&'static str),
    /// The file is a database of another program.
    #[error("the database in the data folder belongs to another program")]
    Foreign,
    /// A newer relay wrote the file.
    #[error("a newer version of the relay wrote this database (version {0})")]
    Newer(i32),
    /// SQLite did not take a setting that durability depends on.
    #[error("SQLite did not accept the setting {0}")]
    Setting(&'static str),
    /// The program is stopping.
    #[error("the relay is stopping")]
    Stopped,
    /// Anything else that SQLite says, such as a damaged file.
    #[error("the database cannot be used")]
    Sqlite(#[from] rusqlite::Error),
}

/// The right to use a data folder, kept from a second relay while this value lives.
pub(super) struct FolderLock {
    /// Closing it unlocks the folder.
    _file: File,
}

impl FolderLock {
    /// Makes the folder (0700) where it is missing, and takes it. The files in it are private (0600) in either case.
    pub(super) fn take(folder: &Path) -> Result<Self, OpenError> {
        make_private_folder(folder)?;
        let file = private_file(&folder.join("relay.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Locked),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// The database file of a data folder.
pub(super) struct Database {
    file: PathBuf,
    lock_wait: Duration,
    /// Never used again, and open as long as the relay runs: SQLite rebuilds the index of the write-ahead log when the
    /// last connection goes and the next one comes, and after a failed sync it would take up frames that the page
    /// cache still shows and the disk does not have (RELIABILITY.md I3).
    _anchor: Mutex<Connection>,
}

impl Database {
    /// Makes the file (0600) where it is missing and runs the migrations.
    pub(super) fn open(folder: &Path, lock_wait: Duration) -> Result<Self, OpenError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(OpenError::OldSqlite(rusqlite::version()));
        }
        let file = folder.join("relay.db");
        // SQLite gives the WAL and its index the permissions of the database file.
        private_file(&file)?;
        let mut first = connect(&file, lock_wait)?;
        migrate(&mut first, MIGRATIONS)?;
        Ok(Self {
            file,
            lock_wait,
            _anchor: Mutex::new(first),
        })
    }

    /// A new connection with every setting in force.
    pub(super) fn connect(&self) -> Result<Connection, OpenError> {
        connect(&self.file, self.lock_wait)
    }
}

/// Checkpoints are left to the checkpoint thread, so that no commit pays for them.
fn connect(file: &Path, lock_wait: Duration) -> Result<Connection, OpenError> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(lock_wait)?;
    refuse_foreign(&connection)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::Setting("journal_mode=wal"));
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    let synchronous: i32 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    if synchronous != 2 {
        return Err(OpenError::Setting("synchronous=full"));
    }
    Ok(connection)
}

/// Before the first write: even switching the journal mode would change a foreign file.
fn refuse_foreign(connection: &Connection) -> Result<(), OpenError> {
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let ours = application == APPLICATION_ID || (application == 0 && objects == 0);
    if ours {
        Ok(())
    } else {
        Err(OpenError::Foreign)
    }
}

/// Runs what is missing of `migrations` in one transaction: all of it or nothing.
fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = usize::try_from(done)
        .ok()
        .and_then(|done| migrations.get(done..))
        .ok_or(OpenError::Newer(done))?;
    if missing.is_empty() {
        return Ok(());
    }
    let mut version = done;
    for migration in missing {
        transaction.execute_batch(migration)?;
        version += 1;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()?;
    Ok(())
}

/// Makes a folder that nobody else may enter. One that is there stays as it is: a volume belongs to somebody else.
pub(super) fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(folder: &Path) -> Result<Database, OpenError> {
        Database::open(folder, Duration::ZERO)
    }

    fn tables(connection: &Connection) -> i64 {
        connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table'",
                [],
                |row| row.get(0),
            )
            .unwrap()
    }

    #[test]
    fn a_migration_that_fails_leaves_an_empty_schema() {
        let mut connection = Connection::open_in_memory().unwrap();
        let migrations = [
            "CREATE TABLE a (x)",
            "CREATE TABLE b (x); CREATE TABLE a (x)",
        ];
        assert!(migrate(&mut connection, &migrations).is_err());
        assert_eq!(tables(&connection), 0);
    }

    #[test]
    fn only_the_missing_migrations_run() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &["CREATE TABLE a (x)"]).unwrap();
        migrate(
            &mut connection,
            &["CREATE TABLE a (x)", "CREATE TABLE b (x)"],
        )
        .unwrap();
        assert_eq!(tables(&connection), 2);
    }

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path()).unwrap();
        let connection = database.connect().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop((connection, database));
        assert!(matches!(open(folder.path()), Err(OpenError::Newer(99))));
    }

    #[test]
    fn a_database_of_another_program_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let other = Connection::open(folder.path().join("relay.db")).unwrap();
        other.execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(open(folder.path()), Err(OpenError::Foreign)));
        let mode: String = other
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "delete");
    }

    #[test]
    fn a_file_that_is_no_database_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("relay.db"), "no database".repeat(100)).unwrap();
        assert!(matches!(open(folder.path()), Err(OpenError::Sqlite(_))));
    }

    #[test]
    fn a_second_relay_on_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        assert!(matches!(
            FolderLock::take(folder.path()),
            Err(OpenError::Locked)
        ));
        drop(first);
        assert!(FolderLock::take(folder.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_there_keeps_its_mode_and_its_files_are_private_all_the_same() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let _lock = FolderLock::take(folder.path()).unwrap();
        drop(open(folder.path()).unwrap());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.path()), 0o755);
        for file in fs::read_dir(folder.path()).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_folder_or_its_files() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("data");
        let _lock = FolderLock::take(&folder).unwrap();
        let connection = open(&folder).unwrap().connect().unwrap();
        connection.execute("DELETE FROM event", []).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        let files: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(files.len() >= 3, "database, WAL and lock exist: {files:?}");
        for file in files {
            assert_eq!(mode(&file), 0o600, "{file:?}");
        }
    }
}
