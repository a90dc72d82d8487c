//! Webhook deliveries: which are due, how they are signed, sent, retried and remembered.
//!
//! Start in [`World::queue_event`]: it decides which hooks hear of an event. `worker` carries the
//! queued deliveries out, one lane per webhook, so that a slow endpoint delays nobody else.

mod record;
mod send;
mod signature;
mod worker;

use serde_json::Value;
use tokio::sync::mpsc;

pub(crate) use record::{Attempt, Delivery, DeliveryKind, DeliveryState};
pub(crate) use send::verify_connection;
pub(crate) use signature::sign;
pub(crate) use worker::carry_out;

use crate::identifiers::{random_hex_token, random_id};
use crate::state::{EventName, Origin, World};

/// Place of a delivery in the record; never reused.
pub(crate) type DeliveryNumber = usize;

/// All deliveries since the start, and the way to the worker.
pub(crate) struct Deliveries {
    records: Vec<Delivery>,
    queue: mpsc::UnboundedSender<DeliveryNumber>,
}

impl Deliveries {
    pub(crate) fn new(queue: mpsc::UnboundedSender<DeliveryNumber>) -> Self {
        Self {
            records: Vec::new(),
            queue,
        }
    }

    pub(crate) fn all(&self) -> &[Delivery] {
        &self.records
    }

    pub(crate) fn get(&self, number: DeliveryNumber) -> Option<&Delivery> {
        self.records.get(number)
    }

    pub(crate) fn get_mut(&mut self, number: DeliveryNumber) -> Option<&mut Delivery> {
        self.records.get_mut(number)
    }

    /// The newest deliveries of a webhook, at most `limit`, newest first.
    pub(crate) fn newest_of<'a>(
        &'a self,
        webhook: &'a str,
        limit: usize,
    ) -> impl Iterator<Item = &'a Delivery> {
        let all = self.records.iter().rev();
        all.filter(move |delivery| delivery.webhook == webhook)
            .take(limit)
    }

    fn next_number(&self) -> DeliveryNumber {
        self.records.len()
    }

    /// Records a delivery without queueing it.
    fn record(&mut self, delivery: Delivery) -> DeliveryNumber {
        self.records.push(delivery);
        self.records.len() - 1
    }

    fn enqueue(&mut self, delivery: Delivery) -> DeliveryNumber {
        let number = self.record(delivery);
        // Nobody listens only while the server stops; the record then stays pending.
        let _ = self.queue.send(number);
        number
    }
}

impl World {
    /// Queues a delivery for each hook of `event` whose toggle is on and whose origin condition
    /// holds (LEVER.md 5.5). Returns how many were queued.
    pub(crate) fn queue_event(
        &mut self,
        event: EventName,
        origin: Option<Origin>,
        data: &Value,
        now: i64,
    ) -> usize {
        if !self.enabled_events.contains(&event) {
            return 0;
        }
        let event_id = random_id();
        let mut queued = 0;
        for webhook in &self.webhooks {
            let wanted = webhook.event == event && webhook.wants_origin(origin);
            if wanted && !webhook.url.is_empty() {
                let number = self.deliveries.next_number();
                let kind = DeliveryKind::Event;
                let delivery = Delivery::new(number, kind, webhook, &event_id, data, now);
                self.deliveries.enqueue(delivery);
                queued += 1;
            }
        }
        queued
    }

    /// Queues a finished delivery once more, as the Rerun button does.
    pub(crate) fn rerun(&mut self, number: DeliveryNumber, now: i64) -> Option<DeliveryNumber> {
        let mut again = self.deliveries.get(number)?.clone();
        let webhook = self.webhooks.iter().find(|hook| hook.id == again.webhook)?;
        again.url.clone_from(&webhook.url);
        again.number = self.deliveries.next_number();
        again.kind = DeliveryKind::Rerun;
        again.attempts.clear();
        again.state = DeliveryState::Pending;
        if !self.switches.rerun_repeats_token {
            again.token = random_hex_token();
            again.triggered_at = now;
        }
        Some(self.deliveries.enqueue(again))
    }

    /// Records the empty test delivery of *Verify connection* (LEVER.md 5.4).
    pub(crate) fn record_test(&mut self, webhook: &str, now: i64) -> Option<DeliveryNumber> {
        let webhook = self.webhooks.iter().find(|hook| hook.id == webhook)?;
        let number = self.deliveries.next_number();
        let nothing = Value::Object(serde_json::Map::new());
        let kind = DeliveryKind::Test;
        let test = Delivery::new(number, kind, webhook, &random_id(), &nothing, now);
        Some(self.deliveries.record(test))
    }
}
