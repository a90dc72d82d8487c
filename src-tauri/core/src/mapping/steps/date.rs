//! Reading and writing dates.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::mapping::fit::iso_date;
use crate::mapping::problem::Problem;
use crate::mapping::value::Value;

/// Reads a date, and writes it if there is a pattern to write with.
pub(super) fn format(
    from: Option<&str>,
    to: Option<&str>,
    value: &Value,
) -> Result<Value, Problem> {
    let date = read(from, value)?;
    let Some(pattern) = to else {
        return Ok(Value::Date(date));
    };
    write_date(pattern, date).map(Value::Text)
}

/// A moment counts as its day in UTC: Lever keeps the days of its forms as midnight UTC (LEVER.md 3.3).
fn read(from: Option<&str>, value: &Value) -> Result<Date, Problem> {
    let read = match (value, from) {
        (Value::Date(date), _) => Some(*date),
        (Value::Instant(instant), _) => Some(utc_day(*instant)),
        (other, Some(pattern)) => Date::strptime(pattern, other.to_string().trim()).ok(),
        (other, None) => {
            let text = other.to_string();
            iso_date(text.trim()).or_else(|| text.trim().parse().ok().map(utc_day))
        }
    };
    read.ok_or_else(|| Problem::NotDate {
        pattern: from.unwrap_or("2026-11-21").to_owned(),
    })
}

fn utc_day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

/// Writes a day with a `strftime` pattern; patterns that ask for a time of day are a problem.
pub(in crate::mapping) fn write_date(pattern: &str, date: Date) -> Result<String, Problem> {
    strtime::format(pattern, date).map_err(|_| Problem::BadPattern {
        pattern: pattern.to_owned(),
    })
}
