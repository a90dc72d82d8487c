//! What a person draws on the mapping screen: one rule for each person field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::schema::Schema;
use super::source::Source;
use super::transform::Transform;

/// Every rule of one mapping, in the order of the person fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rules {
    /// One rule for each person field that is set from Lever; fields without a rule are left alone.
    pub rules: Vec<Rule>,
}

impl Rules {
    /// The ids of the source fields that the rules read, in their order; one may come several times.
    pub fn fields(&self) -> Vec<String> {
        let sources = self.rules.iter().map(|rule| &rule.source);
        sources.flat_map(Source::fields).collect()
    }

    /// Leaves out the rules of fields that the user removed: they stay on the mapping's page until somebody decides, and
    /// meanwhile nobody waits for them.
    pub fn leave_out_removed(&mut self, schema: &Schema) {
        self.rules.retain(|rule| schema.get(&rule.target).is_some());
    }
}

/// How one person field gets its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rule {
    /// The person field's id, for example `first_name`.
    pub target: String,
    /// Where the value comes from.
    pub source: Source,
    /// What is done to it, in order.
    pub transforms: Vec<Transform>,
    /// Whether the user has accepted that a part of the value is lost where its type does not hold all of it, as
    /// the time of day in a date (SCREENS.md 4.4.6).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub accepts_loss: bool,
}
