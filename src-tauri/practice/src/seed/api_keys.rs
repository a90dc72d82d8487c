//! The keys that a practice company has from the start; tests know them.

use super::SUPER_ADMIN;
use crate::auth::Scopes;
use crate::identifiers::seeded_id;
use crate::state::{ApiKeys, NewApiKey};
use crate::tenant::Tenant;

/// Two keys for every endpoint, of which only the first sees confidential data; made at `now` (ms).
pub(super) fn api_keys(tenant: Tenant, now: i64) -> ApiKeys {
    let mut keys = ApiKeys::default();
    let everything = Scopes::all();
    for (key, name, permissions) in [
        ("practice-api-key", "Practice key", everything.clone()),
        (
            "practice-api-key-non-confidential",
            "Practice key without confidential data",
            everything.without_confidential(),
        ),
    ] {
        let new = NewApiKey {
            name: name.to_owned(),
            permissions,
            created_by: seeded_id("user", SUPER_ADMIN),
        };
        keys.add(&tenant.name(key), new, now);
    }
    keys
}
