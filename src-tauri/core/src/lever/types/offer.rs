//! What a candidate is offered; Lever lets nobody write it through the API.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Expandable, Millis, User, null_is_default};

/// An offer (LEVER.md 3.3).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// The posting it is for.
    pub posting: Option<String>,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// `draft`, `approval-sent`, `approved`, `sent`, `sent-manually`, `opened`, `denied` or `signed`.
    pub status: Option<String>,
    /// Who made it.
    pub creator: Option<Expandable<User>>,
    /// The offer form.
    #[serde(default, deserialize_with = "null_is_default")]
    pub fields: Vec<OfferField>,
    /// Who signs, by role; a signature counts only where `signed` says so.
    #[serde(default, deserialize_with = "null_is_default")]
    pub signatures: BTreeMap<String, Option<Signature>>,
    /// When it was approved.
    pub approved_at: Option<Millis>,
    /// When it was sent.
    pub sent_at: Option<Millis>,
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
    #[serde(default, deserialize_with = "null_is_default")]
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
    /// When they signed.
    pub signed_at: Option<Millis>,
    /// Whether they signed.
    pub signed: Option<bool>,
}
