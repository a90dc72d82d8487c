//! One candidacy: a person on their way through the stages.

use serde::Deserialize;

use super::{Application, Contact, Expandable, Millis, Phone, Stage, User, null_is_default};

/// An opportunity (LEVER.md 3.1).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opportunity {
    /// Its id; the deprecated candidate id is the same.
    pub id: String,
    /// The person's name; blank when anonymised and in answers to writes.
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    /// The contact behind it.
    pub contact: Option<Expandable<Contact>>,
    /// Past employers, or what the candidate writes about themselves.
    #[serde(default, deserialize_with = "null_is_default")]
    pub headline: String,
    /// The stage it is in, or was in when it was archived.
    pub stage: Option<Expandable<Stage>>,
    /// `confidential` or `non-confidential`.
    pub confidentiality: Option<String>,
    /// Where the person lives, as free text.
    #[serde(default, deserialize_with = "null_is_default")]
    pub location: String,
    /// Phone numbers, the main one first.
    #[serde(default, deserialize_with = "null_is_default")]
    pub phones: Vec<Phone>,
    /// E-mail addresses, the main one first.
    #[serde(default, deserialize_with = "null_is_default")]
    pub emails: Vec<String>,
    /// Links of the contact.
    #[serde(default, deserialize_with = "null_is_default")]
    pub links: Vec<String>,
    /// Why and when it left the pipeline; none while it is in it.
    pub archived: Option<Archived>,
    /// Tags.
    #[serde(default, deserialize_with = "null_is_default")]
    pub tags: Vec<String>,
    /// Sources.
    #[serde(default, deserialize_with = "null_is_default")]
    pub sources: Vec<String>,
    /// Every stage it came into, oldest first.
    #[serde(default, deserialize_with = "null_is_default")]
    pub stage_changes: Vec<StageChange>,
    /// How it came: `applied`, `sourced`, `referred` and others.
    pub origin: Option<String>,
    /// Who sourced it.
    pub sourced_by: Option<Expandable<User>>,
    /// The recruiter in charge.
    pub owner: Option<Expandable<User>>,
    /// Its application; one at most.
    #[serde(default, deserialize_with = "null_is_default")]
    pub applications: Vec<Expandable<Application>>,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// When it last changed; null on old ones, and not moved by offers.
    pub updated_at: Option<Millis>,
    /// When it last came into a stage.
    pub last_advanced_at: Option<Millis>,
    /// Whether the personal data is gone.
    #[serde(default, deserialize_with = "null_is_default")]
    pub is_anonymized: bool,
    /// The location of the posting applied to.
    pub opportunity_location: Option<String>,
    /// When it was deleted; only in the list of deleted ones.
    pub deleted_at: Option<Millis>,
}

/// Why and when an opportunity or application was archived.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Archived {
    /// The id of the archive reason.
    pub reason: Option<String>,
    /// When.
    pub archived_at: Option<Millis>,
}

/// One step into a stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StageChange {
    /// The stage it came into.
    pub to_stage_id: Option<String>,
    /// When.
    pub updated_at: Option<Millis>,
    /// Who moved it; often absent.
    pub user_id: Option<String>,
}
