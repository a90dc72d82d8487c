//! The usual way of an offer to a state, for seeds and for tests that start in the middle.

use std::collections::VecDeque;

use super::{Document, Offer, OfferError, OfferStatus, Step};

impl Offer {
    /// Takes every step on the way to `to`, as `by` and as the candidate called `name`; `at` says when
    /// each step happens. The way leads through Lever unless the offer already left outside of it.
    ///
    /// # Errors
    /// Refuses a state that no step leads to, and whatever a step on the way refuses.
    pub(crate) fn walk_to(
        &mut self,
        to: OfferStatus,
        by: &str,
        name: &str,
        at: impl Fn(Step) -> i64,
    ) -> Result<(), OfferError> {
        let from = self.status();
        let way = way(from, to, self.needs_approval()).ok_or(OfferError::NoWay { from, to })?;
        for step in way {
            self.take(step, by, name, at(step))?;
        }
        Ok(())
    }

    /// Takes one step as `by`, or as the candidate called `name`; approving gives every approval that
    /// is missing.
    ///
    /// # Errors
    /// Whatever the step refuses.
    pub(crate) fn take(
        &mut self,
        step: Step,
        by: &str,
        name: &str,
        now: i64,
    ) -> Result<(), OfferError> {
        match step {
            Step::RequestApproval if self.needs_approval() => {
                self.request_approval(&[], "", by, now)
            }
            Step::RequestApproval => self.request_approval(&[by.to_owned()], "", by, now),
            Step::Approve => loop {
                let asked = self.approval().waiting_for();
                let next = asked.first().copied().unwrap_or_default().to_owned();
                self.approve(&next, false, now)?;
                if self.status() != OfferStatus::ApprovalSent {
                    return Ok(());
                }
            },
            Step::Reject => self.reject(by, true, "", now),
            Step::Send => self.send(by, now),
            Step::SendManually => self.send_manually(by, now),
            Step::Open => self.open(now),
            Step::Sign => self.sign(name, now),
            Step::Decline => self.decline("", now),
            Step::RecordSigned => {
                let signature = Some((name.to_owned(), now));
                let fields = self.fields.clone();
                let copy = Document::letter("offer_signed.pdf", fields, signature, now);
                self.record_signed(copy, by, now)
            }
            Step::RecordDecline => self.record_decline("", by, now),
            // Only a change of a value leads there.
            Step::Reopen => Err(OfferError::NotPossible {
                step,
                status: self.status(),
            }),
        }
    }
}

/// Steps that lead onward, never back to the draft.
const ONWARD: [Step; 9] = [
    Step::RequestApproval,
    Step::Approve,
    Step::Send,
    Step::SendManually,
    Step::Open,
    Step::Sign,
    Step::Decline,
    Step::RecordSigned,
    Step::RecordDecline,
];

fn way(from: OfferStatus, to: OfferStatus, needs_approval: bool) -> Option<Vec<Step>> {
    let mut queue = VecDeque::from([(from, Vec::new())]);
    let mut seen = vec![from];
    while let Some((status, way)) = queue.pop_front() {
        if status == to {
            return Some(way);
        }
        for step in ONWARD {
            let skips_approval = needs_approval && status == OfferStatus::Draft;
            let sends = matches!(step, Step::Send | Step::SendManually);
            let leaves = step == Step::SendManually && to != OfferStatus::SentManually;
            // Sending again needs a change, so no way leads over it.
            if sends && (skips_approval || status.is_extended() || leaves) {
                continue;
            }
            if let Some(next) = status.after(step).filter(|next| !seen.contains(next)) {
                seen.push(next);
                queue.push_back((next, [way.clone(), vec![step]].concat()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_through_lever_unless_the_offer_left_outside_of_it() {
        let approved = [Step::RequestApproval, Step::Approve];
        let through = [&approved[..], &[Step::Send, Step::Open, Step::Decline]].concat();
        assert_eq!(
            way(OfferStatus::Draft, OfferStatus::Denied, true),
            Some(through)
        );
        let outside = [&approved[..], &[Step::SendManually]].concat();
        assert_eq!(
            way(OfferStatus::Draft, OfferStatus::SentManually, true),
            Some(outside)
        );
        assert_eq!(
            way(OfferStatus::SentManually, OfferStatus::Signed, true),
            Some(vec![Step::RecordSigned])
        );
        assert_eq!(way(OfferStatus::Signed, OfferStatus::Draft, true), None);
        assert_eq!(
            way(OfferStatus::Draft, OfferStatus::Sent, false),
            Some(vec![Step::Send])
        );
    }
}
