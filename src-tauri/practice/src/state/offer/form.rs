//! The offer form of the company, and who approves offers (PRODUCTS.md 3.4, 3.5).

use std::sync::Arc;

use super::{ApprovalStep, FormField, OfferField, OfferValue};
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
    pub(crate) approvers: Vec<ChainApprover>,
    pub(crate) needed: usize,
}

/// The default offer form and the default approval chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfferForm {
    pub(super) rows: Vec<Arc<FormField>>,
    pub(crate) chain: Vec<ChainStep>,
}

impl OfferForm {
    pub(crate) fn new(rows: Vec<FormField>, chain: Vec<ChainStep>) -> Self {
        let rows = rows.into_iter().map(Arc::new).collect();
        Self { rows, chain }
    }

    /// The rows in order.
    pub(crate) fn rows(&self) -> &[Arc<FormField>] {
        &self.rows
    }

    /// The rows as those of an offer without values.
    pub(crate) fn blank(&self) -> impl Iterator<Item = OfferField> {
        self.rows.iter().map(|field| OfferField {
            field: field.clone(),
            value: OfferValue::Empty,
        })
    }

    /// Who must approve an offer for `posting`, in order; a manager whom it lacks is left out.
    pub(crate) fn chain_for(&self, posting: Option<&Posting>) -> Vec<ApprovalStep> {
        let manager = posting.and_then(|posting| posting.hiring_manager.as_ref());
        let steps = self.chain.iter().map(|step| {
            let approvers = step.approvers.iter().filter_map(|approver| match approver {
                ChainApprover::User(id) => Some(id.clone()),
                ChainApprover::HiringManager => manager.cloned(),
            });
            let approvers: Vec<String> = approvers.collect();
            let needed = step.needed.min(approvers.len());
            ApprovalStep { approvers, needed }
        });
        steps.filter(|step| step.needed > 0).collect()
    }
}
