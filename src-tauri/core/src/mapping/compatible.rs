//! Which types of Lever can fill which types of a target (SCREENS.md 4.4.6).

use serde::Serialize;
use ts_rs::TS;

use super::field::{FieldType, SourceField};
use super::rule::Rule;
use super::source::Source;
use super::transform::{IfNoMatch, Transform};

/// Whether values of one type can fill a field of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Compatibility {
    /// Every value goes in as it is.
    Exact,
    /// Values are written or read in another form; those that cannot be are stated problems of their candidates.
    Converts,
    /// A part of the value is lost, which someone must accept.
    Lossy {
        /// What is lost, as a sentence.
        why: String,
    },
    /// No value can ever fit.
    Impossible {
        /// The reason, as a sentence.
        why: String,
    },
}

impl Compatibility {
    fn lossy(why: &str) -> Self {
        Self::Lossy { why: why.into() }
    }

    fn impossible(from: FieldType, to: FieldType) -> Self {
        let why = format!("{} cannot become {}.", capital(from.noun()), to.noun());
        Self::Impossible { why }
    }
}

/// Whether values of type `from` can fill a field of type `to`.
pub fn compatible(from: FieldType, to: FieldType) -> Compatibility {
    use FieldType::{
        Choice, Date, Email, Flag, Instant, List, Number, Person, Phone, Text, TimeZone,
    };
    match (from, to) {
        (from, to) if from == to => Compatibility::Exact,
        // Every other type is also written as a text, and a colleague is known by their address.
        (Email | Phone | Choice | TimeZone, Text) | (Email, Person) | (Person, Email | Text) => {
            Compatibility::Exact
        }
        (Number | Date | Instant | Flag | List, Text) => Compatibility::Converts,
        (Text | Choice, _) | (_, List) => Compatibility::Converts,
        (Instant, Date) => Compatibility::lossy("The time of day is left out."),
        (List, _) => Compatibility::lossy("Only the first of several values is taken."),
        (Number | Date | Flag | TimeZone | Email | Person, Choice) | (Number, Phone) => {
            Compatibility::Converts
        }
        _ => Compatibility::impossible(from, to),
    }
}

/// The type that the steps make of a value of type `from`, or which of them can never work, as a sentence.
pub fn after(transforms: &[Transform], from: FieldType) -> Result<FieldType, String> {
    let mut kind = from;
    for transform in transforms {
        kind = after_one(transform, kind)?;
    }
    Ok(kind)
}

fn after_one(transform: &Transform, from: FieldType) -> Result<FieldType, String> {
    use FieldType::{Date, Email, Flag, Instant, List, Number, Phone, Text};
    let never = |what: &str| Err(format!("{} is never {what}.", capital(from.noun())));
    let many = |kind| if from == List { List } else { kind };
    let typed = matches!(from, Number | Date | Instant | Flag);
    match transform {
        Transform::Trim | Transform::DefaultIfEmpty { .. } => Ok(from),
        Transform::Case { .. } | Transform::NamePart { .. } if typed => Ok(from),
        Transform::Case { .. } | Transform::NamePart { .. } => Ok(many(Text)),
        Transform::Split { .. } => Ok(if typed { from } else { Text }),
        Transform::DateFormat { .. } if matches!(from, Number | Flag | Email | Phone) => {
            never("a date")
        }
        Transform::DateFormat { to, .. } => Ok(if to.is_some() { Text } else { Date }),
        Transform::NumberFormat { .. } if matches!(from, Date | Instant | Flag | Email | List) => {
            never("one number")
        }
        Transform::NumberFormat { write, .. } => Ok(if write.is_some() { Text } else { Number }),
        Transform::Phone { .. } if matches!(from, Date | Instant | Flag | Email) => {
            never("a phone number")
        }
        Transform::Phone { .. } => Ok(many(Phone)),
        Transform::Email if typed || from == Phone => never("an e-mail address"),
        Transform::Email => Ok(many(Email)),
        Transform::Currency if typed => never("a currency"),
        Transform::Country { .. } if typed => never("a country"),
        Transform::Currency | Transform::Country { .. } => Ok(many(Text)),
        Transform::UserEmail if typed => never("a Lever user"),
        Transform::UserEmail => Ok(many(Email)),
        Transform::ValueMap { pairs, if_no_match }
            if pairs.is_empty() && *if_no_match == IfNoMatch::Keep =>
        {
            Ok(from)
        }
        Transform::ValueMap { .. } => Ok(many(Text)),
    }
}

/// Whether a rule with values of type `from` can fill a field of type `to` after its steps.
pub fn through(transforms: &[Transform], from: FieldType, to: FieldType) -> Compatibility {
    match after(transforms, from) {
        Ok(kind) => compatible(kind, to),
        Err(why) => Compatibility::Impossible { why },
    }
}

/// The type of the value that a rule begins with; none if it reads a field that is not in the list, of which
/// nothing can be said.
pub fn source_type(source: &Source, known: &[SourceField]) -> Option<FieldType> {
    let kind_of = |id: &str| {
        known
            .iter()
            .find(|field| field.id == id)
            .map(|field| field.kind)
    };
    match source {
        Source::Lever { field } => kind_of(field),
        Source::Constant { .. } | Source::Join { .. } | Source::Template { .. } => {
            Some(FieldType::Text)
        }
        Source::FirstOf { fields } => {
            let kinds: Option<Vec<_>> = fields.iter().map(|field| kind_of(field)).collect();
            let kinds = kinds?;
            let first = kinds.first().copied()?;
            Some(if kinds.iter().all(|kind| *kind == first) {
                first
            } else {
                FieldType::Text
            })
        }
        Source::Sum { .. } => Some(FieldType::Number),
    }
}

/// Whether what a rule gives can fill a field of type `to`; none if its source is not in the list.
pub fn rule_compatibility(
    rule: &Rule,
    to: FieldType,
    known: &[SourceField],
) -> Option<Compatibility> {
    if let Source::Sum { fields } = &rule.source {
        let kinds = known.iter().filter(|field| fields.contains(&field.id));
        let other = kinds.map(|field| (field, field.kind)).find(|(_, kind)| {
            !matches!(
                kind,
                FieldType::Number | FieldType::Text | FieldType::Choice
            )
        });
        if let Some((field, kind)) = other {
            let why = format!("{} is {}, which cannot be added.", field.label, kind.noun());
            return Some(Compatibility::Impossible { why });
        }
    }
    source_type(&rule.source, known).map(|from| through(&rule.transforms, from, to))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests;
