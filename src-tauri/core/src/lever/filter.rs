//! Which opportunities to list.

use jiff::Timestamp;
use reqwest::Url;

/// Lever's largest page, and its default (LEVER.md 2.3).
pub const LARGEST_PAGE: u8 = 100;

/// Which opportunities to list (LEVER.md 2.6). Different conditions narrow the list; several ids of one
/// condition widen it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpportunityFilter {
    /// In one of these stages; archived ones keep the stage that they were archived in.
    pub stage_ids: Vec<String>,
    /// Archived with one of these reasons.
    pub archive_reason_ids: Vec<String>,
    /// Only archived ones, or only those that are not.
    pub archived: Option<bool>,
    /// Archived at this moment or later.
    pub archived_since: Option<Timestamp>,
    /// Changed at this moment or later; opportunities that Lever never stamped are left out.
    pub updated_since: Option<Timestamp>,
    /// Of this contact.
    pub contact_id: Option<String>,
    /// With this e-mail address.
    pub email: Option<String>,
    /// Items per page, from 1 to [`LARGEST_PAGE`]; none for that.
    pub limit: Option<u8>,
}

impl OpportunityFilter {
    pub(super) fn write(&self, url: &mut Url) {
        let mut query = url.query_pairs_mut();
        for id in &self.stage_ids {
            query.append_pair("stage_id", id);
        }
        for id in &self.archive_reason_ids {
            query.append_pair("archive_reason_id", id);
        }
        let moment = |moment: Timestamp| moment.as_millisecond().to_string();
        let limit = self
            .limit
            .map(|limit| limit.clamp(1, LARGEST_PAGE).to_string());
        for (name, value) in [
            (
                "archived",
                self.archived.map(|archived| archived.to_string()),
            ),
            ("archived_at_start", self.archived_since.map(moment)),
            ("updated_at_start", self.updated_since.map(moment)),
            ("contact_id", self.contact_id.clone()),
            ("email", self.email.clone()),
            ("limit", limit),
        ] {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
    }
}
