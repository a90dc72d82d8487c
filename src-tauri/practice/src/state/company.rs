//! What the company has set up: people, stages, reasons, postings and requisitions.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Confidentiality, DefaultChain, OfferForm, RequisitionField, Right, Role, Template};

/// The set-up of the company, read from `seed/company.json`.
pub(crate) struct Company {
    pub(crate) name: String,
    /// Newest first, the order of `GET /users`.
    pub(crate) users: Vec<User>,
    /// In pipeline order, the order of `GET /stages`.
    pub(crate) stages: Vec<Stage>,
    pub(crate) archive_reasons: Vec<ArchiveReason>,
    /// Newest first, the order of `GET /postings`.
    pub(crate) postings: Vec<Posting>,
    pub(crate) requisitions: Vec<Requisition>,
    pub(crate) requisition_fields: Vec<RequisitionField>,
    pub(crate) form_templates: Vec<Template>,
    pub(crate) feedback_templates: Vec<Template>,
    pub(crate) offer_form: OfferForm,
    pub(crate) approvals: DefaultChain,
}

/// A user of Lever (LEVER.md 3.7).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) access_role: Role,
    pub(crate) photo: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) deactivated_at: Option<i64>,
    pub(crate) external_directory_id: Option<String>,
    pub(crate) linked_contact_ids: Option<Vec<String>>,
    pub(crate) job_title: Option<String>,
    pub(crate) manager_id: Option<String>,
}

impl User {
    /// Whether this user's role has `right`.
    pub(crate) fn may(&self, right: Right) -> bool {
        self.access_role.has(right)
    }

    /// Whether this user can still log in.
    pub(crate) fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }
}

/// A pipeline stage; `GET /stages` shows only `id` and `text` (LEVER.md 3.6).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Stage {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) pipeline: String,
    pub(crate) rank: f64,
    pub(crate) has_interview: bool,
}

/// Whether archiving with a reason means a hire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReasonType {
    Hired,
    NonHired,
}

/// An archive reason (LEVER.md 3.6).
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ArchiveReason {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) status: String,
    #[serde(rename = "type")]
    pub(crate) kind: ReasonType,
}

/// A job posting: the few members that steer behaviour, and the rest as it is answered.
#[derive(Clone, Debug)]
pub(crate) struct Posting {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) created_at: i64,
    pub(crate) state: String,
    pub(crate) confidentiality: Confidentiality,
    pub(crate) owner: Option<String>,
    pub(crate) hiring_manager: Option<String>,
    pub(crate) location: Option<String>,
    /// Team, department, location and commitment, which a new application copies into its tags.
    pub(crate) tags: Vec<String>,
    pub(crate) requisition: Option<String>,
    /// The whole posting as LEVER.md 3.11 shows it.
    pub(crate) document: Map<String, Value>,
}

/// A number, or the word `unlimited` (LEVER.md 2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Value", try_from = "Value")]
pub(crate) enum HeadcountTotal {
    Limited(u32),
    Unlimited,
}

impl From<HeadcountTotal> for Value {
    fn from(total: HeadcountTotal) -> Self {
        match total {
            HeadcountTotal::Limited(total) => total.into(),
            HeadcountTotal::Unlimited => "unlimited".into(),
        }
    }
}

impl TryFrom<Value> for HeadcountTotal {
    type Error = &'static str;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        let limit = value.as_u64().and_then(|total| u32::try_from(total).ok());
        match (limit, value.as_str()) {
            (Some(total), _) => Ok(Self::Limited(total)),
            (None, Some("unlimited")) => Ok(Self::Unlimited),
            (None, _) => Err("headcountTotal is a number or \"unlimited\""),
        }
    }
}

/// A requisition (LEVER.md 3.10): the members that change, and the rest as it is answered.
#[derive(Clone, Debug)]
pub(crate) struct Requisition {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) status: String,
    pub(crate) created_at: i64,
    pub(crate) confidentiality: Confidentiality,
    pub(crate) headcount_total: HeadcountTotal,
    pub(crate) headcount_hired: u32,
    pub(crate) hiring_manager: Option<String>,
    pub(crate) updated_at: i64,
    /// The whole requisition as LEVER.md 3.10 shows it.
    pub(crate) document: Map<String, Value>,
}

impl Requisition {
    /// Whether another person may be hired on it.
    pub(crate) fn is_open(&self) -> bool {
        self.status == "open"
            && match self.headcount_total {
                HeadcountTotal::Unlimited => true,
                HeadcountTotal::Limited(total) => self.headcount_hired < total,
            }
    }

    /// The requisition as `GET /requisitions/:id` answers it; `offers` are those of
    /// [`World::offers_by_requisition`](super::World::offers_by_requisition).
    pub(crate) fn to_json(&self, offers: &HashMap<&str, Vec<&str>>) -> Value {
        let own: &[&str] = offers.get(self.id.as_str()).map_or(&[], Vec::as_slice);
        let mut document = self.document.clone();
        document.insert("offerIds".into(), own.into());
        document.insert("headcountHired".into(), self.headcount_hired.into());
        document.insert("updatedAt".into(), self.updated_at.into());
        Value::Object(document)
    }
}

impl Company {
    pub(crate) fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// A user as the API answers it, also where an id is expanded.
    pub(crate) fn user_json(&self, id: &str) -> Option<Value> {
        serde_json::to_value(self.user(id)?).ok()
    }

    /// The users who can still log in, in the order of the list.
    pub(crate) fn active_users(&self) -> impl Iterator<Item = &User> {
        self.users.iter().filter(|user| user.is_active())
    }

    /// The longest-standing Super Admin, for whom things happen that nobody in particular did.
    pub(crate) fn first_super_admin(&self) -> Option<&User> {
        let mut users = self.users.iter().rev();
        users.find(|user| user.is_active() && user.access_role == Role::SuperAdmin)
    }

    pub(crate) fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The zero-based place of a stage in `GET /stages` (LEVER.md 3.1).
    pub(crate) fn stage_index(&self, id: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.id == id)
    }

    pub(crate) fn reason(&self, id: &str) -> Option<&ArchiveReason> {
        self.archive_reasons.iter().find(|reason| reason.id == id)
    }

    /// The reason that the *Hired* button uses.
    pub(crate) fn hired_reason(&self) -> Option<&ArchiveReason> {
        self.archive_reasons
            .iter()
            .find(|reason| reason.kind == ReasonType::Hired && reason.status == "active")
    }

    pub(crate) fn posting(&self, id: &str) -> Option<&Posting> {
        self.postings.iter().find(|posting| posting.id == id)
    }

    pub(crate) fn requisition(&self, id: &str) -> Option<&Requisition> {
        self.requisitions
            .iter()
            .find(|requisition| requisition.id == id)
    }

    pub(crate) fn requisition_mut(&mut self, id: &str) -> Option<&mut Requisition> {
        self.requisitions
            .iter_mut()
            .find(|requisition| requisition.id == id)
    }
}
