//! What can happen to a candidacy, and the events each change fires (LEVER.md 3.1, 5.2).

use serde_json::json;

use super::{
    Archived, Deleted, EventName, OfferStatus, ReasonType, RequisitionForHire, StageChange, World,
};

/// Why a change is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChangeError {
    #[error("{resource} {id} was not found")]
    NotFound { resource: &'static str, id: String },
    #[error("requisition {0} is not open")]
    RequisitionClosed(String),
    #[error("the extended offer is not signed")]
    OfferNotSigned,
    #[error("the extended offer belongs to a posting that is not linked to the requisition")]
    OfferOfOtherPosting,
    #[error("the candidate is already hired")]
    AlreadyHired,
    #[error("no active archive reason marks a hire")]
    NoHiredReason,
    #[error("the {0} was not made by the API")]
    NotMadeByApi(&'static str),
    /// A value breaks a rule; the text names the member and the rule.
    #[error("{0}")]
    Invalid(String),
}

impl ChangeError {
    pub(crate) fn not_found(resource: &'static str, id: &str) -> Self {
        Self::NotFound {
            resource,
            id: id.to_owned(),
        }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid(message.into())
    }
}

/// A change of the archived state; no reason takes the opportunity out of the archive.
#[derive(Clone, Debug, Default)]
pub(crate) struct ArchiveChange {
    pub(crate) reason: Option<String>,
    pub(crate) requisition: Option<String>,
}

impl World {
    /// Moves an opportunity to another stage; an archived one stays archived.
    pub(crate) fn move_stage(
        &mut self,
        id: &str,
        stage: &str,
        actor: Option<&str>,
        now: i64,
    ) -> Result<(), ChangeError> {
        let to_stage_index = self
            .company
            .stage_index(stage)
            .ok_or_else(|| ChangeError::not_found("stages", stage))?;
        let mut opportunity = self
            .opportunity_mut(id)
            .ok_or_else(|| ChangeError::not_found("opportunities", id))?;
        let from = std::mem::replace(&mut opportunity.stage, stage.to_owned());
        opportunity.stage_changes.push(StageChange {
            to_stage_id: stage.to_owned(),
            to_stage_index,
            updated_at: now,
            user_id: actor.map(str::to_owned),
        });
        opportunity.last_advanced_at = now;
        opportunity.touch(now);
        drop(opportunity);
        let name = |id: &str| self.company.stage(id).map(|stage| stage.text.clone());
        let (before, after) = (name(&from), name(stage));
        self.tell(id, "Stage", before, after, now);
        let stages = json!({"fromStageId": from, "toStageId": stage});
        self.announce(EventName::CandidateStageChange, id, stages, now);
        Ok(())
    }

    /// Changes the archived state. A hired-type reason hires, with a place on `requisition` if given.
    pub(crate) fn change_archive(
        &mut self,
        id: &str,
        change: ArchiveChange,
        now: i64,
    ) -> Result<(), ChangeError> {
        let hires = match &change.reason {
            None => false,
            Some(reason) => {
                let known = self.company.reason(reason);
                let known =
                    known.ok_or_else(|| ChangeError::not_found("archive_reasons", reason))?;
                known.kind == ReasonType::Hired
            }
        };
        if self.opportunity(id).is_none() {
            return Err(ChangeError::not_found("opportunities", id));
        }
        if hires {
            self.take_place(id, change.requisition.as_deref(), now)?;
        }
        let archived = change.reason.map(|reason| Archived {
            reason,
            archived_at: now,
        });
        let mut opportunity = self
            .opportunity_mut(id)
            .ok_or_else(|| ChangeError::not_found("opportunities", id))?;
        let before = std::mem::replace(&mut opportunity.archived, archived.clone());
        opportunity.touch(now);
        drop(opportunity);
        self.tell_archive(id, before.as_ref(), archived.as_ref(), now);
        let states = json!({"fromArchived": before, "toArchived": archived});
        self.announce(EventName::CandidateArchiveChange, id, states, now);
        if hires {
            self.announce(EventName::CandidateHired, id, json!({}), now);
        }
        Ok(())
    }

    /// The *Hired* button: archives with the hired reason, on the posting's requisition if it is open.
    pub(crate) fn hire(&mut self, id: &str, now: i64) -> Result<(), ChangeError> {
        let opportunity = self
            .opportunity(id)
            .ok_or_else(|| ChangeError::not_found("opportunities", id))?;
        let reason = self
            .company
            .hired_reason()
            .map(|reason| reason.id.clone())
            .ok_or(ChangeError::NoHiredReason)?;
        let already_hired = opportunity.archived.as_ref();
        if already_hired.is_some_and(|archived| archived.reason == reason) {
            return Err(ChangeError::AlreadyHired);
        }
        let requisition = opportunity
            .application
            .as_ref()
            .and_then(|application| self.company.posting(&application.posting))
            .and_then(|posting| posting.requisition.as_deref())
            .and_then(|id| self.company.requisition(id))
            .filter(|requisition| requisition.is_open())
            .map(|requisition| requisition.id.clone());
        let change = ArchiveChange {
            reason: Some(reason),
            requisition,
        };
        self.change_archive(id, change, now)
    }

    fn tell_archive(
        &mut self,
        id: &str,
        before: Option<&Archived>,
        after: Option<&Archived>,
        now: i64,
    ) {
        let name = |archived: Option<&Archived>| {
            let reason = self.company.reason(&archived?.reason)?;
            Some(reason.text.clone())
        };
        let what = if after.is_some() {
            "Archived"
        } else {
            "Un-archived"
        };
        let (from, to) = (name(before), name(after));
        self.tell(id, what, from, to, now);
    }

    fn take_place(
        &mut self,
        id: &str,
        requisition: Option<&str>,
        now: i64,
    ) -> Result<(), ChangeError> {
        let Some(requisition) = requisition else {
            return Ok(());
        };
        let last = self.opportunity(id).and_then(|one| one.offers.last());
        if last.is_some_and(|offer| offer.status().is_extended()) {
            return Err(ChangeError::OfferNotSigned);
        }
        let of_other_posting = last
            .filter(|offer| offer.status() == OfferStatus::Signed)
            .and_then(|offer| self.company.posting(offer.posting.as_deref()?))
            .is_some_and(|posting| posting.requisition.as_deref() != Some(requisition));
        if of_other_posting && self.company.requisition(requisition).is_some() {
            return Err(ChangeError::OfferOfOtherPosting);
        }
        let place = self
            .company
            .requisition_mut(requisition)
            .ok_or_else(|| ChangeError::not_found("requisitions", requisition))?;
        if !place.is_open() {
            return Err(ChangeError::RequisitionClosed(requisition.to_owned()));
        }
        place.headcount_hired += 1;
        place.updated_at = now;
        let for_hire = RequisitionForHire {
            id: place.id.clone(),
            requisition_code: place.code.clone(),
            hiring_manager_on_hire: place.hiring_manager.clone(),
        };
        let code = for_hire.requisition_code.clone();
        let mut opportunity = self.opportunity_mut(id);
        let application = opportunity
            .as_mut()
            .and_then(|one| one.application.as_mut());
        if let Some(application) = application {
            application.requisition_for_hire = Some(for_hire);
        }
        drop(opportunity);
        self.tell(id, "Requisition", None, Some(code), now);
        Ok(())
    }

    /// Deletes an opportunity: it stays only in the deleted list.
    pub(crate) fn delete_opportunity(
        &mut self,
        id: &str,
        by: &str,
        now: i64,
    ) -> Result<(), ChangeError> {
        if self.opportunity(id).is_none() {
            return Err(ChangeError::not_found("opportunities", id));
        }
        // Announced first: a deleted opportunity is no longer found.
        let own = if self.switches.webhook_inferred_keys {
            json!({"deletedBy": by})
        } else {
            json!({})
        };
        self.announce(EventName::CandidateDeleted, id, own, now);
        if let Some(mut opportunity) = self.opportunity_mut(id) {
            opportunity.deleted = Some(Deleted {
                by: by.to_owned(),
                at: now,
            });
        }
        Ok(())
    }
}
