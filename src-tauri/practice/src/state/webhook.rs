//! Webhooks as they are set up, and the ten events they can be set up for (LEVER.md 5).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Origin;
use crate::identifiers::{random_hex_token, random_id};

/// The ten events (LEVER.md 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EventName {
    ApplicationCreated,
    CandidateHired,
    CandidateStageChange,
    CandidateArchiveChange,
    CandidateDeleted,
    InterviewCreated,
    InterviewUpdated,
    InterviewDeleted,
    ContactCreated,
    ContactUpdated,
}

impl EventName {
    pub(crate) const ALL: [Self; 10] = [
        Self::ApplicationCreated,
        Self::CandidateHired,
        Self::CandidateStageChange,
        Self::CandidateArchiveChange,
        Self::CandidateDeleted,
        Self::InterviewCreated,
        Self::InterviewUpdated,
        Self::InterviewDeleted,
        Self::ContactCreated,
        Self::ContactUpdated,
    ];

    /// The heading of the event's section on the Webhooks page.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::ApplicationCreated => "Application created",
            Self::CandidateHired => "Candidate hired",
            Self::CandidateStageChange => "Candidate stage change",
            Self::CandidateArchiveChange => "Candidate archive status change",
            Self::CandidateDeleted => "Candidate deleted",
            Self::InterviewCreated => "Interview created",
            Self::InterviewUpdated => "Interview updated",
            Self::InterviewDeleted => "Interview deleted",
            Self::ContactCreated => "Contact created",
            Self::ContactUpdated => "Contact updated",
        }
    }

    pub(crate) const fn group(self) -> EventGroup {
        match self {
            Self::ApplicationCreated => EventGroup::Applications,
            Self::CandidateHired
            | Self::CandidateStageChange
            | Self::CandidateArchiveChange
            | Self::CandidateDeleted => EventGroup::Candidates,
            Self::InterviewCreated | Self::InterviewUpdated | Self::InterviewDeleted => {
                EventGroup::Interviews
            }
            Self::ContactCreated | Self::ContactUpdated => EventGroup::Contacts,
        }
    }

    /// Whether a hook for this event can be limited to some origins (LEVER.md 5.5).
    pub(crate) const fn has_origin_condition(self) -> bool {
        matches!(
            self,
            Self::ApplicationCreated
                | Self::CandidateArchiveChange
                | Self::CandidateHired
                | Self::CandidateStageChange
        )
    }
}

/// The headings under which the Webhooks page shows the events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventGroup {
    Candidates,
    Applications,
    Interviews,
    Contacts,
}

impl EventGroup {
    pub(crate) const ALL: [Self; 4] = [
        Self::Candidates,
        Self::Applications,
        Self::Interviews,
        Self::Contacts,
    ];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Candidates => "Candidates",
            Self::Applications => "Applications",
            Self::Interviews => "Interviews",
            Self::Contacts => "Contacts",
        }
    }
}

/// Where a webhook was set up; only there can it be changed (LEVER.md 5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MadeBy {
    Page,
    Api,
}

/// A webhook; `url` is empty until someone fills the field on the page.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) event: EventName,
    pub(crate) url: String,
    pub(crate) origins: Vec<Origin>,
    pub(crate) signature_token: String,
    pub(crate) made_by: MadeBy,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

impl Webhook {
    /// A webhook with a signature token of its own, for candidates of every origin.
    pub(crate) fn new(made_by: MadeBy, event: EventName, url: String, now: i64) -> Self {
        Self {
            id: random_id(),
            event,
            url,
            origins: Origin::ALL.to_vec(),
            signature_token: random_hex_token(),
            made_by,
            created_at: now,
            updated_at: now,
        }
    }

    /// The webhook as the API answers it, without its signature token.
    pub(crate) fn to_json(&self) -> Value {
        let configuration = if self.event.has_origin_condition() {
            json!({"conditions": {"origins": self.origins}})
        } else {
            json!({})
        };
        json!({
            "id": self.id,
            "event": self.event,
            "url": self.url,
            "configuration": configuration,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        })
    }

    /// Whether an event about an opportunity of this origin is to be sent.
    pub(crate) fn wants_origin(&self, origin: Option<Origin>) -> bool {
        match origin {
            Some(origin) if self.event.has_origin_condition() => self.origins.contains(&origin),
            _ => true,
        }
    }
}
