//! Opening the encrypted file: permissions, key, settings of the engine, migrations.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{StoreError, migrate};
use crate::vault::MasterKey;

/// The oldest engine without the WAL-reset bug (RELIABILITY.md 0.10), as SQLite numbers versions.
const OLDEST_SQLITE: i32 = 3_051_003;

/// KiB of pages that the writing connection keeps decrypted, as SQLite takes a size (negative). The indexes of the
/// replay cache are touched all over, and a page that has to be read again is decrypted again, which costs more than
/// the rest of storing an event.
const WRITER_CACHE: i64 = -32 * 1_024;

/// Pages of log after which the checkpoint thread is woken.
pub(super) const CHECKPOINT_PAGES: i64 = 1_000;

/// The database's file in the data folder.
pub fn file_in(data_dir: &Path) -> PathBuf {
    data_dir.join("fulcrum.db")
}

/// Makes the data folder, readable by this user alone.
///
/// # Errors
/// [`StoreError::File`] if it cannot be made or belongs to somebody else.
pub fn prepare_folder(data_dir: &Path) -> Result<(), StoreError> {
    let fail = |source| StoreError::File {
        path: data_dir.to_owned(),
        source,
    };
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(data_dir).map_err(fail)?;
    // It may have been there with other permissions.
    private(data_dir, 0o700).map_err(fail)
}

/// How a file is opened that this user alone may read, from its first moment on.
pub(crate) fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a small private file whole or not at all.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".new");
    let unfinished = PathBuf::from(unfinished);
    let mut file = private_file()
        .create(true)
        .write(true)
        .truncate(true)
        .open(&unfinished)?;
    private(&unfinished, 0o600)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(unfinished, path)
}

/// Sets a file's or folder's permissions explicitly; the default mask would leave it readable (T1).
#[cfg(unix)]
pub(super) fn private(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// On other systems the user's profile folder is already private.
#[cfg(not(unix))]
pub(super) fn private(_path: &Path, _mode: u32) -> std::io::Result<()> {
    Ok(())
}

/// Opens the writing connection, making or migrating the file.
pub(super) fn writer(path: &Path, key: &MasterKey) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::OldEngine(rusqlite::version().to_owned()));
    }
    let file_error = |source| StoreError::File {
        path: path.to_owned(),
        source,
    };
    // SQLite gives the log files the permissions of the database, so they are set before it opens.
    private_file()
        .create(true)
        .append(true)
        .open(path)
        .map_err(file_error)?;
    private(path, 0o600).map_err(file_error)?;
    let mut connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Of a new file; it has to be said before anything is written.
    connection.pragma_update(None, "auto_vacuum", "incremental")?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "cache_size", WRITER_CACHE)?;
    migrate::run(&mut connection, path)?;
    make_shrinkable(&connection)?;
    Ok(connection)
}

/// Turns a file of an earlier version, which only ever grew, into one whose free pages can be given back. That rewrites
/// it once; such a file is small, since no contents of events were kept then.
fn make_shrinkable(connection: &Connection) -> Result<(), StoreError> {
    const INCREMENTAL: i64 = 2;
    let found: i64 = connection.pragma_query_value(None, "auto_vacuum", |row| row.get(0))?;
    if found != INCREMENTAL
        && let Err(problem) = connection.execute_batch("VACUUM")
    {
        // Without the room for it everything else works; the next start tries again.
        tracing::warn!(%problem, "the database cannot give room back to the disk yet");
    }
    Ok(())
}

/// Opens a reading connection.
pub(super) fn reader(path: &Path, key: &MasterKey) -> Result<Connection, StoreError> {
    connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// Opens a connection that only moves the log into the file.
pub(super) fn checkpointer(path: &Path, key: &MasterKey) -> Result<Connection, StoreError> {
    connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

fn connect(path: &Path, key: &MasterKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    let unreadable = |source| StoreError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    key.with_hex(|hex| connection.pragma_update(None, "key", format!("x'{hex}'")))
        .map_err(unreadable)?;
    // The key is used at the first read, so a wrong one shows here and nowhere later.
    connection
        .query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))
        .map_err(unreadable)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}
