//! A job as it is advertised.

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{Confidentiality, Expandable, Id, Millis, User};

/// A posting (LEVER.md 3.11).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Posting {
    /// Its id.
    pub id: Id<Posting>,
    /// The job title.
    #[serde(default)]
    pub text: String,
    /// How far it is.
    pub state: Option<PostingState>,
    /// Who may see it.
    pub confidentiality: Option<Confidentiality>,
    /// Whom the hire will report to.
    pub hiring_manager: Option<Expandable<User>>,
    /// Team, department, place and so on.
    #[serde(default)]
    pub categories: Categories,
    /// ISO 3166-1 code of the country.
    pub country: Option<String>,
    /// Codes of the requisitions it fills.
    #[serde(default)]
    pub requisition_codes: Vec<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What it pays.
    pub salary_range: Option<PayRange>,
    /// `onsite`, `remote`, `hybrid` or `unspecified`.
    pub workplace_type: Option<String>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}

/// How a posting is sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Categories {
    /// Such as full-time.
    pub commitment: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The level.
    pub level: Option<String>,
    /// The main place.
    pub location: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// Every place.
    #[serde(default)]
    pub all_locations: Vec<String>,
}

/// From how much to how much a job pays: the salary range of a posting, the compensation band of a requisition
/// (LEVER.md 3.10, 3.11).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PayRange {
    /// The least; a number, or null.
    #[serde(default)]
    pub min: serde_json::Value,
    /// The most; a number, or null.
    #[serde(default)]
    pub max: serde_json::Value,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// Such as `per-year-salary`.
    pub interval: Option<String>,
}

open_enum! {
    /// How far a posting is (LEVER.md 3.11).
    PostingState {
        /// On the public site.
        Published = "published",
        /// For employees only.
        Internal = "internal",
        /// No longer open.
        Closed = "closed",
        /// Not finished.
        Draft = "draft",
        /// Waits for an approval.
        Pending = "pending",
        /// Was not approved.
        Rejected = "rejected",
    }
}
