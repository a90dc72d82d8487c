//! What a draft would change for one candidate, against the mapping that is saved.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::evaluate::{Evaluation, Outcome};
use super::schema::Schema;

/// How a candidate fares under a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every field gets the value that it gets today.
    Same,
    /// Some field gets another value.
    Changed,
    /// The import would wait for a person.
    Failed,
}

/// A field that the draft fills differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChangedCell {
    /// The field's id.
    pub target: String,
    /// Its label; the id again if there is no such field.
    pub label: String,
    /// Whether it is masked on screen until revealed.
    pub masked: bool,
    /// The value under the saved mapping; none if empty.
    pub live: Option<String>,
    /// The value under the draft; none if empty.
    pub draft: Option<String>,
    /// Why the draft gives no usable value, in words.
    pub problem: Option<String>,
}

/// One candidate under both mappings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The worst that happens to any field.
    pub verdict: Verdict,
    /// The fields that differ, in the order of the screens.
    pub cells: Vec<ChangedCell>,
    /// What would keep the candidate from being imported, in words.
    pub blockers: Vec<String>,
}

/// Compares what the draft gives with what the saved mapping gives for the same record. A field that only one of
/// them fills counts as changed if its value is not empty.
pub fn compare(live: &Evaluation, draft: &Evaluation, schema: &Schema) -> Comparison {
    let (before, after) = (by_target(live), by_target(draft));
    let known = schema.fields().iter().map(|field| field.id.as_str());
    let unknown = before.keys().chain(after.keys()).copied();
    let mut targets: Vec<&str> = known.collect();
    targets.extend(unknown.filter(|target| schema.get(target).is_none()));
    targets.dedup();
    let cells: Vec<_> = targets
        .into_iter()
        .filter_map(|target| cell(target, before.get(target), after.get(target), schema))
        .collect();
    let blockers: Vec<_> = draft.blockers.iter().map(ToString::to_string).collect();
    let verdict = match (blockers.is_empty(), cells.is_empty()) {
        (false, _) => Verdict::Failed,
        (true, false) => Verdict::Changed,
        (true, true) => Verdict::Same,
    };
    Comparison {
        verdict,
        cells,
        blockers,
    }
}

fn by_target(evaluation: &Evaluation) -> BTreeMap<&str, &Outcome> {
    let outcomes = evaluation.outcomes.iter();
    outcomes
        .map(|outcome| (outcome.target.as_str(), outcome))
        .collect()
}

fn cell(
    target: &str,
    live: Option<&&Outcome>,
    draft: Option<&&Outcome>,
    schema: &Schema,
) -> Option<ChangedCell> {
    let before = live.and_then(|outcome| outcome.value.clone());
    let after = draft.and_then(|outcome| outcome.value.clone());
    let problem = |outcome: Option<&&Outcome>| outcome.and_then(|outcome| outcome.problem.clone());
    if before == after && problem(live) == problem(draft) {
        return None;
    }
    let field = schema.get(target);
    Some(ChangedCell {
        target: target.to_owned(),
        label: field
            .map_or(target, |field| field.label.as_str())
            .to_owned(),
        masked: field.is_some_and(|field| field.masked),
        live: before,
        draft: after,
        problem: problem(draft).map(|problem| problem.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::evaluate::evaluate;
    use super::super::record::Record;
    use super::super::{LetterCase, Rule, Rules, Source, Transform};
    use super::*;

    fn required() -> Vec<Rule> {
        let fixed = [
            ("first_name", "Rosa"),
            ("last_name", "Lindqvist"),
            ("personal_email", "rosa@example.com"),
            ("timezone", "Europe/Lisbon"),
        ];
        fixed.map(|(target, value)| constant(target, value)).into()
    }

    fn constant(target: &str, value: &str) -> Rule {
        Rule {
            target: target.into(),
            source: Source::Constant {
                value: value.into(),
            },
            transforms: Vec::new(),
            accepts_loss: false,
        }
    }

    fn compared(live: Vec<Rule>, draft: Vec<Rule>) -> Comparison {
        let schema = Schema::of_people([]);
        let give = |rules| evaluate(&Rules { rules }, &Record::new(), &schema);
        compare(&give(live), &give(draft), &schema)
    }

    #[test]
    fn the_same_values_by_another_way_are_the_same() {
        let mut draft = required();
        draft[0].transforms.push(Transform::Trim);
        let comparison = compared(required(), draft);
        assert_eq!(
            (comparison.verdict, comparison.cells),
            (Verdict::Same, vec![])
        );
    }

    #[test]
    fn each_field_that_differs_is_told_with_both_values() {
        let mut live = required();
        live.push(constant("pay_amount", "1000"));
        let mut draft = required();
        let to = LetterCase::Upper;
        draft[1].transforms.push(Transform::Case { to });
        let comparison = compared(live, draft);
        assert_eq!(comparison.verdict, Verdict::Changed);
        let told: Vec<_> = comparison
            .cells
            .iter()
            .map(|cell| {
                (
                    cell.label.as_str(),
                    cell.live.as_deref(),
                    cell.draft.as_deref(),
                    cell.masked,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Last name", Some("Lindqvist"), Some("LINDQVIST"), false),
                ("Pay", Some("1000"), None, true),
            ]
        );
    }

    #[test]
    fn a_draft_that_would_hold_the_import_fails_with_the_reason() {
        let mut draft = required();
        draft[3] = constant("timezone", "Mars/Olympus");
        let comparison = compared(required(), draft);
        assert_eq!(comparison.verdict, Verdict::Failed);
        assert_eq!(comparison.blockers.len(), 1);
        assert!(comparison.cells[0].problem.is_some());
    }
}
