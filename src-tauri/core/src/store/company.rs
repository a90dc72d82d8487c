//! What is set about the company.

use rusqlite::Connection;

use super::{StoreError, settings};

const CURRENCY: &str = "company_currency";
const TIME_ZONE: &str = "company_time_zone";

/// The time zone of a company that chose none.
const NO_TIME_ZONE: &str = "UTC";

/// What is set about the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRow {
    /// The ISO 4217 code of its currency; none if nobody chose one.
    pub currency: Option<String>,
    /// The IANA name of its time zone.
    pub time_zone: String,
}

/// What is set, or was from the start.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection) -> Result<CompanyRow, StoreError> {
    let time_zone = settings::get(db, TIME_ZONE)?;
    Ok(CompanyRow {
        currency: settings::get::<Option<String>>(db, CURRENCY)?.flatten(),
        time_zone: time_zone.unwrap_or_else(|| NO_TIME_ZONE.to_owned()),
    })
}

/// Saves all of it.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, company: &CompanyRow) -> Result<(), StoreError> {
    settings::put(db, CURRENCY, &company.currency)?;
    settings::put(db, TIME_ZONE, &company.time_zone)
}
