//! What the company's administrators can look up later (LEVER.md 3.12).

use serde::Serialize;
use serde_json::{Value, json};

use super::{Role, User, World};
use crate::identifiers::random_id;

/// A recorded event, as the API answers it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditEvent {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    /// For example `user:added`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Who did it; nobody when it came over the API.
    pub(crate) user: Option<AuditUser>,
    pub(crate) target: AuditTarget,
    pub(crate) meta: Value,
}

/// A user as an event shows them: as they were then.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AuditUser {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: Role,
}

/// What an event is about.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AuditTarget {
    pub(crate) id: String,
    /// For example `user` or `key`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) label: String,
}

impl From<&User> for AuditUser {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.clone(),
            email: user.email.clone(),
            name: user.name.clone(),
            role: user.access_role,
        }
    }
}

impl World {
    /// Records an event of `actor`, the id of a user.
    pub(crate) fn record_audit(
        &mut self,
        kind: &str,
        actor: Option<&str>,
        target: AuditTarget,
        meta: Value,
        now: i64,
    ) {
        let user = actor
            .and_then(|id| self.company.user(id))
            .map(AuditUser::from);
        self.audit_events.push(AuditEvent {
            id: random_id(),
            created_at: now,
            kind: kind.to_owned(),
            user,
            target,
            meta,
        });
    }

    /// Records that something happened to a user; `change` is added to the event's `meta`.
    pub(crate) fn audit_user(
        &mut self,
        kind: &str,
        actor: Option<&str>,
        about: &str,
        change: Option<(String, String)>,
        now: i64,
    ) {
        let Some(user) = self.company.user(about).map(AuditUser::from) else {
            return;
        };
        let target = AuditTarget {
            id: user.id.clone(),
            kind: "user".to_owned(),
            label: user.name.clone(),
        };
        let mut meta = json!({ "user": user });
        if let Some((from, to)) = change {
            meta["from"] = from.into();
            meta["to"] = to.into();
        }
        self.record_audit(kind, actor, target, meta, now);
    }
}
