//! What a person should look at in a letter although nothing is wrong with it.

use std::collections::BTreeMap;

use super::company::{CONNECTION_OWNER, CURRENCY, TWO_MONTHS};
use crate::mapping::record::Record;
use crate::mapping::rule::{Rule, Rules};
use crate::mapping::source::Source;
use crate::mapping::transform::Transform;
use crate::mapping::value::Value;

/// A sentence for each field of a letter, by its id, that was filled by a fallback, added up (SCREENS.md Q2), or cut from
/// a name of more than two parts (SCREENS.md Q3).
pub fn offer_notes(rules: &Rules, record: &Record) -> BTreeMap<String, String> {
    let notes = rules.rules.iter().filter_map(|rule| {
        let words = note(rule, record)?;
        Some((rule.target.clone(), words.to_owned()))
    });
    notes.collect()
}

fn note(rule: &Rule, record: &Record) -> Option<&'static str> {
    let value = |field: &String| record.get(field).filter(|value| !value.is_empty());
    match &rule.source {
        Source::FirstOf { fields } => {
            match fields.iter().find(|field| value(field).is_some())?.as_str() {
                CONNECTION_OWNER => Some(
                    "No recruiter with an e-mail address was found, so the letter goes to whoever connected Lever.",
                ),
                CURRENCY => Some("The offer names no currency, so it is your default."),
                TWO_MONTHS => {
                    Some("The offer names no last day, so it is two months after it was made.")
                }
                _ => None,
            }
        }
        Source::Sum { fields } => {
            let several = fields.iter().filter_map(value).count() > 1;
            several.then_some("Several bonuses are filled in, so they were added.")
        }
        Source::Lever { field } if takes_part(rule) => {
            let words = value(field)
                .and_then(Value::text)?
                .split_whitespace()
                .count();
            (words > 2)
                .then_some("The name has more than two parts. Look whether it is divided well.")
        }
        _ => None,
    }
}

fn takes_part(rule: &Rule) -> bool {
    let part = |step: &Transform| matches!(step, Transform::NamePart { .. });
    rule.transforms.iter().any(part)
}
