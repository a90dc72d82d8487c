//! The steps of an offer, each with its conditions and what it leaves behind.

use super::{Approval, Document, Offer, OfferActor, OfferError, OfferEvent, OfferStatus, Step};

impl Offer {
    /// Whether approval must come before sending.
    pub(crate) fn needs_approval(&self) -> bool {
        !self.chain.is_empty()
    }

    /// Asks the chain, and after it everyone in `custom`, for approval.
    ///
    /// # Errors
    /// Only a draft with its required fields can be sent for approval, and someone must be asked.
    pub(crate) fn request_approval(
        &mut self,
        custom: &[String],
        message: &str,
        by: &str,
        now: i64,
    ) -> Result<(), OfferError> {
        self.check(Step::RequestApproval)?;
        self.check_complete()?;
        self.approval = Approval::request(&self.chain, custom)?;
        let message = message.trim().to_owned();
        let event = OfferEvent::ApprovalRequested { message };
        self.go(
            Step::RequestApproval,
            OfferActor::User(by.to_owned()),
            event,
            now,
        )
    }

    /// Records the agreement of `by`, or with `in_place` that of the next approver through them.
    /// The last agreement that is needed makes the offer approved.
    ///
    /// # Errors
    /// Refuses anyone who is not asked at the moment.
    pub(crate) fn approve(&mut self, by: &str, in_place: bool, now: i64) -> Result<(), OfferError> {
        self.check(Step::Approve)?;
        let approver = self.approval.turn_of(by, in_place)?;
        self.approval.agree(&approver, by, now);
        let last = self.approval.is_complete();
        let (by, event) = (
            OfferActor::User(by.to_owned()),
            OfferEvent::Approved { approver, last },
        );
        if !last {
            self.tell(by, event, now);
            return Ok(());
        }
        self.approved_at = Some(now);
        self.go(Step::Approve, by, event, now)
    }

    /// Sends the offer back to its maker.
    ///
    /// # Errors
    /// Refuses anyone who is not asked at the moment.
    pub(crate) fn reject(
        &mut self,
        by: &str,
        in_place: bool,
        reason: &str,
        now: i64,
    ) -> Result<(), OfferError> {
        self.check(Step::Reject)?;
        self.approval.turn_of(by, in_place)?;
        self.approval = Approval::default();
        let reason = reason.trim().to_owned();
        let event = OfferEvent::Rejected { reason };
        self.go(Step::Reject, OfferActor::User(by.to_owned()), event, now)
    }

    /// Sends the letter through Lever, under a new address; an earlier address ends.
    ///
    /// # Errors
    /// Refuses an offer that lacks approval or a required field, or that the candidate has as it is.
    pub(crate) fn send(&mut self, by: &str, now: i64) -> Result<(), OfferError> {
        self.check_sendable(Step::Send)?;
        self.start_sending(now);
        self.sent_document = Some(Document::letter(
            "offer.pdf",
            self.fields.clone(),
            None,
            now,
        ));
        self.set_new_link();
        self.go(
            Step::Send,
            OfferActor::User(by.to_owned()),
            OfferEvent::Sent,
            now,
        )
    }

    /// Notes that the offer reaches the candidate by another way than Lever.
    ///
    /// # Errors
    /// As [`Offer::send`].
    pub(crate) fn send_manually(&mut self, by: &str, now: i64) -> Result<(), OfferError> {
        self.check_sendable(Step::SendManually)?;
        self.start_sending(now);
        self.sent_document = None;
        let by = OfferActor::User(by.to_owned());
        self.go(Step::SendManually, by, OfferEvent::SentManually, now)
    }

    /// The candidate looks at the offer; only the first time is told.
    ///
    /// # Errors
    /// Refuses an offer that was not sent through Lever.
    pub(crate) fn open(&mut self, now: i64) -> Result<(), OfferError> {
        self.check(Step::Open)?;
        let first = self.opened.map(|(first, _)| first);
        self.opened = Some((first.unwrap_or(now), now));
        if first.is_none() {
            self.go(Step::Open, OfferActor::Candidate, OfferEvent::Opened, now)?;
        }
        Ok(())
    }

    /// The candidate signs with their typed name.
    ///
    /// # Errors
    /// Refuses an offer that was not opened, and an empty name.
    pub(crate) fn sign(&mut self, name: &str, now: i64) -> Result<(), OfferError> {
        self.check(Step::Sign)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(OfferError::NameMissing);
        }
        let signature = Some((name.to_owned(), now));
        let letter = Document::letter("offer_signed.pdf", self.fields.clone(), signature, now);
        self.signed_document = Some(letter);
        self.signed_at = Some(now);
        let name = name.to_owned();
        let event = OfferEvent::Signed { name };
        self.go(Step::Sign, OfferActor::Candidate, event, now)
    }

    /// The candidate declines.
    ///
    /// # Errors
    /// Refuses an offer that was not opened.
    pub(crate) fn decline(&mut self, reason: &str, now: i64) -> Result<(), OfferError> {
        let reason = reason.trim().to_owned();
        let event = OfferEvent::Declined { reason };
        self.go(Step::Decline, OfferActor::Candidate, event, now)
    }

    /// Keeps the signed copy of an offer that was sent outside of Lever.
    ///
    /// # Errors
    /// Refuses an offer in another state.
    pub(crate) fn record_signed(
        &mut self,
        copy: Document,
        by: &str,
        now: i64,
    ) -> Result<(), OfferError> {
        let file_name = copy.file_name.clone();
        let by = OfferActor::User(by.to_owned());
        let event = OfferEvent::SignedCopyUploaded { file_name };
        self.go(Step::RecordSigned, by, event, now)?;
        self.signed_document = Some(copy);
        self.signed_at = Some(now);
        Ok(())
    }

    /// Notes that the candidate declined an offer that was sent outside of Lever.
    ///
    /// # Errors
    /// Refuses an offer in another state.
    pub(crate) fn record_decline(
        &mut self,
        reason: &str,
        by: &str,
        now: i64,
    ) -> Result<(), OfferError> {
        let reason = reason.trim().to_owned();
        let event = OfferEvent::DeclineRecorded { reason };
        self.go(
            Step::RecordDecline,
            OfferActor::User(by.to_owned()),
            event,
            now,
        )
    }

    /// Labels of the required fields that are empty.
    pub(crate) fn missing(&self) -> Vec<String> {
        let empty = self.fields.iter().filter(|row| row.value.is_empty());
        let required = empty.filter(|row| row.field.is_required());
        required.map(|row| row.field.text.clone()).collect()
    }

    fn check_complete(&self) -> Result<(), OfferError> {
        match self.missing() {
            missing if missing.is_empty() => Ok(()),
            missing => Err(OfferError::Incomplete(missing)),
        }
    }

    /// Whether it could be sent now, by [`Step::Send`] or [`Step::SendManually`].
    ///
    /// # Errors
    /// What stands in the way.
    pub(crate) fn check_sendable(&self, step: Step) -> Result<(), OfferError> {
        self.check(step)?;
        self.check_complete()?;
        match self.status {
            OfferStatus::Draft if self.needs_approval() => Err(OfferError::ApprovalNeeded),
            status if status.is_extended() && !self.has_unsent_changes => {
                Err(OfferError::NothingToSend)
            }
            _ => Ok(()),
        }
    }

    fn start_sending(&mut self, now: i64) {
        self.sent_at = Some(now);
        self.opened = None;
        self.link = None;
        self.has_unsent_changes = false;
    }

    fn check(&self, step: Step) -> Result<OfferStatus, OfferError> {
        self.status.after(step).ok_or(OfferError::NotPossible {
            step,
            status: self.status,
        })
    }

    pub(super) fn go(
        &mut self,
        step: Step,
        by: OfferActor,
        event: OfferEvent,
        now: i64,
    ) -> Result<(), OfferError> {
        self.status = self.check(step)?;
        self.tell(by, event, now);
        Ok(())
    }
}
