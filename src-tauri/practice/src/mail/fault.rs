//! Faults that a test asks for: the next mails fail in a chosen way.

use serde::{Deserialize, Serialize};

use super::Mailbox;

/// The answer that a fault hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// The answer to RCPT.
    Rcpt,
    /// The answer to the end of the mail.
    #[default]
    Data,
}

/// What happens there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FaultKind {
    /// The fault's status is answered and nothing is kept.
    Refuse,
    /// At the end of the mail it is kept; then the connection ends without an answer, so that the
    /// sender cannot know.
    Drop,
    /// The right answer comes after the fault's delay.
    Slow,
}

/// A fault in force.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailFault {
    #[serde(default)]
    pub(super) at: Place,
    pub(super) kind: FaultKind,
    /// Status of a refusal: 4xx for one that may pass, 5xx for good (RFC 5321 4.2.1).
    #[serde(default = "local_error")]
    pub(super) status: u16,
    /// Delay of a slow answer, in real milliseconds.
    #[serde(default)]
    pub(super) delay_ms: u64,
    /// How many more answers it hits.
    #[serde(default = "once")]
    pub(super) count: u32,
}

fn local_error() -> u16 {
    451
}

fn once() -> u32 {
    1
}

/// Why a fault cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("a refusal has a status from 400 to 599, and {0} is not one")]
pub(super) struct NotARefusal(u16);

impl Mailbox {
    /// Puts a fault in force.
    ///
    /// # Errors
    /// Fails if it refuses with a status that is no refusal.
    pub(super) fn add_fault(&mut self, fault: MailFault) -> Result<(), NotARefusal> {
        if fault.kind == FaultKind::Refuse && !(400..600).contains(&fault.status) {
            return Err(NotARefusal(fault.status));
        }
        if fault.count > 0 {
            self.faults.push(fault);
        }
        Ok(())
    }

    /// The first fault for `place`, whose count goes down by one.
    pub(super) fn take_fault(&mut self, place: Place) -> Option<MailFault> {
        let fault = self.faults.iter_mut().find(|fault| fault.at == place)?;
        fault.count = fault.count.saturating_sub(1);
        let taken = fault.clone();
        self.faults.retain(|fault| fault.count > 0);
        Some(taken)
    }
}
