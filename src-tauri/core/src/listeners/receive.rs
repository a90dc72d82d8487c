//! From the relay to the inbox: open the seal, judge, and store event and job in one transaction. Only after
//! that may the relay be told to forget the event.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use fulcrum_relay::{Delivery, EndpointId, Opener, SealingKey};
use rusqlite::Connection;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::accept::{Incoming, NOTICE_EVERY, accept, correlation, may_tell};
use super::manage::expected;
use super::signature::in_time_order;
use super::{Judgement, LeverEvent, Verdict, judge};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::inbox::{self, NewDelivery, Stored};
use crate::store::listeners::{self, ListenerRow};
use crate::store::names::{name, named};
use crate::store::relay_positions::{self, Reached};
use crate::store::{Store, StoreError, endpoints, inbox_contents, jobs, settings};

/// Events that a listener holds before its token, at most (SCREENS.md 4.5.7).
const HELD: u32 = 100;

/// Rejected and repeated events of a listener whose contents are kept, each at most.
const UNPROVEN: u32 = 100;

/// The setting with the time of the last line about an event that no listener waits for.
const STRAY_TOLD: &str = "stray_told";

/// An event as the relay delivered it.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The endpoint it was posted to.
    pub endpoint: EndpointId,
    /// When the relay received it, in milliseconds since 1970 UTC.
    pub received_at: i64,
    /// The sealed request.
    pub sealed: Vec<u8>,
}

/// An arrival with its seal opened, where that was possible.
struct Opened {
    arrived: Arrived,
    delivery: Option<Delivery>,
}

/// Stores a batch and the number that the relay's events have `reached` with it; when it returns, all of it is on disk.
/// Its work begins when the relay confirms that number. Returns whether there is any.
///
/// # Errors
/// [`StoreError`] if nothing of the batch could be stored; it must not be acknowledged then.
pub async fn receive(
    store: &Store,
    batch: Vec<Arrived>,
    reached: Option<Reached>,
    now: i64,
) -> Result<bool, StoreError> {
    // Opening takes longer than storing, so it happens before the writer's turn.
    let opened = store.read(move |db| open(db, batch)).await?;
    store
        .write(move |db| {
            let before = jobs::newest(db)?;
            let mut listeners = HashMap::new();
            let mut work = false;
            for arrival in &opened {
                let endpoint = arrival.arrived.endpoint;
                let listener = match listeners.entry(endpoint) {
                    Slot::Occupied(known) => known.into_mut(),
                    Slot::Vacant(new) => new.insert(listener_at(db, endpoint)?),
                };
                let judged = verdict(arrival, listener.as_ref(), now);
                work |= keep(db, arrival, listener.as_ref(), &judged, now)?;
                if judged.verdict == Verdict::Held {
                    // It counts what it holds, so it is read again for the next one.
                    listeners.remove(&endpoint);
                }
            }
            if let Some(reached) = reached {
                jobs::await_relay(db, before, reached.number)?;
                relay_positions::reach(db, reached)?;
            }
            Ok(work)
        })
        .await
}

fn open(db: &Connection, batch: Vec<Arrived>) -> Result<Vec<Opened>, StoreError> {
    let mut openers: HashMap<EndpointId, Option<Opener>> = HashMap::new();
    let mut opened = Vec::with_capacity(batch.len());
    for arrived in batch {
        let opener = match openers.entry(arrived.endpoint) {
            Slot::Occupied(known) => known.into_mut(),
            Slot::Vacant(new) => new.insert(sealing_key(db, arrived.endpoint)?.map(Opener::new)),
        };
        let delivery = opener.as_mut().and_then(|opener| {
            opener
                .open(&arrived.sealed, arrived.endpoint, arrived.received_at)
                .ok()
        });
        opened.push(Opened { arrived, delivery });
    }
    Ok(opened)
}

fn sealing_key(db: &Connection, endpoint: EndpointId) -> Result<Option<SealingKey>, StoreError> {
    let row = endpoints::get(db, &endpoint.to_string())?;
    Ok(row.and_then(|row| {
        row.sealing_secret
            .as_slice()
            .try_into()
            .ok()
            .map(SealingKey::from_secret_bytes)
    }))
}

/// The listener at an endpoint, removed or not, with the event that it waits for.
type AtEndpoint = (ListenerRow, LeverEvent);

fn listener_at(db: &Connection, endpoint: EndpointId) -> Result<Option<AtEndpoint>, StoreError> {
    let Some(listener) = listeners::at_endpoint(db, &endpoint.to_string())? else {
        return Ok(None);
    };
    let event = named(&listener.event)?;
    Ok(Some((listener, event)))
}

fn keep(
    db: &Connection,
    arrival: &Opened,
    listener: Option<&AtEndpoint>,
    judged: &Judgement,
    now: i64,
) -> Result<bool, StoreError> {
    let new = NewDelivery {
        delivery: identity(&arrival.arrived),
        listener_id: listener.map(|(listener, _)| listener.id.as_str()),
        received_at: arrival.arrived.received_at,
        stored_at: now,
        verdict: &name(&judged.verdict)?,
        reason: judged.reason.as_deref(),
        signature_digest: judged.digest,
        event: judged.event.as_deref(),
        opportunity_id: judged.opportunity_id.as_deref(),
        size: i64::try_from(arrival.arrived.sealed.len()).unwrap_or(i64::MAX),
    };
    match (inbox::add(db, &new)?, listener) {
        (Stored::Redelivered, _) => Ok(false),
        (Stored::New(id), Some(&(ref listener, event))) => {
            keep_contents(db, (id, judged.verdict), arrival, listener)?;
            let incoming = Incoming {
                id,
                listener,
                event,
                judged,
            };
            accept(db, &incoming, now)
        }
        (Stored::New(id), None) => {
            tell_of_stray(db, id, judged.reason.as_deref().unwrap_or_default(), now)?;
            Ok(false)
        }
        (Stored::SameSignature(first), _) => {
            let again = NewDelivery {
                verdict: &name(&Verdict::Duplicate)?,
                reason: Some(&format!("Duplicate of #{first}.")),
                signature_digest: None,
                ..new
            };
            if let (Stored::New(id), Some((listener, _))) = (inbox::add(db, &again)?, listener) {
                keep_contents(db, (id, Verdict::Duplicate), arrival, listener)?;
            }
            // One captured delivery that is posted without end must not bury the log either.
            let told = match &listener {
                Some((listener, _)) => may_tell(db, &listener.id, now)?,
                None => true,
            };
            if told {
                let sentence =
                    format!("Lever sent event #{first} once more; nothing was run again.");
                Entry::new(Kind::Event, Outcome::Skipped, sentence)
                    .by(Actor::Lever)
                    .on(&correlation(first))
                    .write(db, now)?;
            }
            Ok(false)
        }
    }
}

/// By what a delivery is known again: the sealed bytes and all that they were sealed for. Bytes that a lying relay
/// delivers at another address or time are another delivery, which does not open, and takes no genuine one's place.
fn identity(arrived: &Arrived) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(arrived.endpoint.to_string());
    digest.update(&arrived.sealed);
    in_time_order(arrived.received_at, digest.finalize().into())
}

/// Writes a line about an event that no listener waits for: only a relay that lies delivers many, and they must not bury
/// the log.
fn tell_of_stray(db: &Connection, id: i64, reason: &str, now: i64) -> Result<(), StoreError> {
    let last: Option<i64> = settings::get(db, STRAY_TOLD)?;
    if last.is_some_and(|last| now - last < NOTICE_EVERY) {
        return Ok(());
    }
    settings::put(db, STRAY_TOLD, &now)?;
    let sentence = format!("{reason} Further ones within the hour are in the inbox only.");
    Entry::new(Kind::Event, Outcome::Refused, sentence)
        .on(&correlation(id))
        .write(db, now)
}

/// Keeps what was delivered to a listener, for the inbox; of what proves nothing, and of repetitions, the newest only.
fn keep_contents(
    db: &Connection,
    (id, verdict): (i64, Verdict),
    arrival: &Opened,
    listener: &ListenerRow,
) -> Result<(), StoreError> {
    let Some(delivery) = arrival.delivery.as_ref().filter(|_| !listener.removed) else {
        return Ok(());
    };
    inbox_contents::add(db, id, &delivery.headers, &delivery.body)?;
    if matches!(verdict, Verdict::Rejected | Verdict::Duplicate) {
        inbox_contents::trim(db, &listener.id, &name(&verdict)?, UNPROVEN)?;
    }
    Ok(())
}

fn verdict(arrival: &Opened, listener: Option<&AtEndpoint>, now: i64) -> Judgement {
    let refuse = |reason: &str| Judgement {
        verdict: Verdict::Rejected,
        reason: Some(reason.to_owned()),
        event: None,
        opportunity_id: None,
        digest: None,
        other_token: false,
    };
    match (listener, &arrival.delivery) {
        (None, _) => refuse("An event arrived at an address that no listener has."),
        (Some((listener, _)), _) if listener.removed => {
            refuse("An event arrived for a listener that was removed.")
        }
        (Some(_), None) => refuse(
            "An event arrived whose seal does not open; the relay altered it or mixed it up.",
        ),
        (Some(&(ref listener, event)), Some(delivery)) => {
            let token: Option<&SecretString> = listener.signature_token.as_ref();
            let judged = judge(
                token,
                expected(listener, event),
                &delivery.body,
                arrival.arrived.received_at,
                now,
            );
            if judged.verdict == Verdict::Held && listener.held >= HELD {
                let reason = "More events came before the signature token than are held; Lever has them in its history.";
                return Judgement {
                    verdict: Verdict::Rejected,
                    reason: Some(reason.to_owned()),
                    ..judged
                };
            }
            // While it is paused its work waits for the connection.
            if listener.on || listener.paused {
                judged
            } else {
                switched_off(judged)
            }
        }
    }
}

/// What would have been run is stored only.
fn switched_off(judged: Judgement) -> Judgement {
    match judged.verdict {
        Verdict::Verified | Verdict::Late | Verdict::Quarantined => Judgement {
            verdict: Verdict::Off,
            reason: Some("Its listener is switched off.".to_owned()),
            ..judged
        },
        Verdict::Test
        | Verdict::Held
        | Verdict::Rejected
        | Verdict::Duplicate
        | Verdict::Off
        | Verdict::OtherStage
        | Verdict::Skipped
        | Verdict::Expired => judged,
    }
}
