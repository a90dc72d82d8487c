//! What is kept of a candidate, so that a draft of a mapping is tried without Lever.

use super::candidate::Candidate;
use super::hired::Hired;
use crate::store::samples::SampleRow;

impl Candidate {
    /// Their sample, read at `read_at` (milliseconds since 1970 UTC); none if Lever no longer has them, so that
    /// nothing outlives it here, and none of who was not read whole, whose other fields would look empty.
    pub fn sample(&self, read_at: i64) -> Option<SampleRow> {
        if self.deleted || self.anonymized || !self.whole {
            return None;
        }
        let hired_at = match self.hired {
            Hired::Yes { at, .. } => at.map(jiff::Timestamp::as_millisecond),
            Hired::No { .. } => None,
        };
        Some(SampleRow {
            opportunity_id: self.opportunity_id.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            emails: self.emails.clone(),
            record: self.record.clone(),
            hired_at,
            read_at,
        })
    }
}
