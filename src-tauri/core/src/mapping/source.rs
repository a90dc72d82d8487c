//! Where the value of a rule comes from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::template::{Piece, pieces};

/// Where a rule's value comes from. Fields are named by the id of their [`SourceField`](super::SourceField).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// A field read from Lever.
    Lever {
        /// For example `opportunity.name` or `offer.salary_amount`.
        field: String,
    },
    /// The same text for everyone.
    Constant {
        /// The text.
        value: String,
    },
    /// The first of several fields that has a value.
    FirstOf {
        /// The fields, the preferred one first.
        fields: Vec<String>,
    },
    /// Several fields one after the other; those without a value are passed over.
    Join {
        /// The fields, in order.
        fields: Vec<String>,
        /// What stands between two of them.
        separator: String,
    },
    /// A text with fields in it, as `{{offer.job_title}} in {{opportunity.location}}`; empty if all of its fields
    /// are. A backslash before a brace or a backslash takes it literally.
    Template {
        /// The text.
        text: String,
    },
    /// Numbers added up, such as the two sign-on bonuses of an offer (SCREENS.md Q2); those without a value are
    /// passed over.
    Sum {
        /// The fields.
        fields: Vec<String>,
    },
}

impl Source {
    /// The ids of the fields that it reads, in order; none of a template that cannot be read.
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Lever { field } => vec![field.clone()],
            Self::Constant { .. } => Vec::new(),
            Self::FirstOf { fields } | Self::Join { fields, .. } | Self::Sum { fields } => {
                fields.clone()
            }
            Self::Template { text } => pieces(text)
                .unwrap_or_default()
                .into_iter()
                .filter_map(|piece| match piece {
                    Piece::Field(field) => Some(field),
                    Piece::Text(_) => None,
                })
                .collect(),
        }
    }
}
