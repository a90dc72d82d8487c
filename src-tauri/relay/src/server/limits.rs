//! What one sender, one desktop and the whole relay may use, and the counting of it.

use std::iter::Sum;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The limits of a relay. The defaults suit one machine with 1 GB of memory.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest body of an event, in bytes.
    pub body_bytes: u64,
    /// Time for the headers of a request, and for its body.
    pub request_time: Duration,
    /// Events a second that one endpoint takes for long.
    pub endpoint_rate: NonZeroU32,
    /// Events that one endpoint takes at once after a quiet time.
    pub endpoint_burst: NonZeroU32,
    /// Requests of one endpoint that are read or stored at the same moment.
    pub endpoint_in_flight: Amount,
    /// Requests of all endpoints that are read or stored at the same moment.
    pub in_flight: Amount,
    /// Events that may wait for one desktop.
    pub device_waiting: Amount,
    /// Events that may wait for all desktops.
    pub waiting: Amount,
    /// Endpoints of one desktop, the retired ones included.
    pub device_endpoints: usize,
    /// Endpoints of all desktops, the retired ones included.
    pub endpoints: usize,
    /// Desktops that are known: who signed in, and left nothing behind when it went, is forgotten.
    pub devices: usize,
    /// Desktops that one client may sign in for the first time at once; one more may a minute later.
    pub client_new_devices: NonZeroU32,
    /// Open TCP connections.
    pub connections: usize,
    /// Open TCP connections of one client; a trusted proxy has no such limit.
    pub client_connections: usize,
    /// Desktops connected at the same moment, signed in or not.
    pub sessions: usize,
    /// Time from the WebSocket handshake to a valid sign-in.
    pub sign_in_time: Duration,
    /// Bytes of memory for events on their way to desktops that take them slowly; the others wait.
    pub delivering_bytes: usize,
    /// Events that a desktop may hold without having acknowledged them.
    pub window: usize,
    /// Largest page, in bytes of ciphertext. In base64 it has to fit into a frame of
    /// [`DESKTOP_FRAME_LIMIT`](crate::protocol::DESKTOP_FRAME_LIMIT).
    pub page_bytes: usize,
    /// Days that a page may stay.
    pub page_days: u32,
    /// Pages that one desktop shows at the same moment.
    pub device_pages: usize,
    /// Pages of all desktops, and their bytes.
    pub pages: Amount,
    /// Largest answer to a page, in bytes of its JSON.
    pub answer_bytes: u64,
    /// Pages a second that one client looks for or answers for long.
    pub client_rate: NonZeroU32,
    /// Pages that one client looks for or answers at once after a quiet time.
    pub client_burst: NonZeroU32,
    /// How long a write waits for a lock that another program holds on the database.
    pub lock_wait: Duration,
    /// Days after which an event that nobody fetched is deleted; `None` keeps it.
    pub retention_days: Option<NonZeroU32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1_000_000,
            request_time: Duration::from_secs(10),
            endpoint_rate: NonZeroU32::new(2_000).expect("2,000 is not zero"),
            endpoint_burst: NonZeroU32::new(10_000).expect("10,000 is not zero"),
            endpoint_in_flight: Amount::new(1_024, 16_000_000),
            in_flight: Amount::new(8_192, 64_000_000),
            device_waiting: Amount::new(500_000, 1_000_000_000),
            waiting: Amount::new(10_000_000, 20_000_000_000),
            device_endpoints: 1_000,
            endpoints: 100_000,
            devices: 10_000,
            client_new_devices: NonZeroU32::new(100).expect("100 is not zero"),
            connections: 4_096,
            client_connections: 1_024,
            sessions: 2_048,
            sign_in_time: Duration::from_secs(10),
            delivering_bytes: 128_000_000,
            window: 512,
            page_bytes: 160_000,
            page_days: 400,
            device_pages: 1_000,
            pages: Amount::new(100_000, 4_000_000_000),
            answer_bytes: 64_000,
            client_rate: NonZeroU32::new(5).expect("5 is not zero"),
            client_burst: NonZeroU32::new(60).expect("60 is not zero"),
            lock_wait: Duration::from_secs(2),
            retention_days: None,
        }
    }
}

/// A number of events and their size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub events: u64,
    /// Their bytes together.
    pub bytes: u64,
}

impl Amount {
    /// That many events of that many bytes together.
    pub const fn new(events: u64, bytes: u64) -> Self {
        Self { events, bytes }
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |sum, next| {
            Self::new(sum.events + next.events, sum.bytes + next.bytes)
        })
    }
}

/// An amount in use that never passes its limit.
pub(super) struct Quota {
    used: Mutex<Amount>,
    limit: Amount,
}

impl Quota {
    pub(super) fn new(limit: Amount, used: Amount) -> Arc<Self> {
        let used = Mutex::new(used);
        Arc::new(Self { used, limit })
    }

    /// Takes `amount`, until the reservation is dropped or kept; `None` where it does not fit.
    pub(super) fn reserve(self: &Arc<Self>, amount: Amount) -> Option<Reservation> {
        self.take(amount).then(|| Reservation {
            quota: Arc::clone(self),
            amount,
        })
    }

    /// Gives back what an earlier reservation kept.
    pub(super) fn release(&self, amount: Amount) {
        self.replace(amount, Amount::default());
    }

    /// Counts `now` in place of `before`, whether or not that fits: it is in use already.
    pub(super) fn replace(&self, before: Amount, now: Amount) {
        let mut used = self.lock();
        used.events = used
            .events
            .saturating_sub(before.events)
            .saturating_add(now.events);
        used.bytes = used
            .bytes
            .saturating_sub(before.bytes)
            .saturating_add(now.bytes);
    }

    pub(super) fn used(&self) -> Amount {
        *self.lock()
    }

    fn take(&self, amount: Amount) -> bool {
        let mut used = self.lock();
        let events = used.events.saturating_add(amount.events);
        let bytes = used.bytes.saturating_add(amount.bytes);
        let fits = events <= self.limit.events && bytes <= self.limit.bytes;
        if fits {
            *used = Amount { events, bytes };
        }
        fits
    }

    /// Two plain numbers stay meaningful after a panic elsewhere, so a poisoned lock is entered.
    fn lock(&self) -> std::sync::MutexGuard<'_, Amount> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A part of a quota, given back when dropped.
pub(super) struct Reservation {
    quota: Arc<Quota>,
    amount: Amount,
}

impl Reservation {
    /// Takes `bytes` more; `false`, and nothing taken, where they do not fit.
    pub(super) fn grow(&mut self, bytes: u64) -> bool {
        let grown = self.quota.take(Amount::new(0, bytes));
        if grown {
            self.amount.bytes += bytes;
        }
        grown
    }

    /// Leaves the amount in use, to be given back by [`Quota::release`].
    pub(super) fn keep(mut self) {
        self.amount = Amount::default();
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.quota.release(self.amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reservation_counts_until_it_is_dropped_and_for_good_once_kept() {
        let quota = Quota::new(Amount::new(2, 100), Amount::default());
        let first = quota.reserve(Amount::new(1, 60)).unwrap();
        assert!(
            quota.reserve(Amount::new(1, 41)).is_none(),
            "101 bytes do not fit"
        );
        drop(first);
        quota.reserve(Amount::new(1, 60)).unwrap().keep();
        assert_eq!(quota.used(), Amount::new(1, 60));
        quota.release(Amount::new(1, 60));
        assert_eq!(quota.used(), Amount::default());
    }

    #[test]
    fn growing_past_the_limit_takes_nothing() {
        let quota = Quota::new(Amount::new(1, 100), Amount::default());
        let mut reservation = quota.reserve(Amount::new(1, 0)).unwrap();
        assert!(reservation.grow(100));
        assert!(!reservation.grow(1));
        assert!(!reservation.grow(u64::MAX));
        assert_eq!(quota.used().bytes, 100);
    }
}
