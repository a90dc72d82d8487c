//! What happened to an offer: who did what, and when.

/// One field of an offer before and after a change, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldChange {
    pub(crate) label: String,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// Who acted on an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OfferActor {
    /// A user, by id.
    User(String),
    Candidate,
}

/// Something that happened to an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OfferEvent {
    Created,
    ApprovalRequested {
        message: String,
    },
    /// `approver` agreed, or someone in their place; `last` completes the approval.
    Approved {
        approver: String,
        last: bool,
    },
    Rejected {
        reason: String,
    },
    Sent,
    SentManually,
    Opened,
    Signed {
        name: String,
    },
    Declined {
        reason: String,
    },
    SignedCopyUploaded {
        file_name: String,
    },
    DeclineRecorded {
        reason: String,
    },
    Modified {
        changes: Vec<FieldChange>,
        reopened: bool,
    },
}

/// An event of an offer with its time in milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OfferEntry {
    pub(crate) at: i64,
    pub(crate) by: OfferActor,
    pub(crate) event: OfferEvent,
}

impl OfferEvent {
    /// The event as the story of the candidate tells it, after the name of who did it.
    pub(crate) fn in_words(&self) -> String {
        let with = |words: &str, detail: &str| match detail {
            "" => words.to_owned(),
            detail => format!("{words}: {detail}"),
        };
        match self {
            Self::Created => "created an offer".to_owned(),
            Self::ApprovalRequested { message } => with("asked for approval of the offer", message),
            Self::Approved { last: false, .. } => "approved the offer".to_owned(),
            Self::Approved { last: true, .. } => {
                "approved the offer, which completes its approval".to_owned()
            }
            Self::Rejected { reason } => with("rejected the offer", reason),
            Self::Sent => "sent the offer".to_owned(),
            Self::SentManually => "marked the offer as sent outside of Lever".to_owned(),
            Self::Opened => "opened the offer".to_owned(),
            Self::Signed { name } => with("signed the offer", name),
            Self::Declined { reason } => with("declined the offer", reason),
            Self::SignedCopyUploaded { file_name } => with("uploaded the signed copy", file_name),
            Self::DeclineRecorded { reason } => {
                with("recorded that the candidate declined", reason)
            }
            Self::Modified { reopened: true, .. } => {
                "modified the offer, which must be approved again".to_owned()
            }
            Self::Modified { .. } => "modified the offer".to_owned(),
        }
    }

    /// The fields that the event changed.
    pub(crate) fn changes(&self) -> &[FieldChange] {
        match self {
            Self::Modified { changes, .. } => changes,
            _ => &[],
        }
    }
}
