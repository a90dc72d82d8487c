//! Lever's resources as its API sends them (LEVER.md 3): only the attributes that Fulcrum reads. Unknown
//! attributes are ignored, `lenient` takes the variants in writing, and values that Lever adds to an
//! enumeration are kept with their text (LEVER.md 2.5).

mod application;
mod archive_reason;
mod audit_event;
mod contact;
mod expandable;
mod file;
mod form;
mod id;
mod interview;
mod label;
mod lenient;
mod millis;
mod note;
mod offer;
mod open_enum;
mod opportunity;
mod posting;
mod requisition;
mod stage;
mod user;
mod webhook;
mod written;

pub use application::{Application, ApplicationKind, RequisitionForHire};
pub use archive_reason::{ArchiveReason, ArchiveReasonKind, ArchiveReasonStatus};
pub use audit_event::{Actor, AuditEvent, AuditTarget};
pub use contact::{Contact, Phone};
pub use expandable::{Expandable, Identified};
pub use file::{File, FileStatus, Resume};
pub use form::{Form, FormField, FormTemplate, QuestionKind, Referral};
pub use id::Id;
pub use interview::{Interview, Interviewer, Panel};
pub use label::{Source, Tag};
pub(super) use lenient::lenient;
pub use millis::Millis;
pub use note::{Note, NoteField};
pub use offer::{Offer, OfferDocument, OfferField, OfferStatus, Signature};
pub use opportunity::{Archived, Confidentiality, Opportunity, Origin, StageChange};
pub use posting::{Categories, PayRange, Posting, PostingState};
pub use requisition::{
    Headcount, Requisition, RequisitionField, RequisitionFieldKind, RequisitionStatus, Subfield,
};
pub use stage::{DispositionStage, Pipeline, Stage};
pub use user::User;
pub use webhook::{Conditions, Webhook, WebhookConfiguration};
pub use written::{Written, WrittenOpportunity};
