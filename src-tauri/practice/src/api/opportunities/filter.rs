//! The filters of `GET /opportunities` (LEVER.md 2.6).

use crate::api::error::ApiError;
use crate::api::params::{ConfidentialityFilter, Params, TimeRange};
use crate::state::{Contact, Opportunity};

/// All filters of one request; different ones combine with AND, repeated ones with OR.
pub(super) struct Filter<'a> {
    params: &'a Params,
    confidentiality: ConfidentialityFilter,
    archived: Option<bool>,
    snoozed: Option<bool>,
    created_at: TimeRange,
    updated_at: TimeRange,
    advanced_at: TimeRange,
    archived_at: TimeRange,
}

impl<'a> Filter<'a> {
    pub(super) fn parse(params: &'a Params) -> Result<Self, ApiError> {
        Ok(Self {
            params,
            confidentiality: params.confidentiality()?,
            archived: params.flag("archived")?,
            snoozed: params.flag("snoozed")?,
            created_at: params.range("created_at")?,
            updated_at: params.range("updated_at")?,
            advanced_at: params.range("advanced_at")?,
            archived_at: params.range("archived_at")?,
        })
    }

    pub(super) fn accepts(&self, opportunity: &Opportunity, contact: &Contact) -> bool {
        self.accepts_state(opportunity)
            && self.accepts_words(opportunity)
            && self
                .params
                .all("email")
                .all(|email| contact.has_email(email))
    }

    fn accepts_state(&self, opportunity: &Opportunity) -> bool {
        let archived = opportunity.archived.as_ref();
        self.confidentiality.accepts(opportunity.confidentiality)
            && self
                .archived
                .is_none_or(|wanted| wanted == archived.is_some())
            // Nobody can snooze an opportunity here.
            && self.snoozed.is_none_or(|wanted| !wanted)
            && self.created_at.contains(Some(opportunity.created_at))
            && self.updated_at.contains(opportunity.updated_at)
            && self
                .advanced_at
                .contains(Some(opportunity.last_advanced_at))
            && self
                .archived_at
                .contains(archived.map(|one| one.archived_at))
    }

    fn accepts_words(&self, opportunity: &Opportunity) -> bool {
        let params = self.params;
        let archived = opportunity.archived.as_ref();
        let posting = opportunity
            .application
            .as_ref()
            .map(|one| one.posting.as_str());
        let origin = serde_json::to_value(opportunity.origin).unwrap_or_default();
        let of_active = posting.filter(|_| archived.is_none());
        let of_archived = posting.filter(|_| archived.is_some());
        params.accepts("stage_id", Some(&opportunity.stage))
            && params.accepts("contact_id", Some(&opportunity.contact))
            && params.accepts("origin", origin.as_str())
            && params.accepts("location", opportunity.location.as_deref())
            && params.accepts("archive_reason_id", archived.map(|one| one.reason.as_str()))
            && params.accepts("posting_id", of_active)
            && params.accepts("archived_posting_id", of_archived)
            && accepts_any(params, "tag", &opportunity.tags)
            && accepts_any(params, "source", &opportunity.sources)
    }
}

fn accepts_any(params: &Params, name: &str, values: &[String]) -> bool {
    let mut wanted = params.all(name).peekable();
    wanted.peek().is_none() || wanted.any(|wanted| values.iter().any(|value| value == wanted))
}
