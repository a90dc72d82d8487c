//! The one function behind preview and import: rules and a record to the fields of a person.

use std::fmt;

use super::compiled::Compiled;
use super::problem::Problem;
use super::record::Record;
use super::rule::Rules;
use super::schema::Schema;

/// What the rules give for one candidate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// One for each rule, in order.
    pub outcomes: Vec<Outcome>,
    /// Why the candidate cannot be imported as things stand, in the order of the person fields; an empty
    /// list means that they can.
    pub blockers: Vec<Blocker>,
}

/// What one rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The person field's id.
    pub target: String,
    /// The value as it came from Lever, of a sum its arithmetic; none if empty.
    pub raw: Option<String>,
    /// The value after each transform, in order; none if empty or not reached.
    pub steps: Vec<Option<String>>,
    /// The value in the canonical form of the person field's type: dates as `2026-11-21`, numbers as plain
    /// decimals, time zones by their exact name; none if empty or if there is a problem.
    pub value: Option<String>,
    /// Why there is no usable value.
    pub problem: Option<Problem>,
}

/// Why one person field stops the import. Displays as `First name: There is no value for it.`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// The field's id.
    pub target: String,
    /// Its label; the id again if there is no such field.
    pub label: String,
    /// The reason.
    pub problem: Problem,
}

impl fmt::Display for Blocker {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.label, self.problem)
    }
}

impl Evaluation {
    /// The person fields with a usable value, as id and canonical text.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.outcomes
            .iter()
            .filter_map(|outcome| Some((outcome.target.as_str(), outcome.value.as_deref()?)))
    }
}

/// Applies every rule to the record, once. Total and deterministic: any input gives values or stated problems.
/// [`Compiled`] does the same for many records.
pub fn evaluate(rules: &Rules, record: &Record, schema: &Schema) -> Evaluation {
    Compiled::new(rules, schema).preview(record)
}

#[cfg(test)]
mod tests {
    use super::super::{IfNoMatch, NamePart, Rule, Source, Transform, Value};
    use super::*;

    fn lever(target: &str, field: &str, transforms: Vec<Transform>) -> Rule {
        Rule {
            target: target.into(),
            source: Source::Lever {
                field: field.into(),
            },
            transforms,
            accepts_loss: false,
        }
    }

    fn constant(target: &str, value: &str) -> Rule {
        let source = Source::Constant {
            value: value.into(),
        };
        Rule {
            target: target.into(),
            source,
            transforms: Vec::new(),
            accepts_loss: false,
        }
    }

    fn rosa() -> Record {
        let mut record = Record::new();
        record.set("opportunity.name", "Rosa Lindqvist");
        record.set("opportunity.emails.first", "rosa@example.com");
        record.set("opportunity.phones.first", "later");
        record.set("opportunity.location", Value::Empty);
        record
    }

    fn required() -> Vec<Rule> {
        let part = |part| vec![Transform::Trim, Transform::NamePart { part }];
        vec![
            lever("first_name", "opportunity.name", part(NamePart::FirstWord)),
            lever("last_name", "opportunity.name", part(NamePart::Rest)),
            lever("personal_email", "opportunity.emails.first", Vec::new()),
            constant("timezone", "europe/lisbon"),
        ]
    }

    fn evaluated(rules: Vec<Rule>) -> Evaluation {
        evaluate(&Rules { rules }, &rosa(), &Schema::of_people([]))
    }

    #[test]
    fn a_candidate_becomes_a_person_step_by_step() {
        let evaluation = evaluated(required());
        assert_eq!(evaluation.blockers, Vec::new());
        assert_eq!(
            evaluation.outcomes[1].raw.as_deref(),
            Some("Rosa Lindqvist")
        );
        assert_eq!(
            evaluation.outcomes[1].steps,
            [
                Some("Rosa Lindqvist".to_owned()),
                Some("Lindqvist".to_owned())
            ]
        );
        let values: Vec<_> = evaluation.values().collect();
        assert_eq!(
            values,
            [
                ("first_name", "Rosa"),
                ("last_name", "Lindqvist"),
                ("personal_email", "rosa@example.com"),
                ("timezone", "Europe/Lisbon"),
            ]
        );
    }

    #[test]
    fn each_missing_required_field_is_a_blocker_with_its_label() {
        let evaluation = evaluated(vec![lever("last_name", "opportunity.location", Vec::new())]);
        let said: Vec<_> = evaluation
            .blockers
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "First name: No Lever field is mapped to it.",
                "Last name: There is no value for it.",
                "Personal e-mail: No Lever field is mapped to it.",
                "Time zone: No Lever field is mapped to it.",
            ]
        );
    }

    #[test]
    fn a_vanished_field_is_never_silently_empty() {
        let mut rules = required();
        rules.push(lever(
            "team",
            "requisition.custom.squad",
            vec![Transform::Trim],
        ));
        let evaluation = evaluated(rules);
        let problem = Problem::Vanished {
            field: "requisition.custom.squad".into(),
        };
        assert_eq!(evaluation.outcomes[4].problem, Some(problem.clone()));
        assert_eq!(evaluation.outcomes[4].steps, [None]);
        assert_eq!(
            evaluation.blockers,
            [Blocker {
                target: "team".into(),
                label: "Team".into(),
                problem
            }]
        );
    }

    #[test]
    fn a_stopped_value_map_holds_even_an_optional_field() {
        let stop = Transform::ValueMap {
            pairs: Vec::new(),
            if_no_match: IfNoMatch::Stop,
        };
        let mut rules = required();
        rules.push(lever(
            "state",
            "opportunity.name",
            vec![stop, Transform::Trim],
        ));
        let evaluation = evaluated(rules);
        assert_eq!(
            evaluation.blockers,
            [Blocker {
                target: "state".into(),
                label: "State or region".into(),
                problem: Problem::NoMatch
            }]
        );
        assert_eq!(evaluation.outcomes[4].steps, [None, None]);
    }

    #[test]
    fn an_optional_field_of_the_wrong_type_is_left_out_and_reported() {
        let mut rules = required();
        rules.push(lever("phone", "opportunity.phones.first", Vec::new()));
        let evaluation = evaluated(rules);
        assert!(evaluation.outcomes[4].problem.is_some());
        assert_eq!(evaluation.outcomes[4].value, None);
        assert_eq!(evaluation.blockers, Vec::new());
    }

    #[test]
    fn a_rule_for_no_field_of_a_person_is_a_blocker() {
        let mut rules = required();
        rules.push(constant("shoe_size", "43"));
        let said: Vec<_> = evaluated(rules)
            .blockers
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(said, ["shoe_size: People have no field “shoe_size”."]);
    }
}
