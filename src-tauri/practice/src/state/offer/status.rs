//! The eight states of an offer and the steps between them.

use serde::{Deserialize, Serialize};

/// Where an offer stands (LEVER.md 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OfferStatus {
    Draft,
    ApprovalSent,
    Approved,
    Sent,
    SentManually,
    Opened,
    Denied,
    Signed,
}

/// Something that moves an offer from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Step {
    RequestApproval,
    /// The last approval that was missing.
    Approve,
    Reject,
    Send,
    SendManually,
    Open,
    Sign,
    Decline,
    /// A signed copy came back by another way than Lever.
    RecordSigned,
    /// The candidate declined by another way than Lever.
    RecordDecline,
    /// A change that must be approved again.
    Reopen,
}

impl Step {
    /// What cannot be done, for a message such as "A signed offer cannot be modified."
    pub(super) const fn done_to(self) -> &'static str {
        match self {
            Self::RequestApproval => "sent for approval",
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Send => "sent",
            Self::SendManually => "marked as sent outside of Lever",
            Self::Open => "opened by the candidate",
            Self::Sign => "signed by the candidate",
            Self::Decline => "declined by the candidate",
            Self::RecordSigned => "given a signed copy",
            Self::RecordDecline => "recorded as declined",
            Self::Reopen => "modified",
        }
    }
}

impl OfferStatus {
    /// The state as the pages write it; the pages say *Declined* where the API says `denied`
    /// (PRODUCTS.md 3.4).
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::ApprovalSent => "Waiting for approval",
            Self::Approved => "Approved",
            Self::Sent => "Sent",
            Self::SentManually => "Sent outside of Lever",
            Self::Opened => "Opened",
            Self::Denied => "Declined",
            Self::Signed => "Signed",
        }
    }

    /// Whether the candidate holds the offer and has not answered it.
    pub(crate) const fn is_extended(self) -> bool {
        matches!(self, Self::Sent | Self::SentManually | Self::Opened)
    }

    /// Whether the candidate answered; nothing changes after that.
    pub(crate) const fn is_answered(self) -> bool {
        matches!(self, Self::Denied | Self::Signed)
    }

    /// The state after `step`, or `None` if the step is not possible here (LEVER.md 3.3).
    ///
    /// Sending from a draft, and sending again, have conditions of their own that the offer checks.
    pub(crate) const fn after(self, step: Step) -> Option<Self> {
        let open = !self.is_answered();
        match (step, self) {
            (Step::RequestApproval, Self::Draft) => Some(Self::ApprovalSent),
            (Step::Approve, Self::ApprovalSent) => Some(Self::Approved),
            (Step::Reject, Self::ApprovalSent) => Some(Self::Draft),
            (Step::Send, Self::Draft | Self::Approved) => Some(Self::Sent),
            (Step::SendManually, Self::Draft | Self::Approved) => Some(Self::SentManually),
            (Step::Send, _) if self.is_extended() => Some(Self::Sent),
            (Step::SendManually, _) if self.is_extended() => Some(Self::SentManually),
            (Step::Open, Self::Sent | Self::Opened) => Some(Self::Opened),
            (Step::Sign, Self::Opened) => Some(Self::Signed),
            (Step::Decline, Self::Opened) => Some(Self::Denied),
            (Step::RecordSigned, Self::SentManually) => Some(Self::Signed),
            (Step::RecordDecline, Self::SentManually) => Some(Self::Denied),
            (Step::Reopen, _) if open => Some(Self::Draft),
            _ => None,
        }
    }
}
