//! The events of one device as a chain: each message names the event before it, and is stored only if nothing came
//! between. It also tells how much the device was ever sent, so that what waits is counted exactly at every relay.
//!
//! A message with the newest number always stays: when its event goes, a marker without content takes its place.

use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::context::{PublishError, PublishErrorKind};
use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::publish::PublishAck;
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use axum::body::Bytes;
use data_encoding::HEXLOWER;

use super::{EVENT, JetStream, not_stored, subject};
use crate::identity::DeviceKey;
use crate::page::PageId;
use crate::protocol::Event;
use crate::server::cluster::{Appended, SharedEvent};
use crate::server::limits::Amount;
use crate::server::writer::NotStored;

const ENDPOINT: &str = "Fulcrum-Endpoint";
const RECEIVED: &str = "Fulcrum-Received-At";
const PREVIOUS: &str = "Fulcrum-Previous";
/// How many events there were, this one included, and their bytes.
const TOTAL: &str = "Fulcrum-Total";
/// A marker's: the number of the newest event, which is gone.
const GONE: &str = "Fulcrum-Gone";
/// The page that an event answers.
const ANSWERS: &str = "Fulcrum-Answers";

/// Pauses before an event is offered again, while the servers choose a leader. The id that JetStream knows it by keeps it
/// single.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
/// Time for a message and all that is in line before it.
const PATIENCE: Duration = Duration::from_secs(12);
/// Times that another relay may be faster.
const OVERTAKEN: usize = 200;

/// The end of a chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tail {
    /// The number of the newest message; 0 for none.
    pub(super) message: u64,
    /// The number of the newest event, gone or not; 0 for none.
    pub(super) event: i64,
    /// What the device was ever sent.
    pub(super) total: Amount,
}

/// What an event is besides that answers a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) page: PageId,
    /// The end of the chain where it is known not to be there.
    pub(super) behind: Tail,
}

/// A message of a chain.
pub(super) enum Link {
    Event {
        event: Event,
        total: Amount,
        /// The page that it answers.
        answers: Option<PageId>,
    },
    Marker {
        number: i64,
    },
}

impl Link {
    /// `None` for a message that no relay wrote.
    pub(super) fn of(message: StreamMessage) -> Option<Self> {
        let number = i64::try_from(message.sequence).ok()?;
        let headers = &message.headers;
        if headers.get(GONE).is_some() {
            return Some(Self::Marker { number });
        }
        let event = Event {
            seq: number,
            prev: text(headers, PREVIOUS).and_then(|number| number.parse().ok()),
            endpoint: text(headers, ENDPOINT)?.parse().ok()?,
            received_at_ms: text(headers, RECEIVED)?.parse().ok()?,
            sealed: message.payload.to_vec(),
        };
        Some(Self::Event {
            event,
            total: total(headers),
            answers: text(headers, ANSWERS).and_then(|page| page.parse().ok()),
        })
    }

    pub(super) fn number(&self) -> i64 {
        match self {
            Self::Event { event, .. } => event.seq,
            Self::Marker { number } => *number,
        }
    }
}

/// Whether these are the headers of a message with an event in it.
pub(super) fn is_event(headers: &HeaderMap) -> bool {
    headers.get(GONE).is_none()
}

impl JetStream {
    /// Appends an event, and one that answers a page only where the chain ends as it did; else returns `None`.
    pub(super) async fn append_to_chain(
        &self,
        event: &SharedEvent,
        answer: Option<Answer>,
    ) -> Result<Option<Appended>, NotStored> {
        let work = self.append_in_turn(event, answer);
        let outcome = tokio::time::timeout(PATIENCE, work).await;
        outcome.unwrap_or(Err(NotStored))
    }

    async fn append_in_turn(
        &self,
        event: &SharedEvent,
        answer: Option<Answer>,
    ) -> Result<Option<Appended>, NotStored> {
        let lane = self.lane(event.device);
        let amount = Amount::new(1, event.sealed.len() as u64);
        let mut headers = HeaderMap::new();
        headers.insert(ENDPOINT, event.endpoint.to_string());
        headers.insert(RECEIVED, event.received_at_ms.to_string());
        if let Some(answer) = answer {
            headers.insert(ANSWERS, answer.page.to_string());
        }
        let id = HEXLOWER.encode(&rand::random::<[u8; 16]>());
        headers.insert(async_nats::header::NATS_MESSAGE_ID, id);
        let sealed = Bytes::from(event.sealed.clone());
        let mut known = lane.tail.lock().await;
        if let Some(answer) = answer {
            *known = Some(answer.behind);
        }
        let mut pauses = PAUSES.into_iter();
        let mut overtaken = 0;
        loop {
            // Taken out, so that whoever gives up half-way leaves nothing that may be wrong.
            let tail = match known.take() {
                Some(tail) => tail,
                None => self.tail(event.device).await?,
            };
            let total = [tail.total, amount].into_iter().sum();
            if !self.has_room(&lane, event.device, total).await? {
                *known = Some(tail);
                return Ok(Some(Appended::Full));
            }
            headers.insert(PREVIOUS, tail.event.to_string());
            let offered = self.offer(event.device, headers.clone(), total, tail, sealed.clone());
            match offered.await {
                Ok(ack) => {
                    let number = i64::try_from(ack.sequence).map_err(|_| NotStored)?;
                    if !ack.duplicate {
                        self.tally.sent(event.device, ack.sequence, total);
                    }
                    // An earlier attempt was stored after all, maybe behind another end than this one.
                    *known = (!ack.duplicate).then_some(Tail {
                        message: ack.sequence,
                        event: number,
                        total,
                    });
                    return Ok(Some(Appended::Stored(number)));
                }
                Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => {
                    if answer.is_some() {
                        return Ok(None);
                    }
                    overtaken += 1;
                    if overtaken == OVERTAKEN {
                        return Err(NotStored);
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "an event was not stored at once");
                    tokio::time::sleep(pauses.next().ok_or(NotStored)?).await;
                    *known = answer.map(|answer| answer.behind);
                }
            }
        }
    }

    async fn offer(
        &self,
        device: DeviceKey,
        mut headers: HeaderMap,
        total: Amount,
        behind: Tail,
        payload: Bytes,
    ) -> Result<PublishAck, PublishError> {
        headers.insert(TOTAL, format!("{} {}", total.events, total.bytes));
        headers.insert(
            async_nats::header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE,
            behind.message.to_string(),
        );
        let subject = subject(EVENT, device);
        let context = &self.context;
        context
            .publish_with_headers(subject, headers, payload)
            .await?
            .await
    }

    /// Puts a marker behind the newest event if that is `through` or before it, and about to go.
    pub(super) async fn mark_end(&self, device: DeviceKey, through: i64) -> Result<(), NotStored> {
        let lane = self.lane(device);
        let mut known = lane.tail.lock().await;
        for _ in 0..OVERTAKEN {
            let tail = match known.take() {
                Some(tail) if tail.event >= through => tail,
                // Another relay may have gone past the end that is known here.
                _ => self.tail(device).await?,
            };
            // At first there is neither.
            let is_marked = tail.message != tail.event.unsigned_abs() || tail.message == 0;
            if tail.event > through || is_marked {
                *known = Some(tail);
                return Ok(());
            }
            let mut headers = HeaderMap::new();
            headers.insert(GONE, tail.event.to_string());
            match self
                .offer(device, headers, tail.total, tail, Bytes::new())
                .await
            {
                Ok(ack) => {
                    let message = ack.sequence;
                    *known = Some(Tail { message, ..tail });
                    return Ok(());
                }
                Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => {}
                Err(error) => return Err(not_stored(&error)),
            }
        }
        Err(NotStored)
    }

    /// The end of a device's chain, as the leader of the stream has it.
    pub(super) async fn tail(&self, device: DeviceKey) -> Result<Tail, NotStored> {
        let last = self
            .events
            .get_last_raw_message_by_subject(&subject(EVENT, device))
            .await;
        match last {
            Ok(message) => {
                let number = i64::try_from(message.sequence).map_err(|_| NotStored)?;
                let gone = text(&message.headers, GONE).map(str::parse);
                Ok(Tail {
                    message: message.sequence,
                    event: gone.unwrap_or(Ok(number)).map_err(|_| NotStored)?,
                    total: total(&message.headers),
                })
            }
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => {
                Ok(Tail::default())
            }
            Err(error) => Err(not_stored(&error)),
        }
    }

    /// The first message of a device at or after a number, as the leader of the stream has it: a follower may not know
    /// it yet.
    pub(super) async fn at_or_after(
        &self,
        device: DeviceKey,
        number: u64,
    ) -> Result<Option<Link>, NotStored> {
        let found = self
            .events
            .raw_message_builder()
            .sequence(number)
            .next_by_subject(subject(EVENT, device))
            .send()
            .await;
        match found {
            Ok(message) => Link::of(message).map(Some).ok_or(NotStored),
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(not_stored(&error)),
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(async_nats::HeaderValue::as_str)
}

/// How much a device was ever sent, by the headers of one of its messages; nothing where no relay wrote it.
pub(super) fn total(headers: &HeaderMap) -> Amount {
    let numbers = text(headers, TOTAL).and_then(|text| text.split_once(' '));
    let parsed = numbers
        .and_then(|(events, bytes)| Some(Amount::new(events.parse().ok()?, bytes.parse().ok()?)));
    parsed.unwrap_or_default()
}
