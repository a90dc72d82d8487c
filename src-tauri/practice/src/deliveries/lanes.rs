//! What waits to be sent: a lane for each webhook, and the retries that are not due yet.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::DeliveryNumber;

/// Requests in flight per webhook. Each has its own allowance, so a slow endpoint delays only itself.
const IN_FLIGHT_PER_WEBHOOK: usize = 64;

/// Numbers only: a hundred thousand waiting deliveries must not be as many waiting tasks.
#[derive(Default)]
pub(super) struct Lanes {
    lanes: HashMap<String, Lane>,
    retries: BinaryHeap<Reverse<(i64, DeliveryNumber, String)>>,
}

struct Lane {
    waiting: VecDeque<DeliveryNumber>,
    turns: Arc<Semaphore>,
}

impl Lane {
    fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.turns.available_permits() == IN_FLIGHT_PER_WEBHOOK
    }
}

impl Lanes {
    /// Adds a delivery that can be sent now.
    pub(super) fn add(&mut self, webhook: String, number: DeliveryNumber) {
        let lane = self.lanes.entry(webhook).or_insert_with(|| Lane {
            waiting: VecDeque::new(),
            turns: Arc::new(Semaphore::new(IN_FLIGHT_PER_WEBHOOK)),
        });
        lane.waiting.push_back(number);
    }

    /// Adds a delivery to be sent again at `due` (ms).
    pub(super) fn add_retry(&mut self, due: i64, webhook: String, number: DeliveryNumber) {
        self.retries.push(Reverse((due, number, webhook)));
    }

    /// When the next retry is due (ms).
    pub(super) fn next_due(&self) -> Option<i64> {
        self.retries.peek().map(|Reverse((due, ..))| *due)
    }

    /// Puts the retries that are due at `now` (ms) into their lanes.
    pub(super) fn wake(&mut self, now: i64) {
        while self.next_due().is_some_and(|due| due <= now) {
            if let Some(Reverse((_, number, webhook))) = self.retries.pop() {
                self.add(webhook, number);
            }
        }
    }

    /// Takes every delivery whose lane has room; its lane has room again once the permit is dropped.
    pub(super) fn take(&mut self) -> Vec<(DeliveryNumber, OwnedSemaphorePermit)> {
        let mut taken = Vec::new();
        for lane in self.lanes.values_mut() {
            while !lane.waiting.is_empty()
                && let Ok(turn) = Arc::clone(&lane.turns).try_acquire_owned()
            {
                taken.extend(lane.waiting.pop_front().map(|number| (number, turn)));
            }
        }
        self.lanes.retain(|_, lane| !lane.is_idle());
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_lane_holds_its_own_deliveries_back_and_no_others() {
        let mut lanes = Lanes::default();
        for number in 0..100 {
            lanes.add("slow".into(), number);
        }
        let in_flight = lanes.take();
        assert_eq!(in_flight.len(), IN_FLIGHT_PER_WEBHOOK);
        lanes.add("fast".into(), 100);
        let numbers: Vec<_> = lanes.take().iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [100]);
        drop(in_flight);
        assert_eq!(lanes.take().len(), 100 - IN_FLIGHT_PER_WEBHOOK);
    }

    #[test]
    fn retries_wait_until_they_are_due_and_go_in_that_order() {
        let mut lanes = Lanes::default();
        lanes.add_retry(20, "hook".into(), 1);
        lanes.add_retry(10, "hook".into(), 2);
        assert_eq!(lanes.next_due(), Some(10));
        lanes.wake(9);
        assert!(lanes.take().is_empty());
        lanes.wake(20);
        let numbers: Vec<_> = lanes.take().iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [2, 1]);
        assert_eq!(lanes.next_due(), None);
    }
}
