//! The person behind one or more opportunities.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Id;

/// A contact (LEVER.md 3.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its id.
    pub id: Id<Contact>,
    /// The person's name.
    #[serde(default)]
    pub name: String,
    /// As on the opportunity.
    #[serde(default)]
    pub headline: String,
    /// Where the person lives, as free text.
    #[serde(default, deserialize_with = "place")]
    pub location: Option<String>,
    /// E-mail addresses, the main one first.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Phone numbers, the main one first.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Whether the personal data is gone.
    #[serde(default)]
    pub is_anonymized: bool,
}

/// Reads a place: an object with a name where it is read, a text where it was written (LEVER.md 3.2).
fn place<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let place = Value::deserialize(deserializer)?;
    let name = place.get("name").unwrap_or(&place);
    Ok(name.as_str().map(str::to_owned))
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
