//! One candidacy: a person on their way through the stages.

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{Application, ArchiveReason, Contact, Expandable, Id, Millis, Phone, Stage, User};

/// An opportunity (LEVER.md 3.1).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opportunity {
    /// Its id; the deprecated candidate id is the same.
    pub id: Id<Opportunity>,
    /// The person's name; blank when anonymised.
    #[serde(default)]
    pub name: String,
    /// The contact behind it.
    pub contact: Option<Expandable<Contact>>,
    /// Past employers, or what the candidate writes about themselves.
    #[serde(default)]
    pub headline: String,
    /// The stage it is in, or was in when it was archived.
    pub stage: Option<Expandable<Stage>>,
    /// Who may see it.
    pub confidentiality: Option<Confidentiality>,
    /// Where the person lives, as free text.
    #[serde(default)]
    pub location: String,
    /// Phone numbers, the main one first.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// E-mail addresses, the main one first.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Links of the contact.
    #[serde(default)]
    pub links: Vec<String>,
    /// Why and when it left the pipeline; none while it is in it.
    pub archived: Option<Archived>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Every stage it came into, oldest first.
    #[serde(default)]
    pub stage_changes: Vec<StageChange>,
    /// How it came.
    pub origin: Option<Origin>,
    /// Who sourced it.
    pub sourced_by: Option<Expandable<User>>,
    /// The recruiter in charge.
    pub owner: Option<Expandable<User>>,
    /// Its application; one at most.
    #[serde(default)]
    pub applications: Vec<Expandable<Application>>,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// When it last changed; null on old ones, and not moved by offers.
    pub updated_at: Option<Millis>,
    /// When it last came into a stage.
    pub last_advanced_at: Option<Millis>,
    /// Whether the personal data is gone.
    #[serde(default)]
    pub is_anonymized: bool,
    /// The location of the posting applied to.
    pub opportunity_location: Option<String>,
    /// When it was deleted; only in the list of deleted ones.
    pub deleted_at: Option<Millis>,
    /// Who deleted it; only in the list of deleted ones.
    pub deleted_by: Option<Expandable<User>>,
}

/// Why and when an opportunity or application was archived.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Archived {
    /// The archive reason.
    pub reason: Option<Id<ArchiveReason>>,
    /// When.
    pub archived_at: Option<Millis>,
}

/// One step into a stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StageChange {
    /// The stage it came into.
    pub to_stage_id: Option<Id<Stage>>,
    /// When.
    pub updated_at: Option<Millis>,
    /// Who moved it; often absent.
    pub user_id: Option<Id<User>>,
}

open_enum! {
    /// Who may see an opportunity, a posting or a requisition.
    Confidentiality {
        /// Everybody with access to candidates.
        NonConfidential = "non-confidential",
        /// Only those who may see confidential data.
        Confidential = "confidential",
    }
}

open_enum! {
    /// How a candidate came (LEVER.md 3.1).
    Origin {
        /// Through an agency.
        Agency = "agency",
        /// By applying.
        Applied = "applied",
        /// From within the company.
        Internal = "internal",
        /// Through a referral.
        Referred = "referred",
        /// Through a search of the recruiters.
        Sourced = "sourced",
        /// From a university.
        University = "university",
    }
}
