//! Values that cannot be what anybody means to offer. A letter with one is not shown, because a candidate would take it at
//! its word.

use std::collections::BTreeMap;

use iso_currency::Currency;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Sums of money, each refused where it is negative, absurd or finer than its currency.
const MONEY: [&str; 3] = ["base_salary", "sign_on_bonus", "target_bonus_amount"];

/// From here on a sum is taken for a mistake, in whole units of its currency: the largest salaries in the currencies of
/// the smallest units stay far below.
const ABSURD: i64 = 1_000_000_000_000;

/// The same for an hour, by the digits that the currency has behind the point.
const ABSURD_HOUR: i64 = 100_000;

/// More is no part of a salary, in percent.
const MOST_PERCENT: i64 = 1_000;

/// The first and the last year in which anybody starts or an offer ends.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// The fields that cannot be so, with the reason in words. `values` are canonical texts by the ids of the fields of a
/// letter, as the mapping gives them.
pub fn refused(values: &BTreeMap<&str, &str>) -> BTreeMap<&'static str, String> {
    let currency = values.get("currency");
    let currency = currency.and_then(|code| Currency::from_code(code));
    let hourly = values.get("base_salary_pay_period") == Some(&"Hourly");
    let money = MONEY.into_iter().filter_map(|field| {
        let amount = number(values, field)?;
        let by_the_hour = hourly && field == "base_salary";
        Some((field, wrong_sum(amount, currency, by_the_hour)?))
    });
    let shares = number(values, "number_of_shares").and_then(wrong_shares);
    let percent = number(values, "target_bonus_percent").and_then(wrong_percent);
    let dates = ["start_date", "expires"].into_iter().filter_map(|field| {
        let date: Date = values.get(field)?.parse().ok()?;
        let year = date.year();
        let words = format!("{date} is not a day that can be meant.");
        (!YEARS.contains(&year)).then_some((field, words))
    });
    money
        .chain(shares.map(|words| ("number_of_shares", words)))
        .chain(percent.map(|words| ("target_bonus_percent", words)))
        .chain(dates)
        .collect()
}

fn number(values: &BTreeMap<&str, &str>, field: &str) -> Option<Decimal> {
    values.get(field)?.parse().ok()
}

fn wrong_sum(amount: Decimal, currency: Option<Currency>, by_the_hour: bool) -> Option<String> {
    if amount.is_sign_negative() && !amount.is_zero() {
        return Some("It is negative.".to_owned());
    }
    let digits = currency.map_or(2, |currency| currency.exponent().unwrap_or(0));
    if amount.normalize().scale() > u32::from(digits) {
        let code = currency.map_or("The currency", |currency| currency.code());
        return Some(match digits {
            0 => format!("{code} has no smaller unit, and {amount} has one."),
            digits => {
                format!("{code} has {digits} digits behind the point, and {amount} has more.")
            }
        });
    }
    let limit = match (by_the_hour, digits) {
        (false, _) => Decimal::from(ABSURD),
        (true, 0) => Decimal::from(ABSURD_HOUR * 100),
        (true, _) => Decimal::from(ABSURD_HOUR),
    };
    let unit = if by_the_hour { " an hour" } else { "" };
    (amount >= limit).then(|| format!("{amount}{unit} is too much to be meant."))
}

fn wrong_shares(shares: Decimal) -> Option<String> {
    if shares.is_sign_negative() && !shares.is_zero() {
        return Some("It is negative.".to_owned());
    }
    if shares.fract() != Decimal::ZERO {
        return Some("A part of a share cannot be offered.".to_owned());
    }
    let limit = Decimal::from(ABSURD);
    (shares >= limit).then(|| format!("{shares} shares are too many to be meant."))
}

fn wrong_percent(percent: Decimal) -> Option<String> {
    let most = Decimal::from(MOST_PERCENT);
    if percent.is_sign_negative() && !percent.is_zero() {
        return Some("It is negative.".to_owned());
    }
    (percent > most).then(|| format!("{percent} % is too much to be meant."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
        refused(&values.iter().copied().collect())
            .into_iter()
            .collect()
    }

    #[test]
    fn usual_offers_pass_to_the_last_cent() {
        for values in [
            &[("base_salary", "64000.50"), ("currency", "EUR")][..],
            &[("base_salary", "0"), ("currency", "EUR")],
            &[("base_salary", "12000000"), ("currency", "JPY")],
            &[("base_salary", "900000000000"), ("currency", "IDR")],
            &[("base_salary", "4500.125"), ("currency", "KWD")],
            &[("base_salary", "12000000.00"), ("currency", "JPY")],
            &[
                ("base_salary", "32.50"),
                ("base_salary_pay_period", "Hourly"),
                ("currency", "USD"),
            ],
            &[
                ("number_of_shares", "12000"),
                ("target_bonus_percent", "12.5"),
            ],
            &[("start_date", "2028-02-29"), ("expires", "2026-12-31")],
            &[],
        ] {
            assert_eq!(of(values), [], "{values:?}");
        }
    }

    #[test]
    fn what_nobody_means_is_refused_with_the_reason() {
        for (values, field, words) in [
            (&[("base_salary", "-1")][..], "base_salary", "negative"),
            (
                &[("base_salary", "12000000.5"), ("currency", "JPY")],
                "base_salary",
                "JPY has no smaller unit",
            ),
            (
                &[("sign_on_bonus", "10.001"), ("currency", "EUR")],
                "sign_on_bonus",
                "EUR has 2 digits",
            ),
            (
                &[("sign_on_bonus", "0.001")],
                "sign_on_bonus",
                "The currency has 2",
            ),
            (
                &[("target_bonus_amount", "1000000000000")],
                "target_bonus_amount",
                "too much",
            ),
            (
                &[
                    ("base_salary", "64000000"),
                    ("base_salary_pay_period", "Hourly"),
                ],
                "base_salary",
                "an hour is too much",
            ),
            (
                &[("number_of_shares", "0.5")],
                "number_of_shares",
                "part of a share",
            ),
            (
                &[("number_of_shares", "-5")],
                "number_of_shares",
                "negative",
            ),
            (
                &[("target_bonus_percent", "1001")],
                "target_bonus_percent",
                "too much",
            ),
            (
                &[("target_bonus_percent", "-3")],
                "target_bonus_percent",
                "negative",
            ),
            (
                &[("start_date", "0026-11-01")],
                "start_date",
                "can be meant",
            ),
            (&[("expires", "9999-12-31")], "expires", "can be meant"),
        ] {
            let found = of(values);
            assert_eq!(found.len(), 1, "{values:?}");
            assert_eq!(found[0].0, field);
            assert!(found[0].1.contains(words), "{found:?}");
        }
    }
}
