//! A suggested rule, run on the candidates that were read lately.

use super::account::Account;
use crate::mapping::compiled::Compiled;
use crate::mapping::problem::Problem;
use crate::mapping::record::Record;
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

/// Runs the rule on everyone.
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
        let run = mapping.run(record);
        let values: Vec<_> = run.values().map(|(_, value)| value.to_owned()).collect();
        trial.fitted += values.len();
        trial.values.extend(values);
        trial.failed += run
            .problems()
            .filter(|(_, problem)| speaks_against(problem, record))
            .count();
    }
    trial
}

/// A user who is not known here may be known when the rule runs in earnest, and a candidate who was read before the field
/// was there says nothing about it.
fn speaks_against(problem: &Problem, record: &Record) -> bool {
    match problem {
        Problem::NoUser => !record.users().is_empty(),
        Problem::Vanished { .. } => false,
        _ => true,
    }
}
