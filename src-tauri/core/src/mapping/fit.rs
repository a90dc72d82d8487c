//! Whether a value fits the type of a person field, and how it is then written.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::field::FieldType;
use super::problem::Problem;
use super::schema::TargetField;
use super::steps::plain_number;
use super::text::same;
use super::value::Value;

/// The most characters that a person field holds.
pub(super) const LONGEST_VALUE: usize = 10_000;

/// The longest e-mail address, in bytes (RFC 3696, erratum 1690).
const LONGEST_EMAIL: usize = 254;

/// Writes the value in the canonical form of the field's type: ISO dates, plain decimals, `true` or `false`, the
/// exact name of a time zone, the option as it is listed. [`Value::Empty`] is no text and no problem. Of several
/// texts, a field that takes one takes the first.
pub(super) fn fit(field: &TargetField, value: Cow<'_, Value>) -> Result<Option<String>, Problem> {
    if value.is_empty() {
        return Ok(None);
    }
    let kind = field.kind;
    if let Some(written) = typed(kind, &value) {
        return Ok(Some(written));
    }
    let text = match value {
        Cow::Owned(Value::Text(text)) => Cow::Owned(text),
        Cow::Borrowed(Value::Text(text)) => Cow::Borrowed(text.as_str()),
        several
            if matches!(&*several, Value::List(_))
                && !matches!(kind, FieldType::Text | FieldType::List) =>
        {
            Cow::Owned(first_filled(&several))
        }
        other => Cow::Owned(other.to_string()),
    };
    if text.len() > LONGEST_VALUE && text.chars().nth(LONGEST_VALUE).is_some() {
        return Err(Problem::TooLong {
            longest: LONGEST_VALUE,
        });
    }
    let plain = without_marks(&text);
    let written = match kind {
        FieldType::Text | FieldType::List => return Ok(Some(text.into_owned())),
        // Mostly there is nothing to take away, and then the text need not be copied.
        FieldType::Email | FieldType::Person if plain.len() == text.len() && is_email(&text) => {
            return Ok(Some(text.into_owned()));
        }
        FieldType::Email | FieldType::Person => is_email(&plain).then(|| plain.into_owned()),
        FieldType::Phone => is_phone(&plain).then(|| plain.into_owned()),
        FieldType::Number => plain_number(&plain).map(|number| number.normalize().to_string()),
        FieldType::Date => iso_date(&plain).map(|date| date.to_string()),
        FieldType::Instant => Timestamp::from_str(&plain)
            .ok()
            .map(|instant| instant.to_string()),
        FieldType::Flag => flag(&plain),
        FieldType::TimeZone => exact_zone(&plain),
        FieldType::Choice => return option(field, &plain).map(Some),
    };
    written.map(Some).ok_or(Problem::WrongType { wanted: kind })
}

/// A value that has the type of the field already.
fn typed(kind: FieldType, value: &Value) -> Option<String> {
    match (kind, value) {
        (FieldType::Date, Value::Date(date)) => Some(date.to_string()),
        (FieldType::Date, Value::Instant(at)) => {
            Some(at.to_zoned(TimeZone::UTC).date().to_string())
        }
        (FieldType::Instant, Value::Instant(at)) => Some(at.to_string()),
        (FieldType::Number, Value::Number(number)) => Some(number.normalize().to_string()),
        (FieldType::Flag, Value::Flag(flag)) => Some(flag.to_string()),
        _ => None,
    }
}

fn first_filled(value: &Value) -> String {
    let Value::List(items) = value else {
        return String::new();
    };
    let first = items.iter().find(|item| !item.trim().is_empty());
    first.cloned().unwrap_or_default()
}

fn option(field: &TargetField, text: &str) -> Result<String, Problem> {
    let listed = field.options.iter().find(|option| same(option, text));
    listed.cloned().ok_or_else(|| Problem::NoOption {
        options: field.options.clone(),
    })
}

/// The text without outer white space and without the invisible direction marks that address books put
/// around numbers and addresses.
fn without_marks(text: &str) -> Cow<'_, str> {
    let mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.is_ascii() || !text.contains(mark) {
        return Cow::Borrowed(text.trim());
    }
    let visible: String = text.chars().filter(|c| !mark(*c)).collect();
    Cow::Owned(visible.trim().to_owned())
}

/// The shape of an address, not its existence: one `@`, no blanks or list separators, a domain with a dot.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let stray = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>' | '"' | '\\')
    };
    text.len() <= LONGEST_EMAIL
        && !local.is_empty()
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && !local.contains(stray)
        && !domain.contains(stray)
}

/// At least five digits, and besides them only what people write between digits or before an extension.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let between = |c: char| {
        c.is_numeric()
            || c.is_whitespace()
            || "+-\u{2010}\u{2011}\u{2013}().,/#*;=extEXT".contains(c)
    };
    (5..=20).contains(&digits) && text.chars().all(between)
}

/// Reads `2026-11-21` and nothing looser.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    Date::strptime("%Y-%m-%d", text)
        .ok()
        .filter(|date| date.to_string() == text)
}

fn flag(text: &str) -> Option<String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Some("true".to_owned()),
        "no" | "false" => Some("false".to_owned()),
        _ => None,
    }
}

/// The bundled database, so that no answer depends on the machine.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The time zone with this IANA name, in any case; none if there is no such zone.
pub fn time_zone(name: &str) -> Option<TimeZone> {
    ZONES.get(name).ok().filter(|zone| !zone.is_unknown())
}

/// The IANA names of all time zones, in alphabetical order.
pub fn time_zones() -> Vec<String> {
    ZONES.available().map(|name| name.to_string()).collect()
}

/// The exact IANA name.
fn exact_zone(text: &str) -> Option<String> {
    time_zone(text)?.iana_name().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: FieldType) -> TargetField {
        TargetField::new("field", "Field", "Group", kind)
    }

    fn written(kind: FieldType, text: &str) -> Option<String> {
        fit(&of(kind), Cow::Owned(Value::from(text))).ok().flatten()
    }

    #[test]
    fn an_email_needs_a_local_part_and_a_dotted_domain() {
        for good in [
            "rosa@example.com",
            "r.o'neil+hr@mail.example.org",
            "用户@例子.中国",
        ] {
            assert_eq!(written(FieldType::Email, good).as_deref(), Some(good));
        }
        for bad in [
            "rosa",
            "@example.com",
            "rosa@",
            "rosa@localhost",
            "a@b@example.com",
            "Rosa <rosa@example.com>",
            "rosa@example.com, ola@example.com",
            "rosa@example..com",
        ] {
            assert_eq!(written(FieldType::Email, bad), None, "{bad}");
        }
    }

    #[test]
    fn direction_marks_around_a_phone_number_are_dropped() {
        let number = written(FieldType::Phone, "\u{202a}+351 21 000 00 01\u{202c}");
        assert_eq!(number.as_deref(), Some("+351 21 000 00 01"));
        assert_eq!(written(FieldType::Phone, "call me"), None);
        assert_eq!(
            written(FieldType::Phone, "(415) 555-0100 ext. 12").as_deref(),
            Some("(415) 555-0100 ext. 12")
        );
    }

    #[test]
    fn an_ambiguous_number_is_refused() {
        assert_eq!(
            written(FieldType::Number, "64000.50").as_deref(),
            Some("64000.5")
        );
        for bad in [
            "64,000",
            "64 000",
            "6_4",
            "1e5",
            "EUR 64000",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(written(FieldType::Number, bad), None, "{bad}");
        }
    }

    #[test]
    fn a_date_is_written_as_it_stands() {
        assert_eq!(
            written(FieldType::Date, "2026-02-28").as_deref(),
            Some("2026-02-28")
        );
        for bad in [
            "2026-02-30",
            "2026-2-3",
            "28/02/2026",
            "20260228",
            "+2026-02-28",
        ] {
            assert_eq!(written(FieldType::Date, bad), None, "{bad}");
        }
    }

    #[test]
    fn a_time_zone_must_be_in_the_iana_database() {
        assert_eq!(
            written(FieldType::TimeZone, "europe/lisbon").as_deref(),
            Some("Europe/Lisbon")
        );
        assert_eq!(written(FieldType::TimeZone, "UTC").as_deref(), Some("UTC"));
        for bad in [
            "Lisbon",
            "GMT+1 or so",
            "Etc/Unknown",
            "../../etc/passwd",
            "Europe/Lisbon\0",
        ] {
            assert_eq!(written(FieldType::TimeZone, bad), None, "{bad}");
        }
    }

    #[test]
    fn a_value_longer_than_a_field_holds_is_a_problem() {
        let long = Value::Text("é".repeat(LONGEST_VALUE + 1));
        assert_eq!(
            fit(&of(FieldType::Text), Cow::Owned(long)),
            Err(Problem::TooLong {
                longest: LONGEST_VALUE
            })
        );
    }

    #[test]
    fn a_choice_is_written_as_it_is_listed_or_names_what_it_takes() {
        let size = TargetField {
            options: vec!["Small".into(), "Large".into()],
            ..of(FieldType::Choice)
        };
        assert_eq!(
            fit(&size, Cow::Owned(Value::from(" LARGE "))),
            Ok(Some("Large".into()))
        );
        let refused = fit(&size, Cow::Owned(Value::from("medium"))).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "The value is none of its options: Small, Large."
        );
    }
}
