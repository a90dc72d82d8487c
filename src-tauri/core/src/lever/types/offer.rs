//! What a candidate is offered; Lever lets nobody write it through the API.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{Expandable, Id, Millis, Posting, User};

/// An offer (LEVER.md 3.3).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Its id.
    pub id: Id<Offer>,
    /// The posting it is for.
    pub posting: Option<Expandable<Posting>>,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// How far it is.
    pub status: Option<OfferStatus>,
    /// Who made it.
    pub creator: Option<Expandable<User>>,
    /// The offer form.
    #[serde(default)]
    pub fields: Vec<OfferField>,
    /// Who signs, by role; a signature counts only where `signed` says so.
    #[serde(default)]
    pub signatures: BTreeMap<String, Option<Signature>>,
    /// Whether it was approved; none if nobody had to.
    pub approved: Option<bool>,
    /// When it was approved.
    pub approved_at: Option<Millis>,
    /// When it was sent.
    pub sent_at: Option<Millis>,
    /// What was sent; drafts can have one too.
    pub sent_document: Option<OfferDocument>,
    /// What was signed; exists as soon as one signer signed.
    pub signed_document: Option<OfferDocument>,
}

open_enum! {
    /// How far an offer is (LEVER.md 3.3).
    OfferStatus {
        /// Not finished.
        Draft = "draft",
        /// Waits for an approval.
        ApprovalSent = "approval-sent",
        /// May be sent.
        Approved = "approved",
        /// Sent by Lever.
        Sent = "sent",
        /// Sent outside of Lever.
        SentManually = "sent-manually",
        /// The candidate looked at it.
        Opened = "opened",
        /// The candidate declined.
        Denied = "denied",
        /// The candidate signed.
        Signed = "signed",
    }
}

/// A document of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfferDocument {
    /// Its name.
    #[serde(default)]
    pub file_name: String,
    /// When Lever got it.
    pub uploaded_at: Option<Millis>,
    /// Where it is read; needs the same credential as the API.
    pub download_url: Option<String>,
}

impl Offer {
    /// The field with this identifier (LEVER.md 4); none if the form has no such field.
    pub fn field(&self, identifier: &str) -> Option<&OfferField> {
        self.fields
            .iter()
            .find(|field| field.identifier.as_deref() == Some(identifier))
    }
}

/// One field of the offer form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OfferField {
    /// The label; the customer may change it.
    #[serde(default)]
    pub text: String,
    /// What the field is known by.
    pub identifier: Option<String>,
    /// A text, a number, milliseconds, the id of a user or posting, or null.
    #[serde(default)]
    pub value: serde_json::Value,
}

/// One signer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// The signer's role.
    pub role: Option<String>,
    /// The signer's name.
    pub name: Option<String>,
    /// The signer's address.
    pub email: Option<String>,
    /// When they first looked at it.
    pub first_opened_at: Option<Millis>,
    /// When they last looked at it.
    pub last_opened_at: Option<Millis>,
    /// When they signed.
    pub signed_at: Option<Millis>,
    /// Whether they signed.
    pub signed: Option<bool>,
}
