//! `company.*`: what offer letters take from the company where Lever says nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::NoInput;
use super::engine::Engine;
use super::error::AppError;
use crate::mapping;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::company::{self, CompanyRow};

/// The settings of the company, and what can be chosen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CompanyView {
    /// The ISO 4217 code of its currency; none if nobody chose one.
    pub currency: Option<String>,
    /// The IANA name of its time zone; UTC if nobody chose one.
    pub time_zone: String,
    /// Every currency in use, by code.
    pub currencies: Vec<CurrencyChoice>,
    /// Every time zone, by name.
    pub time_zones: Vec<String>,
}

/// A currency.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CurrencyChoice {
    /// Its ISO 4217 code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// New settings of the company; all are replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompanyInput {
    /// The ISO 4217 code of a currency; none for no default.
    pub currency: Option<String>,
    /// The IANA name of a time zone.
    pub time_zone: String,
}

/// Answers `company.show`.
pub(super) async fn show(engine: &Engine, _: NoInput) -> Result<CompanyView, AppError> {
    let running = engine.running().await?;
    let CompanyRow {
        currency,
        time_zone,
    } = running.store.read(company::get).await?;
    let currencies = mapping::currencies().map(|(code, name)| CurrencyChoice {
        code: code.to_owned(),
        name,
    });
    Ok(CompanyView {
        currency,
        time_zone,
        currencies: currencies.collect(),
        time_zones: mapping::time_zones(),
    })
}

/// Answers `company.save`.
pub(super) async fn save(engine: &Engine, request: CompanyInput) -> Result<CompanyView, AppError> {
    let running = engine.running().await?;
    let currency = request.currency.as_deref().map(str::trim);
    let currency = currency.filter(|code| !code.is_empty());
    let known = |code: &str| mapping::currencies().any(|(known, _)| known == code);
    if currency.is_some_and(|code| !known(code)) {
        let words = "Choose a currency from the list: ISO 4217 does not have this one.";
        return Err(AppError::invalid("currency", words));
    }
    let zone = mapping::time_zone(request.time_zone.trim());
    let Some(name) = zone.as_ref().and_then(jiff::tz::TimeZone::iana_name) else {
        let words = "Choose a time zone from the list, such as Europe/Lisbon.";
        return Err(AppError::invalid("time_zone", words));
    };
    let row = CompanyRow {
        currency: currency.map(str::to_owned),
        time_zone: name.to_owned(),
    };
    let now = engine.now();
    let saved = running.store.write(move |db| {
        company::put(db, &row)?;
        let sentence = "You changed the currency or the time zone of the company.";
        Entry::new(Kind::Settings, Outcome::Done, sentence)
            .by(Actor::You)
            .write(db, now)
    });
    saved.await?;
    show(engine, NoInput {}).await
}
