//! What each step of a rule does to a value. Every step is total: any input gives a value or a stated problem.

mod colleague;
mod country;
mod currency;
mod date;
mod email;
mod number;
mod phone;
mod text;
mod value_map;

#[cfg(test)]
mod tests;

pub(super) use country::{is_country, named as country_named};
pub use currency::currencies;
pub(super) use date::write_date;
pub(super) use number::plain_number;

use std::borrow::Cow;

use super::problem::Problem;
use super::record::Record;
use super::transform::{CountryForm, DecimalMark, LetterCase, NamePart, NumberStyle, Transform};
use super::value::Value;
use phone::HomeCountry;
use text::Cut;
use value_map::ValueMap;

/// A transform with everything worked out that does not depend on the value.
#[derive(Debug)]
pub(super) enum Step {
    Trim,
    Case(LetterCase),
    NamePart(NamePart),
    Split(Cut),
    Date {
        from: Option<String>,
        to: Option<String>,
    },
    Number {
        read: DecimalMark,
        write: Option<NumberStyle>,
    },
    Default(Value),
    Phone(HomeCountry),
    Email,
    Currency,
    Country(CountryForm),
    UserEmail,
    ValueMap(ValueMap),
}

impl From<&Transform> for Step {
    fn from(transform: &Transform) -> Self {
        match transform {
            Transform::Trim => Self::Trim,
            Transform::Case { to } => Self::Case(*to),
            Transform::NamePart { part } => Self::NamePart(*part),
            Transform::Split {
                separator,
                nth,
                from,
            } => Self::Split(Cut::new(separator, *nth, *from)),
            Transform::DateFormat { from, to } => Self::Date {
                from: from.clone(),
                to: to.clone(),
            },
            Transform::NumberFormat { read, write } => Self::Number {
                read: *read,
                write: *write,
            },
            Transform::DefaultIfEmpty { value } => {
                Self::Default(Value::from(value.as_str()).or_empty())
            }
            Transform::Phone { country } => Self::Phone(HomeCountry::new(country)),
            Transform::Email => Self::Email,
            Transform::Currency => Self::Currency,
            Transform::Country { to } => Self::Country(*to),
            Transform::UserEmail => Self::UserEmail,
            Transform::ValueMap { pairs, if_no_match } => {
                Self::ValueMap(ValueMap::new(pairs, if_no_match))
            }
        }
    }
}

impl Step {
    /// Whether it looks into the record, beyond the value that it is given.
    pub(super) fn needs_record(&self) -> bool {
        matches!(self, Self::UserEmail)
    }

    /// Applies the step. An empty value stays empty through every step but a default; steps on text take each
    /// item of a list by itself.
    pub(super) fn apply<'v>(
        &'v self,
        value: Cow<'v, Value>,
        record: &Record,
    ) -> Result<Cow<'v, Value>, Problem> {
        if value.is_empty() {
            return Ok(Cow::Borrowed(match self {
                Self::Default(value) => value,
                _ => &Value::Empty,
            }));
        }
        let after = match self {
            Self::Default(_) => return Ok(value),
            Self::Trim if text::is_trimmed(&value) => return Ok(value),
            Self::Trim => letters(&value, text::trim),
            Self::Case(to) => letters(&value, |text| text::change_case(*to, text)),
            Self::NamePart(part) => letters(&value, |name| text::name_part(*part, name)),
            Self::Split(cut) => cut.part(&value),
            Self::Date { from, to } => date::format(from.as_deref(), to.as_deref(), &value)?,
            Self::Number { read, write } => number::format(*read, write.as_ref(), &value)?,
            Self::Phone(home) => each(&value, |text| home.e164(text))?,
            Self::Email => letters(&value, email::bare),
            Self::Currency => each(&value, |text| currency::code(text).map(str::to_owned))?,
            Self::Country(to) => each(&value, |text| country::named(*to, text).map(str::to_owned))?,
            Self::UserEmail => each(&value, |text| colleague::email(record, text))?,
            Self::ValueMap(map) => map.exchange(&value)?,
        };
        Ok(Cow::Owned(after.or_empty()))
    }
}

/// Numbers, dates and flags have no letters or spaces to change and keep their type.
fn letters(value: &Value, change: impl Fn(&str) -> String) -> Value {
    match value {
        Value::Text(text) => Value::Text(change(text)),
        Value::List(items) => Value::List(items.iter().map(|item| change(item)).collect()),
        typed => typed.clone(),
    }
}

/// The text of the value, or each item of a list, exchanged; a blank item stays.
fn each(
    value: &Value,
    exchange: impl Fn(&str) -> Result<String, Problem>,
) -> Result<Value, Problem> {
    match value {
        Value::Text(text) => exchange(text).map(Value::Text),
        Value::List(items) => {
            let exchanged = items.iter().map(|item| {
                if item.trim().is_empty() {
                    Ok(String::new())
                } else {
                    exchange(item)
                }
            });
            exchanged.collect::<Result<_, _>>().map(Value::List)
        }
        other => exchange(&other.to_string()).map(Value::Text),
    }
}
