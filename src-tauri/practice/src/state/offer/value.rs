//! The value of one field of an offer.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::{FieldKind, FormField, Problem};
use crate::state::World;

/// The salary intervals (LEVER.md 2.5) and how the pages write them.
pub(crate) const INTERVALS: [(&str, &str); 9] = [
    ("per-year-salary", "Per year"),
    ("per-month-salary", "Per month"),
    ("semi-month-salary", "Twice a month"),
    ("bi-month-salary", "Every two months"),
    ("bi-week-salary", "Every two weeks"),
    ("per-week-salary", "Per week"),
    ("per-day-wage", "Per day"),
    ("per-hour-wage", "Per hour"),
    ("one-time", "One time"),
];

/// The longest text of a field, in characters.
const MAX_TEXT: usize = 10_000;
/// Digits that a JSON number carries without loss in every client (IEEE 754 binary64).
const MAX_DIGITS: usize = 15;

/// A value of the type that its field asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum OfferValue {
    #[default]
    Empty,
    /// A text, or the id of a user, application or requisition.
    Text(String),
    Amount(Decimal),
    Date(Date),
    Checked(bool),
}

impl OfferValue {
    /// Reads what a person typed or chose; an empty text is an empty field.
    ///
    /// # Errors
    /// Says what the field expects if `typed` is not of its type.
    pub(crate) fn read(world: &World, field: &FormField, typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(Self::Empty);
        }
        read_typed(world, field, typed).map_err(|message| Problem {
            identifier: field.identifier.clone(),
            label: field.text.clone(),
            message: message.to_owned(),
        })
    }

    /// Reads a JSON value as the API would answer it, or a text as a person would type it.
    ///
    /// # Errors
    /// Says what the field expects if `value` is not of its type.
    pub(crate) fn from_json(
        world: &World,
        field: &FormField,
        value: &Value,
    ) -> Result<Self, Problem> {
        match (value, field.kind) {
            (Value::Null, _) => Ok(Self::Empty),
            (Value::String(text), _) => Self::read(world, field, text),
            (Value::Number(ms), FieldKind::Date) if ms.is_i64() => {
                Ok(Self::date_at(ms.as_i64().unwrap_or_default()))
            }
            (other, _) => Self::read(world, field, &other.to_string()),
        }
    }

    /// The day in which a moment lies, in UTC; empty outside the calendar.
    pub(crate) fn date_at(ms: i64) -> Self {
        let moment = jiff::Timestamp::from_millisecond(ms);
        moment.map_or(Self::Empty, |moment| {
            Self::Date(moment.to_zoned(TimeZone::UTC).date())
        })
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// The value as the API answers it: dates in milliseconds at midnight UTC (LEVER.md 3.3).
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Amount(amount) => number(*amount),
            Self::Date(date) => date
                .to_zoned(TimeZone::UTC)
                .map_or(Value::Null, |day| day.timestamp().as_millisecond().into()),
            Self::Checked(checked) => (*checked).into(),
        }
    }

    /// The value as it stands in the input of a form.
    pub(crate) fn to_input(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Amount(amount) => amount.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Checked(checked) => checked.to_string(),
        }
    }
}

fn read_typed(world: &World, field: &FormField, typed: &str) -> Result<OfferValue, &'static str> {
    let text = || OfferValue::Text(typed.to_owned());
    match field.kind {
        FieldKind::Text | FieldKind::TextArea if typed.chars().count() > MAX_TEXT => {
            Err("This text is too long.")
        }
        FieldKind::Text | FieldKind::TextArea => Ok(text()),
        FieldKind::Checkbox => match typed {
            "true" | "on" => Ok(OfferValue::Checked(true)),
            "false" => Ok(OfferValue::Checked(false)),
            _ => Err("Tick the box or leave it."),
        },
        FieldKind::Date => typed
            .parse()
            .map(OfferValue::Date)
            .map_err(|_| "Enter a date as year-month-day, such as 2027-02-28."),
        FieldKind::Currency => match read_amount(typed)? {
            negative if negative.is_sign_negative() => Err("An amount cannot be negative."),
            amount => Ok(OfferValue::Amount(amount)),
        },
        FieldKind::Number => read_amount(typed).map(OfferValue::Amount),
        FieldKind::Equity => Ok(read_amount(typed).map_or_else(|_| text(), OfferValue::Amount)),
        FieldKind::UserDropdown => world
            .company
            .user(typed)
            .map(|_| text())
            .ok_or("Choose one of the users."),
        FieldKind::Dropdown => {
            let known = field.options.iter().any(|option| option == typed);
            known.then(text).ok_or("Choose one of the options.")
        }
        FieldKind::Requisition => world
            .company
            .requisition(typed)
            .map(|_| text())
            .ok_or("Choose one of the requisitions."),
        FieldKind::CurrencyCode => {
            let is_code = typed.len() == 3 && typed.bytes().all(|byte| byte.is_ascii_uppercase());
            is_code
                .then(text)
                .ok_or("Enter the three capital letters of a currency, such as EUR.")
        }
        FieldKind::EarningsType => {
            let known = INTERVALS.iter().any(|(interval, _)| *interval == typed);
            known.then(text).ok_or("Choose one of the intervals.")
        }
        // The id of the application is set when the offer is made, not chosen.
        FieldKind::JobPosting => Ok(text()),
        FieldKind::Signature => Err("This field is filled in by signing."),
    }
}

/// Reads a decimal number without grouping, such as `64000` or `21.50`.
fn read_amount(typed: &str) -> Result<Decimal, &'static str> {
    const EXPECTED: &str = "Enter a number without separators, such as 64000 or 21.50.";
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    if !typed.bytes().all(plain) {
        return Err(EXPECTED);
    }
    let amount: Decimal = typed.parse().map_err(|_| EXPECTED)?;
    if typed.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return Err("This number has too many digits.");
    }
    Ok(amount)
}

fn number(amount: Decimal) -> Value {
    let plain = amount.normalize().to_string();
    let whole = plain.parse::<i64>().ok().map(Number::from);
    let number = whole.or_else(|| Number::from_f64(plain.parse().ok()?));
    number.map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_keep_their_decimal_places_on_the_wire() {
        for (typed, sent) in [
            ("64000", json!(64000)),
            ("64000.50", json!(64000.5)),
            ("0.1", json!(0.1)),
            ("123456789012.345", json!(123456789012.345)),
            ("-3", json!(-3)),
        ] {
            let amount = read_amount(typed).expect("a number");
            assert_eq!(
                OfferValue::Amount(amount).to_json().to_string(),
                sent.to_string()
            );
        }
    }

    #[test]
    fn what_only_looks_like_an_amount_is_refused() {
        for hostile in [
            "1,000",
            "1e400",
            "NaN",
            "--1",
            ".",
            "0x10",
            "1 000",
            "9999999999999999",
            "٣",
        ] {
            assert!(read_amount(hostile).is_err(), "{hostile}");
        }
    }

    #[test]
    fn a_date_is_kept_as_midnight_in_utc() {
        let date = OfferValue::date_at(1_764_590_000_000);
        assert_eq!(date.to_json(), json!(1_764_547_200_000_i64));
        assert_eq!(date.to_input(), "2025-12-01");
        assert_eq!(OfferValue::date_at(i64::MAX), OfferValue::Empty);
    }
}
