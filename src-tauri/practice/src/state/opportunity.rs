//! An opportunity: one candidacy of one contact (LEVER.md 3.1), with what hangs on it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Contact, Note, Offer, Panel, Resume, StoredFile, StoryEntry};

/// Stage of a candidate for whom none is named (LEVER.md 3.1).
pub(crate) const FIRST_STAGE: &str = "lead-new";

/// How a candidate came in (LEVER.md 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    Agency,
    Applied,
    Internal,
    Referred,
    Sourced,
    University,
}

impl Origin {
    pub(crate) const ALL: [Self; 6] = [
        Self::Applied,
        Self::Sourced,
        Self::Referred,
        Self::University,
        Self::Internal,
        Self::Agency,
    ];

    /// The `type` of an application that came in this way (LEVER.md 3.8).
    pub(crate) fn application_type(self) -> &'static str {
        match self {
            Self::Referred => "referral",
            Self::Sourced | Self::Agency | Self::Internal => "user",
            Self::Applied | Self::University => "posting",
        }
    }
}

/// Who may see an opportunity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Confidentiality {
    #[default]
    NonConfidential,
    Confidential,
}

/// Archived state of an opportunity.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Archived {
    pub(crate) reason: String,
    pub(crate) archived_at: i64,
}

/// One entry of the stage history; `userId` is absent when nobody is known to have done it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StageChange {
    pub(crate) to_stage_id: String,
    pub(crate) to_stage_index: usize,
    pub(crate) updated_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_id: Option<String>,
}

/// Mark of a deleted opportunity.
#[derive(Clone, Debug)]
pub(crate) struct Deleted {
    pub(crate) by: String,
    pub(crate) at: i64,
}

/// The requisition on which an application was hired.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequisitionForHire {
    pub(crate) id: String,
    pub(crate) requisition_code: String,
    pub(crate) hiring_manager_on_hire: Option<String>,
}

/// The application of an opportunity to a posting (LEVER.md 3.8).
#[derive(Clone, Debug)]
pub(crate) struct Application {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) posting: String,
    pub(crate) posting_owner: Option<String>,
    pub(crate) posting_hiring_manager: Option<String>,
    pub(crate) custom_questions: Vec<Value>,
    pub(crate) created_at: i64,
    pub(crate) requisition_for_hire: Option<RequisitionForHire>,
}

/// One candidacy, with its offers, notes, forms and referrals. Times are ms since 1970 UTC.
#[derive(Clone, Debug)]
pub(crate) struct Opportunity {
    pub(crate) id: String,
    pub(crate) contact: String,
    pub(crate) stage: String,
    pub(crate) confidentiality: Confidentiality,
    pub(crate) archived: Option<Archived>,
    pub(crate) tags: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) stage_changes: Vec<StageChange>,
    pub(crate) origin: Origin,
    pub(crate) sourced_by: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) followers: Vec<String>,
    pub(crate) application: Option<Application>,
    pub(crate) created_at: i64,
    /// `None` for a record that was not touched since the field exists (LEVER.md 3.1).
    pub(crate) updated_at: Option<i64>,
    pub(crate) last_interaction_at: i64,
    pub(crate) last_advanced_at: i64,
    pub(crate) location: Option<String>,
    pub(crate) deleted: Option<Deleted>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) notes: Vec<Note>,
    pub(crate) forms: Vec<Value>,
    pub(crate) referrals: Vec<Value>,
    /// Oldest first.
    pub(crate) story: Vec<StoryEntry>,
    pub(crate) resumes: Vec<Resume>,
    pub(crate) files: Vec<StoredFile>,
    pub(crate) panels: Vec<Panel>,
}

/// Whether an answer shows the contact's details; answers of writes do not (LEVER.md 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Details {
    Shown,
    Blank,
}

impl Opportunity {
    /// An opportunity of a contact that came in at `now` (ms) and of which nothing else is known.
    pub(crate) fn new(id: String, contact: String, now: i64) -> Self {
        Self {
            id,
            contact,
            stage: FIRST_STAGE.to_owned(),
            confidentiality: Confidentiality::default(),
            archived: None,
            tags: Vec::new(),
            sources: Vec::new(),
            stage_changes: Vec::new(),
            origin: Origin::Applied,
            sourced_by: None,
            owner: None,
            followers: Vec::new(),
            application: None,
            created_at: now,
            updated_at: Some(now),
            last_interaction_at: now,
            last_advanced_at: now,
            location: None,
            deleted: None,
            offers: Vec::new(),
            notes: Vec::new(),
            forms: Vec::new(),
            referrals: Vec::new(),
            resumes: Vec::new(),
            story: Vec::new(),
            files: Vec::new(),
            panels: Vec::new(),
        }
    }

    /// Records that something happened to the opportunity at `now`.
    pub(crate) fn touch(&mut self, now: i64) {
        self.updated_at = Some(now);
        self.last_interaction_at = now;
    }

    /// The opportunity as the API answers it; `web` is the address of the web pages.
    pub(crate) fn to_json(&self, contact: &Contact, details: Details, web: &str) -> Value {
        let blank = Contact::default();
        let shown = match details {
            Details::Shown => contact,
            Details::Blank => &blank,
        };
        let mut document = json!({
            "id": self.id,
            "name": shown.name,
            "contact": self.contact,
            "headline": shown.headline,
            "stage": self.stage,
            "confidentiality": self.confidentiality,
            "location": contact.location,
            "phones": shown.phones,
            "emails": shown.emails,
            "links": shown.links,
            "archived": self.archived,
            "tags": self.tags,
            "sources": self.sources,
            "stageChanges": self.stage_changes,
            "origin": self.origin,
            "sourcedBy": self.sourced_by,
            "owner": self.owner,
            "followers": self.followers,
            "applications": self.application.iter().map(|one| &one.id).collect::<Vec<_>>(),
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "lastInteractionAt": self.last_interaction_at,
            "lastAdvancedAt": self.last_advanced_at,
            "snoozedUntil": null,
            "urls": {
                "list": format!("{web}/candidates"),
                "show": format!("{web}/candidates/{}", self.id),
            },
            "isAnonymized": contact.is_anonymized,
            "dataProtection": null,
        });
        if let (Some(members), Some(location)) = (document.as_object_mut(), &self.location) {
            members.insert("opportunityLocation".into(), location.as_str().into());
        }
        if let (Some(members), Some(deleted)) = (document.as_object_mut(), &self.deleted) {
            members.insert("deletedBy".into(), deleted.by.as_str().into());
            members.insert("deletedAt".into(), deleted.at.into());
        }
        document
    }

    /// The application as the API answers it, or `None` if there is none.
    pub(crate) fn application_json(&self, contact: &Contact) -> Option<Value> {
        let application = self.application.as_ref()?;
        Some(json!({
            "id": application.id,
            "type": application.kind,
            "candidateId": self.id,
            "opportunityId": self.id,
            "posting": application.posting,
            "postingHiringManager": application.posting_hiring_manager,
            "postingOwner": application.posting_owner,
            "name": contact.name,
            "company": Some(&contact.headline).filter(|headline| !headline.is_empty()),
            "phone": contact.phones.first(),
            "email": contact.emails.first(),
            "links": contact.links,
            "comments": null,
            "user": self.owner,
            "customQuestions": application.custom_questions,
            "createdAt": application.created_at,
            "archived": self.archived,
            "requisitionForHire": application.requisition_for_hire,
            "ipAddress": null,
            "referer": null,
            "userAgent": null,
            "acceptLanguage": null,
            "timezone": null,
        }))
    }
}
