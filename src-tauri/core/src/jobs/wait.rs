//! Work that is not done yet, with the reason.

use rusqlite::Connection;

use super::Remedy;
use crate::store::StoreError;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::{self, JobRow};
use crate::store::names::name;

/// Notes why work is not done yet and when it is tried again; none waits for the user. The same reason is said once
/// in the log, not at every try.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn wait(
    db: &Connection,
    job: &JobRow,
    due_at: Option<i64>,
    (why, remedy): (&str, Remedy),
    now: i64,
) -> Result<(), StoreError> {
    jobs::postpone(db, job.id, due_at, (why, &name(&remedy)?))?;
    if job.why.as_deref() == Some(why) {
        return Ok(());
    }
    Entry::new(Kind::Import, Outcome::Waiting, why)
        .on(&job.correlation)
        .write(db, now)
}
