//! Hires that wait for the user (PRODUCTS.md SO-16): nothing is dropped, and each says what it lacks.

use rusqlite::Connection;

use super::plan::{Need, Question};
use crate::jobs::{self, Hire, Remedy};
use crate::lever::Candidate;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::imports::{self, ImportRow};
use crate::store::jobs::{self as rows, JobRow};
use crate::store::names::name;
use crate::store::{StoreError, people, samples};

/// Holds a hire with what it lacks. `known` is what was known of its import before.
pub(super) fn hold(
    db: &Connection,
    (job, hire): (&JobRow, Hire),
    candidate: &Candidate,
    known: Option<ImportRow>,
    needs: Vec<Need>,
    now: i64,
) -> Result<(), StoreError> {
    // The mapping screen can then try a draft on whom it has to suit.
    if let Some(sample) = candidate.sample(now) {
        samples::put(db, Integration::Onboarding, &sample)?;
    }
    let why = sentence(&candidate.name, &needs);
    let import = ImportRow {
        needs,
        question: None,
        ..held(hire, candidate, known, now)
    };
    imports::put(db, &import)?;
    jobs::wait(db, job, None, (&why, Remedy::Tray), now)
}

/// Holds a hire until the user says whether it is one of the people in the question.
pub(super) fn ask(
    db: &Connection,
    (job, hire): (&JobRow, Hire),
    candidate: &Candidate,
    known: Option<ImportRow>,
    question: Question,
    now: i64,
) -> Result<(), StoreError> {
    let mut names = Vec::new();
    for id in &question.people {
        names.extend(people::get(db, id)?.map(|person| person.name));
    }
    let why = format!(
        "The hire of {} may be somebody who is in People already: {}. Say whether it is the same person.",
        candidate.name,
        names.join(", ")
    );
    let import = ImportRow {
        needs: Vec::new(),
        question: Some(question),
        ..held(hire, candidate, known, now)
    };
    imports::put(db, &import)?;
    jobs::wait(db, job, None, (&why, Remedy::Tray), now)
}

/// The row of a hire that waits, with what the user entered and said before.
fn held(hire: Hire, candidate: &Candidate, known: Option<ImportRow>, now: i64) -> ImportRow {
    let known = known.unwrap_or_default();
    ImportRow {
        opportunity_id: hire.opportunity_id,
        name: candidate.name.clone(),
        description: candidate.description.clone(),
        held_at: known.held_at.or(Some(now)),
        ..known
    }
}

fn sentence(name: &str, needs: &[Need]) -> String {
    let first = needs
        .first()
        .map(|need| format!(" {}: {}", need.label, need.why))
        .unwrap_or_default();
    let more = match needs.len() {
        0 | 1 => String::new(),
        all => format!(" ({} more.)", all - 1),
    };
    format!("{name} cannot be imported yet.{first}{more}")
}

/// A further event of a hire that the user decided against: it waits with the others, for the user may take that back.
pub(super) fn stay_declined(
    db: &Connection,
    job: &JobRow,
    name_in_lever: &str,
    now: i64,
) -> Result<(), StoreError> {
    let sentence = format!("{name_in_lever} was not imported, as you decided.");
    rows::postpone(db, job.id, None, (&sentence, &name(&Remedy::Declined)?))?;
    Entry::new(Kind::Import, Outcome::Skipped, sentence)
        .on(&job.correlation)
        .write(db, now)
}
