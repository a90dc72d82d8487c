//! What an import makes of a person. Pure: everything it depends on is given.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::mapping::{Blocker, Evaluation, Rules, Schema, describe};

/// Where a value comes from that the user typed for one person.
pub const ENTERED: &str = "Entered by you";

/// What the user typed for one person, by the field's id.
pub type Entered = BTreeMap<String, String>;

/// What a hire comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// A person.
    Person(Planned),
    /// Nobody yet: this is missing, in the order of the person fields.
    Held(Vec<Need>),
}

/// What the user said about a hire that may be somebody who is here already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SamePerson {
    /// It is this person.
    Update {
        /// The person's id.
        person_id: String,
    },
    /// It is another person.
    Another,
}

/// The question whether a hire is somebody who is here already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What the hire would make of the person.
    pub planned: Planned,
    /// The ids of the people it may be, whoever came first first.
    pub people: Vec<String>,
}

/// A person's fields after an import, with where each came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// First and last name.
    pub name: String,
    /// The personal e-mail address.
    pub email: Option<String>,
    /// Value and origin by field id; every mapped field, empty ones too.
    pub fields: BTreeMap<String, (Option<String>, String)>,
}

/// What one field lacks before the hire can be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The field's id.
    pub target: String,
    /// Its label at that time.
    pub label: String,
    /// Why there is no usable value, as a sentence that does not repeat it.
    pub why: String,
    /// What Lever said; none if empty.
    pub raw: Option<String>,
}

/// What comes of what Lever said. What the user entered stands in where the mapping has no value. `label` names a
/// Lever field in words.
pub fn plan(
    rules: &Rules,
    evaluation: &Evaluation,
    schema: &Schema,
    entered: &Entered,
    label: impl Fn(&str) -> String,
) -> Plan {
    let mut fields = BTreeMap::new();
    for (rule, outcome) in rules.rules.iter().zip(&evaluation.outcomes) {
        fields.insert(
            rule.target.clone(),
            (outcome.value.clone(), describe(rule, &label)),
        );
    }
    let mut refused = BTreeMap::new();
    for (target, typed) in entered {
        let mapped = fields.get(target).is_some_and(|(value, _)| value.is_some());
        let Some(field) = schema.get(target).filter(|_| !mapped) else {
            continue;
        };
        match field.accept(typed) {
            Ok(None) => {}
            Ok(value) => {
                fields.insert(target.clone(), (value, ENTERED.to_owned()));
            }
            Err(problem) => {
                refused.insert(target.as_str(), problem.to_string());
            }
        }
    }
    let filled = |target: &str| fields.get(target).is_some_and(|(value, _)| value.is_some());
    let lacking = evaluation
        .blockers
        .iter()
        .filter(|blocker| !filled(&blocker.target));
    let mut needs: Vec<Need> = Vec::new();
    for blocker in lacking {
        if needs.iter().all(|need| need.target != blocker.target) {
            needs.push(need(blocker, evaluation, refused.remove(&*blocker.target)));
        }
    }
    if !needs.is_empty() {
        return Plan::Held(needs);
    }
    let value = |id: &str| fields.get(id).and_then(|(value, _)| value.clone());
    let names = [value("first_name"), value("last_name")];
    Plan::Person(Planned {
        name: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        email: value("personal_email"),
        fields,
    })
}

fn need(blocker: &Blocker, evaluation: &Evaluation, refused: Option<String>) -> Need {
    let outcomes = evaluation.outcomes.iter();
    let raw = outcomes
        .filter(|outcome| outcome.target == blocker.target)
        .find_map(|outcome| outcome.raw.clone());
    Need {
        target: blocker.target.clone(),
        label: blocker.label.clone(),
        why: refused.unwrap_or_else(|| blocker.problem.to_string()),
        raw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{IfNoMatch, NamePart, Record, Rule, Source, Transform, Value, evaluate};

    fn rule(target: &str, source: Source, transforms: Vec<Transform>) -> Rule {
        Rule {
            target: target.into(),
            source,
            transforms,
            accepts_loss: false,
        }
    }

    fn lever(target: &str, field: &str, transforms: Vec<Transform>) -> Rule {
        let field = field.into();
        rule(target, Source::Lever { field }, transforms)
    }

    /// Everything that an import needs, and a state that must be in the value map.
    fn rules() -> Rules {
        let part = |part| vec![Transform::NamePart { part }];
        let stop = Transform::ValueMap {
            pairs: Vec::new(),
            if_no_match: IfNoMatch::Stop,
        };
        let value = "UTC".into();
        Rules {
            rules: vec![
                lever("first_name", "opportunity.name", part(NamePart::FirstWord)),
                lever("last_name", "opportunity.name", part(NamePart::Rest)),
                lever("personal_email", "opportunity.emails.first", Vec::new()),
                rule("timezone", Source::Constant { value }, Vec::new()),
                lever("state", "opportunity.location", vec![stop]),
            ],
        }
    }

    fn planned(location: &str, entered: &[(&str, &str)]) -> Plan {
        let mut record = Record::new();
        record.set("opportunity.name", "Wirawan");
        record.set("opportunity.emails.first", "wirawan@example.com");
        record.set("opportunity.location", Value::from(location));
        let schema = Schema::of_people([]);
        let evaluation = evaluate(&rules(), &record, &schema);
        let entered = entered
            .iter()
            .map(|(target, typed)| ((*target).to_owned(), (*typed).to_owned()));
        plan(
            &rules(),
            &evaluation,
            &schema,
            &entered.collect(),
            str::to_owned,
        )
    }

    fn held(plan: Plan) -> Vec<(String, Option<String>)> {
        match plan {
            Plan::Held(needs) => needs
                .into_iter()
                .map(|need| (format!("{}: {}", need.label, need.why), need.raw))
                .collect(),
            Plan::Person(person) => panic!("{person:?}"),
        }
    }

    #[test]
    fn what_is_missing_is_said_field_by_field_with_what_lever_said() {
        let no_match = "The value is in no pair of the value map. Add a pair for it.";
        assert_eq!(
            held(planned("CA", &[])),
            [
                (
                    "Last name: There is no value for it.".to_owned(),
                    Some("Wirawan".to_owned())
                ),
                (
                    format!("State or region: {no_match}"),
                    Some("CA".to_owned())
                ),
            ]
        );
    }

    #[test]
    fn what_the_user_entered_stands_in_and_says_so() {
        let entered = [("last_name", " Wirawan "), ("state", "California")];
        let Plan::Person(person) = planned("CA", &entered) else {
            panic!("nothing is missing");
        };
        assert_eq!(person.name, "Wirawan Wirawan");
        let by_hand = |value: &str| Some(&(Some(value.to_owned()), ENTERED.to_owned())).cloned();
        assert_eq!(person.fields.get("last_name").cloned(), by_hand("Wirawan"));
        assert_eq!(person.fields.get("state").cloned(), by_hand("California"));
    }

    #[test]
    fn a_value_from_lever_counts_more_than_an_entered_one() {
        let entered = [
            ("first_name", "Budi"),
            ("last_name", "W"),
            ("state", "California"),
        ];
        let Plan::Person(person) = planned("CA", &entered) else {
            panic!("nothing is missing");
        };
        assert_eq!(person.name, "Wirawan W");
    }

    #[test]
    fn an_entered_value_that_no_longer_fits_its_field_holds_with_that_reason() {
        let mut record = Record::new();
        record.set("opportunity.name", "Rosa Lindqvist");
        record.set("opportunity.emails.first", "");
        record.set("opportunity.location", "");
        let schema = Schema::of_people([]);
        let evaluation = evaluate(&rules(), &record, &schema);
        let entered = [("personal_email".to_owned(), "rosa".to_owned())].into();
        let plan = plan(&rules(), &evaluation, &schema, &entered, str::to_owned);
        let said = "Personal e-mail: The value is not an e-mail address.";
        assert_eq!(held(plan), [(said.to_owned(), None)]);
    }

    #[test]
    fn a_blank_is_no_entered_value_and_strange_targets_hurt_nobody() {
        let entered = [("last_name", "  "), ("shoe_size", "43")];
        assert_eq!(held(planned("", &entered)).len(), 1);
    }
}
