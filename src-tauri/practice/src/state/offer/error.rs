//! Why something cannot be done to an offer, in the user's words.

use super::{OfferStatus, Step};

/// Why a change of an offer, or of the offer form, is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OfferError {
    #[error("{resource} {id} was not found")]
    NotFound { resource: &'static str, id: String },
    #[error("An offer in the state \"{}\" cannot be {}.", .status.label(), .step.done_to())]
    NotPossible { step: Step, status: OfferStatus },
    #[error("This offer must be approved before it is sent.")]
    ApprovalNeeded,
    #[error("Choose at least one approver.")]
    NoApprover,
    #[error("It is not your turn to approve this offer.")]
    NotYourTurn,
    #[error("Please fill in: {}.", .0.join(", "))]
    Incomplete(Vec<String>),
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Invalid(Vec<Problem>),
    #[error("Nothing has changed since this offer was sent.")]
    NothingToSend,
    #[error("Type your full name to sign.")]
    NameMissing,
    #[error("Choose the signed copy first: the file is empty.")]
    EmptyFile,
    #[error("There is no way from \"{}\" to \"{}\".", .from.label(), .to.label())]
    NoWay { from: OfferStatus, to: OfferStatus },
    #[error("{0}")]
    Form(String),
}

/// What is wrong with the value of one field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{label}: {message}")]
pub(crate) struct Problem {
    pub(crate) identifier: String,
    pub(crate) label: String,
    pub(crate) message: String,
}

impl OfferError {
    pub(crate) fn not_found(resource: &'static str, id: &str) -> Self {
        Self::NotFound {
            resource,
            id: id.to_owned(),
        }
    }
}
