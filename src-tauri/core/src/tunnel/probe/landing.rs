//! A probe that the relay delivered: opened, verified, stored and mapped, as an event is; it never becomes one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use fulcrum_relay::protocol::Event;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::Probe;
use crate::listeners::signature::Signed;
use crate::mapping::{self, Mapping, Record, Rules};
use crate::store::connections::Integration;
use crate::store::{StoreError, mappings, probes, samples, target_fields};

/// The moments at which a probe passed the stations, in microseconds since 1970 UTC; `at_relay` by the relay's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Landed {
    pub(super) at_relay: i64,
    pub(super) arrived: i64,
    pub(super) verified: i64,
    pub(super) stored: i64,
    pub(super) mapped: i64,
}

/// The probes under way by their nonce, each with when it was sent, in milliseconds since 1970 UTC.
#[derive(Default)]
pub(super) struct UnderWay(Mutex<HashMap<String, (i64, oneshot::Sender<Landed>)>>);

impl UnderWay {
    pub(super) fn add(&self, nonce: String, sent_at: i64) -> oneshot::Receiver<Landed> {
        let (told, landed) = oneshot::channel();
        self.lock().insert(nonce, (sent_at, told));
        landed
    }

    /// Takes it out, so that it counts once.
    pub(super) fn take(&self, nonce: &str) -> Option<(i64, oneshot::Sender<Landed>)> {
        self.lock().remove(nonce)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (i64, oneshot::Sender<Landed>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Probe {
    /// Whether the event was posted to the probe's own address.
    pub fn owns(&self, event: &Event) -> bool {
        event.endpoint == self.key.endpoint
    }

    /// Takes what came to the probe's address. What is not a probe that is under way counts nowhere.
    ///
    /// # Errors
    /// [`StoreError`] if it is not on disk.
    pub async fn landed(&self, event: Event) -> Result<(), StoreError> {
        let arrived = self.micros();
        let Some(nonce) = self.nonce(&event) else {
            tracing::debug!("something other than a probe came to the probe's address");
            return Ok(());
        };
        let Some((sent_at, told)) = self.under_way.take(&nonce) else {
            return Ok(());
        };
        let verified = self.micros();
        let returned_at = verified / 1_000;
        self.store
            .write(move |db| probes::add(db, sent_at, Ok(returned_at)))
            .await?;
        let stored = self.micros();
        self.store.read(map_dry).await?;
        let landed = Landed {
            at_relay: event.received_at_ms.saturating_mul(1_000),
            arrived,
            verified,
            stored,
            mapped: self.micros(),
        };
        // Who sent it may have given up just now.
        let _ = told.send(landed);
        Ok(())
    }

    /// The nonce of a genuine probe.
    fn nonce(&self, event: &Event) -> Option<String> {
        let (endpoint, at) = (event.endpoint, event.received_at_ms);
        let delivery = self.key.sealing.open(&event.sealed, endpoint, at).ok()?;
        let signed = Signed::parse(&delivery.body).ok()?;
        signed
            .verify(&self.key.token)
            .then(|| signed.token().to_owned())
    }
}

/// Runs the mapping in use, on the newest candidate that is kept for previews or else on one made up here, and throws
/// the result away.
fn map_dry(db: &Connection) -> Result<(), StoreError> {
    let saved = mappings::newest(db, Mapping::People)?;
    let rules = saved.map_or_else(Rules::default, |row| row.rules);
    let schema = target_fields::schema(db, Mapping::People)?;
    let sample = samples::latest(db, Integration::Onboarding)?;
    let record = sample.map_or_else(made_up, |row| row.record);
    mapping::evaluate(&rules, &record, &schema);
    Ok(())
}

fn made_up() -> Record {
    let mut record = Record::new();
    record.set(
        "opportunity.name",
        mapping::Value::Text("Path Probe".to_owned()),
    );
    record
}
