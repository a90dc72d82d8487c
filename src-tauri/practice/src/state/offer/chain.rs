//! The default approval chain and its editor (PRODUCTS.md 3.4, L24, L25).

use super::{ApprovalStep, OfferError};
use crate::identifiers::random_id;
use crate::state::Posting;

/// Someone whom the default chain asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChainApprover {
    User(String),
    /// The hiring manager of the posting, whoever that is.
    HiringManager,
}

/// One step of the default chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChainStep {
    pub(crate) id: String,
    pub(crate) approvers: Vec<ChainApprover>,
    /// How many of them must approve.
    pub(crate) needed: usize,
}

/// The steps that every new offer goes through, in order; offers that exist keep theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct DefaultChain {
    steps: Vec<ChainStep>,
    /// Whether the mails to approvers leave the values of the offer out (L32).
    pub(crate) hides_details_in_mails: bool,
}

impl DefaultChain {
    pub(crate) fn new(steps: Vec<ChainStep>) -> Self {
        Self {
            steps,
            hides_details_in_mails: false,
        }
    }

    /// The steps in order.
    pub(crate) fn steps(&self) -> &[ChainStep] {
        &self.steps
    }

    /// Who must approve an offer for `posting`, in order; a manager whom it lacks is left out.
    pub(super) fn steps_for(&self, posting: Option<&Posting>) -> Vec<ApprovalStep> {
        let manager = posting.and_then(|posting| posting.hiring_manager.as_ref());
        let steps = self.steps.iter().map(|step| {
            let approvers = step.approvers.iter().filter_map(|approver| match approver {
                ChainApprover::User(id) => Some(id.clone()),
                ChainApprover::HiringManager => manager.cloned(),
            });
            ApprovalStep::new(approvers, step.needed)
        });
        steps.filter(|step| step.needed > 0).collect()
    }

    /// Adds a step at the end.
    ///
    /// # Errors
    /// Someone must be asked, and no more approvals can be needed than people are asked.
    pub(crate) fn add(
        &mut self,
        approvers: Vec<ChainApprover>,
        needed: usize,
    ) -> Result<(), OfferError> {
        if approvers.is_empty() {
            return Err(OfferError::NoApprover);
        }
        if !(1..=approvers.len()).contains(&needed) {
            let most = approvers.len();
            let text = format!("Of these approvers 1 to {most} can be needed.");
            return Err(OfferError::Form(text));
        }
        self.steps.push(ChainStep {
            id: random_id(),
            approvers,
            needed,
        });
        Ok(())
    }

    /// Puts a step before the one above it; the first stays.
    ///
    /// # Errors
    /// If there is no such step.
    pub(crate) fn raise(&mut self, id: &str) -> Result<(), OfferError> {
        let place = self.place(id)?;
        self.steps.swap(place, place.saturating_sub(1));
        Ok(())
    }

    /// Removes a step. Without any, offers need no approval.
    ///
    /// # Errors
    /// If there is no such step.
    pub(crate) fn remove(&mut self, id: &str) -> Result<(), OfferError> {
        let place = self.place(id)?;
        self.steps.remove(place);
        Ok(())
    }

    fn place(&self, id: &str) -> Result<usize, OfferError> {
        let place = self.steps.iter().position(|step| step.id == id);
        place.ok_or_else(|| OfferError::not_found("approval step", id))
    }
}
