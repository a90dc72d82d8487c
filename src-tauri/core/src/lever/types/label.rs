//! The account's tags and sources, which have no ids.

use serde::Deserialize;

/// A tag (LEVER.md 3.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tag {
    /// What it says; upper and lower case differ.
    #[serde(default)]
    pub text: String,
    /// How many opportunities have it.
    pub count: Option<u64>,
}

/// A source (LEVER.md 3.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// What it says.
    #[serde(default)]
    pub text: String,
    /// How many opportunities have it.
    pub count: Option<u64>,
}
