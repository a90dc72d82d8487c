//! Sealing: what the relay received, readable by the desktop alone.
//!
//! HPKE base mode (RFC 9180) with X25519 and HKDF-SHA256, as export-only. Each event has a key of its
//! own, exported (RFC 9180 5.3) under its number, and is encrypted with it by AES-256-GCM. Events that
//! come close together share one encapsulation, because the two multiplications on the curve cost many
//! times what all the rest does. The endpoint and the time of receipt are authenticated with the event,
//! so a relay cannot move an event to another endpoint or another time without the seal breaking. A
//! sealed event is the encapsulated key (32 bytes), the number (4 bytes, big-endian) and the ciphertext.

mod shared;
#[cfg(test)]
mod tests;

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, Serializable as _};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use self::shared::{Opener, Sealer};
use self::shared::{Parts, receiving};
use crate::base64_bytes;
use crate::endpoint::EndpointId;
use crate::page::{AnswerNonce, PageId};

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

/// What the browser binds into an answer; `server/pages/viewer.js` has the same.
const ANSWER_INFO: &[u8] = b"fulcrum page answer v1";
const ENCAPPED_BYTES: usize = 32;

/// An HTTP request as the relay received it.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The request method.
    pub method: String,
    /// Path and query as they were sent.
    pub path: String,
    /// Header names, lower-case, with their values, in the order received.
    pub headers: Vec<(String, String)>,
    /// The body, untouched.
    pub body: Vec<u8>,
}

/// All of a delivery but its body: a body in JSON would grow by a third and be copied once more.
#[derive(Serialize, Deserialize)]
struct Head {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
}

/// Why a sealed event could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another key, endpoint or time than it was sealed for, or a changed byte.
    #[error("the event was not sealed to this endpoint and key, or it was changed on the way")]
    Seal,
    /// The seal is right and the content is not a delivery: a newer or a broken relay.
    #[error("the sealed event has a content of an unknown form")]
    Content,
}

/// The public key that an endpoint's events are sealed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealingPublicKey(#[serde(with = "base64_bytes")] pub(crate) [u8; 32]);

/// The secret key of one endpoint. It has no `Debug`, and leaves only through
/// [`SealingKey::to_secret_bytes`].
pub struct SealingKey(PrivateKey);

impl SealingKey {
    /// A new key from the system's random source.
    pub fn generate() -> Self {
        Self(X25519HkdfSha256::gen_keypair().0)
    }

    /// The key of a stored secret; every 32 bytes are one.
    pub fn from_secret_bytes(secret: &[u8; 32]) -> Self {
        Self(PrivateKey::from_bytes(secret).expect("every 32 bytes are an X25519 secret"))
    }

    /// The secret, to be stored encrypted.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// The public key, to be registered at the relay.
    pub fn public(&self) -> SealingPublicKey {
        SealingPublicKey(X25519HkdfSha256::sk_to_pk(&self.0).to_bytes().into())
    }

    /// Opens an event that came for `endpoint` and that the relay received at `received_at_ms`
    /// (Unix milliseconds). For several at once there is [`Opener`].
    pub fn open(
        &self,
        sealed: &[u8],
        endpoint: EndpointId,
        received_at_ms: i64,
    ) -> Result<Delivery, OpenError> {
        let parts = Parts::of(sealed).ok_or(OpenError::Seal)?;
        parts.open(
            &receiving(&self.0, parts.encapped)?,
            endpoint,
            received_at_ms,
        )
    }

    /// Opens what a browser sealed to this key on `page`. The browser uses AES-256-GCM, the only
    /// cipher of HPKE that it has.
    pub(crate) fn open_answer(
        &self,
        sealed: &[u8],
        page: PageId,
        nonce: &AnswerNonce,
    ) -> Result<Vec<u8>, OpenError> {
        let (encapped, ciphertext) = sealed
            .split_at_checked(ENCAPPED_BYTES)
            .ok_or(OpenError::Seal)?;
        let encapped = EncappedKey::from_bytes(encapped).map_err(|_| OpenError::Seal)?;
        hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &encapped,
            ANSWER_INFO,
            ciphertext,
            &[page.as_bytes(), nonce.as_ref()].concat(),
        )
        .map_err(|_| OpenError::Seal)
    }
}

impl SealingPublicKey {
    /// Whether anything can be sealed to the key: a point of low order cannot keep a secret.
    pub fn is_usable(&self) -> bool {
        let nothing = Delivery {
            method: String::new(),
            path: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        self.seal(nothing, EndpointId::random(), 0).is_some()
    }

    /// Seals what came for `endpoint` at `received_at_ms`; `None` if the key is not usable. For event
    /// after event there is [`Sealer`].
    pub fn seal(
        &self,
        delivery: Delivery,
        endpoint: EndpointId,
        received_at_ms: i64,
    ) -> Option<Vec<u8>> {
        Sealer::new(*self).seal(delivery, endpoint, received_at_ms)
    }
}

fn bound_facts(endpoint: EndpointId, received_at_ms: i64) -> Vec<u8> {
    [endpoint.as_bytes(), &received_at_ms.to_be_bytes()].concat()
}

/// Length of the head (four bytes, big-endian), head as JSON, body.
fn encode(delivery: Delivery) -> Vec<u8> {
    let head = Head {
        method: delivery.method,
        path: delivery.path,
        headers: delivery.headers,
    };
    let head = serde_json::to_vec(&head).expect("strings always have a JSON form");
    let length = u32::try_from(head.len()).expect("a request head is far below 4 GB");
    [&length.to_be_bytes()[..], &head, &delivery.body].concat()
}

fn decode(plain: &[u8]) -> Option<Delivery> {
    let (length, rest) = plain.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (head, body) = rest.split_at_checked(length)?;
    let head: Head = serde_json::from_slice(head).ok()?;
    Some(Delivery {
        method: head.method,
        path: head.path,
        headers: head.headers,
        body: body.to_vec(),
    })
}
