//! `mappings.offer_rows`, and what the mapping of offers takes besides Lever. Until somebody saves another, its
//! standard rules are in use, so that it works without being set up.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use crate::api::app::NoInput;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::mapping::{
    DriftKind, Mapping, NOT_SUPPORTED, NotSupported, OfferRow, Record, Rules, offer_rows,
};
use crate::offers;
use crate::store::{StoreError, catalog, mappings};

/// The rows of a letter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfferRows {
    /// The rows in the order of the letter, each with its standard rule.
    pub rows: Vec<OfferRow>,
    /// What a letter has and Lever cannot fill.
    pub not_supported: Vec<NotSupported>,
}

/// Answers `mappings.offer_rows`.
pub(in crate::api) async fn rows(engine: &Engine, _: NoInput) -> Result<OfferRows, AppError> {
    let running = engine.running().await?;
    let known = running.store.read(offers::known_fields).await?;
    Ok(OfferRows {
        rows: offer_rows(&known),
        not_supported: NOT_SUPPORTED.to_vec(),
    })
}

/// The rules in use, with their version: those that were saved last, or else version 0, which is empty for people.
pub(super) fn in_use(db: &Connection, mapping: Mapping) -> Result<(i64, Rules), StoreError> {
    if let Some(row) = mappings::newest(db, mapping)? {
        return Ok((row.version, row.rules));
    }
    match mapping {
        Mapping::People => Ok((0, Rules::default())),
        Mapping::Offers => offers::standard(db).map(|rules| (0, rules)),
    }
}

/// Tells the records what they cannot know of themselves: which fields Lever has now, which of those that the saved
/// mapping reads are gone and, for offers, what comes from the company. A type that changed is left out: saving the
/// draft that is tried accepts it.
pub(super) fn complete(
    db: &Connection,
    mapping: Mapping,
    records: &mut [&mut Record],
) -> Result<(), StoreError> {
    let known = catalog::ids(db)?;
    let company = match mapping {
        Mapping::People => None,
        Mapping::Offers => Some(offers::company(db)?),
    };
    let mut gone = mappings::drifted(db, mapping)?;
    gone.retain(|drift| drift.change == DriftKind::Vanished);
    for record in records {
        if let Some(company) = &company {
            record.know_company(company);
        }
        record.know_drift(&gone);
        record.know_fields(&known);
    }
    Ok(())
}
