//! The answer of a candidate to one posting.

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{
    Archived, Expandable, Form, Id, Millis, Opportunity, Phone, Posting, Requisition, User,
};

/// An application (LEVER.md 3.8).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Its id.
    pub id: Id<Application>,
    /// How it came in.
    #[serde(rename = "type")]
    pub kind: Option<ApplicationKind>,
    /// The opportunity it belongs to.
    pub opportunity_id: Option<Id<Opportunity>>,
    /// The posting applied to.
    pub posting: Option<Expandable<Posting>>,
    /// The hiring manager of the posting.
    pub posting_hiring_manager: Option<Expandable<User>>,
    /// The name as the candidate typed it.
    pub name: Option<String>,
    /// The present employer as the candidate typed it.
    pub company: Option<String>,
    /// The phone number as the candidate typed it.
    pub phone: Option<Phone>,
    /// The e-mail address as the candidate typed it.
    pub email: Option<String>,
    /// The forms of the posting with the candidate's answers.
    #[serde(default)]
    pub custom_questions: Vec<Form>,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// Why and when it was archived.
    pub archived: Option<Archived>,
    /// The requisition that the hire counts against; none before that.
    pub requisition_for_hire: Option<RequisitionForHire>,
    /// The candidate's time zone, by the browser they applied with; only when read by itself.
    pub timezone: Option<String>,
}

/// What a hire counts against.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequisitionForHire {
    /// The requisition's id.
    pub id: Option<Id<Requisition>>,
    /// The requisition's code.
    pub requisition_code: Option<String>,
    /// The user who was its hiring manager at that time.
    pub hiring_manager_on_hire: Option<Id<User>>,
}

open_enum! {
    /// How an application came in (LEVER.md 3.8).
    ApplicationKind {
        /// By the form of a posting.
        Posting = "posting",
        /// By a user of Lever.
        User = "user",
        /// By a referral.
        Referral = "referral",
    }
}
