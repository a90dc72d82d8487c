//! A new opportunity as the API makes it (LEVER.md 3.1).

use super::{Archived, CandidateIds, ChangeError, NewCandidate, World};

/// What the API knows of a new opportunity beyond the candidate.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewOpportunity {
    pub(crate) candidate: NewCandidate,
    pub(crate) followers: Vec<String>,
    /// A past moment, in ms; the present if not given.
    pub(crate) created_at: Option<i64>,
    /// Reason and moment, which is the present if not given.
    pub(crate) archived: Option<(String, Option<i64>)>,
    pub(crate) opportunity_location: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Created {
    pub(crate) opportunity: String,
    /// Whether it went to a contact that was there already.
    pub(crate) deduped: bool,
}

impl World {
    /// Makes an opportunity on behalf of `performer`, who owns it unless someone else is named.
    pub(crate) fn create_opportunity(
        &mut self,
        new: NewOpportunity,
        performer: &str,
        now: i64,
    ) -> Result<Created, ChangeError> {
        self.check_new(&new, now)?;
        let mut candidate = new.candidate;
        let owner = candidate.owner.get_or_insert_with(|| performer.to_owned());
        let mut followers = vec![owner.clone()];
        for follower in new.followers {
            if !followers.contains(&follower) {
                followers.push(follower);
            }
        }
        let deduped = candidate.contact.is_some()
            || self.contacts.with_any_email(&candidate.emails).is_some();
        let id = self.add_candidate(candidate, CandidateIds::random(), now);
        let mut opportunity = self.profile_mut(&id)?;
        opportunity.followers = followers;
        opportunity.created_at = new.created_at.unwrap_or(now);
        if let Some(first) = opportunity.stage_changes.first_mut() {
            first.user_id = Some(performer.to_owned());
        }
        opportunity.archived = new.archived.map(|(reason, at)| Archived {
            reason,
            archived_at: at.unwrap_or(now),
        });
        if new.opportunity_location.is_some() {
            opportunity.location = new.opportunity_location;
        }
        drop(opportunity);
        Ok(Created {
            opportunity: id,
            deduped,
        })
    }

    fn check_new(&self, new: &NewOpportunity, now: i64) -> Result<(), ChangeError> {
        let NewCandidate {
            stage,
            posting,
            owner,
            contact,
            ..
        } = &new.candidate;
        let company = &self.company;
        known("stages", stage, |id| company.stage(id).is_some())?;
        known("postings", posting, |id| company.posting(id).is_some())?;
        known("contacts", contact, |id| self.contacts.get(id).is_some())?;
        known("users", owner, |id| company.user(id).is_some())?;
        known("users", &new.followers, |id| company.user(id).is_some())?;
        let reason = new.archived.as_ref().map(|(reason, _)| reason);
        known("archive_reasons", reason, |id| company.reason(id).is_some())?;
        if new.created_at.is_some_and(|at| at > now) {
            return Err(ChangeError::invalid("createdAt must be in the past"));
        }
        let archived_at = new.archived.as_ref().and_then(|(_, at)| *at);
        if archived_at.is_some_and(|at| at > now) {
            return Err(ChangeError::invalid("archivedAt must be in the past"));
        }
        Ok(())
    }
}

/// Refuses the first of `ids` that does not exist.
fn known<'a>(
    resource: &'static str,
    ids: impl IntoIterator<Item = &'a String>,
    exists: impl Fn(&str) -> bool,
) -> Result<(), ChangeError> {
    match ids.into_iter().find(|id| !exists(id)) {
        Some(unknown) => Err(ChangeError::not_found(resource, unknown)),
        None => Ok(()),
    }
}
