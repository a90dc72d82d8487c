//! All deliveries that are remembered, and the way to the worker.

use std::collections::{HashMap, VecDeque};

use tokio::sync::{mpsc, watch};

use super::{Delivery, DeliveryKind};

/// Place of a delivery in the log; never reused.
pub(crate) type DeliveryNumber = usize;

/// The history of a webhook goes back two weeks and holds 1,000 requests (LEVER.md 5.5).
const HISTORY_MS: i64 = 14 * 24 * 60 * 60 * 1_000;
const HISTORY_REQUESTS: usize = 1_000;

/// Deliveries kept for the ledger. The oldest go first, but never one that is still to be sent.
const KEPT: usize = 100_000;

/// The newest deliveries since the start, and the way to the worker.
pub(crate) struct Deliveries {
    records: VecDeque<Delivery>,
    /// Number of the first record.
    first: DeliveryNumber,
    /// The newest numbers of each webhook, oldest first: its history.
    histories: HashMap<String, VecDeque<DeliveryNumber>>,
    queue: mpsc::UnboundedSender<DeliveryNumber>,
    paused: watch::Sender<bool>,
}

impl Deliveries {
    pub(crate) fn new(queue: mpsc::UnboundedSender<DeliveryNumber>) -> Self {
        Self {
            records: VecDeque::new(),
            first: 0,
            histories: HashMap::new(),
            queue,
            paused: watch::Sender::new(false),
        }
    }

    /// Every delivery that is remembered, oldest first.
    pub(crate) fn all(&self) -> &VecDeque<Delivery> {
        &self.records
    }

    pub(crate) fn get(&self, number: DeliveryNumber) -> Option<&Delivery> {
        self.records.get(number.checked_sub(self.first)?)
    }

    pub(crate) fn get_mut(&mut self, number: DeliveryNumber) -> Option<&mut Delivery> {
        self.records.get_mut(number.checked_sub(self.first)?)
    }

    /// The history of a webhook at `now` (ms), newest first.
    pub(crate) fn history<'a>(
        &'a self,
        webhook: &str,
        now: i64,
    ) -> impl Iterator<Item = &'a Delivery> {
        let numbers = self.histories.get(webhook).into_iter().flatten().rev();
        numbers
            .filter_map(|number| self.get(*number))
            .filter(move |delivery| now - delivery.queued_at <= HISTORY_MS)
    }

    /// Whether a delivery is still in the history of its webhook at `now` (ms).
    pub(crate) fn in_history(&self, number: DeliveryNumber, now: i64) -> Option<&Delivery> {
        let delivery = self.get(number)?;
        let mut history = self.history(&delivery.webhook, now);
        history.find(|one| one.number == number)
    }

    /// The newest *Verify connection* in the history of a webhook.
    pub(crate) fn last_test(&self, webhook: &str, now: i64) -> Option<&Delivery> {
        let mut history = self.history(webhook, now);
        history.find(|delivery| delivery.kind == DeliveryKind::Test)
    }

    /// Remembers a delivery under a number of its own, which is returned; does not send it.
    pub(super) fn record(&mut self, mut delivery: Delivery) -> DeliveryNumber {
        let number = self.first + self.records.len();
        delivery.number = number;
        let history = self.histories.entry(delivery.webhook.clone()).or_default();
        history.push_back(number);
        let forgotten = (history.len() > HISTORY_REQUESTS).then(|| history.pop_front());
        self.records.push_back(delivery);
        if let Some(old) = forgotten.flatten().and_then(|number| self.get_mut(number)) {
            old.forget_responses();
        }
        while self.records.len() > KEPT && self.records.front().is_some_and(Delivery::is_settled) {
            self.records.pop_front();
            self.first += 1;
        }
        number
    }

    /// Remembers a delivery and hands it to the worker.
    pub(super) fn enqueue(&mut self, delivery: Delivery) -> DeliveryNumber {
        let number = self.record(delivery);
        // Nobody listens only while the server stops; the record then stays pending.
        let _ = self.queue.send(number);
        number
    }

    /// Forgets the history of a webhook that is gone; the ledger keeps its deliveries.
    pub(crate) fn forget_history(&mut self, webhook: &str) {
        self.histories.remove(webhook);
    }

    /// Holds deliveries back, or lets them go; *Verify connection* is not held back.
    pub(crate) fn pause(&self, paused: bool) {
        self.paused.send_replace(paused);
    }

    pub(crate) fn is_paused(&self) -> bool {
        *self.paused.borrow()
    }

    /// Whether deliveries are held back, and a way to hear when that changes.
    pub(super) fn watch_pause(&self) -> watch::Receiver<bool> {
        self.paused.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliveries::DeliveryState;
    use crate::deliveries::record::Event;
    use crate::state::{EventName, MadeBy, Webhook};

    fn log_with(count: usize, settle: bool) -> (Deliveries, String) {
        let (sender, _receiver) = mpsc::unbounded_channel();
        let mut log = Deliveries::new(sender);
        let url = "https://hooks.example.com/".to_owned();
        let hook = Webhook::new(MadeBy::Page, EventName::CandidateHired, url, 0);
        let event = Event::new(EventName::CandidateHired, &serde_json::json!({}));
        for at in 0..count {
            let at = i64::try_from(at).expect("a small number");
            let number = log.enqueue(Delivery::new(DeliveryKind::Event, &hook, &event, at));
            if settle {
                let delivery = log.get_mut(number).expect("just recorded");
                delivery.state = DeliveryState::Delivered;
            }
        }
        (log, hook.id)
    }

    #[test]
    fn a_history_holds_the_newest_thousand_of_the_last_two_weeks() {
        let (log, hook) = log_with(1_200, true);
        let times: Vec<i64> = log.history(&hook, 1_200).map(|one| one.queued_at).collect();
        assert_eq!((times.len(), times[0], times[999]), (1_000, 1_199, 200));
        assert_eq!(log.history(&hook, HISTORY_MS + 1_100).count(), 100);
        assert_eq!(log.history("other", 1_200).count(), 0);
    }

    #[test]
    fn the_log_keeps_a_bounded_number_and_goes_on_counting() {
        let (log, _) = log_with(KEPT + 5, true);
        assert_eq!(log.all().len(), KEPT);
        assert!(log.get(4).is_none());
        assert_eq!(log.get(5).map(|one| one.queued_at), Some(5));
        assert_eq!(log.get(KEPT + 4).map(|one| one.number), Some(KEPT + 4));
    }

    #[test]
    fn what_is_still_to_be_sent_is_never_dropped() {
        let (log, _) = log_with(KEPT + 5, false);
        assert_eq!(log.all().len(), KEPT + 5);
    }
}
