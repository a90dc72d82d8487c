//! A suggested rule, run on the candidates that were read lately.

use super::account::Account;
use crate::mapping::compiled::Compiled;
use crate::mapping::problem::Problem;
use crate::mapping::rule::{Rule, Rules};
use crate::mapping::schema::{Schema, TargetField};

/// What became of the seen values on their way through a rule.
#[derive(Default)]
pub(super) struct Trial {
    pub(super) fitted: usize,
    pub(super) failed: usize,
    pub(super) values: Vec<String>,
}

impl Trial {
    /// Whether both read every value but not as the same, as 01/02/2026 may be two days.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.failed + other.failed == 0 && self.values != other.values
    }
}

/// Runs the rule on everyone. A user who is not known here may be known when it runs in earnest.
pub(super) fn trial(rule: &Rule, target: &TargetField, account: &Account<'_>) -> Trial {
    let optional = TargetField {
        required: false,
        ..target.clone()
    };
    let rules = Rules {
        rules: vec![rule.clone()],
    };
    let mapping = Compiled::new(&rules, &Schema::new(vec![optional]));
    let mut trial = Trial::default();
    for record in account.records() {
        let outcomes = mapping.run(record).outcomes;
        for outcome in outcomes {
            match (outcome.value, outcome.problem) {
                (Some(value), _) => {
                    trial.fitted += 1;
                    trial.values.push(value);
                }
                (None, Some(Problem::NoUser)) if record.users().is_empty() => {}
                // A sample that is older than the field says nothing about it.
                (None, Some(Problem::Vanished { .. })) | (None, None) => {}
                (None, Some(_)) => trial.failed += 1,
            }
        }
    }
    trial
}
