//! Currencies as ISO 4217 codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use iso_currency::{Currency, IntoEnumIterator};

use crate::mapping::problem::Problem;
use crate::mapping::text::folded;

/// Names in everyday use that ISO 4217 does not have, and symbols that one currency claims before all others.
const EVERYDAY: [(&str, Currency); 13] = [
    ("us dollar", Currency::USD),
    ("u.s. dollar", Currency::USD),
    ("us$", Currency::USD),
    ("ca$", Currency::CAD),
    ("a$", Currency::AUD),
    ("nz$", Currency::NZD),
    ("hk$", Currency::HKD),
    ("british pound", Currency::GBP),
    ("£", Currency::GBP),
    ("euros", Currency::EUR),
    ("swedish krona", Currency::SEK),
    ("yuan", Currency::CNY),
    ("yen", Currency::JPY),
];

/// Who uses a name or a symbol.
#[derive(Clone, Copy)]
enum Used {
    By(Currency),
    BySeveral,
}

/// Every code, name and symbol in the form in which texts compare.
static KNOWN: LazyLock<HashMap<String, Used>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for currency in in_use() {
        let symbol = currency.symbol().to_string();
        for name in [currency.name(), &symbol] {
            known
                .entry(folded(name).into_owned())
                .and_modify(|used| *used = Used::BySeveral)
                .or_insert(Used::By(currency));
        }
    }
    known.remove("");
    for (name, currency) in EVERYDAY {
        known.insert(name.to_owned(), Used::By(currency));
    }
    for currency in Currency::iter() {
        known.insert(currency.code().to_ascii_lowercase(), Used::By(currency));
    }
    known
});

/// Every currency in use, as its ISO 4217 code and its name, by code.
pub fn currencies() -> impl Iterator<Item = (&'static str, String)> {
    in_use().map(|currency| (currency.code(), currency.name().to_owned()))
}

/// Those that people are paid in.
fn in_use() -> impl Iterator<Item = Currency> {
    Currency::iter().filter(|currency| !currency.is_fund() && !currency.is_special())
}

/// The code of the currency with this code, name or symbol.
pub(super) fn code(text: &str) -> Result<&'static str, Problem> {
    match KNOWN.get(&*folded(text)) {
        Some(Used::By(currency)) => Ok(currency.code()),
        Some(Used::BySeveral) => Err(Problem::SeveralCurrencies),
        None => Err(Problem::NoCurrency),
    }
}
