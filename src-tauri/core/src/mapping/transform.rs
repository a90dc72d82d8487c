//! What each step of a rule does to a value.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use unicode_normalization::char::is_combining_mark;

use super::fit::iso_date;
use super::problem::Problem;
use super::rule::{IfNoMatch, LetterCase, NamePart, Pair, Transform};
use super::value::Value;

/// Applies one step. An empty value stays empty through every step but [`Transform::DefaultIfEmpty`]; steps
/// on text take each item of a list by itself.
pub(super) fn apply(transform: &Transform, value: Value) -> Result<Value, Problem> {
    if value.is_empty() {
        return Ok(match transform {
            Transform::DefaultIfEmpty { value } => Value::from(value.as_str()).or_empty(),
            _ => Value::Empty,
        });
    }
    let after = match transform {
        Transform::Trim => each_text(value, &trim),
        Transform::Case { to } => each_text(value, &|text| change_case(*to, text)),
        Transform::NamePart { part } => each_text(value, &|text| name_part(*part, text)),
        Transform::DateFormat { from, to } => format_date(from.as_deref(), to.as_deref(), &value)?,
        Transform::DefaultIfEmpty { .. } => value,
        Transform::ValueMap { pairs, if_no_match } => exchange(pairs, if_no_match, value)?,
    };
    Ok(after.or_empty())
}

/// Numbers, dates and flags have no letters or spaces to change and keep their type.
fn each_text(value: Value, change: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::Text(text) => Value::Text(change(&text)),
        Value::List(items) => Value::List(items.iter().map(|item| change(item)).collect()),
        typed => typed,
    }
}

fn trim(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn change_case(to: LetterCase, text: &str) -> String {
    match to {
        LetterCase::Upper => text.to_uppercase(),
        LetterCase::Lower => text.to_lowercase(),
        LetterCase::Title => title_case(text),
    }
}

/// A capital after white space, hyphens and other marks, as in `Anne-Marie (Anna)`. After an apostrophe only
/// before two letters or more: `O'Brien`, but `Rosa's`.
fn title_case(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut written = String::with_capacity(lower.len());
    let mut starts_word = true;
    for (at, letter) in lower.char_indices() {
        if starts_word {
            push_capital(&mut written, letter);
        } else {
            written.push(letter);
        }
        starts_word = match letter {
            '\'' | '\u{2019}' => starts_with_two_letters(&lower[at + letter.len_utf8()..]),
            '\u{2010}'..='\u{2015}' => true,
            other => other.is_whitespace() || other.is_ascii_punctuation(),
        };
    }
    written
}

/// Accents that stand on their own belong to the letter before them: a capital may be written as a letter and an
/// accent where the small letter is one character (`ῆ`, `Η͂`).
fn starts_with_two_letters(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| !is_combining_mark(*letter));
    letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_some_and(char::is_alphabetic)
}

/// Only the first letter of an expansion is a capital (`ß` gives `Ss`); Georgian has no capitals in titles
/// (Unicode 15, section 7.7).
fn push_capital(written: &mut String, letter: char) {
    if matches!(letter, '\u{10d0}'..='\u{10ff}') {
        return written.push(letter);
    }
    for (index, part) in letter.to_uppercase().enumerate() {
        if index == 0 {
            written.push(part);
        } else {
            written.extend(part.to_lowercase());
        }
    }
}

fn name_part(part: NamePart, name: &str) -> String {
    let name = name.trim();
    let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    match part {
        NamePart::FirstWord => first.to_owned(),
        NamePart::Rest => rest.trim_start().to_owned(),
    }
}

fn format_date(from: Option<&str>, to: Option<&str>, value: &Value) -> Result<Value, Problem> {
    let date = read_date(from, value)?;
    let Some(pattern) = to else {
        return Ok(Value::Date(date));
    };
    write_date(pattern, date).map(Value::Text)
}

/// A moment counts as its day in UTC: Lever keeps the days of its forms as midnight UTC (LEVER.md 3.3).
fn read_date(from: Option<&str>, value: &Value) -> Result<Date, Problem> {
    let read = match (value, from) {
        (Value::Date(date), _) => Some(*date),
        (Value::Instant(instant), _) => Some(utc_day(*instant)),
        (other, Some(pattern)) => Date::strptime(pattern, other.to_string().trim()).ok(),
        (other, None) => {
            let text = other.to_string();
            iso_date(text.trim()).or_else(|| text.trim().parse().ok().map(utc_day))
        }
    };
    read.ok_or_else(|| Problem::NotDate {
        pattern: from.unwrap_or("2026-11-21").to_owned(),
    })
}

fn utc_day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

/// Writes a day with a `strftime` pattern; patterns that ask for a time of day are a problem.
pub(super) fn write_date(pattern: &str, date: Date) -> Result<String, Problem> {
    strtime::format(pattern, date).map_err(|_| Problem::BadPattern {
        pattern: pattern.to_owned(),
    })
}

fn exchange(pairs: &[Pair], if_no_match: &IfNoMatch, value: Value) -> Result<Value, Problem> {
    let known: HashMap<String, &str> = pairs
        .iter()
        .rev()
        .map(|pair| (folded(&pair.from), pair.to.as_str()))
        .collect();
    let find = |text: &str| match (known.get(&folded(text)), if_no_match) {
        (Some(to), _) => Ok(Some((*to).to_owned())),
        (None, IfNoMatch::Keep) => Ok(None),
        (None, IfNoMatch::Default { value }) => Ok(Some(value.clone())),
        (None, IfNoMatch::Stop) => Err(Problem::NoMatch),
    };
    if let Value::List(items) = value {
        let exchanged = items
            .into_iter()
            .map(|item| Ok(find(&item)?.unwrap_or(item)));
        return exchanged.collect::<Result<_, _>>().map(Value::List);
    }
    Ok(find(&value.to_string())?.map_or(value, Value::Text))
}

/// The form in which value maps compare: no outer white space, no difference of case. Up and then down
/// brings `ß` and `SS`, or `ς` and `σ`, together.
pub(super) fn folded(text: &str) -> String {
    text.trim()
        .chars()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(transform: &Transform, value: impl Into<Value>) -> String {
        apply(transform, value.into()).unwrap().to_string()
    }

    fn map(pairs: &[(&str, &str)], if_no_match: IfNoMatch) -> Transform {
        let pair = |(from, to): &(&str, &str)| Pair {
            from: (*from).into(),
            to: (*to).into(),
        };
        Transform::ValueMap {
            pairs: pairs.iter().map(pair).collect(),
            if_no_match,
        }
    }

    #[test]
    fn title_case_knows_apostrophes_hyphens_and_other_scripts() {
        let title = Transform::Case {
            to: LetterCase::Title,
        };
        for (given, wanted) in [
            ("SHANE O'BRIEN", "Shane O'Brien"),
            ("rosa’s anne-marie", "Rosa’s Anne-Marie"),
            ("jose\u{301} d'angelo", "Jose\u{301} D'Angelo"),
            ("ΟΔΥΣΣΕΥΣ ελύτης", "Οδυσσευς Ελύτης"),
            ("ნინო", "ნინო"),
            ("محمد علي", "محمد علي"),
            ("'ῆø", "'Η\u{342}ø"),
            ("'Η\u{342}ø", "'Η\u{342}ø"),
            ("ßen 3rd 👩‍💻", "Ssen 3rd 👩‍💻"),
        ] {
            assert_eq!(text(&title, given), wanted);
        }
    }

    #[test]
    fn a_name_of_one_word_has_no_rest() {
        let rest = Transform::NamePart {
            part: NamePart::Rest,
        };
        assert_eq!(apply(&rest, "Rosa".into()), Ok(Value::Empty));
        assert_eq!(text(&rest, " Rosa\u{3000} van der Berg "), "van der Berg");
        assert_eq!(
            text(
                &Transform::NamePart {
                    part: NamePart::FirstWord
                },
                "\u{a0}Rosa\tL"
            ),
            "Rosa"
        );
    }

    #[test]
    fn a_date_keeps_its_day_whatever_the_format() {
        let written = Transform::DateFormat {
            from: Some("%d/%m/%Y".into()),
            to: Some("%-d %B %Y".into()),
        };
        assert_eq!(text(&written, "01/12/2026"), "1 December 2026");
        let kept = Transform::DateFormat {
            from: None,
            to: None,
        };
        let midnight: Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
        assert_eq!(
            apply(&kept, Value::Instant(midnight)),
            Ok(Value::Date(jiff::civil::date(2026, 12, 1)))
        );
        assert_eq!(
            apply(&kept, "soon".into()),
            Err(Problem::NotDate {
                pattern: "2026-11-21".into()
            })
        );
    }

    #[test]
    fn a_pattern_with_a_time_of_day_cannot_write_a_date() {
        let hour = Transform::DateFormat {
            from: None,
            to: Some("%H:%M".into()),
        };
        let day = Value::Date(jiff::civil::date(2026, 12, 1));
        assert_eq!(
            apply(&hour, day),
            Err(Problem::BadPattern {
                pattern: "%H:%M".into()
            })
        );
    }

    #[test]
    fn a_value_map_ignores_case_and_outer_white_space() {
        let states = map(
            &[("CA", "California"), ("STRASSE", "street")],
            IfNoMatch::Keep,
        );
        assert_eq!(text(&states, " ca "), "California");
        assert_eq!(text(&states, "Straße"), "street");
        assert_eq!(text(&states, "Oregon"), "Oregon");
        let tags = Value::List(vec!["ca".into(), "NY".into()]);
        assert_eq!(text(&states, tags), "California, NY");
    }

    #[test]
    fn an_unknown_value_is_kept_replaced_or_stops_as_asked() {
        let pairs = [("yes", "Y")];
        assert_eq!(
            text(
                &map(&pairs, IfNoMatch::Default { value: "N".into() }),
                Value::Flag(false)
            ),
            "N"
        );
        assert_eq!(
            apply(&map(&pairs, IfNoMatch::Stop), "maybe".into()),
            Err(Problem::NoMatch)
        );
        assert_eq!(
            apply(&map(&pairs, IfNoMatch::Keep), Value::Number(7.into())),
            Ok(Value::Number(7.into()))
        );
    }

    #[test]
    fn only_a_default_fills_an_empty_value() {
        let steps = [
            Transform::Trim,
            map(&[("", "x")], IfNoMatch::Stop),
            map(&[], IfNoMatch::Default { value: "x".into() }),
        ];
        for step in steps {
            assert_eq!(apply(&step, "  ".into()), Ok(Value::Empty));
        }
        assert_eq!(
            text(
                &Transform::DefaultIfEmpty {
                    value: "UTC".into()
                },
                Value::Empty
            ),
            "UTC"
        );
        assert_eq!(
            text(
                &Transform::DefaultIfEmpty {
                    value: "UTC".into()
                },
                "Europe/Lisbon"
            ),
            "Europe/Lisbon"
        );
    }
}
