//! Who goes next.

use std::collections::VecDeque;

use super::Priority;

/// How many calls may go to others while somebody waits in a lane.
const MOST_PASSED_OVER: u32 = 19;

/// Those who wait, by priority and then in the order in which they came.
pub(super) struct Queue<T> {
    lanes: [Lane<T>; 4],
}

struct Lane<T> {
    waiting: VecDeque<T>,
    passed_over: u32,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        let lane = || Lane {
            waiting: VecDeque::new(),
            passed_over: 0,
        };
        Self {
            lanes: [lane(), lane(), lane(), lane()],
        }
    }
}

impl<T> Queue<T> {
    pub(super) fn push(&mut self, priority: Priority, one: T) {
        let lane = match priority {
            Priority::Person => 0,
            Priority::Event => 1,
            Priority::Poll => 2,
            Priority::History => 3,
        };
        self.lanes[lane].waiting.push_back(one);
    }

    /// The next: of the lane that was passed over too often, else of the first lane where somebody waits.
    pub(super) fn pop(&mut self) -> Option<T> {
        let waits = |lane: &Lane<T>| !lane.waiting.is_empty();
        let overdue = |lane: &Lane<T>| waits(lane) && lane.passed_over >= MOST_PASSED_OVER;
        let turn = self.lanes.iter().position(overdue);
        let turn = turn.or_else(|| self.lanes.iter().position(waits))?;
        for (place, lane) in self.lanes.iter_mut().enumerate() {
            let passed_over = place != turn && waits(lane);
            lane.passed_over = if passed_over { lane.passed_over + 1 } else { 0 };
        }
        self.lanes[turn].waiting.pop_front()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lanes.iter().all(|lane| lane.waiting.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_higher_goes_first_and_equals_in_their_order() {
        let mut queue = Queue::default();
        for (priority, name) in [
            (Priority::History, "history"),
            (Priority::Poll, "poll"),
            (Priority::Person, "person"),
            (Priority::Event, "event"),
            (Priority::Person, "second person"),
        ] {
            queue.push(priority, name);
        }
        let order: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(
            order,
            ["person", "second person", "event", "poll", "history"]
        );
        assert!(queue.is_empty());
    }

    #[test]
    fn nobody_waits_for_ever_behind_the_higher_ones() {
        let mut queue = Queue::default();
        let all = [
            Priority::Person,
            Priority::Event,
            Priority::Poll,
            Priority::History,
        ];
        let mut served = [0; 4];
        for _ in 0..1_000 {
            for (lane, priority) in all.into_iter().enumerate() {
                queue.push(priority, lane);
            }
            served[queue.pop().unwrap()] += 1;
        }
        assert_eq!(served, [852, 50, 49, 49]);
    }
}
