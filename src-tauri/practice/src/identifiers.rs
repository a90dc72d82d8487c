//! Identifiers and random strings: seeded ids are derived from names, all others are random.

use uuid::Uuid;

/// Namespace of every seeded id; changing it changes all of them.
const SEED_NAMESPACE: Uuid = Uuid::from_u128(0x3f0c_5a4e_7a53_4a8e_9d0a_0c2f_7a1b_0001);

/// The id of a seeded record: the same for the same `kind` (for example `opportunity`) and `key`
/// (for example `rosa-lindqvist`) in every run.
pub fn seeded_id(kind: &str, key: &str) -> String {
    Uuid::new_v5(&SEED_NAMESPACE, format!("{kind}/{key}").as_bytes()).to_string()
}

/// A random id for a record made while the practice world runs.
pub(crate) fn random_id() -> String {
    uuid::Builder::from_random_bytes(rand::random())
        .into_uuid()
        .to_string()
}

/// 48 hex characters, the length of Lever's delivery and signature tokens (LEVER.md 5.3).
pub(crate) fn random_hex_token() -> String {
    hex::encode(rand::random::<[u8; 24]>())
}

/// A random string for codes and refresh tokens: 256 bits, URL-safe.
pub(crate) fn random_secret() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
}
