//! What an integration asks for, in words, and what of it was granted.

use serde::Serialize;
use ts_rs::TS;

use super::{Check, CheckOutcome, Integration};
use crate::connections::Asked;
use crate::lever::{includes, is_granted};
use crate::oauth::OFFLINE_ACCESS;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::permission_uses::PermissionUses;

/// A permission in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PermissionView {
    /// Lever's name of the scope (LEVER.md 1.10).
    pub scope: String,
    /// What it allows, in words.
    pub words: String,
    /// Whether nothing that is set up needs it, so that the user chooses whether to allow it.
    pub optional: bool,
    /// Who needs it, and for what.
    pub needs: Vec<NeedView>,
    /// Whether Lever granted it; none while that is not known. Lever does not tell what an API key may do, so the
    /// last validation does.
    pub granted: Option<bool>,
    /// How it is used; none while nothing is connected, and where the way in does without it.
    pub usage: Option<UsageView>,
}

/// How the connection uses a permission. What *Validate* and the look at Lever every minute try is no use.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UsageView {
    /// Uses in the last 30 days: calls, or for offline access the times that it was renewed.
    pub in_30_days: u32,
    /// The last one ever, in milliseconds since 1970 UTC; none if there was none.
    pub last_at: Option<i64>,
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

/// Each of these permissions in words; `row` is none while nothing is connected.
pub(super) fn each(
    asking: Vec<Asked>,
    row: Option<&ConnectionRow>,
    checks: &[Check],
    uses: &[PermissionUses],
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
    asking
        .into_iter()
        .map(|permission| PermissionView {
            scope: permission.scope.to_owned(),
            words: permission.words.to_owned(),
            optional: permission.optional,
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
            usage: row.and_then(|row| usage(permission.scope, &row.login, uses)),
        })
        .collect()
}

/// The uses of a permission, with those of the reading that a write scope includes (LEVER.md 1.10).
fn usage(scope: &str, login: &Login, uses: &[PermissionUses]) -> Option<UsageView> {
    if scope == OFFLINE_ACCESS && matches!(login, Login::ApiKey(_)) {
        return None;
    }
    let (mut in_30_days, mut last_at) = (0_u32, None);
    for one in uses.iter().filter(|one| includes(scope, &one.scope)) {
        in_30_days = in_30_days.saturating_add(one.count);
        last_at = last_at.max(Some(one.last_at));
    }
    Some(UsageView {
        in_30_days,
        last_at,
    })
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    #[test]
    fn a_write_permission_is_used_by_what_it_reads_and_a_key_needs_no_offline_access() {
        let of = |scope: &str, count, last_at| PermissionUses {
            scope: scope.to_owned(),
            count,
            last_at,
        };
        let uses = [
            of("notes:read:admin", 1, 50),
            of("opportunities:read:admin", 5, 30),
            of("opportunities:write:admin", 2, 20),
        ];
        let key = Login::ApiKey(Some(SecretString::from("a-key")));
        let usage = |scope| {
            let usage = usage(scope, &key, &uses)?;
            Some((usage.in_30_days, usage.last_at))
        };
        assert_eq!(usage("opportunities:write:admin"), Some((7, Some(30))));
        assert_eq!(usage("opportunities:read:admin"), Some((5, Some(30))));
        assert_eq!(usage("users:read:admin"), Some((0, None)));
        assert_eq!(usage("offline_access"), None);
    }
}
