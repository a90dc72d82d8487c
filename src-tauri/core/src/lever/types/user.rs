//! People of the customer who use Lever.

use serde::Deserialize;

use super::{Id, Millis};

/// A user (LEVER.md 3.7).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Their id.
    pub id: Id<User>,
    /// Their name.
    #[serde(default)]
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// `super admin`, `admin`, `team member`, `limited team member`, `interviewer`, or a custom role's id.
    pub access_role: Option<String>,
    /// When they were deactivated; none while active.
    pub deactivated_at: Option<Millis>,
}
