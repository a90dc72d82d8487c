//! Lever's webhook signature (LEVER.md 5.3).

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Block length of SHA-256 in bytes, to which HMAC fills the key up (RFC 2104 section 2).
const BLOCK: usize = 64;

/// HMAC-SHA256 over `token` followed by the decimal `triggered_at` (ms), keyed with the hook's
/// signature token, as lower-case hex.
pub(crate) fn sign(signature_token: &str, token: &str, triggered_at: i64) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(signature_token.as_bytes())
        .expect("HMAC takes keys of any length");
    mac.update(token.as_bytes());
    mac.update(triggered_at.to_string().as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// The steps of HMAC (RFC 2104 section 2), as lower-case hex.
pub(crate) struct Steps {
    /// SHA-256 of the key, filled up and combined with `0x36`, followed by the message.
    pub(crate) inner: String,
    /// SHA-256 of the key, filled up and combined with `0x5c`, followed by the inner digest.
    pub(crate) signature: String,
}

/// Does what [`sign`] does in steps that can be shown.
pub(crate) fn explain(signature_token: &str, token: &str, triggered_at: i64) -> Steps {
    let mut key = signature_token.as_bytes().to_vec();
    if key.len() > BLOCK {
        key = Sha256::digest(&key).to_vec();
    }
    key.resize(BLOCK, 0);
    let combined = |pad: u8| -> Vec<u8> { key.iter().map(|byte| byte ^ pad).collect() };
    let message = format!("{token}{triggered_at}");
    let inner = Sha256::digest([&combined(0x36)[..], message.as_bytes()].concat());
    let outer = Sha256::digest([&combined(0x5c)[..], &inner[..]].concat());
    Steps {
        inner: hex::encode(inner),
        signature: hex::encode(outer),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Vector {
        note: String,
        signature_token: String,
        token: String,
        triggered_at: i64,
        signature: String,
        valid: bool,
    }

    #[test]
    fn a_signature_matches_the_known_answer() {
        let signature = sign(
            "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978",
            "be58f711f349c7780e4579cd7c63341ac6f881e4dccc3154",
            1_431_454_330_072,
        );
        assert_eq!(
            signature,
            "f6d68e93810e193cd3c649e1dc47ce4ac1b6fff469399498805a8e5829bbed64"
        );
    }

    #[test]
    fn the_shown_steps_end_at_the_signature_for_keys_of_any_length() {
        for length in [0, 1, 48, 64, 65, 200] {
            let key = "k".repeat(length);
            let steps = explain(&key, "token", 1_431_454_330_072);
            assert_eq!(steps.signature, sign(&key, "token", 1_431_454_330_072));
            assert_ne!(steps.inner, steps.signature);
        }
    }

    #[test]
    fn signatures_agree_with_every_constructed_vector_where_the_samples_exist() {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/lever-samples/constructed/webhook-signature-vectors.json");
        let Ok(text) = std::fs::read_to_string(samples) else {
            return;
        };
        let vectors: Vec<Vector> = serde_json::from_str(&text).unwrap();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let own = sign(&vector.signature_token, &vector.token, vector.triggered_at);
            assert_eq!(own == vector.signature, vector.valid, "{}", vector.note);
        }
    }
}
