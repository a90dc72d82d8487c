//! What an integration asks for, in words, and what of it was granted.

use serde::Serialize;
use ts_rs::TS;

use super::{Check, CheckOutcome, Integration};
use crate::connections::{asked, is_granted};
use crate::store::connections::{ConnectionRow, Login};

/// A permission in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PermissionView {
    /// Lever's name of the scope (LEVER.md 1.10).
    pub scope: String,
    /// What it allows, in words.
    pub words: String,
    /// Who needs it, and for what.
    pub needs: Vec<NeedView>,
    /// Whether Lever granted it; none while that is not known. Lever does not tell what an API key may do, so the
    /// last validation does.
    pub granted: Option<bool>,
}

/// Why an integration asks for a permission.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NeedView {
    /// Which integration.
    pub integration: Integration,
    /// What it does with it.
    pub reason: String,
    /// What does not work without it.
    pub blocked: String,
}

/// Each permission that is asked for; `row` is none while nothing is connected.
pub(super) fn each(
    asking: &[Integration],
    row: Option<&ConnectionRow>,
    checks: &[Check],
) -> Vec<PermissionView> {
    let granted = |scope: &str| match &row?.login {
        Login::LeverConnect { .. } => row.map(|row| is_granted(&row.granted, scope)),
        Login::ApiKey(_) => checks
            .iter()
            .find(|check| check.id == Check::of_permission(scope))
            .and_then(|check| match check.outcome {
                CheckOutcome::Passed => Some(true),
                CheckOutcome::Limited => Some(false),
                CheckOutcome::Failed | CheckOutcome::NotReached => None,
            }),
    };
    asked(asking)
        .into_iter()
        .map(|permission| PermissionView {
            scope: permission.scope.to_owned(),
            words: permission.words.to_owned(),
            needs: permission
                .needs
                .iter()
                .map(|need| NeedView {
                    integration: need.integration,
                    reason: need.reason.to_owned(),
                    blocked: need.blocked.to_owned(),
                })
                .collect(),
            granted: granted(permission.scope),
        })
        .collect()
}
