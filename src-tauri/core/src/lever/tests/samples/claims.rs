//! Which type reads which sample.

use serde::de::DeserializeOwned;

use crate::lever::Error;
use crate::lever::endpoint::OPPORTUNITY;
use crate::lever::envelope::{one, page};
use crate::lever::types::{
    Application, ArchiveReason, AuditEvent, Contact, DispositionStage, File, Form, FormTemplate,
    Interview, Note, Offer, Opportunity, Panel, Posting, Referral, Requisition, RequisitionField,
    Resume, Source, Stage, Tag, User, Webhook, Written, WrittenOpportunity,
};

/// Reads an answer and says how many things were in it.
pub(super) type Read = fn(&[u8]) -> Result<usize, Error>;

/// What a sample is to Fulcrum.
#[derive(Clone, Copy)]
pub(super) enum Claim {
    /// An answer that the client reads.
    Answer(Read),
    /// A refusal with this status.
    Refusal(u16),
    /// The answer of the token endpoint.
    Tokens,
    /// A webhook delivery, of which the signed part is read before anything else.
    Delivery,
    /// The values of one kind of audit event each.
    AuditMeta,
    /// Signatures that were made for tests.
    Signatures,
    /// The body of a call, which Fulcrum never sends or builds elsewhere.
    Request,
    /// A resource that Fulcrum leaves alone: answers on equal opportunity and surveys are nobody's business here,
    /// interview feedback, uploads and application forms have no use.
    LeftAlone,
}

fn object<T: DeserializeOwned>(body: &[u8]) -> Result<usize, Error> {
    one::<T>(&OPPORTUNITY, body).map(|_| 1)
}

fn list<T: DeserializeOwned>(body: &[u8]) -> Result<usize, Error> {
    page::<T>(&OPPORTUNITY, body).map(|page| page.items.len())
}

/// The claims by the beginning of a sample's name; the first that fits counts.
const CLAIMS: &[(&str, Claim)] = &[
    ("error-", Claim::Refusal(404)),
    ("file-upload-timeout-error", Claim::Refusal(422)),
    ("oauth-token-", Claim::Tokens),
    ("webhook-delivery.", Claim::Delivery),
    ("webhook-test-post.", Claim::Delivery),
    ("webhook-signature-vectors", Claim::Signatures),
    ("audit-event-meta-by-type", Claim::AuditMeta),
    ("diversity-survey-", Claim::LeftAlone),
    ("eeo-", Claim::LeftAlone),
    ("feedback-", Claim::LeftAlone),
    ("posting-apply", Claim::LeftAlone),
    ("upload-", Claim::LeftAlone),
    (
        "requisition-field-options-add",
        Claim::Answer(object::<RequisitionField>),
    ),
    (
        "requisition-field-",
        Claim::Answer(object::<RequisitionField>),
    ),
    (
        "requisition-fields-",
        Claim::Answer(list::<RequisitionField>),
    ),
    (
        "requisition-create",
        Claim::Answer(object::<Written<Requisition>>),
    ),
    (
        "requisition-update",
        Claim::Answer(object::<Written<Requisition>>),
    ),
    ("requisition-get", Claim::Answer(object::<Requisition>)),
    ("requisitions-", Claim::Answer(list::<Requisition>)),
    ("application-", Claim::Answer(object::<Application>)),
    ("applications-", Claim::Answer(list::<Application>)),
    ("archive-reason-", Claim::Answer(object::<ArchiveReason>)),
    ("archive-reasons-", Claim::Answer(list::<ArchiveReason>)),
    ("audit-events-", Claim::Answer(list::<AuditEvent>)),
    ("contact-", Claim::Answer(object::<Contact>)),
    (
        "disposition-stages-",
        Claim::Answer(list::<DispositionStage>),
    ),
    ("file-", Claim::Answer(object::<File>)),
    ("files-", Claim::Answer(list::<File>)),
    ("form-template-", Claim::Answer(object::<FormTemplate>)),
    ("form-templates-", Claim::Answer(list::<FormTemplate>)),
    ("interview-get", Claim::Answer(object::<Interview>)),
    ("interview-", Claim::Answer(list::<Interview>)),
    ("interviews-", Claim::Answer(list::<Interview>)),
    ("note-get", Claim::Answer(object::<Note>)),
    ("note-", Claim::Answer(object::<Written<Note>>)),
    ("notes-", Claim::Answer(list::<Note>)),
    ("offers-", Claim::Answer(list::<Offer>)),
    ("opportunities-", Claim::Answer(list::<Opportunity>)),
    ("opportunity-get", Claim::Answer(object::<Opportunity>)),
    ("opportunity-", Claim::Answer(object::<WrittenOpportunity>)),
    ("panel-get", Claim::Answer(object::<Panel>)),
    ("panel-", Claim::Answer(list::<Panel>)),
    ("panels-", Claim::Answer(list::<Panel>)),
    ("posting-", Claim::Answer(object::<Posting>)),
    ("postings-", Claim::Answer(list::<Posting>)),
    ("profile-form-", Claim::Answer(object::<Form>)),
    ("profile-forms-", Claim::Answer(list::<Form>)),
    ("referral-", Claim::Answer(object::<Referral>)),
    ("referrals-", Claim::Answer(list::<Referral>)),
    ("resume-", Claim::Answer(object::<Resume>)),
    ("resumes-", Claim::Answer(list::<Resume>)),
    ("sources-", Claim::Answer(list::<Source>)),
    ("stage-", Claim::Answer(object::<Stage>)),
    ("stages-", Claim::Answer(list::<Stage>)),
    ("tags-", Claim::Answer(list::<Tag>)),
    ("user-", Claim::Answer(object::<User>)),
    ("users-", Claim::Answer(list::<User>)),
    ("webhook-", Claim::Answer(object::<Webhook>)),
    ("webhooks-", Claim::Answer(list::<Webhook>)),
];

/// What the sample of this file name is; none if nothing claims it.
pub(super) fn claim(name: &str) -> Option<Claim> {
    if name.ends_with(".request.json") {
        return Some(Claim::Request);
    }
    let (_, claim) = CLAIMS.iter().find(|(start, _)| name.starts_with(start))?;
    Some(*claim)
}
