//! The desktop's end of a chain: what waits is read, and what was acknowledged or is past its time goes.

use std::collections::BTreeMap;

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::stream::DeleteMessageErrorKind;
use futures_util::{StreamExt as _, stream as futures};

use super::chain::Link;
use super::device::Handed;
use super::{EVENT, JetStream, not_stored, subject};
use crate::identity::DeviceKey;
use crate::protocol::{Event, Fence, Position};
use crate::server::cluster::SharedSession;
use crate::server::limits::Amount;
use crate::server::writer::NotStored;

/// Deletions on their way at the same moment.
const DELETIONS: usize = 64;

impl JetStream {
    pub(super) async fn read_waiting(
        &self,
        device: DeviceKey,
        after: i64,
        at_most: Amount,
    ) -> Result<Vec<Event>, NotStored> {
        let lane = self.lane(device);
        let after = after.max(lane.record().gone_through);
        let (mut next, mut bytes) = (after.unsigned_abs() + 1, 0);
        let mut events: Vec<Event> = Vec::new();
        let (mut handed, mut markers) = (BTreeMap::new(), Vec::new());
        while (events.len() as u64) < at_most.events {
            let Some(link) = self.at_or_after(device, next).await? else {
                break;
            };
            next = link.number().unsigned_abs() + 1;
            let (event, total, answers) = match link {
                // It may go when an event is behind it, and has to stay while it is the last.
                Link::Marker { number } => {
                    markers.push(number);
                    continue;
                }
                Link::Event {
                    event,
                    total,
                    answers,
                } => (event, total, answers),
            };
            bytes += event.sealed.len() as u64;
            if bytes > at_most.bytes && !events.is_empty() {
                break;
            }
            let marker = Handed {
                total,
                answers: None,
            };
            handed.extend(markers.drain(..).map(|number| (number, marker)));
            handed.insert(event.seq, Handed { total, answers });
            events.push(event);
        }
        lane.hand_out(handed);
        Ok(events)
    }

    pub(super) async fn begin(
        &self,
        device: DeviceKey,
        fence: Option<Fence>,
    ) -> Result<Option<SharedSession>, NotStored> {
        let changed = self
            .change(device, |mut record| {
                record.session += 1;
                let behind = fence.is_some_and(|fence| fence.is_behind(record.acknowledged));
                (!behind).then_some(record)
            })
            .await?;
        let Some(record) = changed else {
            return Ok(None);
        };
        // What an acknowledgement left when its relay died in the middle.
        let first = self.at_or_after(device, 1).await?;
        if first.is_some_and(|first| first.number() <= record.gone_through) {
            self.mark_end(device, record.gone_through).await?;
            let purged = self
                .events
                .purge()
                .filter(subject(EVENT, device))
                .sequence(record.gone_through.unsigned_abs() + 1);
            purged.await.map_err(|error| not_stored(&error))?;
        }
        let tail = self.tail(device).await?;
        let position = Position {
            acknowledged: record.acknowledged,
            newest: tail.event,
        };
        Ok(Some(SharedSession {
            number: record.session,
            waiting: tail.total.events.saturating_sub(record.gone().events),
            position,
            expired: record.expired(),
        }))
    }

    pub(super) async fn acknowledge_through(
        &self,
        device: DeviceKey,
        session: u64,
        through: i64,
    ) -> Result<Option<u64>, NotStored> {
        let lane = self.lane(device);
        let total = lane.total_through(through);
        for page in lane.answers_through(through) {
            self.answer_is_stored(page).await?;
        }
        // First the record: of two sessions only one can change it, and what it says may be deleted by anyone.
        let changed = self
            .change(device, |record| {
                (record.session == session).then(|| record.acknowledge(through, total))
            })
            .await?;
        if changed.is_none() {
            return Ok(None);
        }
        let due = lane.take_handed(through);
        self.delete(device, through, due).await.map(Some)
    }

    pub(super) async fn expire_before(
        &self,
        device: DeviceKey,
        before_ms: i64,
    ) -> Result<u64, NotStored> {
        let (mut old, mut next) = (Vec::new(), 1);
        let mut last = None;
        while let Some(link) = self.at_or_after(device, next).await? {
            next = link.number().unsigned_abs() + 1;
            let Link::Event {
                event,
                total,
                answers,
            } = link
            else {
                continue;
            };
            if event.received_at_ms >= before_ms {
                break;
            }
            if let Some(page) = answers {
                self.answer_is_stored(page).await?;
            }
            old.push(event.seq);
            last = Some((event.seq, total));
        }
        let Some((through, total)) = last else {
            return Ok(0);
        };
        self.change(device, |record| Some(record.expire(through, total)))
            .await?;
        self.delete(device, through, old).await
    }

    /// Deletes these messages, all of them up to `through`; returns how many.
    async fn delete(
        &self,
        device: DeviceKey,
        through: i64,
        numbers: Vec<i64>,
    ) -> Result<u64, NotStored> {
        self.mark_end(device, through).await?;
        let count = numbers.len() as u64;
        let mut deletions = futures::iter(numbers)
            .map(|number| self.delete_one(number))
            .buffer_unordered(DELETIONS);
        while let Some(deleted) = deletions.next().await {
            deleted?;
        }
        Ok(count)
    }

    async fn delete_one(&self, number: i64) -> Result<(), NotStored> {
        match self.events.delete_message(number.unsigned_abs()).await {
            Ok(_) => Ok(()),
            Err(error) => match error.kind() {
                // Another relay was told the same.
                DeleteMessageErrorKind::JetStream(error)
                    if matches!(
                        error.error_code(),
                        ErrorCode::SEQUENCE_NOT_FOUND | ErrorCode::NO_MESSAGE_FOUND
                    ) =>
                {
                    Ok(())
                }
                _ => Err(not_stored(&error)),
            },
        }
    }
}
