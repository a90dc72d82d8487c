//! Moving the practice clock, by hand or by a test (LV-17).

use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::clock::Clock;

/// What is to happen to the clock; the parts are carried out in the order of the members.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Change {
    /// Milliseconds since 1970 UTC.
    set_ms: Option<i64>,
    /// RFC 3339.
    set: Option<Timestamp>,
    advance_ms: Option<u64>,
    /// A duration in jiff's words or by ISO 8601, such as `1 month` or `P1D`.
    advance: Option<Span>,
    frozen: Option<bool>,
}

pub(super) async fn show(State(practice): State<Practice>) -> Json<Value> {
    Json(state_of(practice.clock()))
}

pub(super) async fn change(
    State(practice): State<Practice>,
    Json(change): Json<Change>,
) -> Result<Json<Value>, Refusal> {
    change.apply(practice.clock())?;
    Ok(show(State(practice)).await)
}

fn state_of(clock: &Clock) -> Value {
    let now_ms = clock.now_ms();
    let now = Timestamp::from_millisecond(now_ms).ok();
    json!({"now_ms": now_ms, "now": now, "frozen": clock.is_frozen()})
}

impl Change {
    pub(super) fn apply(self, clock: &Clock) -> Result<(), Refusal> {
        let set_ms = self.set.map(Timestamp::as_millisecond).or(self.set_ms);
        let mut now = Timestamp::from_millisecond(set_ms.unwrap_or_else(|| clock.now_ms()))?;
        if let Some(advance_ms) = self.advance_ms {
            let by = i64::try_from(advance_ms)?;
            now = now.checked_add(jiff::SignedDuration::from_millis(by))?;
        }
        if let Some(advance) = self.advance {
            if advance.is_negative() {
                let text = "The clock is advanced by a duration that is not negative";
                return Err(Refusal(text.to_owned()));
            }
            // By the calendar: a month from 31 January is the last of February.
            now = now
                .to_zoned(TimeZone::UTC)
                .checked_add(advance)?
                .timestamp();
        }
        // A running clock is moved only if it was asked for, because reading and setting takes time.
        if let Some(set_ms) = set_ms {
            clock.set(set_ms);
        }
        let ahead = now.as_millisecond().saturating_sub(clock.now_ms());
        if self.advance_ms.is_some() || self.advance.is_some() {
            clock.advance(std::time::Duration::from_millis(
                u64::try_from(ahead).unwrap_or(0),
            ));
        }
        if let Some(frozen) = self.frozen {
            clock.freeze(frozen);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 31 January 2027, 12:00 UTC.
    const LATE_JANUARY_MS: i64 = 1_801_396_800_000;

    fn after(change: Value) -> Result<Clock, String> {
        let clock = Clock::frozen(LATE_JANUARY_MS);
        let change: Change = serde_json::from_value(change).map_err(|error| error.to_string())?;
        change.apply(&clock).map_err(|refusal| refusal.0)?;
        Ok(clock)
    }

    #[test]
    fn a_month_is_a_month_of_the_calendar() {
        let clock = after(json!({"advance": "1 month"})).expect("a duration in words");
        let late_february: Timestamp = "2027-02-28T12:00:00Z".parse().expect("RFC 3339");
        assert_eq!(clock.now_ms(), late_february.as_millisecond());
    }

    #[test]
    fn the_clock_is_set_then_moved_then_stopped() {
        let change = json!({"set": "2026-12-01T00:00:00Z", "advance": "P1DT1H", "frozen": false});
        let clock = after(change).expect("all three at once");
        let wanted: Timestamp = "2026-12-02T01:00:00Z".parse().expect("RFC 3339");
        assert!(clock.now_ms() >= wanted.as_millisecond());
        assert!(!clock.is_frozen());
    }

    #[test]
    fn what_is_no_time_moves_nothing() {
        for change in [
            json!({"advance": "-1 day"}),
            json!({"advance": "soon"}),
            json!({"advance": "30000 years"}),
            json!({"set": "tomorrow"}),
            json!({"set_ms": i64::MAX}),
            json!({"advance_ms": u64::MAX}),
            json!({"forward": 1}),
        ] {
            assert!(after(change.clone()).is_err(), "{change}");
        }
    }
}
