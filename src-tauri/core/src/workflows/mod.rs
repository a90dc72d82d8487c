//! Workflows: what people enter. For now a workflow is entered and shows who is in it.

mod enter;

use rusqlite::Connection;

pub use self::enter::EnterWorkflow;
use crate::store::{StoreError, workflows};

/// The workflow that every installation starts with: id, name, description.
const ONBOARDING: (&str, &str, &str) = (
    "onboarding",
    "Onboarding",
    "From the accepted offer to the first weeks: everyone hired in Lever goes through it.",
);

/// Makes the workflows that every installation starts with, unless they exist.
///
/// # Errors
/// [`StoreError`] if they cannot be written.
pub fn ensure(db: &Connection, now: i64) -> Result<(), StoreError> {
    workflows::ensure(db, ONBOARDING, now)
}
