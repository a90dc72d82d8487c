//! Lever's webhook events (LEVER.md 5.1: exactly ten).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An event that Lever can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LeverEvent {
    /// Somebody applied.
    ApplicationCreated,
    /// A candidate was marked hired.
    CandidateHired,
    /// A candidate moved to another stage.
    CandidateStageChange,
    /// A candidate was archived or un-archived.
    CandidateArchiveChange,
    /// A candidate was deleted.
    CandidateDeleted,
    /// An interview was scheduled.
    InterviewCreated,
    /// An interview changed.
    InterviewUpdated,
    /// An interview was deleted.
    InterviewDeleted,
    /// A contact was made.
    ContactCreated,
    /// A contact changed.
    ContactUpdated,
}

impl LeverEvent {
    /// Every event with its label, in the order of the dropdown; the usual choice first.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::CandidateHired, "Candidate hired"),
        (Self::ApplicationCreated, "Application created"),
        (Self::CandidateStageChange, "Candidate stage change"),
        (
            Self::CandidateArchiveChange,
            "Candidate archive state change",
        ),
        (Self::CandidateDeleted, "Candidate deleted"),
        (Self::InterviewCreated, "Interview created"),
        (Self::InterviewUpdated, "Interview updated"),
        (Self::InterviewDeleted, "Interview deleted"),
        (Self::ContactCreated, "Contact created"),
        (Self::ContactUpdated, "Contact updated"),
    ];

    /// Those that tell of an offer, each with what it means for a letter (AG-04).
    pub const OF_OFFERS: [(Self, &'static str); 4] = [
        (
            Self::CandidateStageChange,
            "A candidate reaches the Offer stage: the letter of an offer that is Sent Manually is created. Later changes \
             tell that the offer was signed or declined.",
        ),
        (
            Self::CandidateArchiveChange,
            "The candidate is archived, so the letter is no longer open.",
        ),
        (
            Self::CandidateHired,
            "The candidate is hired, so the letter counts as accepted.",
        ),
        (
            Self::CandidateDeleted,
            "The candidate is deleted in Lever, and the letter here with them.",
        ),
    ];

    /// The label as the article and Lever's settings show it.
    pub fn label(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(event, _)| *event == self)
            .map_or("Unknown event", |(_, label)| label)
    }

    /// The event that Lever names so, or none.
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    }

    /// Whether a workflow acts on it. A stage change lets
    /// somebody in only at a listener that has a stage.
    pub fn starts_an_import(self) -> bool {
        matches!(self, Self::CandidateHired | Self::CandidateStageChange)
    }

    /// Whether it tells of an offer.
    pub fn tells_of_offers(self) -> bool {
        Self::OF_OFFERS.iter().any(|(event, _)| *event == self)
    }

    /// Whether anything follows from it.
    pub fn is_acted_on(self) -> bool {
        self.starts_an_import() || self == Self::CandidateDeleted
    }
}
