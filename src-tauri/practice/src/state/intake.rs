//! How a candidate comes into the pipeline (LEVER.md 3.1).

use serde_json::json;

use super::{
    Application, Author, Contact, EventName, FIRST_STAGE, Opportunity, Origin, Phone, StageChange,
    World,
};
use crate::identifiers::{random_id, seeded_id};

/// What is known of a person when they come in.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewCandidate {
    pub(crate) name: String,
    pub(crate) headline: String,
    pub(crate) location: String,
    pub(crate) emails: Vec<String>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) links: Vec<String>,
    pub(crate) posting: Option<String>,
    pub(crate) stage: Option<String>,
    pub(crate) origin: Option<Origin>,
    pub(crate) sources: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) owner: Option<String>,
    /// An existing contact, whose data then wins.
    pub(crate) contact: Option<String>,
}

/// The ids that a new candidate gets.
pub(crate) struct CandidateIds {
    opportunity: String,
    contact: String,
    application: String,
}

impl CandidateIds {
    pub(crate) fn random() -> Self {
        Self {
            opportunity: random_id(),
            contact: random_id(),
            application: random_id(),
        }
    }

    /// Ids derived from a key, the same in every run.
    pub(crate) fn seeded(key: &str) -> Self {
        Self {
            opportunity: seeded_id("opportunity", key),
            contact: seeded_id("contact", key),
            application: seeded_id("application", key),
        }
    }
}

impl World {
    /// Adds an opportunity, under the contact that has one of the e-mails or else a new one.
    /// Returns the id of the opportunity.
    pub(crate) fn add_candidate(
        &mut self,
        new: NewCandidate,
        ids: CandidateIds,
        now: i64,
    ) -> String {
        let stage = new.stage.clone().unwrap_or_else(|| FIRST_STAGE.to_owned());
        let owner = new.owner.clone().or_else(|| {
            let admin = self.company.first_super_admin();
            admin.map(|admin| admin.id.clone())
        });
        let (application, posting_tags, location) = self.apply(&new, ids.application, now);
        let mut tags = posting_tags;
        tags.extend(new.tags.iter().cloned());
        let origin = new.origin.unwrap_or(Origin::Applied);
        let sources = new.sources.clone();
        let application_id = application
            .as_ref()
            .map(|application| application.id.clone());
        let contact = self.contact_for(new, ids.contact, now);
        let opportunity = Opportunity {
            stage_changes: vec![StageChange {
                to_stage_index: self.company.stage_index(&stage).unwrap_or(0),
                to_stage_id: stage.clone(),
                updated_at: now,
                user_id: None,
            }],
            stage,
            tags,
            sources,
            origin,
            followers: owner.iter().cloned().collect(),
            owner,
            application,
            location,
            ..Opportunity::new(ids.opportunity.clone(), contact, now)
        };
        self.opportunities.insert(opportunity);
        let first = self.opportunity(&ids.opportunity).map(|one| &one.stage);
        let first = first.and_then(|stage| self.company.stage(stage));
        let first = first.map(|stage| stage.text.clone());
        // Nobody acts while the world is seeded: its stories come from the stage histories.
        if self.acting != Author::Nobody {
            self.tell(&ids.opportunity, "Stage", None, first, now);
        }
        if let Some(application) = application_id {
            let own = json!({"applicationId": application});
            self.announce(EventName::ApplicationCreated, &ids.opportunity, own, now);
        }
        ids.opportunity
    }

    fn apply(
        &self,
        new: &NewCandidate,
        id: String,
        now: i64,
    ) -> (Option<Application>, Vec<String>, Option<String>) {
        let posting = new
            .posting
            .as_deref()
            .and_then(|id| self.company.posting(id));
        let Some(posting) = posting else {
            return (None, Vec::new(), None);
        };
        let kind = new.origin.unwrap_or(Origin::Applied).application_type();
        let application = Application {
            id,
            kind,
            posting: posting.id.clone(),
            posting_owner: posting.owner.clone(),
            posting_hiring_manager: posting.hiring_manager.clone(),
            custom_questions: Vec::new(),
            created_at: now,
            requisition_for_hire: None,
        };
        (
            Some(application),
            posting.tags.clone(),
            posting.location.clone(),
        )
    }

    /// The named contact, or the one with a matching e-mail, or a new one.
    fn contact_for(&mut self, new: NewCandidate, id: String, now: i64) -> String {
        if let Some(contact) = new.contact {
            return contact;
        }
        if let Some(known) = self.contacts.with_any_email(&new.emails) {
            return known.id.clone();
        }
        let contact = Contact {
            id: id.clone(),
            name: new.name,
            headline: new.headline,
            location: new.location,
            emails: new.emails,
            phones: new.phones,
            links: new.links,
            is_anonymized: false,
        };
        self.insert_contact(contact);
        self.announce_contact(EventName::ContactCreated, &id, now);
        id
    }
}
