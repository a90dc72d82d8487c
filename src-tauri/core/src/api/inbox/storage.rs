//! `inbox.storage` and `inbox.keep`: how much of what was delivered is kept.

use serde::Serialize;
use ts_rs::TS;

use crate::api::app::NoInput;
use crate::api::engine::Engine;
use crate::api::error::AppError;
pub use crate::listeners::Keeping;
use crate::store::{StoreError, inbox_contents};

/// The days for which contents may be kept.
const DAYS: std::ops::RangeInclusive<u32> = 1..=365;

/// The megabytes that contents may take.
const MEGABYTES: std::ops::RangeInclusive<u32> = 1..=10_000;

/// How much is kept, and how much room it takes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InboxStorage {
    /// What is set.
    pub keeping: Keeping,
    /// Of how many events headers and body are kept.
    pub events: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// When the oldest of them was stored, in milliseconds since 1970 UTC.
    pub oldest_at: Option<i64>,
    /// The size in bytes of the file with everything that Fulcrum keeps.
    pub file_bytes: u64,
}

/// Answers `inbox.storage`.
pub(in crate::api) async fn storage(engine: &Engine, _: NoInput) -> Result<InboxStorage, AppError> {
    let running = engine.running().await?;
    let storage = running.store.read(|db| {
        let kept = inbox_contents::kept(db)?;
        Ok::<_, StoreError>(InboxStorage {
            keeping: Keeping::read(db)?,
            events: kept.deliveries,
            bytes: kept.bytes,
            oldest_at: kept.oldest_at,
            file_bytes: inbox_contents::file_size(db)?,
        })
    });
    Ok(storage.await?)
}

/// Answers `inbox.keep`. What is too much goes before it answers.
pub(in crate::api) async fn keep(
    engine: &Engine,
    request: Keeping,
) -> Result<InboxStorage, AppError> {
    if !DAYS.contains(&request.days) {
        return Err(AppError::invalid("days", "Keep them for 1 to 365 days."));
    }
    if !MEGABYTES.contains(&request.megabytes) {
        return Err(AppError::invalid(
            "megabytes",
            "Keep 1 to 10,000 megabytes.",
        ));
    }
    let running = engine.running().await?;
    running.store.write(move |db| request.write(db)).await?;
    running.housekeeping(engine).tidy().await?;
    storage(engine, NoInput {}).await
}
