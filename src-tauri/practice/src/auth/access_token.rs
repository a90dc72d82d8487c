//! The look of an access token: a JWT signed with HS512 (LEVER.md 1.5).

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;

use crate::identifiers::random_id;

/// Seconds an access token lives (LEVER.md 1.6).
pub(super) const LIFETIME_S: i64 = 3_600;

/// Who hands tokens out.
#[derive(Clone, Copy)]
pub(super) struct Issuer<'a> {
    pub(super) origin: &'a str,
    /// The id of the company, if tokens name it.
    pub(super) account: Option<&'a str>,
}

/// What a token says about itself.
pub(super) struct Claims<'a> {
    pub(super) issuer: Issuer<'a>,
    pub(super) user: &'a str,
    pub(super) client_id: &'a str,
    pub(super) signing_key_id: &'a str,
    pub(super) scope: &'a str,
    pub(super) issued_at_ms: i64,
}

/// The id of the key that a token says it is signed with, if it has the form of a JWT.
pub(super) fn signing_key_id(token: &str) -> Option<String> {
    let mut parts = token.split('.');
    let header = parts.next()?;
    if parts.count() != 2 {
        return None;
    }
    let header = BASE64URL_NOPAD.decode(header.as_bytes()).ok()?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    header["kid"].as_str().map(str::to_owned)
}

/// A signed token. Clients must treat it as opaque, so the practice API looks it up and reads only who signed it.
pub(super) fn issue(claims: &Claims<'_>, key: &[u8]) -> String {
    let issued_at = claims.issued_at_ms / 1_000;
    let header = json!({"alg": "HS512", "v": "2.0", "kid": claims.signing_key_id});
    let payload = json!({
        "https://oauth.lever.co/userId": claims.user,
        "https://oauth.lever.co/accountId": claims.issuer.account,
        "https://oauth.lever.co/clientId": claims.client_id,
        "iss": format!("{}/", claims.issuer.origin),
        "sub": format!("practice|{}", claims.user),
        "aud": format!("{}/v1/", claims.issuer.origin),
        "iat": issued_at,
        "exp": issued_at + LIFETIME_S,
        "azp": claims.client_id,
        "scope": claims.scope,
        "jti": random_id(),
    });
    let encode = |part: &Value| BASE64URL_NOPAD.encode(part.to_string().as_bytes());
    let signed = format!("{}.{}", encode(&header), encode(&payload));
    let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(signed.as_bytes());
    let signature = BASE64URL_NOPAD.encode(&mac.finalize().into_bytes());
    format!("{signed}.{signature}")
}
