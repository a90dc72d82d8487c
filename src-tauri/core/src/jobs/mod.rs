//! Work that can fail: a row each, an idempotent handler each, and a schedule of tries that is data.

mod runner;
mod wait;
mod work;

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::runner::{Bell, Runner};
pub use self::wait::wait;
pub use self::work::{
    Enter, Forget, Hire, Leave, Rehook, SyncOffers, Unhook, WriteBack, add_enter, add_found,
    add_hire, add_sync, hires_of, hold_back, letter, of_event, wake_unmapped,
};
use crate::lever;
use crate::store::StoreError;
use crate::store::jobs::JobRow;

/// The waits between tries; the last one repeats. Lever's own outages last minutes to hours.
pub const RETRIES: [Duration; 6] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(10 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
];

/// Where a problem is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The field mapping.
    Mapping,
    /// The connection to Lever.
    Connection,
    /// The candidate's record in Lever, then *Try again*.
    Lever,
    /// What the hire lacks, in the list of what waits on the page of people.
    Tray,
    /// Nothing: the user decided against it, and can take that back.
    Declined,
    /// The way from the internet, on the page of the connection doctor.
    Path,
    /// The changes without an event, on their page.
    Missed,
    /// *Use this copy*, or closing it.
    UseThisCopy,
    /// Only *Try again*.
    TryAgain,
}

/// Why work is not done yet.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It may work by itself later.
    #[error("{0}")]
    Later(String),
    /// A person has to put something right first.
    #[error("{0}")]
    Wait(String, Remedy),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure {
    /// A failure of Lever in its own words.
    pub fn of(problem: &lever::Error) -> Self {
        Self::said(problem, problem.to_string())
    }

    /// A failure of Lever, said as `words`: one that the connection's page puts right waits for that.
    pub fn said(problem: &lever::Error, words: String) -> Self {
        let waits = problem.needs_connection() || matches!(problem, lever::Error::Forbidden { .. });
        if waits {
            return Self::Wait(words, Remedy::Connection);
        }
        Self::Later(words)
    }
}

/// Does one kind of work.
#[async_trait]
pub trait Handler: Send + Sync {
    /// The name of the work.
    fn name(&self) -> &'static str;

    /// Does it. The job's row is to be removed in the same transaction that records the result, so that a
    /// crash repeats either both or neither; doing it twice must not differ from doing it once.
    ///
    /// # Errors
    /// [`Failure`], whose text is a sentence for the user.
    async fn run(&self, job: &JobRow) -> Result<(), Failure>;
}
