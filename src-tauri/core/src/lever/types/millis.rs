//! Moments as Lever writes them.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de};

/// A moment: milliseconds since 1970 UTC, as a number or in old answers as a text of digits (LEVER.md 2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(Timestamp);

impl Millis {
    /// The moment.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(i64),
            Fraction(f64),
            Text(String),
        }
        let millis = match Written::deserialize(deserializer)? {
            Written::Number(number) => Some(number),
            // Whole milliseconds are enough; a float beyond i64 saturates and is refused below.
            Written::Fraction(fraction) => Some(fraction as i64),
            Written::Text(text) => text.trim().parse().ok(),
        };
        millis
            .and_then(|millis| Timestamp::from_millisecond(millis).ok())
            .map(Self)
            .ok_or_else(|| de::Error::custom("not milliseconds since 1970"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_of_digits_are_the_same_moment() {
        let number: Millis = serde_json::from_str("1552325829124").unwrap();
        let text: Millis = serde_json::from_str("\"1552325829124\"").unwrap();
        assert_eq!(number, text);
        assert_eq!(number.timestamp().to_string(), "2019-03-11T17:37:09.124Z");
    }

    #[test]
    fn moments_out_of_range_are_refused() {
        for bad in ["9223372036854775807", "1e300", "\"soon\"", "true", "{}"] {
            assert!(serde_json::from_str::<Millis>(bad).is_err(), "{bad}");
        }
    }
}
