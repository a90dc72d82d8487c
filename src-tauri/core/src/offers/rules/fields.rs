//! The fields of a letter, each with where its value comes from (PRODUCTS.md AG-16).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A field of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterField {
    /// What the mapping makes of Lever's value, in its canonical text; none if empty.
    pub value: Option<String>,
    /// The value as it stands in Lever.
    pub raw: Option<String>,
    /// The rule that was applied, in words; empty for a letter made by hand.
    pub rule: String,
    /// Why there is no value, in words.
    pub problem: Option<String>,
    /// What a person should look at although nothing is wrong.
    pub note: Option<String>,
    /// What a person set in place of Lever's value.
    pub kept: Option<Kept>,
}

/// The fields of a letter by their id.
pub type LetterFields = BTreeMap<String, LetterField>;

/// A value that a person set in place of Lever's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Kept {
    /// The value; none leaves the field empty.
    pub value: Option<String>,
    /// Why, in the person's words.
    pub reason: String,
    /// Who: the name of the user of this computer.
    pub by: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// What Lever said then; another value since is asked about.
    pub instead_of: Option<String>,
}

impl LetterField {
    /// What the letter shows.
    pub fn shown(&self) -> Option<&str> {
        let value = self.kept.as_ref().map_or(&self.value, |kept| &kept.value);
        value.as_deref()
    }

    /// Whether Lever says something else than when a person set the value.
    pub fn is_overtaken(&self) -> bool {
        let kept = self.kept.as_ref();
        kept.is_some_and(|kept| kept.instead_of != self.value && kept.value != self.value)
    }
}
