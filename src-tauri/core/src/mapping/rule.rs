//! What a person draws on the mapping screen: one rule for each person field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every rule of one mapping, in the order of the person fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rules {
    /// One rule for each person field that is set from Lever; fields without a rule are left alone.
    pub rules: Vec<Rule>,
}

/// How one person field gets its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rule {
    /// The person field's id, for example `first_name`.
    pub target: String,
    /// Where the value comes from.
    pub source: Source,
    /// What is done to it, in order.
    pub transforms: Vec<Transform>,
}

/// Where a rule's value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// A field read from Lever, by the id of its [`SourceField`](super::SourceField).
    Lever {
        /// For example `opportunity.name` or `offer.salary_amount`.
        field: String,
    },
    /// The same text for everyone.
    Constant {
        /// The text.
        value: String,
    },
}

impl Source {
    /// The ids of the Lever fields that it reads, in their order.
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Lever { field } => vec![field.clone()],
            Self::Constant { .. } => Vec::new(),
        }
    }
}

/// One step between the raw value and the person field. Every step is total: any input gives a value
/// or a stated problem, never a panic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Transform {
    /// Cuts white space at both ends and folds it to single spaces inside.
    Trim,
    /// Changes the case of letters.
    Case {
        /// The wanted case.
        to: LetterCase,
    },
    /// Takes a part of a full name.
    NamePart {
        /// Which part.
        part: NamePart,
    },
    /// Reads a date and, for a text field, writes it in another format.
    DateFormat {
        /// The pattern to read text with (`strptime` letters, as `%d/%m/%Y`); none for what Lever
        /// already marks as a date.
        from: Option<String>,
        /// The pattern to write; none keeps it a date.
        to: Option<String>,
    },
    /// Replaces an empty value.
    DefaultIfEmpty {
        /// The value to use instead.
        value: String,
    },
    /// Exchanges one value for another, as `CA` for `California`.
    ValueMap {
        /// The pairs, compared without regard to case or outer white space.
        pairs: Vec<Pair>,
        /// What happens to a value in no pair.
        if_no_match: IfNoMatch,
    },
}

/// The case that [`Transform::Case`] writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterCase {
    /// ANNA LEE
    Upper,
    /// anna lee
    Lower,
    /// Anna Lee
    Title,
}

/// The part that [`Transform::NamePart`] takes (SCREENS.md Q3: first token, and the rest).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NamePart {
    /// All before the first white space.
    FirstWord,
    /// All after it; empty for a name of one word.
    Rest,
}

/// One exchange of a value map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pair {
    /// The value as it comes from Lever.
    pub from: String,
    /// The value to use.
    pub to: String,
}

/// What a value map does with a value it does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum IfNoMatch {
    /// Keep it as it is.
    Keep,
    /// Use another value.
    Default {
        /// That value.
        value: String,
    },
    /// Hold the import and ask a person.
    Stop,
}
