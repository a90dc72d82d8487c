//! How often the connection uses each permission: what the meter counts goes to disk in batches.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Connections;
use crate::feed::Tag;
use crate::lever::{DailyUses, Uses};
use crate::store::StoreError;
use crate::store::permission_uses::{self, PermissionUses};

/// The days before today whose uses are counted; with today they are 30.
const DAYS_BEFORE: SignedDuration = SignedDuration::from_hours(29 * 24);

impl Connections {
    /// Writes what was counted since this was last done; nothing, if nothing was.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written; it goes with the next batch then.
    pub async fn keep_uses(&self) -> Result<(), StoreError> {
        let _one_at_a_time = self.keeping_uses.lock().await;
        let taken = self.access.meter().take();
        if taken.is_empty() {
            return Ok(());
        }
        let (integration, first) = (self.integration, self.first_day());
        let batch = taken.clone();
        let written = self.store.write(move |db| {
            for ((scope, day), Uses { count, last_at }) in batch {
                let scope = scope.to_owned();
                let uses = PermissionUses {
                    scope,
                    count,
                    last_at,
                };
                permission_uses::add(db, integration, day, &uses)?;
            }
            permission_uses::forget_before(db, integration, first)
        });
        if let Err(problem) = written.await {
            self.access.meter().give_back(taken);
            return Err(problem);
        }
        self.feed.changed(&[Tag::Connection]);
        Ok(())
    }

    /// Every permission that was used, with its uses in the last 30 days, to this moment.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn uses(&self) -> Result<Vec<PermissionUses>, StoreError> {
        let _not_kept_meanwhile = self.keeping_uses.lock().await;
        let (integration, first) = (self.integration, self.first_day());
        let kept = self
            .store
            .read(move |db| permission_uses::since(db, integration, first))
            .await?;
        Ok(together(kept, self.access.meter().counted(), first))
    }

    fn first_day(&self) -> Date {
        let today = self.clock.now().to_zoned(TimeZone::UTC).date();
        today.saturating_sub(DAYS_BEFORE)
    }
}

/// What is on disk with what was counted since; only what is of the day `first` or later is counted.
fn together(kept: Vec<PermissionUses>, counted: DailyUses, first: Date) -> Vec<PermissionUses> {
    let kept = kept.into_iter().map(|kept| {
        let PermissionUses {
            scope,
            count,
            last_at,
        } = kept;
        (scope, Uses { count, last_at })
    });
    let mut all: BTreeMap<String, Uses> = kept.collect();
    for ((scope, day), uses) in counted {
        let count = if day >= first { uses.count } else { 0 };
        let before = all.entry(scope.to_owned()).or_default();
        *before = before.and(Uses { count, ..uses });
    }
    all.into_iter()
        .map(|(scope, Uses { count, last_at })| PermissionUses {
            scope,
            count,
            last_at,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_was_not_written_yet_counts_unless_it_is_too_long_ago() {
        let of = |scope: &str, count, last_at| PermissionUses {
            scope: scope.to_owned(),
            count,
            last_at,
        };
        let kept = vec![of("offers:read:admin", 4, 10)];
        let uses = |count, last_at| Uses { count, last_at };
        let counted = DailyUses::from([
            (("offers:read:admin", date(2026, 10, 23)), uses(5, 20)),
            (("offers:read:admin", date(2026, 11, 22)), uses(2, 30)),
            (("users:read:admin", date(2026, 10, 23)), uses(1, 25)),
        ]);
        assert_eq!(
            together(kept, counted, date(2026, 10, 24)),
            [
                of("offers:read:admin", 6, 30),
                of("users:read:admin", 0, 25)
            ]
        );
    }
}
