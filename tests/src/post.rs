//! Deliveries made by a test instead of by Lever.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// A delivery's parts before it is signed.
#[derive(Debug, Clone)]
pub struct Post {
    /// The event's name.
    pub event: &'static str,
    /// The delivery's token.
    pub token: String,
    /// Its time, in milliseconds since 1970 UTC.
    pub triggered_at: i64,
    /// Its data.
    pub data: Value,
}

/// The body of a delivery, signed as Lever signs (LEVER.md 5.3); written here anew, so that a mistake of the
/// product is not repeated.
pub fn signed(post: &Post, signature_token: &str) -> Value {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(signature_token.as_bytes()).expect("HMAC takes any key");
    mac.update(post.token.as_bytes());
    mac.update(post.triggered_at.to_string().as_bytes());
    json!({
        "event": post.event,
        "triggeredAt": post.triggered_at,
        "token": post.token,
        "signature": hex::encode(mac.finalize().into_bytes()),
        "data": post.data,
    })
}
