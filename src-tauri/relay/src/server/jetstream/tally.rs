//! What waits for all devices together, as each relay counts it from what the store tells every relay: how much a device
//! was ever sent stands in its newest message, and how much of that is gone in its record.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::identity::DeviceKey;
use crate::server::limits::{Amount, Quota};

/// The count.
pub(super) struct Tally {
    waiting: Arc<Quota>,
    devices: Mutex<HashMap<DeviceKey, Known>>,
}

/// What is known of one device, which counts once both are: without the one the other says nothing.
#[derive(Default)]
struct Known {
    sent: Option<Newest>,
    gone: Option<Newest>,
}

/// An amount, and the number under which the store has it: one of a higher number is newer.
#[derive(Clone, Copy)]
struct Newest {
    number: u64,
    amount: Amount,
}

impl Known {
    fn waiting(&self) -> Amount {
        let (Some(sent), Some(gone)) = (self.sent, self.gone) else {
            return Amount::default();
        };
        let (sent, gone) = (sent.amount, gone.amount);
        Amount::new(
            sent.events.saturating_sub(gone.events),
            sent.bytes.saturating_sub(gone.bytes),
        )
    }
}

impl Tally {
    /// Nothing is known yet.
    pub(super) fn new(limit: Amount) -> Self {
        Self {
            waiting: Quota::new(limit, Amount::default()),
            devices: Mutex::default(),
        }
    }

    /// What waits, and the room that is left.
    pub(super) fn waiting(&self) -> Arc<Quota> {
        Arc::clone(&self.waiting)
    }

    /// By the message of that number a device was ever sent so much.
    pub(super) fn sent(&self, device: DeviceKey, number: u64, amount: Amount) {
        self.learn(device, |known| &mut known.sent, Newest { number, amount });
    }

    /// By the record of that revision so much of it is gone.
    pub(super) fn gone(&self, device: DeviceKey, number: u64, amount: Amount) {
        self.learn(device, |known| &mut known.gone, Newest { number, amount });
    }

    fn learn(
        &self,
        device: DeviceKey,
        part: impl FnOnce(&mut Known) -> &mut Option<Newest>,
        told: Newest,
    ) {
        // Two plain numbers for each device stay meaningful after a panic elsewhere.
        let mut devices = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
        let known = devices.entry(device).or_default();
        let before = known.waiting();
        let part = part(known);
        if part.is_none_or(|newest| newest.number < told.number) {
            *part = Some(told);
            self.waiting.replace(before, known.waiting());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_what_was_sent_without_what_is_gone_of_it_in_whatever_order_that_is_told() {
        let tally = Tally::new(Amount::new(100, 10_000));
        let (one, other) = (DeviceKey([1; 32]), DeviceKey([2; 32]));
        let waiting = || tally.waiting().used();
        tally.sent(one, 7, Amount::new(50, 5_000));
        assert_eq!(waiting(), Amount::default(), "most of it may be gone");
        tally.gone(one, 3, Amount::new(48, 4_900));
        assert_eq!(waiting(), Amount::new(2, 100));
        tally.gone(other, 4, Amount::default());
        tally.sent(other, 9, Amount::new(1, 30));
        assert_eq!(waiting(), Amount::new(3, 130));

        tally.gone(one, 6, Amount::new(51, 5_020));
        assert_eq!(waiting(), Amount::new(1, 30), "of an event not heard of");
        tally.sent(one, 8, Amount::new(51, 5_020));
        for old in [7, 8] {
            tally.sent(one, old, Amount::new(50, 5_000));
        }
        tally.gone(one, 5, Amount::new(48, 4_900));
        assert_eq!(waiting(), Amount::new(1, 30), "what is old changes nothing");
    }
}
