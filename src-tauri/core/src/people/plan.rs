//! What an import makes of a person. Pure: everything it depends on is given.

use std::collections::BTreeMap;

use crate::mapping::{Evaluation, Rules, describe};

/// A person's fields after an import, with where each came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// First and last name.
    pub name: String,
    /// The personal e-mail address.
    pub email: Option<String>,
    /// Value and origin by field id; every mapped field, empty ones too.
    pub fields: BTreeMap<String, (Option<String>, String)>,
}

/// The person that these rules make of what Lever said. `label` names a Lever field in words.
pub fn plan(rules: &Rules, evaluation: &Evaluation, label: impl Fn(&str) -> String) -> Planned {
    let mut fields = BTreeMap::new();
    for (rule, outcome) in rules.rules.iter().zip(&evaluation.outcomes) {
        fields.insert(
            rule.target.clone(),
            (outcome.value.clone(), describe(rule, &label)),
        );
    }
    let value = |id: &str| fields.get(id).and_then(|(value, _)| value.clone());
    let names = [value("first_name"), value("last_name")];
    Planned {
        name: names.into_iter().flatten().collect::<Vec<_>>().join(" "),
        email: value("personal_email"),
        fields,
    }
}
