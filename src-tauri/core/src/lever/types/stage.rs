//! The steps of a customer's pipeline.

use serde::Deserialize;

use super::Id;
use super::open_enum::open_enum;

/// A stage (LEVER.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// A UUID, or a slug such as `offer` for a built-in one.
    pub id: Id<Stage>,
    /// Its name; the customer may change it.
    #[serde(default)]
    pub text: String,
}

impl Stage {
    /// Whether this is the Offer stage that every account has: by its slug, or by name where the account gave
    /// it a UUID.
    pub fn is_offer(&self) -> bool {
        self.id == "offer" || self.text.trim().eq_ignore_ascii_case("offer")
    }
}

/// A stage with its place in the pipeline (LEVER.md 3.6); the list of opportunities is sorted by it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DispositionStage {
    /// As on the stage.
    pub id: Id<Stage>,
    /// Its name.
    #[serde(default)]
    pub text: String,
    /// The part of the pipeline that it belongs to.
    pub pipeline: Option<Pipeline>,
    /// Where it stands; not always a whole number.
    pub rank: Option<f64>,
    /// Whether interviews belong to it.
    #[serde(default)]
    pub has_interview: bool,
}

open_enum! {
    /// A part of the pipeline.
    Pipeline {
        /// Not in touch yet.
        Lead = "lead",
        /// Applied.
        Applicant = "applicant",
        /// First talks.
        Screen = "screen",
        /// Interviews.
        Onsite = "onsite",
        /// Gets an offer.
        Offer = "offer",
    }
}
