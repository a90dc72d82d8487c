//! Whether a drawn mapping can be saved.

mod fault;
mod steps;

use std::collections::HashSet;

use self::fault::short;
pub use self::fault::{
    Fault, LONGEST_TEXT, MOST_DECIMALS, MOST_FIELDS, MOST_PAIRS, MOST_TRANSFORMS,
};
use self::steps::transforms;
use super::compatible::{Compatibility, rule_compatibility};
use super::field::SourceField;
use super::rule::{Rule, Rules};
use super::schema::{Schema, TargetField};
use super::source::Source;
use super::template::pieces;

/// The most rules in a mapping.
pub const MOST_RULES: usize = 200;
/// Why a mapping cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// There are more rules than [`MOST_RULES`].
    #[error("A mapping holds {MOST_RULES} rules at most.")]
    TooManyRules,
    /// A required person field has no rule.
    #[error("Map {label}: it is required.")]
    Unmapped {
        /// The person field's id.
        target: String,
        /// Its label.
        label: String,
    },
    /// A rule sets no field of a person.
    #[error("People have no field “{target}”.")]
    UnknownTarget {
        /// The id that was given.
        target: String,
    },
    /// Two rules set one person field.
    #[error("Two rules set {label}. Keep one.")]
    MappedTwice {
        /// The person field's id.
        target: String,
        /// Its label.
        label: String,
    },
    /// One rule is wrong in itself.
    #[error("{label}: {fault}")]
    Faulty {
        /// The person field's id.
        target: String,
        /// Its label.
        label: String,
        /// What is wrong.
        fault: Fault,
    },
}

impl RuleProblem {
    /// The id of the person field it is about; none if it is about the mapping as a whole.
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::TooManyRules => None,
            Self::Unmapped { target, .. }
            | Self::UnknownTarget { target }
            | Self::MappedTwice { target, .. }
            | Self::Faulty { target, .. } => Some(target),
        }
    }
}

/// Checks a mapping before it is saved. `known` are the fields that Lever offers; of others it is not said here
/// that they are gone, since a rule for a vanished field is kept.
///
/// # Errors
/// Everything that is wrong: unmapped required fields in the order of the person fields, then the rules in
/// theirs.
pub fn check(
    rules: &Rules,
    schema: &Schema,
    known: &[SourceField],
) -> Result<(), Vec<RuleProblem>> {
    if rules.rules.len() > MOST_RULES {
        return Err(vec![RuleProblem::TooManyRules]);
    }
    let mapped: HashSet<&str> = rules
        .rules
        .iter()
        .map(|rule| rule.target.as_str())
        .collect();
    let mut problems: Vec<_> = schema
        .fields()
        .iter()
        .filter(|field| field.required && !mapped.contains(field.id.as_str()))
        .map(|field| RuleProblem::Unmapped {
            target: field.id.clone(),
            label: field.label.clone(),
        })
        .collect();
    let mut seen = HashSet::new();
    for rule in &rules.rules {
        let target = rule.target.clone();
        match schema.get(&rule.target) {
            None => problems.push(RuleProblem::UnknownTarget {
                target: cut(&target),
            }),
            Some(field) if !seen.insert(field.id.as_str()) => {
                problems.push(RuleProblem::MappedTwice {
                    target,
                    label: field.label.clone(),
                });
            }
            Some(field) => problems.extend(faulty(field, rule, known)),
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn faulty(field: &TargetField, rule: &Rule, known: &[SourceField]) -> Option<RuleProblem> {
    let fault = source(&rule.source)
        .and_then(|()| transforms(&rule.transforms))
        .and_then(|()| types(field, rule, known))
        .err()?;
    Some(RuleProblem::Faulty {
        target: rule.target.clone(),
        label: field.label.clone(),
        fault,
    })
}

fn source(source: &Source) -> Result<(), Fault> {
    match source {
        Source::Lever { field } if field.trim().is_empty() => Err(Fault::NoSource),
        Source::Lever { field: text } | Source::Constant { value: text } => short(text),
        Source::FirstOf { fields } => several(fields),
        Source::Join { fields, separator } => {
            several(fields)?;
            short(separator)
        }
        Source::Template { text } => template(text, source),
        Source::Sum { fields } => {
            several(fields)?;
            let distinct: HashSet<_> = fields.iter().collect();
            if distinct.len() < fields.len() {
                return Err(Fault::AddedTwice);
            }
            Ok(())
        }
    }
}

fn several(fields: &[String]) -> Result<(), Fault> {
    if fields.len() > MOST_FIELDS {
        return Err(Fault::TooManyFields);
    }
    if fields.is_empty() || fields.iter().any(|field| field.trim().is_empty()) {
        return Err(Fault::NoFields);
    }
    fields.iter().try_for_each(|field| short(field))
}

fn template(text: &str, source: &Source) -> Result<(), Fault> {
    short(text)?;
    pieces(text).map_err(|bad| Fault::BadTemplate {
        why: bad.to_string(),
    })?;
    match source.fields().len() {
        0 => Err(Fault::NoFieldInTemplate),
        1..=MOST_FIELDS => Ok(()),
        _ => Err(Fault::TooManyFields),
    }
}

/// What cannot work is refused, and what loses something needs a tick (SCREENS.md 4.4.6).
fn types(field: &TargetField, rule: &Rule, known: &[SourceField]) -> Result<(), Fault> {
    match rule_compatibility(rule, field.kind, known) {
        Some(Compatibility::Impossible { why }) => Err(Fault::Impossible { why }),
        Some(Compatibility::Lossy { why }) if !rule.accepts_loss => Err(Fault::Loss { why }),
        _ => Ok(()),
    }
}

/// A foreign id short enough to be said in a sentence.
fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests;
