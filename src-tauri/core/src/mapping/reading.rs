//! The raw value of a rule, read from a record.

use std::borrow::Cow;

use super::problem::Problem;
use super::record::Record;
use super::source::Source;
use super::steps::plain_number;
use super::template::{Piece, pieces};
use super::value::Value;

/// A source with everything worked out that does not depend on the record.
#[derive(Debug)]
pub(super) enum Reading {
    Field(String),
    Constant(Value),
    FirstOf(Vec<String>),
    Join {
        fields: Vec<String>,
        separator: String,
    },
    Template(Vec<Piece>),
    Sum(Vec<String>),
    /// A source that never gives a value.
    Broken(Problem),
}

impl From<&Source> for Reading {
    fn from(source: &Source) -> Self {
        match source {
            Source::Lever { field } => Self::Field(field.clone()),
            Source::Constant { value } => Self::Constant(Value::from(value.as_str()).or_empty()),
            Source::FirstOf { fields } => Self::FirstOf(fields.clone()),
            Source::Join { fields, separator } => Self::Join {
                fields: fields.clone(),
                separator: separator.clone(),
            },
            Source::Template { text } => match pieces(text) {
                Ok(pieces) => Self::Template(pieces),
                Err(bad) => Self::Broken(Problem::BadTemplate {
                    why: bad.to_string(),
                }),
            },
            Source::Sum { fields } => Self::Sum(fields.clone()),
        }
    }
}

impl Reading {
    /// The raw value. A field that Lever no longer has is a problem as soon as it is needed.
    pub(super) fn value<'a>(&'a self, record: &'a Record) -> Result<Cow<'a, Value>, Problem> {
        let made = match self {
            Self::Field(field) => return record.read(field).map(Cow::Borrowed),
            Self::Constant(value) => return Ok(Cow::Borrowed(value)),
            Self::FirstOf(fields) => return first(record, fields).map(Cow::Borrowed),
            Self::Join { fields, separator } => joined(record, fields, separator),
            Self::Template(pieces) => filled(record, pieces),
            Self::Sum(fields) => sum(record, fields),
            Self::Broken(problem) => Err(problem.clone()),
        };
        made.map(Cow::Owned)
    }

    /// The raw value as a person checks it: of a sum, the numbers that were added, as `5000 + 2500`.
    pub(super) fn shown(&self, record: &Record, value: &Value) -> Option<String> {
        let Self::Sum(fields) = self else {
            return value.text();
        };
        let added = fields
            .iter()
            .filter_map(|field| number(record, field).ok().flatten())
            .map(|number| Value::Number(number).to_string());
        let added = added.collect::<Vec<_>>().join(" + ");
        (!added.is_empty()).then_some(added)
    }
}

fn first<'a>(record: &'a Record, fields: &[String]) -> Result<&'a Value, Problem> {
    for field in fields {
        let value = record.read(field)?;
        if !value.is_empty() {
            return Ok(value);
        }
    }
    Ok(&Value::Empty)
}

fn joined(record: &Record, fields: &[String], separator: &str) -> Result<Value, Problem> {
    let mut joined = String::new();
    for field in fields {
        let value = record.read(field)?;
        if value.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(separator);
        }
        push(&mut joined, value);
    }
    Ok(Value::from(joined).or_empty())
}

fn filled(record: &Record, pieces: &[Piece]) -> Result<Value, Problem> {
    let mut filled = String::new();
    let mut anything = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Field(field) => {
                let value = record.read(field)?;
                if !value.is_empty() {
                    push(&mut filled, value);
                    anything = true;
                }
            }
        }
    }
    Ok(if anything {
        Value::from(filled).or_empty()
    } else {
        Value::Empty
    })
}

fn push(text: &mut String, value: &Value) {
    match value {
        Value::Text(more) => text.push_str(more),
        typed => text.push_str(&typed.to_string()),
    }
}

fn sum(record: &Record, fields: &[String]) -> Result<Value, Problem> {
    let mut sum = None;
    for field in fields {
        let Some(number) = number(record, field)? else {
            continue;
        };
        sum = Some(match sum {
            None => number,
            Some(sum) => number.checked_add(sum).ok_or(Problem::TooLarge)?,
        });
    }
    Ok(sum.map_or(Value::Empty, Value::Number))
}

fn number(record: &Record, field: &str) -> Result<Option<rust_decimal::Decimal>, Problem> {
    let value = record.read(field)?;
    let read = match value {
        Value::Number(number) => Some(*number),
        empty if empty.is_empty() => return Ok(None),
        Value::Text(text) => plain_number(text.trim()),
        _ => None,
    };
    read.map(Some).ok_or_else(|| Problem::NotAddable {
        field: field.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rosa() -> Record {
        let mut record = Record::new();
        record.set("name", "Rosa Lindqvist");
        record.set("nickname", Value::Empty);
        record.set("city", "Lisbon");
        record.set("bonus", Value::Number(5_000.into()));
        record.set("signing", "2500.50");
        record.set("later", "soon");
        record
    }

    fn ids(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    fn read(source: &Source) -> Result<Option<String>, Problem> {
        let reading = Reading::from(source);
        reading.value(&rosa()).map(|value| value.text())
    }

    fn vanished(field: &str) -> Result<Option<String>, Problem> {
        Err(Problem::Vanished {
            field: field.into(),
        })
    }

    #[test]
    fn the_first_filled_field_is_taken_and_later_ones_are_not_looked_at() {
        let first = |fields| {
            read(&Source::FirstOf {
                fields: ids(fields),
            })
        };
        assert_eq!(
            first(&["nickname", "name", "gone"]),
            Ok(Some("Rosa Lindqvist".into()))
        );
        assert_eq!(first(&["gone", "name"]), vanished("gone"));
        assert_eq!(first(&["nickname"]), Ok(None));
    }

    #[test]
    fn joining_passes_over_fields_without_a_value() {
        let join = |fields| {
            read(&Source::Join {
                fields: ids(fields),
                separator: " · ".into(),
            })
        };
        assert_eq!(
            join(&["name", "nickname", "city"]),
            Ok(Some("Rosa Lindqvist · Lisbon".into()))
        );
        assert_eq!(join(&["nickname"]), Ok(None));
        assert_eq!(join(&["name", "gone"]), vanished("gone"));
    }

    #[test]
    fn a_template_is_empty_when_all_of_its_fields_are() {
        let template = |text: &str| read(&Source::Template { text: text.into() });
        assert_eq!(
            template("{{name}} in {{ city }}{{nickname}}"),
            Ok(Some("Rosa Lindqvist in Lisbon".into()))
        );
        assert_eq!(template("Hello {{nickname}}"), Ok(None));
        assert_eq!(template("{{shoe_size}}"), vanished("shoe_size"));
        let unclosed = template("{{name").unwrap_err();
        assert!(unclosed.holds_import() && unclosed.to_string().contains("has no"));
    }

    #[test]
    fn a_sum_adds_what_is_filled_and_shows_its_arithmetic() {
        let bonus = Reading::Sum(ids(&["bonus", "nickname", "signing"]));
        let rosa = rosa();
        let value = bonus.value(&rosa).unwrap();
        assert_eq!(value.to_string(), "7500.5");
        assert_eq!(bonus.shown(&rosa, &value).as_deref(), Some("5000 + 2500.5"));
        assert_eq!(
            read(&Source::Sum {
                fields: ids(&["nickname"])
            }),
            Ok(None)
        );
        assert_eq!(
            read(&Source::Sum {
                fields: ids(&["bonus", "later"])
            }),
            Err(Problem::NotAddable {
                field: "later".into()
            })
        );
    }
}
