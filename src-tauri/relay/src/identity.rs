//! Who an installation is: an Ed25519 key (RFC 8032), and the one thing it ever signs, the sign-in.
//!
//! The signed text names the relay, so that a relay cannot pass another relay's challenge on to a
//! desktop and sign in there as that desktop.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use crate::base64_bytes;

/// The public key of an installation. Everything stored for it hangs on this key (RELIABILITY.md T11).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceKey(#[serde(with = "base64_bytes")] pub(crate) [u8; 32]);

/// The random part of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonce(#[serde(with = "base64_bytes")] pub(crate) [u8; 32]);

/// An Ed25519 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(#[serde(with = "base64_bytes")] pub(crate) [u8; 64]);

/// The secret key of an installation. It has no `Debug`, and leaves only through
/// [`Identity::to_secret_bytes`].
pub struct Identity(SigningKey);

impl Identity {
    /// A new identity from the system's random source.
    pub fn generate() -> Self {
        let secret = Zeroizing::new(rand::random::<[u8; 32]>());
        Self::from_secret_bytes(&secret)
    }

    /// The identity of a stored secret; every 32 bytes are one.
    pub fn from_secret_bytes(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The secret, to be stored encrypted.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public key.
    pub fn key(&self) -> DeviceKey {
        DeviceKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a challenge for the relay at `host` (see [`relay_host`]).
    pub fn sign_in(&self, nonce: &Nonce, host: &str) -> Signature {
        Signature(self.0.sign(&sign_in_text(nonce, host)).to_bytes())
    }
}

impl DeviceKey {
    /// Whether `signature` is this key's sign-in for that challenge and host. Weak keys and
    /// malleable signatures count as wrong.
    pub fn verifies(&self, nonce: &Nonce, host: &str, signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            key.verify_strict(&sign_in_text(nonce, host), &signature)
                .is_ok()
        })
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = data_encoding::HEXLOWER.encode(&self.0[..4]);
        write!(f, "DeviceKey({start}…)")
    }
}

impl Nonce {
    /// A new nonce from the system's random source.
    pub fn random() -> Self {
        Self(rand::random())
    }
}

/// The name of a relay as both sides sign it: host, and port unless it is the default of the scheme.
/// `None` for an address without a host.
pub fn relay_host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// The nonce has a fixed length, so no two pairs of nonce and host give the same text.
fn sign_in_text(nonce: &Nonce, host: &str) -> Vec<u8> {
    [b"fulcrum-relay/1 sign-in", &nonce.0[..], host.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_holds_for_one_challenge_one_relay_and_one_key() {
        let identity = Identity::generate();
        let nonce = Nonce::random();
        let signature = identity.sign_in(&nonce, "relay.example");
        assert!(identity.key().verifies(&nonce, "relay.example", &signature));
        assert!(!identity.key().verifies(&nonce, "other.example", &signature));
        assert!(
            !identity
                .key()
                .verifies(&Nonce::random(), "relay.example", &signature)
        );
        assert!(
            !Identity::generate()
                .key()
                .verifies(&nonce, "relay.example", &signature)
        );
    }

    #[test]
    fn keys_and_signatures_that_are_no_curve_points_are_refused() {
        let nonce = Nonce::random();
        for byte in [0x00, 0x01, 0x7f, 0xff] {
            let key = DeviceKey([byte; 32]);
            assert!(!key.verifies(&nonce, "relay.example", &Signature([byte; 64])));
        }
        // The identity point: with it as key, a signature of zeros would verify for every text.
        let mut identity_point = [0; 32];
        identity_point[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        assert!(!DeviceKey(identity_point).verifies(&nonce, "h", &Signature(signature)));
    }

    #[test]
    fn a_stored_secret_gives_the_same_identity() {
        let identity = Identity::generate();
        let again = Identity::from_secret_bytes(&identity.to_secret_bytes());
        assert_eq!(identity.key(), again.key());
    }

    #[test]
    fn the_signed_host_names_the_port_only_where_it_is_not_the_default() {
        let host = |url: &str| relay_host(&url.parse().unwrap());
        assert_eq!(
            host("https://relay.example:443/x").as_deref(),
            Some("relay.example")
        );
        assert_eq!(
            host("http://127.0.0.1:45300").as_deref(),
            Some("127.0.0.1:45300")
        );
        assert_eq!(host("http://[::1]:9/").as_deref(), Some("[::1]:9"));
        assert_eq!(host("data:text/plain,x"), None);
    }
}
