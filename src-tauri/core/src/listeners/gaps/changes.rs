//! What changed in Lever, as its lists tell: hires, archives, stages and deletions. Offers have no events (LEVER.md
//! 3.3), so none of theirs can be missing.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::lever::types::{Millis, Opportunity};
use crate::lever::{Client, Error, OpportunityFilter, recent_hires};
use crate::listeners::LeverEvent;

/// A change that an event should have told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The event.
    pub(super) event: LeverEvent,
    /// The opportunity.
    pub(super) opportunity_id: String,
    /// The candidate's name.
    pub(super) candidate: String,
    /// What changed, in words.
    pub(super) what: String,
    /// The stage that a stage change led to.
    pub(super) stage_id: Option<String>,
    /// When, in milliseconds since 1970 UTC.
    pub(super) at: i64,
}

impl Change {
    fn new(event: LeverEvent, of: &Opportunity, what: &str, at: Option<Millis>) -> Option<Self> {
        Some(Self {
            event,
            opportunity_id: of.id.to_string(),
            candidate: of.name.clone(),
            what: what.to_owned(),
            stage_id: None,
            at: at?.timestamp().as_millisecond(),
        })
    }
}

/// Reads the changes at `since` or later of the kinds that these events tell of.
pub(super) async fn changes(
    client: &Client,
    events: &HashSet<LeverEvent>,
    since: Timestamp,
) -> Result<Vec<Change>, Error> {
    let mut found = Vec::new();
    if events.contains(&LeverEvent::CandidateHired) {
        for hire in recent_hires(client, since).await? {
            let at = hire
                .archived
                .as_ref()
                .and_then(|archived| archived.archived_at);
            found.extend(Change::new(
                LeverEvent::CandidateHired,
                &hire,
                "Marked as hired",
                at,
            ));
        }
    }
    if events.contains(&LeverEvent::CandidateArchiveChange) {
        let filter = OpportunityFilter {
            archived: Some(true),
            archived_since: Some(since),
            ..OpportunityFilter::default()
        };
        for archived in client.opportunities(&filter).await? {
            let at = archived
                .archived
                .as_ref()
                .and_then(|archived| archived.archived_at);
            let event = LeverEvent::CandidateArchiveChange;
            found.extend(Change::new(event, &archived, "Archived", at));
        }
    }
    if events.contains(&LeverEvent::CandidateStageChange) {
        let filter = OpportunityFilter {
            updated_since: Some(since),
            ..OpportunityFilter::default()
        };
        for moved in client.opportunities(&filter).await? {
            found.extend(stage_changes(&moved, since));
        }
    }
    if events.contains(&LeverEvent::CandidateDeleted) {
        for deleted in client.deleted_opportunities(since).await? {
            let event = LeverEvent::CandidateDeleted;
            found.extend(Change::new(event, &deleted, "Deleted", deleted.deleted_at));
        }
    }
    Ok(found)
}

/// The first entry is the stage that the candidate came into being in, which is no change.
fn stage_changes(of: &Opportunity, since: Timestamp) -> impl Iterator<Item = Change> {
    let later = move |at: &Millis| at.timestamp() >= since;
    let changes = of.stage_changes.iter().skip(1);
    changes.filter_map(move |change| {
        let at = change.updated_at.filter(later)?;
        let event = LeverEvent::CandidateStageChange;
        let found = Change::new(event, of, "Moved to another stage", Some(at))?;
        Some(Change {
            stage_id: change.to_stage_id.as_ref().map(ToString::to_string),
            ..found
        })
    })
}
