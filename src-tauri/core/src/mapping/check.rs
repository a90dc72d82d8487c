//! Whether a drawn mapping can be saved.

use std::collections::HashSet;

use jiff::civil::{Date, date};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::compatible::{Compatibility, rule_compatibility};
use super::field::SourceField;
use super::rule::{Rule, Rules};
use super::schema::{Schema, TargetField};
use super::source::Source;
use super::steps::{is_country, write_date};
use super::template::pieces;
use super::text::folded;
use super::transform::{DecimalMark, Grouping, IfNoMatch, NumberStyle, Pair, Transform};

/// The most rules in a mapping.
pub const MOST_RULES: usize = 200;
/// The most transforms in a rule.
pub const MOST_TRANSFORMS: usize = 20;
/// The most pairs in a value map.
pub const MOST_PAIRS: usize = 10_000;
/// The most fields that one rule reads.
pub const MOST_FIELDS: usize = 20;
/// The most decimals that a number is written with; money never needs more.
pub const MOST_DECIMALS: u8 = 10;
/// The most characters in any text of a rule.
pub const LONGEST_TEXT: usize = 1_000;

/// A day whose year, month and day cannot be taken for one another.
const SAMPLE_DAY: Date = date(2026, 11, 21);

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

/// What is wrong inside one rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No Lever field is chosen.
    #[error("Choose a Lever field.")]
    NoSource,
    /// A rule takes several fields, and there is none.
    #[error("Choose at least one Lever field.")]
    NoFields,
    /// A rule reads more fields than [`MOST_FIELDS`].
    #[error("A rule reads {MOST_FIELDS} Lever fields at most.")]
    TooManyFields,
    /// A field stands twice in a sum.
    #[error("A Lever field is added twice.")]
    AddedTwice,
    /// A template that cannot be read.
    #[error("{why}")]
    BadTemplate {
        /// What is wrong with it, as a sentence.
        why: String,
    },
    /// A template without a field.
    #[error("The template has no Lever field. Insert one, or choose a fixed value.")]
    NoFieldInTemplate,
    /// The source cannot fill the field.
    #[error("{why} Choose another Lever field or add a step.")]
    Impossible {
        /// The reason, as a sentence.
        why: String,
    },
    /// A part of the value is lost, and nobody has accepted that.
    #[error("{why} Accept that, or choose another Lever field.")]
    Loss {
        /// What is lost, as a sentence.
        why: String,
    },
    /// A split without a separator.
    #[error("Say at what the text is to be split.")]
    NoSeparator,
    /// A split that takes the part before the first.
    #[error("Parts are counted from 1.")]
    NoPart,
    /// A number would be written with more decimals than [`MOST_DECIMALS`].
    #[error("A number is written with {MOST_DECIMALS} decimals at most.")]
    TooManyDecimals,
    /// Thousands and decimals have the same mark.
    #[error("Thousands and decimals need different marks.")]
    SameMarks,
    /// A country that ISO 3166-1 does not have.
    #[error("Choose the country of phone numbers without a country code.")]
    NoCountry,
    /// There are more transforms than [`MOST_TRANSFORMS`].
    #[error("A rule holds {MOST_TRANSFORMS} steps at most.")]
    TooManyTransforms,
    /// A value map has more pairs than [`MOST_PAIRS`].
    #[error("A value map holds {MOST_PAIRS} pairs at most.")]
    TooManyPairs,
    /// A pair of a value map has no left side.
    #[error("Fill in or remove the pair without a value from Lever.")]
    EmptyKey,
    /// Two pairs of a value map begin with the same value.
    #[error("Two pairs of the value map have the same value from Lever.")]
    RepeatedKey,
    /// A date pattern reads or writes no date.
    #[error("“{pattern}” is not a pattern for dates. Write for example %d/%m/%Y.")]
    BadPattern {
        /// The pattern.
        pattern: String,
    },
    /// A text is longer than [`LONGEST_TEXT`].
    #[error("A text is longer than {LONGEST_TEXT} characters.")]
    TextTooLong,
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

fn transforms(transforms: &[Transform]) -> Result<(), Fault> {
    if transforms.len() > MOST_TRANSFORMS {
        return Err(Fault::TooManyTransforms);
    }
    transforms.iter().try_for_each(transform)
}

fn transform(transform: &Transform) -> Result<(), Fault> {
    match transform {
        Transform::Trim
        | Transform::Case { .. }
        | Transform::NamePart { .. }
        | Transform::Email
        | Transform::Currency
        | Transform::Country { .. }
        | Transform::UserEmail
        | Transform::NumberFormat { write: None, .. } => Ok(()),
        Transform::Split { separator, nth, .. } => match (separator.as_str(), nth) {
            ("", _) => Err(Fault::NoSeparator),
            (_, 0) => Err(Fault::NoPart),
            (separator, _) => short(separator),
        },
        Transform::NumberFormat {
            write: Some(style), ..
        } => number_style(style),
        Transform::Phone { country } if is_country(country) => Ok(()),
        Transform::Phone { .. } => Err(Fault::NoCountry),
        Transform::DefaultIfEmpty { value } => short(value),
        Transform::DateFormat { from, to } => {
            from.as_deref().map_or(Ok(()), readable)?;
            to.as_deref().map_or(Ok(()), writable)
        }
        Transform::ValueMap { pairs, if_no_match } => {
            value_map(pairs)?;
            match if_no_match {
                IfNoMatch::Default { value } => short(value),
                IfNoMatch::Keep | IfNoMatch::Stop => Ok(()),
            }
        }
    }
}

fn number_style(style: &NumberStyle) -> Result<(), Fault> {
    if style
        .decimals
        .is_some_and(|decimals| decimals > MOST_DECIMALS)
    {
        return Err(Fault::TooManyDecimals);
    }
    match (style.grouping, style.mark) {
        (Grouping::Comma, DecimalMark::Comma) | (Grouping::Point, DecimalMark::Point) => {
            Err(Fault::SameMarks)
        }
        _ => Ok(()),
    }
}

fn value_map(pairs: &[Pair]) -> Result<(), Fault> {
    if pairs.len() > MOST_PAIRS {
        return Err(Fault::TooManyPairs);
    }
    let mut seen = HashSet::new();
    pairs.iter().try_for_each(|pair| {
        short(&pair.from)?;
        short(&pair.to)?;
        let key = folded(&pair.from).into_owned();
        if key.is_empty() {
            return Err(Fault::EmptyKey);
        }
        if seen.insert(key) {
            Ok(())
        } else {
            Err(Fault::RepeatedKey)
        }
    })
}

/// A pattern reads dates if it reads back the sample day as it writes it; it may hold a time of day as well.
fn readable(pattern: &str) -> Result<(), Fault> {
    short(pattern)?;
    let evening = SAMPLE_DAY.at(20, 14, 5, 0).to_zoned(TimeZone::UTC).ok();
    let written = evening.and_then(|evening| strtime::format(pattern, &evening).ok());
    let read = written.and_then(|text| Date::strptime(pattern, &text).ok());
    if read == Some(SAMPLE_DAY) {
        Ok(())
    } else {
        Err(bad(pattern))
    }
}

fn writable(pattern: &str) -> Result<(), Fault> {
    short(pattern)?;
    let written = write_date(pattern, SAMPLE_DAY).ok();
    let filled = written.is_some_and(|text| !text.trim().is_empty());
    if filled { Ok(()) } else { Err(bad(pattern)) }
}

fn bad(pattern: &str) -> Fault {
    Fault::BadPattern {
        pattern: pattern.to_owned(),
    }
}

fn short(text: &str) -> Result<(), Fault> {
    if text.chars().nth(LONGEST_TEXT).is_some() {
        Err(Fault::TextTooLong)
    } else {
        Ok(())
    }
}

/// A foreign id short enough to be said in a sentence.
fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests;
