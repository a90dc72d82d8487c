//! The probe's own address and key, made once.

use fulcrum_relay::{EndpointId, SealingKey};
use rand::Rng as _;
use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::redact;
use crate::store::endpoints::{self, EndpointState};
use crate::store::{StoreError, settings};

/// The setting with the probe's address and key.
const PROBE: &str = "probe";

/// Bytes of the key: as many as Lever's signature tokens have (LEVER.md 5.3).
const KEY_BYTES: usize = 24;

#[derive(Serialize, Deserialize)]
struct Saved {
    endpoint: String,
    key: String,
}

/// Where probes go, and how they are sealed and signed. Has no `Debug`: it holds secrets.
pub(super) struct ProbeKey {
    pub(super) endpoint: EndpointId,
    pub(super) sealing: SealingKey,
    pub(super) token: SecretString,
}

impl ProbeKey {
    /// The saved one, or a new one, whose address the next session with the relay registers.
    pub(super) fn load(db: &Connection) -> Result<Self, StoreError> {
        if let Some(saved) = settings::get::<Saved>(db, PROBE)?
            && let Some(key) = Self::saved(db, &saved)?
        {
            return Ok(key);
        }
        let mut bytes = [0; KEY_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        let key = Self {
            endpoint: EndpointId::random(),
            sealing: SealingKey::generate(),
            token: redact::secret(hex::encode(bytes)),
        };
        let id = key.endpoint.to_string();
        endpoints::add(db, &id, key.sealing.to_secret_bytes().as_slice())?;
        let saved = Saved {
            endpoint: id,
            key: key.token.expose_secret().to_owned(),
        };
        settings::put(db, PROBE, &saved)?;
        Ok(key)
    }

    fn saved(db: &Connection, saved: &Saved) -> Result<Option<Self>, StoreError> {
        let live = endpoints::in_state(db, EndpointState::Live)?;
        let row = live.into_iter().find(|row| row.id == saved.endpoint);
        let Some(row) = row else { return Ok(None) };
        let secret = <[u8; 32]>::try_from(row.sealing_secret.as_slice());
        Ok(match (row.id.parse(), secret) {
            (Ok(endpoint), Ok(secret)) => Some(Self {
                endpoint,
                sealing: SealingKey::from_secret_bytes(&secret),
                token: redact::secret(saved.key.as_str()),
            }),
            _ => None,
        })
    }
}
