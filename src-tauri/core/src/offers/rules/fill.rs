//! What a letter says: the mapping applied to what Lever says, less what nobody can mean.

use std::collections::BTreeMap;

use super::exact::refused;
use super::fields::{LetterField, LetterFields};
use crate::mapping::{Record, Rules, Schema, describe, evaluate, offer_notes};

/// What a letter would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Every field of a letter.
    pub fields: LetterFields,
    /// The fields because of which it cannot be shown, with the reason in words; empty if it can.
    pub blockers: Vec<Blocking>,
}

/// A field because of which a letter cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocking {
    /// Its id.
    pub field: String,
    /// Its label and the reason.
    pub words: String,
}

/// Applies the rules. `label` names a Lever field in words.
pub fn fill(rules: &Rules, record: &Record, label: impl Fn(&str) -> String) -> Filled {
    let schema = Schema::of_offers();
    let evaluation = evaluate(rules, record, &schema);
    let blockers = evaluation.blockers.iter().map(|blocker| Blocking {
        field: blocker.target.clone(),
        words: blocker.to_string(),
    });
    let mut blockers: Vec<_> = blockers.collect();
    let values: BTreeMap<_, _> = evaluation.values().collect();
    let mut refused = refused(&values);
    let mut notes = offer_notes(rules, record);
    let mut fields = LetterFields::new();
    for field in schema.fields() {
        let rule = rules.rules.iter().find(|rule| rule.target == field.id);
        let outcome = evaluation
            .outcomes
            .iter()
            .find(|outcome| outcome.target == field.id);
        let mut filled = LetterField {
            rule: rule.map(|rule| describe(rule, &label)).unwrap_or_default(),
            note: notes.remove(&field.id),
            ..LetterField::default()
        };
        if let Some(outcome) = outcome {
            filled.value.clone_from(&outcome.value);
            filled.raw.clone_from(&outcome.raw);
            filled.problem = outcome.problem.as_ref().map(ToString::to_string);
        }
        if let Some(words) = refused.remove(field.id.as_str()) {
            blockers.push(Blocking {
                field: field.id.clone(),
                words: format!("{}: {words}", field.label),
            });
            filled.value = None;
            filled.problem = Some(words);
        }
        if filled.value.is_none() && filled.problem.is_none() {
            let empty = match rule {
                Some(_) => "Lever has no value for it.",
                None => "The offer form in Lever has no field for it.",
            };
            filled.problem = Some(empty.to_owned());
        }
        fields.insert(field.id.clone(), filled);
    }
    Filled { fields, blockers }
}
