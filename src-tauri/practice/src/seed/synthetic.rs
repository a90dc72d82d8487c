//! Candidates without a story, for load.

use super::DAY_MS;
use crate::identifiers::seeded_id;
use crate::state::{CandidateIds, NewCandidate, World};

/// Keys of the postings that synthetic candidates apply to, in turn.
const POSTINGS: [&str; 3] = [
    "firmware-engineer",
    "product-designer",
    "support-specialist",
];

/// Adds `count` candidates in the offer stage, named by number: key and e-mail `synthetic-7`,
/// `synthetic-7@example.com`.
pub(crate) fn add_synthetic(world: &mut World, count: usize, now: i64) {
    for (number, posting) in (1..=count).zip(POSTINGS.iter().cycle()) {
        let key = format!("synthetic-{number}");
        let new = NewCandidate {
            name: format!("Synthetic Candidate{number}"),
            emails: vec![format!("{key}@example.com")],
            location: "Lisbon".to_owned(),
            posting: Some(seeded_id("posting", posting)),
            stage: Some("offer".to_owned()),
            ..NewCandidate::default()
        };
        world.add_candidate(new, CandidateIds::seeded(&key), now - DAY_MS);
    }
}
