//! The page of a letter: what it shows, and until when.

use fulcrum_relay::PageId;
use fulcrum_relay::page::PageKey;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;

use crate::clock::DAY;
use crate::letters::model;
use crate::store::letters::LetterRow;
use crate::store::{StoreError, pages};

/// How long a relay shows a page that no day ends, in milliseconds: less than relays take (400 days), so that a clock
/// that is a little ahead does no harm.
const LONGEST: i64 = 390 * DAY;

/// Has the newest version of a letter shown until its last day is over in `zone`; one without a last day, and one whose
/// offer was accepted, for as long as relays take. A page that is over is removed.
pub(super) fn show(
    db: &Connection,
    letter: &LetterRow,
    zone: &TimeZone,
    now: i64,
) -> Result<(), StoreError> {
    let until = until(letter, zone, now);
    if until <= now {
        return pages::remove(db, &letter.id);
    }
    let (id, key) = (PageId::random(), PageKey::generate());
    let content = serde_json::to_string(&model::content(&letter.fields))?;
    let new = (&*id.to_string(), &key.to_secret_bytes()[..]);
    pages::show(db, &letter.id, new, (letter.version, &content), until)
}

fn until(letter: &LetterRow, zone: &TimeZone, now: i64) -> i64 {
    let longest = now.saturating_add(LONGEST);
    if letter.status == "Accepted" {
        return longest;
    }
    let last: Option<Date> = letter.expires_on.as_ref().and_then(|day| day.parse().ok());
    let over = last.and_then(|day| end_of(day, zone));
    over.map_or(longest, |over| over.as_millisecond().min(longest))
}

/// The moment at which a day is over.
fn end_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let next = day.checked_add(1.day()).ok()?;
    let midnight = next.to_zoned(zone.clone()).ok()?;
    Some(midnight.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_over_at_midnight_in_the_zone_of_the_company() {
        let over = |day: &str, zone: &str| {
            let zone = TimeZone::get(zone).unwrap();
            end_of(day.parse().unwrap(), &zone).unwrap().to_string()
        };
        assert_eq!(over("2027-01-31", "Europe/Berlin"), "2027-01-31T23:00:00Z");
        assert_eq!(over("2027-03-27", "Europe/Berlin"), "2027-03-27T23:00:00Z");
        assert_eq!(over("2027-03-28", "Europe/Berlin"), "2027-03-28T22:00:00Z");
        assert_eq!(
            over("2026-12-31", "Pacific/Kiritimati"),
            "2026-12-31T10:00:00Z"
        );
    }
}
