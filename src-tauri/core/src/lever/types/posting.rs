//! A job as it is advertised.

use serde::Deserialize;

use super::{Expandable, Millis, User, null_is_default};

/// A posting (LEVER.md 3.11).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Posting {
    /// Its id.
    pub id: String,
    /// The job title.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// `published`, `internal`, `closed`, `draft`, `pending` or `rejected`.
    pub state: Option<String>,
    /// Whom the hire will report to.
    pub hiring_manager: Option<Expandable<User>>,
    /// Team, department, place and so on.
    #[serde(default, deserialize_with = "null_is_default")]
    pub categories: Categories,
    /// ISO 3166-1 code of the country.
    pub country: Option<String>,
    /// Codes of the requisitions it fills.
    #[serde(default, deserialize_with = "null_is_default")]
    pub requisition_codes: Vec<String>,
    /// `onsite`, `remote`, `hybrid` or `unspecified`.
    pub workplace_type: Option<String>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}

/// How a posting is sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Categories {
    /// Such as full-time.
    pub commitment: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The level.
    pub level: Option<String>,
    /// The main place.
    pub location: Option<String>,
    /// The team.
    pub team: Option<String>,
}
