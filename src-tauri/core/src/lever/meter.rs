//! How often each permission was used, until that is taken to the database.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The uses of one scope on one day of UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// How many.
    pub count: u32,
    /// The last one, in milliseconds since 1970 UTC.
    pub last_at: i64,
}

impl Uses {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            last_at: self.last_at.max(other.last_at),
        }
    }
}

/// Uses by scope and day.
pub type DailyUses = BTreeMap<(&'static str, Date), Uses>;

/// Counts uses by the scope that they take, in memory, so that no call waits for the disk. Clones share the counts.
#[derive(Clone, Default)]
pub struct Meter(Arc<Mutex<DailyUses>>);

impl Meter {
    /// Counts one use of a scope, such as `offers:read:admin`.
    pub fn count(&self, scope: &'static str, at: Timestamp) {
        let day = at.to_zoned(TimeZone::UTC).date();
        let one = Uses {
            count: 1,
            last_at: at.as_millisecond(),
        };
        add(&mut self.uses(), (scope, day), one);
    }

    /// What was counted and not taken yet.
    pub fn counted(&self) -> DailyUses {
        self.uses().clone()
    }

    /// Takes what was counted, which begins again at nothing.
    pub fn take(&self) -> DailyUses {
        std::mem::take(&mut self.uses())
    }

    /// Gives back what was taken and could not be written.
    pub fn give_back(&self, taken: DailyUses) {
        let mut uses = self.uses();
        for (scope_and_day, more) in taken {
            add(&mut uses, scope_and_day, more);
        }
    }

    fn uses(&self) -> MutexGuard<'_, DailyUses> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn add(uses: &mut DailyUses, scope_and_day: (&'static str, Date), more: Uses) {
    let before = uses.entry(scope_and_day).or_default();
    *before = before.and(more);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const USERS: &str = "users:read:admin";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn uses_are_counted_by_scope_and_day_and_taken_once() {
        let meter = Meter::default();
        let (before, after) = (at("2026-11-21T23:59:59Z"), at("2026-11-22T00:00:01Z"));
        meter.count(USERS, before);
        meter.count(USERS, before);
        meter.count(USERS, after);
        meter.count("offers:read:admin", after);
        let of = |count, last: Timestamp| Uses {
            count,
            last_at: last.as_millisecond(),
        };
        let today = date(2026, 11, 22);
        let expected = DailyUses::from([
            ((USERS, date(2026, 11, 21)), of(2, before)),
            ((USERS, today), of(1, after)),
            (("offers:read:admin", today), of(1, after)),
        ]);
        assert_eq!(meter.counted(), expected);
        assert_eq!(meter.take(), expected);
        assert!(meter.take().is_empty());
    }

    #[test]
    fn what_could_not_be_written_counts_with_what_came_meanwhile() {
        let meter = Meter::default();
        let (first, second) = (at("2026-11-22T08:00:00Z"), at("2026-11-22T09:00:00Z"));
        meter.count(USERS, first);
        let taken = meter.take();
        meter.count(USERS, second);
        meter.give_back(taken);
        let both = Uses {
            count: 2,
            last_at: second.as_millisecond(),
        };
        assert_eq!(
            meter.take(),
            DailyUses::from([((USERS, date(2026, 11, 22)), both)])
        );
    }
}
