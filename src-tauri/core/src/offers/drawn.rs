//! The mapping of offers that is in use, with all that applying it takes. Until somebody saves another, its standard rules
//! are, so that it works without being set up.

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::rules::{Filled, fill};
use crate::lever::{self, Parts};
use crate::mapping::{self, Company, Drift, Mapping, Record, Rules};
use crate::store::company::{self, CompanyRow};
use crate::store::connections::{self, Account, Integration};
use crate::store::{StoreError, mappings};

/// The rules in use, and what they are applied with.
#[derive(Clone)]
pub(super) struct Drawn {
    /// Their version; 0 for the standard ones.
    pub(super) version: i64,
    rules: Rules,
    labels: HashMap<String, String>,
    drift: Vec<Drift>,
    company: Company,
    /// Of all of it: a letter is filled anew once it differs.
    pub(super) mark: String,
}

impl Drawn {
    /// As they are now.
    pub(super) fn read(db: &Connection) -> Result<Self, StoreError> {
        let (version, rules) = match mappings::newest(db, Mapping::Offers)? {
            Some(row) => (row.version, row.rules),
            None => (0, standard(db)?),
        };
        let fields = lever::source_fields(db, Mapping::Offers)?;
        let labels = fields.into_iter().map(|field| (field.id, field.label));
        let drift = mappings::drifted(db, Mapping::Offers)?;
        let company = company(db)?;
        Ok(Self {
            version,
            mark: format!("{rules:?} {drift:?} {company:?}"),
            rules,
            labels: labels.collect(),
            drift,
            company,
        })
    }

    /// The parts of Lever that they read.
    pub(super) fn parts(&self) -> Parts {
        let fields = self
            .rules
            .rules
            .iter()
            .flat_map(|rule| rule.source.fields());
        let fields: HashSet<_> = fields.collect();
        Parts::of(fields.iter().map(|field| &**field))
    }

    /// The time zone in which days begin and end.
    pub(super) fn zone(&self) -> &TimeZone {
        &self.company.zone
    }

    /// What a letter says, from what Lever says.
    pub(super) fn fill(&self, record: &mut Record) -> Filled {
        record.know_company(&self.company);
        record.know_drift(&self.drift);
        let label = |id: &str| {
            self.labels
                .get(id)
                .cloned()
                .unwrap_or_else(|| id.to_owned())
        };
        fill(&self.rules, record, label)
    }
}

/// The standard rules, as far as the offer form has their fields.
///
/// # Errors
/// [`StoreError`] if the fields cannot be read.
pub fn standard(db: &Connection) -> Result<Rules, StoreError> {
    known_fields(db).map(|known| Rules::of_offers(&known))
}

/// The ids of the fields that offers can be filled from.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn known_fields(db: &Connection) -> Result<HashSet<String>, StoreError> {
    let fields = lever::source_fields(db, Mapping::Offers)?;
    Ok(fields.into_iter().map(|field| field.id).collect())
}

/// What offers take from the company.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn company(db: &Connection) -> Result<Company, StoreError> {
    let CompanyRow {
        currency,
        time_zone,
    } = company::get(db)?;
    let row = connections::get(db, Integration::OfferLetters)?;
    let account: Option<Account> = row
        .map(|row| serde_json::from_str(&row.account))
        .transpose()?;
    Ok(Company {
        currency,
        zone: mapping::time_zone(&time_zone).unwrap_or(TimeZone::UTC),
        connection_owner: account.and_then(|account| account.user_email),
    })
}
