//! `mappings.*`: which Lever field sets which person field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::mapping::{PersonField, Rules, SourceField};

/// Both sides of the mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Fields {
    /// What Lever offers, custom fields included, in the order of the dropdown.
    pub lever: Vec<SourceField>,
    /// What a person has.
    pub person: Vec<PersonField>,
    /// When Lever was read; none if it could not be and only the standard fields are listed.
    pub read_at: Option<i64>,
    /// Why custom fields are missing, in words.
    pub problem: Option<String>,
}

/// The saved mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingView {
    /// Counts up with every save; 0 while nothing was saved.
    pub version: i64,
    /// Its rules.
    pub rules: Rules,
    /// When it was saved.
    pub saved_at: Option<i64>,
    /// Ids of Lever fields in the rules that Lever no longer has.
    pub vanished: Vec<String>,
}

/// A mapping to save.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveMapping {
    /// The version it was made from; another one saved meanwhile is a conflict.
    pub base_version: i64,
    /// The rules.
    pub rules: Rules,
}

/// Whose values to show.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// The candidate with this e-mail address.
    Email {
        /// The address.
        email: String,
    },
    /// One opportunity, after a choice among several.
    Opportunity {
        /// Its id.
        id: String,
    },
    /// A person in Fulcrum who came from Lever.
    Person {
        /// The person's id.
        id: String,
    },
    /// The candidate hired last.
    RecentHire,
}

/// A draft to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewInput {
    /// Whose values to show.
    pub subject: Subject,
    /// The unsaved draft.
    pub rules: Rules,
}

/// What the draft gives for one candidate.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Preview {
    /// Sample values.
    Samples {
        /// Whose they are.
        candidate: CandidateChoice,
        /// When Lever was read.
        read_at: i64,
        /// One for each rule, in order.
        samples: Vec<Sample>,
        /// Required fields that would stop the import, in words.
        blockers: Vec<String>,
    },
    /// Several candidates match: choose one.
    Choose {
        /// The matches.
        candidates: Vec<CandidateChoice>,
    },
}

/// A candidate in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CandidateChoice {
    /// The opportunity's id.
    pub opportunity_id: String,
    /// The name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
}

/// What one rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sample {
    /// The person field's id.
    pub target: String,
    /// The value as it came from Lever; none if empty.
    pub raw: Option<String>,
    /// The value after every transform; none if empty.
    pub value: Option<String>,
    /// The value after each transform, in order; none if empty.
    pub steps: Vec<Option<String>>,
    /// Why there is no usable value, in words.
    pub problem: Option<String>,
}
