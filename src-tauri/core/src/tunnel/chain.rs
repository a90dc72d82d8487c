//! Whether the relay delivers every event that it numbered.

use std::sync::{Mutex, PoisonError};

/// The number of the last event that is accounted for; none until the first came. Where the relay says which store it
/// has, every session begins at what is on disk, so that a gap over a restart shows too.
#[derive(Default)]
pub struct Chain(Mutex<Option<i64>>);

impl Chain {
    /// A session begins after this number.
    pub(super) fn begin_at(&self, number: Option<i64>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = number;
    }

    /// Follows a batch, each event with its number and that of the one before it; returns how many of
    /// them name one that never came.
    pub(super) fn follow(&self, events: &[(i64, Option<i64>)]) -> u64 {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left_out = 0;
        for (seq, prev) in events {
            let Some(known) = *last else {
                *last = Some(*seq);
                continue;
            };
            // What comes again after a reconnect was followed before.
            if *seq <= known {
                continue;
            }
            if prev.is_some_and(|before| before > known) {
                left_out += 1;
            }
            *last = Some(*seq);
        }
        left_out
    }

    /// Everything up to `through` is accounted for: the relay deleted it at the end of its retention time, and said so.
    pub(super) fn expired(&self, through: i64) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(last.unwrap_or_default().max(through));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_left_out_is_noticed_once_and_a_redelivery_is_none() {
        let chain = Chain::default();
        assert_eq!(chain.follow(&[(4, Some(2)), (7, Some(4))]), 0);
        assert_eq!(chain.follow(&[(7, Some(4)), (12, Some(9))]), 1);
        assert_eq!(chain.follow(&[(13, Some(12))]), 0);
    }

    #[test]
    fn an_event_left_out_while_nobody_was_connected_is_noticed() {
        let chain = Chain::default();
        chain.begin_at(Some(4));
        assert_eq!(chain.follow(&[(9, Some(7))]), 1);
        chain.begin_at(Some(9));
        chain.expired(11);
        assert_eq!(chain.follow(&[(12, Some(11))]), 0, "that one was told");
    }

    #[test]
    fn what_expired_or_came_from_an_old_relay_is_not_missed() {
        let chain = Chain::default();
        chain.follow(&[(4, Some(2))]);
        chain.expired(9);
        assert_eq!(chain.follow(&[(12, Some(9)), (20, None)]), 0);
    }
}
