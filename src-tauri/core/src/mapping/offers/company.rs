//! What a letter takes from the company where Lever says nothing, as fields beside Lever's own.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::mapping::field::{FieldType, SourceField, SourceGroup};
use crate::mapping::record::Record;
use crate::mapping::value::Value;

/// The currency of offers that name none.
pub(super) const CURRENCY: &str = "company.currency";
/// Who connected Lever.
pub(super) const CONNECTION_OWNER: &str = "company.connection_owner";
/// The last day of an offer that names none.
pub(super) const TWO_MONTHS: &str = "company.two_months_after_offer";

/// The settings of the company that offers depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The ISO 4217 code of its currency; none if nobody chose one.
    pub currency: Option<String>,
    /// Its time zone.
    pub zone: TimeZone,
    /// The e-mail address of who connected Lever.
    pub connection_owner: Option<String>,
}

/// The fields that offers have besides Lever's.
pub fn company_fields() -> Vec<SourceField> {
    let field = |id: &str, label: &str, kind| SourceField {
        id: id.to_owned(),
        label: label.to_owned(),
        group: SourceGroup::Company,
        kind,
        custom: false,
        example: None,
    };
    vec![
        field(CURRENCY, "Default currency", FieldType::Text),
        field(CONNECTION_OWNER, "Who connected Lever", FieldType::Email),
        field(
            TWO_MONTHS,
            "Two months after the offer was made",
            FieldType::Date,
        ),
    ]
}

impl Record {
    /// Adds the fields of [`company_fields`].
    pub fn know_company(&mut self, company: &Company) {
        let last_day = match self.get("offer_created_at") {
            Some(Value::Instant(made)) => last_day(*made, &company.zone),
            _ => None,
        };
        self.set(CURRENCY, company.currency.clone());
        self.set(CONNECTION_OWNER, company.connection_owner.clone());
        self.set(TWO_MONTHS, last_day.map_or(Value::Empty, Value::Date));
    }
}

/// Two calendar months after the day on which the offer was made in the zone of the company, at the end of a month
/// that has no such day (SCREENS.md Q8); none beyond the calendar.
fn last_day(made: Timestamp, zone: &TimeZone) -> Option<Date> {
    made.to_zoned(zone.clone())
        .date()
        .checked_add(2.months())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_months_are_of_the_calendar_of_the_company_and_end_with_the_month() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let manila = TimeZone::get("Asia/Manila").unwrap();
        let days = [
            ("2026-09-19T12:00:00Z", &lisbon, "2026-11-19"),
            ("2026-12-31T12:00:00Z", &lisbon, "2027-02-28"),
            ("2027-12-30T12:00:00Z", &lisbon, "2028-02-29"),
            ("2026-12-30T20:00:00Z", &manila, "2027-02-28"),
            ("2026-12-31T16:30:00Z", &manila, "2027-03-01"),
            ("2026-06-30T23:30:00Z", &lisbon, "2026-09-01"),
        ];
        for (made, zone, last) in days {
            let last = last.parse().ok();
            assert_eq!(last_day(made.parse().unwrap(), zone), last, "{made}");
        }
        assert_eq!(last_day(Timestamp::MAX, &TimeZone::UTC), None);
    }
}
