//! Lever's JSON values as typed values.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::mapping::{FieldType, Value};

/// The most characters of an example.
const LONGEST_EXAMPLE: usize = 60;

/// Reads a JSON value as `kind`. What does not fit keeps the type that it came with, so that the mapping can
/// say so instead of losing it.
pub(super) fn typed(json: &Json, kind: FieldType) -> Value {
    match (json, kind) {
        (Json::Null, _) => Value::Empty,
        (Json::Bool(flag), FieldType::Flag) => Value::Flag(*flag),
        (Json::Bool(flag), _) => Value::from(Value::Flag(*flag).to_string()),
        (Json::Number(number), FieldType::Date) => number
            .as_i64()
            .and_then(day_of_millis)
            .map_or_else(|| decimal(number), Value::Date),
        (Json::Number(number), FieldType::Text) => Value::from(decimal(number).to_string()),
        (Json::Number(number), _) => decimal(number),
        (Json::String(text), kind) => typed_text(text, kind),
        (Json::Array(items), _) => Value::List(items.iter().map(plain).collect()),
        (Json::Object(_), _) => Value::from(plain(json)),
    }
}

fn typed_text(text: &str, kind: FieldType) -> Value {
    let day = || text.parse().ok().and_then(day_of_millis);
    let read = match kind {
        FieldType::Date => Date::strptime("%Y-%m-%d", text)
            .ok()
            .or_else(day)
            .map(Value::Date),
        // A code such as 0042 is declared a number but must keep its zeros.
        FieldType::Number => Decimal::from_str(text)
            .ok()
            .map(Value::Number)
            .filter(|number| number.to_string() == text),
        FieldType::Flag => match text.to_lowercase().as_str() {
            "yes" | "true" => Some(Value::Flag(true)),
            "no" | "false" => Some(Value::Flag(false)),
            _ => None,
        },
        _ => None,
    };
    read.unwrap_or_else(|| Value::from(text))
}

/// The type of a customer's field, of which Lever tells only the name and a value. Days come as milliseconds,
/// which differ from amounts by their name alone.
pub(super) fn guess(name: &str, json: &Json) -> FieldType {
    let dated = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "date");
    match json {
        Json::Number(number)
            if dated && number.as_i64().is_some_and(|n| n.abs() > 100_000_000_000) =>
        {
            FieldType::Date
        }
        Json::Number(_) => FieldType::Number,
        Json::Bool(_) => FieldType::Flag,
        Json::Array(_) => FieldType::List,
        Json::Null | Json::String(_) | Json::Object(_) => FieldType::Text,
    }
}

/// The day that Lever means by a moment. Its forms keep a day as midnight UTC, so no other zone may be used.
pub(super) fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// A value cut to a short line; none if empty.
pub(super) fn example(value: &Value) -> Option<String> {
    let line = value
        .text()?
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().nth(LONGEST_EXAMPLE).is_none() {
        return Some(line);
    }
    Some(
        line.chars()
            .take(LONGEST_EXAMPLE - 1)
            .chain(['…'])
            .collect(),
    )
}

fn day_of_millis(millis: i64) -> Option<Date> {
    Timestamp::from_millisecond(millis).ok().map(day)
}

/// The shortest decimal that reads back as the number that Lever sent; too large ones stay text.
fn decimal(number: &serde_json::Number) -> Value {
    let text = number.to_string();
    let exact = Decimal::from_str_exact(&text).or_else(|_| Decimal::from_scientific(&text));
    exact.map_or_else(|_| Value::from(text), Value::Number)
}

/// The text of a part of a list or of an object, such as a file or a place, that has a name.
fn plain(json: &Json) -> String {
    match json {
        Json::Object(object) => ["name", "text", "value"]
            .iter()
            .find_map(|key| {
                object
                    .get(*key)
                    .filter(|part| !part.is_object() && !part.is_array())
            })
            .map_or_else(String::new, plain),
        Json::Array(_) | Json::Null => String::new(),
        scalar => typed(scalar, FieldType::Text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_day_in_milliseconds_is_the_day_in_utc() {
        let start = Value::Date(jiff::civil::date(2025, 12, 1));
        assert_eq!(typed(&json!(1_764_547_200_000_i64), FieldType::Date), start);
        assert_eq!(typed(&json!("1764547200000"), FieldType::Date), start);
        assert_eq!(typed(&json!("2025-12-01"), FieldType::Date), start);
        assert_eq!(
            typed(&json!("in May"), FieldType::Date),
            Value::from("in May")
        );
    }

    #[test]
    fn money_keeps_every_digit() {
        assert_eq!(
            typed(&json!(64_000.1), FieldType::Number).to_string(),
            "64000.1"
        );
        assert_eq!(typed(&json!(0.07), FieldType::Number).to_string(), "0.07");
        assert_eq!(
            typed(&json!(1e300), FieldType::Number),
            Value::from("1e+300")
        );
    }

    #[test]
    fn a_code_declared_a_number_keeps_its_zeros() {
        assert_eq!(
            typed(&json!("4"), FieldType::Number),
            Value::Number(4.into())
        );
        assert_eq!(
            typed(&json!("0042"), FieldType::Number),
            Value::from("0042")
        );
    }

    #[test]
    fn a_customers_date_is_told_from_an_amount_by_its_name() {
        let millis = json!(1_764_547_200_000_i64);
        assert_eq!(guess("custom_review_date", &millis), FieldType::Date);
        assert_eq!(guess("custom_update_bonus", &millis), FieldType::Number);
        assert_eq!(guess("custom_date_count", &json!(12)), FieldType::Number);
    }

    #[test]
    fn files_and_places_are_known_by_their_name() {
        assert_eq!(
            typed(&json!({"id": "x", "name": "cv.pdf"}), FieldType::Text),
            Value::from("cv.pdf")
        );
        assert_eq!(
            typed(&json!({"text": {"name": 1}}), FieldType::Text),
            Value::from("")
        );
        assert_eq!(
            typed(&json!(["a", 2, null]), FieldType::Text).to_string(),
            "a, 2"
        );
    }

    #[test]
    fn an_example_is_one_short_line() {
        let long = example(&Value::from("word ".repeat(40))).unwrap();
        assert_eq!(long.chars().count(), LONGEST_EXAMPLE);
        assert!(long.ends_with('…'));
        assert_eq!(example(&Value::from("a\n b")).as_deref(), Some("a b"));
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_every_kind(number in any::<f64>(), whole in any::<i64>()) {
            for kind in [FieldType::Text, FieldType::Number, FieldType::Date, FieldType::Instant] {
                prop_assert!(!typed(&json!(whole), kind).is_empty());
                prop_assert_eq!(typed(&json!(number), kind).is_empty(), !number.is_finite());
            }
        }
    }
}
