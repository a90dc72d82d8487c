//! Modifying an offer, before or after it was approved or sent (PRODUCTS.md 3.4, step 6).

use std::collections::BTreeMap;

use serde::Serialize;

use super::story::FieldChange;
use super::{
    Approval, FormField, Offer, OfferActor, OfferError, OfferEvent, OfferField, OfferStatus,
    OfferValue, Step,
};

/// What a modification led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Revision {
    /// No value differs.
    Unchanged,
    /// Kept, in the same state.
    Saved,
    /// Kept, and back in the draft because it must be approved again.
    Reopened,
}

impl Offer {
    /// Takes over the new `values` by identifier; fields without one keep theirs. `shown` puts a
    /// value into words for the story.
    ///
    /// # Errors
    /// Refuses an offer that the candidate has answered.
    pub(crate) fn modify(
        &mut self,
        mut values: BTreeMap<String, OfferValue>,
        by: &str,
        shown: impl Fn(&FormField, &OfferValue) -> String,
        now: i64,
    ) -> Result<Revision, OfferError> {
        if self.status.is_answered() {
            return Err(OfferError::NotPossible {
                step: Step::Reopen,
                status: self.status,
            });
        }
        let mut changes = Vec::new();
        let mut is_marked = false;
        let rows = self.fields.iter().map(|row| {
            let value = values.remove(&row.field.identifier);
            let value = value.filter(|value| *value != row.value);
            let Some(value) = value else {
                return row.clone();
            };
            is_marked |= row.field.needs_reapproval;
            changes.push(FieldChange {
                label: row.field.text.clone(),
                old: shown(&row.field, &row.value),
                new: shown(&row.field, &value),
            });
            let field = row.field.clone();
            OfferField { field, value }
        });
        let rows: Vec<OfferField> = rows.collect();
        if changes.is_empty() {
            return Ok(Revision::Unchanged);
        }
        self.fields = rows.into();
        let by = OfferActor::User(by.to_owned());
        let reopened = is_marked && self.approval_is_at_stake();
        let event = OfferEvent::Modified { changes, reopened };
        if reopened {
            self.forget_approval();
            self.go(Step::Reopen, by, event, now)?;
            return Ok(Revision::Reopened);
        }
        self.has_unsent_changes |= self.status.is_extended();
        self.tell(by, event, now);
        Ok(Revision::Saved)
    }

    /// Whether a change of a marked field leads back to approval.
    pub(crate) fn approval_is_at_stake(&self) -> bool {
        self.status != OfferStatus::Draft && !self.approval.steps.is_empty()
    }

    /// The letter that went out stays, as an offer that is revised after sending still has one.
    fn forget_approval(&mut self) {
        self.approval = Approval::default();
        self.approved_at = None;
        self.sent_at = None;
        self.link = None;
        self.opened = None;
        self.has_unsent_changes = false;
    }
}
