//! The records of the practice company, in memory, and the changes they allow.

mod anonymise;
mod api_key;
mod api_key_audit;
mod audit;
mod company;
mod contact_change;
mod create;
mod endpoint;
mod file;
mod form;
mod hiring;
mod intake;
mod labels;
mod listing;
mod lookup;
mod note;
mod offer;
mod opportunities;
mod opportunity;
mod panel;
mod person;
mod pipeline;
mod postings;
mod requisition_field;
mod requisitions;
mod role;
mod session;
mod story;
mod template;
mod users;
mod visibility;
mod webhook;
mod webhook_setup;

use std::collections::BTreeSet;

pub(crate) use api_key::{ApiKey, ApiKeys, NewApiKey};
pub(crate) use audit::AuditEvent;
pub(crate) use company::{
    ArchiveReason, Company, HeadcountTotal, Posting, ReasonType, Requisition, Stage, User,
};
pub(crate) use create::NewOpportunity;
pub(crate) use file::{Resume, StoredFile};
pub(crate) use hiring::{ArchiveChange, ChangeError};
pub(crate) use intake::{CandidateIds, NewCandidate};
pub(crate) use labels::Label;
pub(crate) use listing::{Filter, Hit, Tab};
pub(crate) use note::{NewComment, Note};
pub(crate) use offer::{
    ChainApprover, ChainStep, DefaultChain, Document, FieldChoice, FieldKind, FormField, INTERVALS,
    Offer, OfferActor, OfferError, OfferEvent, OfferField, OfferForm, OfferStatus, OfferValue,
    Problem, Revision, STANDARD, Step, Unprocessable,
};
pub(crate) use opportunities::{Opportunities, OpportunityMut, Place};
pub(crate) use opportunity::{
    Application, Archived, Confidentiality, Deleted, Details, FIRST_STAGE, Opportunity, Origin,
    RequisitionForHire, StageChange,
};
pub(crate) use panel::{Interview, InterviewData, Panel, PanelData};
pub(crate) use person::{Contact, Contacts, Phone};
pub(crate) use requisition_field::{FieldOption, RequisitionField};
pub(crate) use role::{Right, Role};
pub(crate) use session::Sessions;
pub(crate) use story::{Author, StoryEntry};
pub(crate) use template::{
    FieldAnswer, Group, Purpose, Template, TemplateField, TemplateFieldKind, TemplateList,
};
pub(crate) use users::UserData;
pub(crate) use webhook::{EventGroup, EventName, MadeBy, Webhook};
pub(crate) use webhook_setup::{WebhookChange, WebhookRefused};

use crate::api::RateLimits;
use crate::auth::Grants;
use crate::deliveries::Deliveries;
use crate::faults::Faults;
use crate::hris::People;
use crate::ledger::Ledger;
use crate::mail::Mailbox;
use crate::switches::Switches;

/// Everything the practice world knows, guarded by one lock that is never held across an await.
pub(crate) struct World {
    pub(crate) company: Company,
    pub(crate) contacts: Contacts,
    pub(crate) opportunities: Opportunities,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) enabled_events: BTreeSet<EventName>,
    pub(crate) deliveries: Deliveries,
    pub(crate) grants: Grants,
    pub(crate) api_keys: ApiKeys,
    pub(crate) switches: Switches,
    pub(crate) limits: RateLimits,
    pub(crate) faults: Faults,
    pub(crate) ledger: Ledger,
    /// Oldest first.
    pub(crate) audit_events: Vec<AuditEvent>,
    pub(crate) mailbox: Mailbox,
    /// Who makes the change at hand; set while the world is locked for them.
    pub(crate) acting: Author,
    /// Who is logged in to the pages.
    pub(crate) sessions: Sessions,
    pub(crate) people: People,
}
