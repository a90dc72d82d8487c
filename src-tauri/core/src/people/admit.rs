//! What has to be read of a hire, whether Lever still says what the event said, and whether the listener lets the
//! candidate in.

use rusqlite::Connection;

use crate::jobs::Hire;
use crate::lever::{Candidate, Hired, Parts};
use crate::listeners::admission::{Admission, Choice, Refusal, Truth};
use crate::mapping::Rules;
use crate::store::{StoreError, listeners};

/// Whom the listener of a hire lets in, as it is set now.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn admission(db: &Connection, hire: &Hire) -> Result<Admission, StoreError> {
    let Some(listener) = &hire.listener_id else {
        return Ok(Admission::default());
    };
    let listener = listeners::get(db, listener)?;
    Ok(listener.map(|row| row.admission).unwrap_or_default())
}

/// The parts of Lever that the mapping and the listener's filters use.
pub fn needed(rules: &Rules, admission: &Admission, hire: &Hire) -> Parts {
    let fields = rules.fields();
    let mapped = Parts::of(fields.iter().map(String::as_str));
    if hire.by_hand || !admission.asks_for_posting() {
        return mapped;
    }
    mapped.with_posting()
}

/// Whether the candidate may come in; by hand no filter counts, but Lever's word does.
///
/// # Errors
/// [`Refusal`] with the reason.
pub fn judge(admission: &Admission, hire: &Hire, candidate: &Candidate) -> Result<(), Refusal> {
    let truth = truth(candidate);
    admission.agrees(&truth)?;
    if hire.by_hand {
        return Ok(());
    }
    admission.lets_in(&truth)
}

fn truth(candidate: &Candidate) -> Truth {
    let choice = |(id, name): &(String, String)| Choice {
        id: id.clone(),
        name: name.clone(),
    };
    let job = &candidate.job;
    Truth {
        stage: candidate.stage.as_ref().map(choice),
        not_hired: match &candidate.hired {
            Hired::Yes { .. } => None,
            Hired::No { why } => Some(why.to_string()),
        },
        archived: candidate.archived,
        department: job.department.clone(),
        locations: job.locations.clone(),
        posting: job.posting.as_ref().map(choice),
        origin: candidate.origin.clone(),
        posting_unread: job.unread,
    }
}
