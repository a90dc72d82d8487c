//! The person behind one or more opportunities.

use serde::Deserialize;

use super::null_is_default;

/// A contact (LEVER.md 3.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its id.
    pub id: String,
    /// The person's name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    /// As on the opportunity.
    #[serde(default, deserialize_with = "null_is_default")]
    pub headline: String,
    /// Where the person lives.
    pub location: Option<ContactLocation>,
    /// E-mail addresses, the main one first.
    #[serde(default, deserialize_with = "null_is_default")]
    pub emails: Vec<String>,
    /// Phone numbers, the main one first.
    #[serde(default, deserialize_with = "null_is_default")]
    pub phones: Vec<Phone>,
    /// Whether the personal data is gone.
    #[serde(default, deserialize_with = "null_is_default")]
    pub is_anonymized: bool,
}

/// A place, read as an object with a name and written as a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ContactLocation {
    /// As it is read.
    Place {
        /// The place as free text.
        name: Option<String>,
    },
    /// As it is written.
    Text(String),
}

impl ContactLocation {
    /// The place as free text.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Place { name } => name.as_deref(),
            Self::Text(text) => Some(text),
        }
    }
}

/// A phone number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Phone {
    /// `mobile`, `home`, `work`, `skype`, `other` or unknown.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The number as it was typed.
    pub value: Option<String>,
}
