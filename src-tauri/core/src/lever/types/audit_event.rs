//! What was done to the account.

use serde::Deserialize;

use super::{Id, Millis, User};

/// An entry of the audit log (LEVER.md 3.12).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    /// Its id.
    pub id: Id<AuditEvent>,
    /// When it happened.
    pub created_at: Option<Millis>,
    /// What happened, such as `user.role:changed`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// Who did it; none for Lever itself.
    pub user: Option<Actor>,
    /// What it was done to.
    pub target: Option<AuditTarget>,
    /// More about it, of another shape for each kind.
    #[serde(default)]
    pub meta: serde_json::Value,
}

/// Who did something, as they were at that time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Actor {
    /// Their user.
    pub id: Option<Id<User>>,
    /// Their name.
    #[serde(default)]
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Their access role.
    pub role: Option<String>,
}

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AuditTarget {
    /// Its id.
    pub id: Option<String>,
    /// What it is, such as `user` or `key`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What it is called.
    pub label: Option<String>,
}
