//! API keys: what each may do, and who made it. The keys themselves are not kept (LEVER.md 2.1).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::auth::Scopes;
use crate::identifiers::{random_id, random_secret};

/// A key as the settings page lists it.
pub(crate) struct ApiKey {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Its last characters, by which a person tells keys apart.
    pub(crate) last_four: String,
    /// Per endpoint, in the words of the scopes; with the right to confidential data if it was made so.
    pub(crate) permissions: Arc<Scopes>,
    /// Id of a user.
    pub(crate) created_by: String,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: Option<i64>,
    hash: [u8; 32],
}

/// What a person chooses when they generate a key; none of it can be changed later.
pub(crate) struct NewApiKey {
    pub(crate) name: String,
    pub(crate) permissions: Scopes,
    /// Id of a user.
    pub(crate) created_by: String,
}

/// Longest name of a key, in characters.
const MAX_NAME: usize = 120;

/// Why no key is generated.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyRefused {
    #[error("Give the key a name, so that you can tell later what it is for.")]
    NoName,
    #[error("The name is too long: it has at most {MAX_NAME} characters.")]
    LongName,
    #[error("Choose at least one permission: a key without any can do nothing.")]
    NoPermission,
}

/// All keys, oldest first.
#[derive(Default)]
pub(crate) struct ApiKeys(Vec<ApiKey>);

impl ApiKeys {
    /// Makes a key and returns it: the only time it is seen.
    ///
    /// # Errors
    /// Refused without a name, with one that is too long, or without a permission on any endpoint.
    pub(crate) fn generate(
        &mut self,
        new: NewApiKey,
        now: i64,
    ) -> Result<(String, &ApiKey), KeyRefused> {
        let mut new = new;
        new.name = new.name.trim().to_owned();
        if new.name.is_empty() {
            return Err(KeyRefused::NoName);
        }
        if new.name.chars().count() > MAX_NAME {
            return Err(KeyRefused::LongName);
        }
        if new.permissions.clone().without_confidential().len() == 0 {
            return Err(KeyRefused::NoPermission);
        }
        let key = random_secret();
        Ok((key.clone(), self.add(&key, new, now)))
    }

    /// Adds a key whose text is known, as the seed does.
    pub(crate) fn add(&mut self, key: &str, new: NewApiKey, now: i64) -> &ApiKey {
        let skipped = key.chars().count().saturating_sub(4);
        self.0.push(ApiKey {
            id: random_id(),
            name: new.name,
            last_four: key.chars().skip(skipped).collect(),
            permissions: Arc::new(new.permissions),
            created_by: new.created_by,
            created_at: now,
            last_used_at: None,
            hash: hash_of(key),
        });
        self.0.last().expect("one was just pushed")
    }

    /// The key that `presented` is, with its use noted at `now` (ms).
    pub(crate) fn recognise(&mut self, presented: &str, now: i64) -> Option<&ApiKey> {
        // Hashes are compared, so the time it takes says nothing about how much of a key was right.
        let hash = hash_of(presented);
        let key = self.0.iter_mut().find(|key| key.hash == hash)?;
        key.last_used_at = Some(now);
        Some(key)
    }

    /// Deletes a key, which is good for nothing from now on.
    pub(crate) fn delete(&mut self, id: &str) -> Option<ApiKey> {
        let place = self.0.iter().position(|key| key.id == id)?;
        Some(self.0.remove(place))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &ApiKey> {
        self.0.iter()
    }
}

fn hash_of(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}
