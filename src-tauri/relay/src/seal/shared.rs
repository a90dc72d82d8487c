//! One encapsulation for the events that come close together, and a key for each of them.

use std::sync::{Mutex, PoisonError};

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use hpke::aead::{AeadCtxR, AeadCtxS, ExportOnlyAead};
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};
use zeroize::Zeroizing;

use super::{
    Delivery, ENCAPPED_BYTES, EncappedKey, OpenError, PrivateKey, PublicKey, SealingKey,
    SealingPublicKey, bound_facts, decode, encode,
};
use crate::endpoint::EndpointId;

type Sending = AeadCtxS<ExportOnlyAead, HkdfSha256, X25519HkdfSha256>;
type Receiving = AeadCtxR<ExportOnlyAead, HkdfSha256, X25519HkdfSha256>;
type EventKey = Zeroizing<[u8; 32]>;

const INFO: &[u8] = b"fulcrum relay event v2";
pub(super) const NUMBER_BYTES: usize = 4;
/// How long events share an encapsulation, in milliseconds, and how many do. The next event after that
/// replaces what could open them, so that a relay whose memory is read gives away the last of them only.
const SHARED_MS: i64 = 1_000;
pub(super) const SHARED_EVENTS: u32 = 1_024;

/// Seals the events of one endpoint, several with one encapsulation.
pub struct Sealer {
    key: SealingPublicKey,
    shared: Mutex<Option<SharedSeal>>,
}

/// An encapsulation with what it was used for.
struct SharedSeal {
    encapped: [u8; ENCAPPED_BYTES],
    context: Sending,
    since_ms: i64,
    used: u32,
}

impl Sealer {
    /// A sealer to this key.
    pub fn new(key: SealingPublicKey) -> Self {
        let shared = Mutex::default();
        Self { key, shared }
    }

    /// The key that it seals to.
    pub fn key(&self) -> SealingPublicKey {
        self.key
    }

    /// Seals what came for `endpoint` at `received_at_ms` (Unix milliseconds); `None` if the key is not
    /// usable.
    pub fn seal(
        &self,
        delivery: Delivery,
        endpoint: EndpointId,
        received_at_ms: i64,
    ) -> Option<Vec<u8>> {
        let (mut sealed, key) = self.next(received_at_ms)?;
        let (plain, bound) = (encode(delivery), bound_facts(endpoint, received_at_ms));
        let payload = Payload {
            msg: &plain,
            aad: &bound,
        };
        // A key seals once, so its nonce need not differ from that of another key.
        let ciphertext = cipher(&key).encrypt(&Default::default(), payload).ok()?;
        sealed.extend_from_slice(&ciphertext);
        Some(sealed)
    }

    /// The head of the next sealed event, and the key that is its alone.
    fn next(&self, now_ms: i64) -> Option<(Vec<u8>, EventKey)> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let current = shared.take().filter(|current| current.is_usable(now_ms));
        let current = match current {
            Some(current) => current,
            None => SharedSeal::new(&self.key, now_ms)?,
        };
        let current = shared.insert(current);
        let number = current.used;
        current.used += 1;
        let mut key = EventKey::default();
        let head = [&current.encapped[..], &number.to_be_bytes()].concat();
        current
            .context
            .export(&number.to_be_bytes(), &mut *key)
            .ok()?;
        Some((head, key))
    }
}

impl SharedSeal {
    fn new(key: &SealingPublicKey, now_ms: i64) -> Option<Self> {
        let key = PublicKey::from_bytes(&key.0).ok()?;
        let sending = hpke::setup_sender(&OpModeS::Base, &key, INFO);
        let (encapped, context): (EncappedKey, Sending) = sending.ok()?;
        Some(Self {
            encapped: encapped.to_bytes().into(),
            context,
            since_ms: now_ms,
            used: 0,
        })
    }

    /// A clock that was set back ends the sharing too.
    fn is_usable(&self, now_ms: i64) -> bool {
        let age_ms = now_ms.saturating_sub(self.since_ms);
        (0..SHARED_MS).contains(&age_ms) && self.used < SHARED_EVENTS
    }
}

/// Opens the events of one endpoint; those that share an encapsulation cost one multiplication together.
pub struct Opener {
    key: SealingKey,
    last: Option<([u8; ENCAPPED_BYTES], Receiving)>,
}

impl Opener {
    /// An opener with this key.
    pub fn new(key: SealingKey) -> Self {
        Self { key, last: None }
    }

    /// As [`SealingKey::open`].
    pub fn open(
        &mut self,
        sealed: &[u8],
        endpoint: EndpointId,
        received_at_ms: i64,
    ) -> Result<Delivery, OpenError> {
        let parts = Parts::of(sealed).ok_or(OpenError::Seal)?;
        let known = self.last.take();
        let known = known.filter(|(encapped, _)| encapped == parts.encapped);
        let (_, context) = match known {
            Some(known) => self.last.insert(known),
            None => {
                let context = receiving(&self.key.0, parts.encapped)?;
                self.last.insert((*parts.encapped, context))
            }
        };
        parts.open(context, endpoint, received_at_ms)
    }
}

/// What an encapsulation gives the holder of the key.
pub(super) fn receiving(
    key: &PrivateKey,
    encapped: &[u8; ENCAPPED_BYTES],
) -> Result<Receiving, OpenError> {
    let encapped = EncappedKey::from_bytes(encapped).map_err(|_| OpenError::Seal)?;
    hpke::setup_receiver(&OpModeR::Base, key, &encapped, INFO).map_err(|_| OpenError::Seal)
}

fn cipher(key: &EventKey) -> Aes256Gcm {
    Aes256Gcm::new((&**key).into())
}

/// A sealed event, taken apart.
pub(super) struct Parts<'a> {
    pub(super) encapped: &'a [u8; ENCAPPED_BYTES],
    number: &'a [u8; NUMBER_BYTES],
    ciphertext: &'a [u8],
}

impl<'a> Parts<'a> {
    pub(super) fn of(sealed: &'a [u8]) -> Option<Self> {
        let (encapped, rest) = sealed.split_first_chunk()?;
        let (number, ciphertext) = rest.split_first_chunk()?;
        Some(Self {
            encapped,
            number,
            ciphertext,
        })
    }

    pub(super) fn open(
        &self,
        context: &Receiving,
        endpoint: EndpointId,
        received_at_ms: i64,
    ) -> Result<Delivery, OpenError> {
        let mut key = EventKey::default();
        let exported = context.export(self.number, &mut *key);
        exported.map_err(|_| OpenError::Seal)?;
        let bound = bound_facts(endpoint, received_at_ms);
        let payload = Payload {
            msg: self.ciphertext,
            aad: &bound,
        };
        let plain = cipher(&key).decrypt(&Default::default(), payload);
        decode(&plain.map_err(|_| OpenError::Seal)?).ok_or(OpenError::Content)
    }
}
