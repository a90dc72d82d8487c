//! One value on its way from Lever to a person.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A value with its type, as read from Lever or as left by a transform.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Nothing is known.
    #[default]
    Empty,
    /// Any text.
    Text(String),
    /// A decimal number; money never passes through a binary float.
    Number(Decimal),
    /// A day without a time; no zone ever moves it.
    Date(Date),
    /// A moment in time.
    Instant(Timestamp),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
}

impl Value {
    /// Whether there is nothing to show: no value, blank text, or a list of blanks.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => is_blank(text),
            Self::List(items) => items.iter().all(|item| is_blank(item)),
            Self::Number(_) | Self::Date(_) | Self::Instant(_) | Self::Flag(_) => false,
        }
    }

    /// The display text; none where [`Value::is_empty`].
    pub fn text(&self) -> Option<String> {
        match self {
            empty if empty.is_empty() => None,
            Self::Text(text) => Some(text.clone()),
            typed => Some(typed.to_string()),
        }
    }

    /// The same value, with blank text turned into [`Value::Empty`].
    pub(super) fn or_empty(self) -> Self {
        if self.is_empty() { Self::Empty } else { self }
    }
}

/// Asked before every step, so it looks no further than to the first letter.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// As a person reads it: `2026-11-21`, `64000.5`, `Yes`, and lists joined by a comma and a space.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => out.write_str(text),
            Self::Number(number) => write!(out, "{}", number.normalize()),
            Self::Date(date) => write!(out, "{date}"),
            Self::Instant(instant) => write!(out, "{instant}"),
            Self::Flag(true) => out.write_str("Yes"),
            Self::Flag(false) => out.write_str("No"),
            Self::List(items) => {
                let filled = items
                    .iter()
                    .map(|item| item.trim())
                    .filter(|item| !item.is_empty());
                for (index, item) in filled.enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(out, "{separator}{item}")?;
                }
                Ok(())
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// No value is [`Value::Empty`].
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_as_a_person_would_write_it() {
        let amount: Decimal = "64000.50".parse().unwrap();
        assert_eq!(Value::Number(amount).to_string(), "64000.5");
        assert_eq!(
            Value::Date(jiff::civil::date(2026, 11, 21)).to_string(),
            "2026-11-21"
        );
        assert_eq!(
            Value::Instant(Timestamp::UNIX_EPOCH).to_string(),
            "1970-01-01T00:00:00Z"
        );
        assert_eq!(Value::Flag(true).to_string(), "Yes");
        let list = Value::List(vec!["Platform".into(), "  ".into(), " Lisbon".into()]);
        assert_eq!(list.to_string(), "Platform, Lisbon");
    }

    #[test]
    fn blank_text_counts_as_empty() {
        assert!(Value::from(" \u{a0}\t\n").is_empty());
        assert!(Value::List(vec![String::new(), " ".into()]).is_empty());
        assert_eq!(Value::from("\u{3000}").text(), None);
        assert!(!Value::Flag(false).is_empty());
    }
}
