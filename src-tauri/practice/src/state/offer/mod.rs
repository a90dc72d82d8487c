//! Offers: a state machine that people walk on the pages and that the API can only read
//! (LEVER.md 3.3, PRODUCTS.md 3.4).
//!
//! `status` holds the table of steps, `steps` the conditions and records of each, `revise` what a
//! later change does. `field` and `value` are the rows of an offer, `form` the form they come from and
//! `edit` its editor; `chain` is whom the company asks for approval.

mod approval;
mod chain;
mod create;
mod document;
mod edit;
mod error;
mod field;
mod form;
mod json;
mod letter;
mod revise;
mod rights;
mod sending;
mod status;
mod steps;
mod story;
#[cfg(test)]
mod tests;
mod value;
mod walk;

use std::sync::Arc;

pub(crate) use approval::{Approval, ApprovalStep};
pub(crate) use chain::{ChainApprover, ChainStep, DefaultChain};
pub(crate) use document::{Document, Unprocessable};
pub(crate) use edit::FieldChoice;
pub(crate) use error::{OfferError, Problem};
pub(crate) use field::{FieldKind, FormField, OfferField, STANDARD};
pub(crate) use form::OfferForm;
pub(crate) use revise::Revision;
pub(crate) use status::{OfferStatus, Step};
pub(crate) use story::{OfferActor, OfferEntry, OfferEvent};
pub(crate) use value::{INTERVALS, OfferValue};

use crate::identifiers::random_secret;

/// An offer to one opportunity. Times are milliseconds since 1970 UTC.
///
/// What moves it is private to this folder: an offer is only ever in a state that its steps lead to.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) posting: Option<String>,
    /// Id of the user who made it.
    pub(crate) creator: String,
    pub(crate) created_at: i64,
    status: OfferStatus,
    /// Shared with the documents that were made of them.
    fields: Arc<[OfferField]>,
    /// Who must agree before it can be sent; nobody, if empty.
    chain: Vec<ApprovalStep>,
    approval: Approval,
    approved_at: Option<i64>,
    sent_at: Option<i64>,
    sent_document: Option<Document>,
    signed_document: Option<Document>,
    /// The unguessable part of the address at which the candidate signs.
    link: Option<String>,
    /// When the candidate opened it for the first and for the last time.
    opened: Option<(i64, i64)>,
    signed_at: Option<i64>,
    /// Whether it was changed since the candidate got it.
    has_unsent_changes: bool,
    story: Vec<OfferEntry>,
}

/// What a new offer starts with.
pub(crate) struct NewOffer {
    pub(crate) id: String,
    pub(crate) posting: Option<String>,
    pub(crate) fields: Vec<OfferField>,
    pub(crate) chain: Vec<ApprovalStep>,
    pub(crate) creator: String,
    pub(crate) created_at: i64,
}

impl Offer {
    /// A draft.
    pub(crate) fn new(new: NewOffer) -> Self {
        let created = OfferEntry {
            at: new.created_at,
            by: OfferActor::User(new.creator.clone()),
            event: OfferEvent::Created,
        };
        Self {
            id: new.id,
            posting: new.posting,
            creator: new.creator,
            created_at: new.created_at,
            status: OfferStatus::Draft,
            fields: new.fields.into(),
            chain: new.chain,
            approval: Approval::default(),
            approved_at: None,
            sent_at: None,
            sent_document: None,
            signed_document: None,
            link: None,
            opened: None,
            signed_at: None,
            has_unsent_changes: false,
            story: vec![created],
        }
    }

    pub(crate) fn status(&self) -> OfferStatus {
        self.status
    }

    pub(crate) fn fields(&self) -> &[OfferField] {
        &self.fields
    }

    pub(crate) fn chain(&self) -> &[ApprovalStep] {
        &self.chain
    }

    pub(crate) fn approval(&self) -> &Approval {
        &self.approval
    }

    pub(crate) fn sent_document(&self) -> Option<&Document> {
        self.sent_document.as_ref()
    }

    pub(crate) fn signed_document(&self) -> Option<&Document> {
        self.signed_document.as_ref()
    }

    pub(crate) fn has_unsent_changes(&self) -> bool {
        self.has_unsent_changes
    }

    /// What happened to it, oldest first.
    pub(crate) fn story(&self) -> &[OfferEntry] {
        &self.story
    }

    /// The unguessable part of the candidate's address while the offer is out.
    pub(crate) fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    fn tell(&mut self, by: OfferActor, event: OfferEvent, at: i64) {
        self.story.push(OfferEntry { at, by, event });
    }

    fn set_new_link(&mut self) {
        self.link = Some(random_secret());
    }
}
