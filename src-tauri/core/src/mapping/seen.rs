//! Which values arrive at a step, and how often: what a value map has to know.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use ts_rs::TS;

use super::problem::Problem;
use super::reading::Reading;
use super::record::Record;
use super::source::Source;
use super::steps::Step;
use super::text::folded;
use super::transform::Transform;
use super::value::Value;

/// The values that arrive at a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many records were looked at.
    pub records: usize,
    /// Of how many of them a value arrived.
    pub filled: usize,
    /// Each value once, the most frequent first. Values that a value map takes for the same count as one.
    pub values: Vec<Counted>,
}

/// A value, and how often it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Counted {
    /// The value, in its most frequent spelling.
    pub text: String,
    /// In how many records; of a list, every item counts.
    pub count: usize,
}

/// Reads the source of a rule in every record and does what comes `before` the step. Values that stop on the way
/// count as not filled.
pub fn seen<'a>(
    source: &Source,
    before: &[Transform],
    records: impl IntoIterator<Item = &'a Record>,
) -> Seen {
    let reading = Reading::from(source);
    let steps: Vec<Step> = before.iter().map(Step::from).collect();
    let mut tally = Tally::default();
    let mut seen = Seen::default();
    for record in records {
        seen.records += 1;
        if arrived(&reading, &steps, record).is_ok_and(|value| tally.add(&value)) {
            seen.filled += 1;
        }
    }
    seen.values = tally.values();
    seen
}

fn arrived<'a>(
    reading: &'a Reading,
    steps: &'a [Step],
    record: &'a Record,
) -> Result<Cow<'a, Value>, Problem> {
    let raw = reading.value(record)?;
    steps
        .iter()
        .try_fold(raw, |value, step| step.apply(value, record))
}

/// How often each spelling of each value was seen.
#[derive(Default)]
struct Tally(HashMap<String, BTreeMap<String, usize>>);

impl Tally {
    /// Counts a value; tells whether there was one.
    fn add(&mut self, value: &Value) -> bool {
        let mut count = |text: &str| {
            let text = text.trim();
            if text.is_empty() {
                return false;
            }
            let spellings = self.0.entry(folded(text).into_owned()).or_default();
            *spellings.entry(text.to_owned()).or_default() += 1;
            true
        };
        match value {
            Value::List(items) => items.iter().filter(|item| count(item)).count() > 0,
            one => one.text().is_some_and(|text| count(&text)),
        }
    }

    fn values(self) -> Vec<Counted> {
        let counted = self.0.into_values().filter_map(|spellings| {
            let count = spellings.values().sum();
            let (text, _) = spellings
                .into_iter()
                .rev()
                .max_by_key(|(_, count)| *count)?;
            Some(Counted { text, count })
        });
        let mut values: Vec<Counted> = counted.collect();
        values.sort_by(|left, right| {
            let by_count = right.count.cmp(&left.count);
            by_count.then_with(|| left.text.cmp(&right.text))
        });
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_as_they_arrive_at_the_step() {
        let record = |state: &str| {
            let mut record = Record::new();
            record.set("state", state);
            record
        };
        let records = [" ca", "CA ", "ca", "NY", "", "?"].map(record);
        let source = Source::Lever {
            field: "state".into(),
        };
        let found = seen(&source, &[Transform::Trim], &records);
        assert_eq!((found.records, found.filled), (6, 5));
        let shown: Vec<_> = found
            .values
            .iter()
            .map(|value| (value.text.as_str(), value.count))
            .collect();
        assert_eq!(shown, [("ca", 3), ("?", 1), ("NY", 1)]);
    }

    #[test]
    fn what_stops_before_the_map_and_what_is_not_there_is_not_filled() {
        let mut record = Record::new();
        record.set("when", "soon");
        let date = Transform::DateFormat {
            from: Some("%d/%m/%Y".into()),
            to: None,
        };
        let source = |field: &str| Source::Lever {
            field: field.into(),
        };
        let stopped = seen(&source("when"), &[date], [&record]);
        let gone = seen(&source("gone"), &[], [&record]);
        for seen in [stopped, gone] {
            assert_eq!((seen.records, seen.filled, seen.values.len()), (1, 0, 0));
        }
    }

    #[test]
    fn items_of_a_list_are_values_of_their_own() {
        let mut record = Record::new();
        let tags = ["Remote", "EU", " "].map(str::to_owned).to_vec();
        record.set("tags", Value::List(tags));
        let source = Source::Lever {
            field: "tags".into(),
        };
        let found = seen(&source, &[], [&record, &record]);
        assert_eq!(found.filled, 2);
        assert!(found.values.iter().all(|value| value.count == 2));
        assert_eq!(found.values.len(), 2);
    }
}
