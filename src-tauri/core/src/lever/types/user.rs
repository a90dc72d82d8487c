//! People of the customer who use Lever.

use serde::Deserialize;

use super::{Millis, null_is_default};

/// A user (LEVER.md 3.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Their id.
    pub id: String,
    /// Their name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// `super admin`, `admin`, `team member`, `limited team member`, `interviewer`, or a custom role's id.
    pub access_role: Option<String>,
    /// When they were deactivated; none while active.
    pub deactivated_at: Option<Millis>,
}
