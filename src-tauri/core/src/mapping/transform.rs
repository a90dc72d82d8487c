//! What can be done to a value between Lever and the field that it fills.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Cuts a text at every separator and takes one of the parts; of a list, one of its items.
    Split {
        /// What stands between the parts.
        separator: String,
        /// Which part, from one.
        nth: u32,
        /// From which end the parts are counted.
        from: End,
    },
    /// Reads a date and, for a text field, writes it in another format.
    DateFormat {
        /// The pattern to read text with (`strptime` letters, as `%d/%m/%Y`); none for what Lever
        /// already marks as a date.
        from: Option<String>,
        /// The pattern to write; none keeps it a date.
        to: Option<String>,
    },
    /// Reads a number and, for a text field, writes it in another format.
    NumberFormat {
        /// The decimal mark of what is read; the other marks that people write between thousands are passed over.
        read: DecimalMark,
        /// How to write it; none keeps it a number.
        write: Option<NumberStyle>,
    },
    /// Replaces an empty value.
    DefaultIfEmpty {
        /// The value to use instead.
        value: String,
    },
    /// Writes a phone number as E.164 asks, such as `+14155550100`; an extension follows as ` ext. 12`.
    Phone {
        /// The country of numbers without a country code, by its ISO 3166-1 alpha-2 code.
        country: String,
    },
    /// Writes an e-mail address alone: without white space, `mailto:` or a display name, its domain in lower case.
    Email,
    /// Writes a currency as its ISO 4217 code; reads codes, names and symbols of one currency only.
    Currency,
    /// Writes a country as ISO 3166-1 names it; reads codes and names.
    Country {
        /// What to write.
        to: CountryForm,
    },
    /// Takes the e-mail address of the Lever user with this id or name.
    UserEmail,
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

/// The part that [`Transform::NamePart`] takes (SCREENS.md Q3: first token, and the rest, unless the user asks for
/// another part).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NamePart {
    /// All before the first white space.
    FirstWord,
    /// All after it; empty for a name of one word.
    Rest,
    /// All after the last white space; empty for a name of one word.
    LastWord,
    /// All before it.
    AllButLast,
    /// The first letter of each word, as `AML`.
    Initials,
}

/// An end of a text or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Its beginning.
    Start,
    /// Its end.
    End,
}

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 64000.50
    Point,
    /// 64000,50
    Comma,
}

/// What stands between the thousands of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// 64000
    None,
    /// 64,000
    Comma,
    /// 64.000
    Point,
    /// 64 000
    Space,
    /// 64'000
    Apostrophe,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NumberStyle {
    /// How many decimals, half of the last one rounded away from zero; none writes as many as there are.
    pub decimals: Option<u8>,
    /// What stands between the thousands.
    pub grouping: Grouping,
    /// What stands before the decimals.
    pub mark: DecimalMark,
}

/// How ISO 3166-1 names a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CountryForm {
    /// Its short name, as `Germany`.
    Name,
    /// Two letters, as `DE`.
    Alpha2,
    /// Three letters, as `DEU`.
    Alpha3,
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
