//! What became of the Lever fields that a saved mapping reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::field::{FieldType, SourceField, SourceGroup};
use super::rule::Rules;

/// A Lever field as it was when a mapping that reads it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The label as Lever showed it.
    pub label: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Its group.
    pub group: SourceGroup,
    /// Whether the customer made the field.
    pub custom: bool,
}

impl From<SourceField> for Remembered {
    fn from(field: SourceField) -> Self {
        Self {
            label: field.label,
            kind: field.kind,
            group: field.group,
            custom: field.custom,
        }
    }
}

/// A Lever field that is no longer as the saved mapping knew it (SCREENS.md 4.4.12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Drift {
    /// The id of the field whose rule reads it.
    pub target: String,
    /// The Lever field's id.
    pub field: String,
    /// Its label at the save; the id if there was none.
    pub label: String,
    /// What became of it.
    pub change: DriftKind,
    /// The same in words: `No longer in Lever`.
    pub words: String,
}

/// What became of a Lever field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DriftKind {
    /// Lever does not list it any more.
    Vanished,
    /// It has another type.
    Retyped {
        /// The type at the save.
        was: FieldType,
        /// The type as last read.
        now: FieldType,
    },
}

/// What became of each Lever field that the rules read, in the order of the rules. `known` is what Lever lists now;
/// empty while it was never read, when nothing is known to be missing.
pub fn drift(
    rules: &Rules,
    remembered: &BTreeMap<String, Remembered>,
    known: &[SourceField],
) -> Vec<Drift> {
    let by_id: BTreeMap<&str, &SourceField> = known
        .iter()
        .map(|field| (field.id.as_str(), field))
        .collect();
    let mut found = Vec::new();
    for rule in &rules.rules {
        for field in rule.source.fields() {
            let before = remembered.get(&field);
            let change = match by_id.get(field.as_str()) {
                Some(now) => before
                    .filter(|before| before.kind != now.kind)
                    .map(|before| DriftKind::Retyped {
                        was: before.kind,
                        now: now.kind,
                    }),
                None => is_proven(before, known).then_some(DriftKind::Vanished),
            };
            if let Some(change) = change {
                found.push(Drift {
                    target: rule.target.clone(),
                    label: before.map_or_else(|| field.clone(), |before| before.label.clone()),
                    field,
                    change,
                    words: words(change),
                });
            }
        }
    }
    found
}

/// Whether a field that is not listed is gone. The customer's own fields are listed part by part: where nothing of a
/// part is listed, it may have been closed to us. Questions are only found by example, so their absence proves nothing.
fn is_proven(field: Option<&Remembered>, known: &[SourceField]) -> bool {
    use SourceGroup::{Application, Form, Referral};
    match field {
        None => false,
        Some(field) if !field.custom => !known.is_empty(),
        Some(field) => {
            !matches!(field.group, Application | Form | Referral)
                && known
                    .iter()
                    .any(|other| other.custom && other.group == field.group)
        }
    }
}

fn words(change: DriftKind) -> String {
    match change {
        DriftKind::Vanished => "No longer in Lever".to_owned(),
        DriftKind::Retyped { was, now } => format!("Was {}, is now {}", was.noun(), now.noun()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::super::rule::Rule;
    use super::*;

    fn field(id: &str, group: SourceGroup, kind: FieldType, custom: bool) -> SourceField {
        SourceField {
            id: id.into(),
            label: id.to_uppercase(),
            group,
            kind,
            custom,
            example: None,
        }
    }

    fn squad(kind: FieldType) -> SourceField {
        field(
            "requisition.custom.squad",
            SourceGroup::Requisition,
            kind,
            true,
        )
    }

    fn other() -> SourceField {
        field(
            "requisition.custom.floor",
            SourceGroup::Requisition,
            FieldType::Text,
            true,
        )
    }

    /// What became of a field that a saved rule reads.
    fn became(saved: SourceField, known: &[SourceField]) -> Vec<(DriftKind, String)> {
        let source = Source::Lever {
            field: saved.id.clone(),
        };
        let rules = Rules {
            rules: vec![Rule {
                target: "team".into(),
                source,
                transforms: Vec::new(),
                accepts_loss: false,
            }],
        };
        let remembered = BTreeMap::from([(saved.id.clone(), Remembered::from(saved))]);
        drift(&rules, &remembered, known)
            .into_iter()
            .map(|drift| (drift.change, drift.words))
            .collect()
    }

    #[test]
    fn a_field_that_lever_no_longer_lists_has_vanished() {
        let vanished = [(DriftKind::Vanished, "No longer in Lever".to_owned())];
        assert_eq!(became(squad(FieldType::Text), &[other()]), vanished);
        assert_eq!(
            became(squad(FieldType::Text), &[other(), squad(FieldType::Text)]),
            []
        );
    }

    #[test]
    fn a_field_of_another_type_says_what_it_was_and_is() {
        let (was, now) = (FieldType::Date, FieldType::Text);
        let retyped = (
            DriftKind::Retyped { was, now },
            "Was a date, is now a text".to_owned(),
        );
        assert_eq!(became(squad(was), &[squad(now)]), [retyped]);
    }

    #[test]
    fn a_part_that_may_be_closed_to_us_proves_nothing() {
        let name = field(
            "opportunity.name",
            SourceGroup::Opportunity,
            FieldType::Text,
            false,
        );
        assert_eq!(became(squad(FieldType::Text), &[name]), []);
        assert_eq!(became(squad(FieldType::Text), &[]), []);
        let question = |id: &str| field(id, SourceGroup::Application, FieldType::Text, true);
        assert_eq!(
            became(
                question("application.question.a"),
                &[question("application.question.b")]
            ),
            []
        );
    }
}
