//! Phone numbers as ITU-T E.164 writes them.

use std::str::FromStr;

use phonenumber::{Mode, country};

use crate::mapping::problem::Problem;

/// The country of numbers that do not tell theirs.
#[derive(Debug)]
pub(in crate::mapping) struct HomeCountry(Option<country::Id>);

impl HomeCountry {
    /// By its alpha-2 code; with an unknown one only numbers with a country code can be read.
    pub(super) fn new(alpha2: &str) -> Self {
        Self(country::Id::from_str(&alpha2.trim().to_ascii_uppercase()).ok())
    }

    /// The number with its country code. A number without one must be in use in the home country, because a
    /// wrong guess would be somebody else's number; one with it is taken at its word.
    pub(super) fn e164(&self, text: &str) -> Result<String, Problem> {
        let text = text.trim();
        let international = text.starts_with(['+', '\u{ff0b}']);
        let number = phonenumber::parse(self.0, text).map_err(|_| Problem::NotPhone)?;
        if !international && !number.is_valid() {
            return Err(Problem::NotPhone);
        }
        let written = number.format().mode(Mode::E164).to_string();
        Ok(match number.extension() {
            Some(extension) => format!("{written} ext. {extension}"),
            None => written,
        })
    }
}
