//! What differs between two mappings, in words.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::describe::describe;
use super::rule::{Rule, Rules};
use super::schema::Schema;
use super::text::folded;
use super::transform::{Pair, Transform};

/// How many pairs of a value map are named before the rest is counted.
const NAMED_PAIRS: usize = 3;

/// What happened to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// The id of the field that the mapping fills.
    pub target: String,
    /// Its label at that time; the id if it is no field of the mapping.
    pub label: String,
    /// What happened to its rule.
    pub kind: ChangeKind,
    /// What happened in words, to be read after the label: `now Lever: Headline, was Lever: Job title`.
    pub words: String,
}

/// What happened to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The field was not mapped before.
    Added,
    /// The field is not mapped any more.
    Removed,
    /// The value comes from somewhere else; its steps may differ too.
    Source,
    /// The same source, with other steps.
    Steps,
}

/// What must be done to `before` to get `after`, in the order of the schema; rules of unknown fields come last. `label`
/// gives the label of a Lever field by its id.
pub fn changes(
    before: &Rules,
    after: &Rules,
    schema: &Schema,
    label: impl Fn(&str) -> String,
) -> Vec<Change> {
    let (old, new) = (by_target(before), by_target(after));
    targets(before, after, schema)
        .into_iter()
        .filter_map(|target| {
            let (kind, words) =
                difference(old.get(target).copied(), new.get(target).copied(), &label)?;
            let known = schema.get(target);
            Some(Change {
                target: target.to_owned(),
                label: known.map_or(target, |field| &field.label).to_owned(),
                kind,
                words,
            })
        })
        .collect()
}

fn by_target(rules: &Rules) -> HashMap<&str, &Rule> {
    rules
        .rules
        .iter()
        .map(|rule| (rule.target.as_str(), rule))
        .collect()
}

/// Each target once: those of the schema in its order, then the unknown ones in the order of the rules.
fn targets<'a>(before: &'a Rules, after: &'a Rules, schema: &'a Schema) -> Vec<&'a str> {
    let known = schema.fields().iter().map(|field| field.id.as_str());
    let ruled = after.rules.iter().chain(&before.rules);
    let mut seen = HashSet::new();
    known
        .chain(ruled.map(|rule| rule.target.as_str()))
        .filter(|target| seen.insert(*target))
        .collect()
}

fn difference(
    old: Option<&Rule>,
    new: Option<&Rule>,
    label: &impl Fn(&str) -> String,
) -> Option<(ChangeKind, String)> {
    match (old, new) {
        (None, None) => None,
        (None, Some(new)) => Some((ChangeKind::Added, format!("now {}", describe(new, label)))),
        (Some(old), None) => Some((
            ChangeKind::Removed,
            format!("no longer mapped, was {}", describe(old, label)),
        )),
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => {
            let kind = if old.source == new.source {
                ChangeKind::Steps
            } else {
                ChangeKind::Source
            };
            let (was, is) = (describe(old, label), describe(new, label));
            let words = if was == is {
                pairs_changed(old, new).unwrap_or_else(|| format!("now {is}"))
            } else {
                let pairs = pairs_changed(old, new).map(|words| format!(" ({words})"));
                format!("now {is}, was {was}{}", pairs.unwrap_or_default())
            };
            Some((kind, words))
        }
    }
}

/// What changed inside the value maps of a rule: `value map: CA → Calif., was California; NY → New York added`.
fn pairs_changed(old: &Rule, new: &Rule) -> Option<String> {
    let (was, is) = (pairs(old), pairs(new));
    let (old, new) = (by_key(&was), by_key(&is));
    let mut said: Vec<String> = Vec::new();
    for pair in &is {
        match old.get(folded(&pair.from).as_ref()) {
            None => said.push(format!("{} → {} added", pair.from, pair.to)),
            Some(was) if *was != pair.to => {
                said.push(format!("{} → {}, was {was}", pair.from, pair.to));
            }
            Some(_) => {}
        }
    }
    let gone = was
        .iter()
        .filter(|pair| !new.contains_key(folded(&pair.from).as_ref()));
    said.extend(gone.map(|pair| format!("{} → {} removed", pair.from, pair.to)));
    if said.is_empty() {
        return None;
    }
    let rest = said.len().saturating_sub(NAMED_PAIRS);
    said.truncate(NAMED_PAIRS);
    if rest > 0 {
        said.push(format!("{rest} more"));
    }
    Some(format!("value map: {}", said.join("; ")))
}

fn by_key<'a>(pairs: &[&'a Pair]) -> HashMap<String, &'a str> {
    pairs
        .iter()
        .map(|pair| (folded(&pair.from).into_owned(), pair.to.as_str()))
        .collect()
}

fn pairs(rule: &Rule) -> Vec<&Pair> {
    rule.transforms
        .iter()
        .filter_map(|transform| match transform {
            Transform::ValueMap { pairs, .. } => Some(pairs),
            _ => None,
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::super::transform::{IfNoMatch, LetterCase};
    use super::*;

    fn lever(target: &str, field: &str, transforms: Vec<Transform>) -> Rule {
        let source = Source::Lever {
            field: field.into(),
        };
        Rule {
            target: target.into(),
            source,
            transforms,
            accepts_loss: false,
        }
    }

    fn value_map(pairs: &[(&str, &str)]) -> Transform {
        let pair = |(from, to): &(&str, &str)| Pair {
            from: (*from).into(),
            to: (*to).into(),
        };
        Transform::ValueMap {
            pairs: pairs.iter().map(pair).collect(),
            if_no_match: IfNoMatch::Keep,
        }
    }

    fn between(before: Vec<Rule>, after: Vec<Rule>) -> Vec<(ChangeKind, String)> {
        let label = |id: &str| id.rsplit('.').next().unwrap_or(id).to_owned();
        let (before, after) = (Rules { rules: before }, Rules { rules: after });
        changes(&before, &after, &Schema::of_people([]), label)
            .into_iter()
            .map(|change| (change.kind, format!("{}: {}", change.label, change.words)))
            .collect()
    }

    #[test]
    fn each_kind_of_change_is_said_with_the_labels_of_both_sides() {
        let upper = Transform::Case {
            to: LetterCase::Upper,
        };
        let before = vec![
            lever("team", "posting.team", vec![]),
            lever("state", "requisition.state", vec![]),
            lever("job_title", "posting.title", vec![]),
        ];
        let after = vec![
            lever("job_title", "opportunity.headline", vec![]),
            lever("department", "posting.department", vec![]),
            lever("state", "requisition.state", vec![Transform::Trim, upper]),
        ];
        let said = |kind, words: &str| (kind, words.to_owned());
        assert_eq!(
            between(before, after),
            [
                said(
                    ChangeKind::Source,
                    "Job title: now Lever: headline, was Lever: title"
                ),
                said(ChangeKind::Added, "Department: now Lever: department"),
                said(
                    ChangeKind::Removed,
                    "Team: no longer mapped, was Lever: team"
                ),
                said(
                    ChangeKind::Steps,
                    "State or region: now Lever: state → spaces trimmed → upper case, was Lever: state"
                ),
            ]
        );
    }

    #[test]
    fn a_value_map_says_which_pairs_changed() {
        let rule = |pairs: &[(&str, &str)]| vec![lever("state", "r.state", vec![value_map(pairs)])];
        let same_count = between(
            rule(&[("CA", "California"), ("NY", "New York")]),
            rule(&[("ca", "Calif."), ("TX", "Texas")]),
        );
        assert_eq!(
            same_count[0].1,
            "State or region: value map: ca → Calif., was California; TX → Texas added; NY → New York removed"
        );
        let many: Vec<_> = ["A", "B", "C", "D", "E"].map(|from| (from, "x")).into();
        let said = &between(rule(&[]), rule(&many))[0].1;
        assert!(
            said.ends_with("A → x added; B → x added; C → x added; 2 more)"),
            "{said}"
        );
    }

    #[test]
    fn the_order_of_the_rules_is_no_change() {
        let rules = || vec![lever("team", "a", vec![]), lever("state", "b", vec![])];
        let turned = rules().into_iter().rev().collect();
        assert_eq!(between(rules(), turned), []);
    }

    #[test]
    fn a_rule_for_an_unknown_field_is_named_by_its_id() {
        let said = between(vec![], vec![lever("shoe_size", "a", vec![])]);
        assert_eq!(
            said,
            [(ChangeKind::Added, "shoe_size: now Lever: a".to_owned())]
        );
    }
}
