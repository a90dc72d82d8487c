//! Keys that are generated and deleted leave an audit event (LEVER.md Annex A).

use serde_json::json;

use super::api_key::KeyRefused;
use super::audit::AuditTarget;
use super::{ApiKey, NewApiKey, World};

impl World {
    /// Makes a key; returns its name and its text, which is not kept.
    ///
    /// # Errors
    /// Refused without a name or without a permission.
    pub(crate) fn generate_api_key(
        &mut self,
        new: NewApiKey,
        now: i64,
    ) -> Result<(String, String), KeyRefused> {
        let by = new.created_by.clone();
        let (text, key) = self.api_keys.generate(new, now)?;
        let name = key.name.clone();
        let (target, meta) = in_audit(key);
        self.record_audit("key:added", Some(&by), target, meta, now);
        Ok((name, text))
    }

    /// Deletes a key on behalf of the user `by`; returns its name, or `None` if there is none.
    pub(crate) fn delete_api_key(&mut self, id: &str, by: &str, now: i64) -> Option<String> {
        let key = self.api_keys.delete(id)?;
        let (target, meta) = in_audit(&key);
        self.record_audit("key:removed", Some(by), target, meta, now);
        Some(key.name)
    }
}

fn in_audit(key: &ApiKey) -> (AuditTarget, serde_json::Value) {
    let target = AuditTarget {
        id: key.id.clone(),
        kind: "key".to_owned(),
        label: key.name.clone(),
    };
    let meta = json!({"key": {
        "id": key.id,
        "name": key.name,
        "partner": false,
        "tokenLastFour": key.last_four,
        "service": "data-api",
    }});
    (target, meta)
}
