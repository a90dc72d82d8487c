//! The way of a drawn person through the pipeline.

use rand::RngExt;

use super::{DAY_MS, Dice, drawn_id, one_of};
use crate::state::{
    Application, Archived, Company, Confidentiality, Deleted, Note, Opportunity, Origin, Posting,
    ReasonType, Role, StageChange,
};

/// How far back candidacies go, in days.
const OLDEST_DAYS: f64 = 3.0 * 365.0;

const SOURCES: [&str; 6] = [
    "Job board",
    "Referral",
    "Company site",
    "Meetup",
    "Campus fair",
    "Agency",
];

const EXTRA_TAGS: [&str; 6] = [
    "Keep warm",
    "Needs visa",
    "Relocation",
    "Returning",
    "Strong portfolio",
    "Night shift",
];

const NOTES: [&str; 6] = [
    "Asks for a call after 17:00.",
    "Very clear about what they want next; not in a hurry.",
    "Notice period is three months.",
    "Spoke with them at the meetup, worth a second look.",
    "Prefers e-mail. Send the reading list before the interview.",
    "Salary expectation is above the band, but open to talk.",
];

/// What the company offers to drawn candidates, read once.
pub(super) struct Openings {
    stages: Vec<(String, String)>,
    first_applicant: usize,
    postings: Vec<Posting>,
    users: Vec<String>,
    hired: Option<String>,
    rejections: Vec<String>,
}

impl Openings {
    pub(super) fn of(company: &Company) -> Self {
        let stages = company.stages.iter();
        let postings = company.postings.iter().filter(|posting| {
            posting.state != "draft" && posting.confidentiality == Confidentiality::NonConfidential
        });
        let users = company
            .users
            .iter()
            .filter(|user| user.is_active() && user.access_role != Role::Interviewer);
        let reasons = company.archive_reasons.iter();
        Self {
            first_applicant: stages
                .clone()
                .position(|stage| stage.pipeline == "applicant")
                .unwrap_or(0),
            stages: stages
                .map(|stage| (stage.id.clone(), stage.pipeline.clone()))
                .collect(),
            postings: postings.cloned().collect(),
            users: users.map(|user| user.id.clone()).collect(),
            hired: company.hired_reason().map(|reason| reason.id.clone()),
            rejections: reasons
                .filter(|reason| reason.kind == ReasonType::NonHired)
                .map(|reason| reason.id.clone())
                .collect(),
        }
    }

    /// Whether the candidacy has come as far as the offer.
    pub(super) fn is_at_offer(&self, opportunity: &Opportunity) -> bool {
        let mut stages = self.stages.iter();
        stages.any(|(id, pipeline)| *id == opportunity.stage && pipeline == "offer")
    }

    /// A candidacy of `contact` with a past of up to three years before `now` (ms).
    pub(super) fn candidacy(&self, dice: &mut Dice, contact: String, now: i64) -> Opportunity {
        // Squared, because a growing company has more new candidates than old ones.
        let share = dice.random::<f64>();
        let created_at = now - (OLDEST_DAYS * share * share * DAY_MS as f64) as i64 - 60_000;
        let mut one = Opportunity::new(drawn_id(dice), contact, created_at);
        one.origin = *one_of(dice, &Origin::ALL);
        let owner = one_of(dice, &self.users);
        one.owner = Some(owner.clone());
        one.followers = vec![owner.clone()];
        self.walk(dice, &mut one, now);
        self.apply(dice, &mut one);
        self.close(dice, &mut one, now);
        if dice.random_bool(0.01) {
            one.confidentiality = Confidentiality::Confidential;
        }
        if dice.random_bool(0.12) {
            one.notes = vec![note(dice, &one)];
        }
        // Most records were not touched since Lever keeps the field (LEVER.md 3.1).
        let is_recent = now - one.last_interaction_at < 60 * DAY_MS;
        one.updated_at = is_recent.then_some(one.last_interaction_at);
        if dice.random_bool(0.003) {
            let by = one_of(dice, &self.users).clone();
            one.deleted = Some(Deleted { by, at: now });
        }
        one
    }

    /// Moves on from stage to stage while luck and time last.
    fn walk(&self, dice: &mut Dice, one: &mut Opportunity, now: i64) {
        let was_found = matches!(one.origin, Origin::Sourced | Origin::Agency);
        let mut at = one.created_at;
        let mut place = if was_found { 0 } else { self.first_applicant };
        let mut mover = None;
        while let Some((id, _)) = self.stages.get(place) {
            one.stage_changes.push(StageChange {
                to_stage_id: id.clone(),
                to_stage_index: place,
                updated_at: at,
                user_id: mover,
            });
            one.stage.clone_from(id);
            one.last_advanced_at = at;
            at += dice.random_range(DAY_MS / 4..14 * DAY_MS);
            if at > now || !dice.random_bool(0.62) {
                break;
            }
            // Absent in three quarters of the entries that were recorded (LEVER.md 3.1).
            mover = dice
                .random_bool(0.25)
                .then(|| one_of(dice, &self.users).clone());
            place += 1;
        }
        one.last_interaction_at = one.last_advanced_at;
    }

    /// Most apply to a posting, which leaves its tags.
    fn apply(&self, dice: &mut Dice, one: &mut Opportunity) {
        one.sources = vec![(*one_of(dice, &SOURCES)).to_owned()];
        if dice.random_bool(0.9) {
            let posting = one_of(dice, &self.postings);
            one.tags.clone_from(&posting.tags);
            one.location.clone_from(&posting.location);
            one.application = Some(Application {
                id: drawn_id(dice),
                kind: one.origin.application_type(),
                posting: posting.id.clone(),
                posting_owner: posting.owner.clone(),
                posting_hiring_manager: posting.hiring_manager.clone(),
                custom_questions: Vec::new(),
                created_at: one.created_at,
                requisition_for_hire: None,
            });
        }
        if dice.random_bool(0.2) {
            one.tags.push((*one_of(dice, &EXTRA_TAGS)).to_owned());
        }
    }

    /// Archives most of the old ones: hired from the offer stage, rejected from anywhere.
    fn close(&self, dice: &mut Dice, one: &mut Opportunity, now: i64) {
        let idle = now - one.last_advanced_at;
        let chance = if idle > 45 * DAY_MS { 0.92 } else { 0.15 };
        if !dice.random_bool(chance) {
            return;
        }
        let is_hired = self.is_at_offer(one) && dice.random_bool(0.7);
        let reason = match &self.hired {
            Some(hired) if is_hired => hired,
            _ => one_of(dice, &self.rejections),
        };
        // Not simply cut off at `now`: that would make hundreds change in the moment of the seed.
        let waited = dice.random_range(0..=idle.min(30 * DAY_MS));
        let archived_at = one.last_advanced_at + waited;
        one.last_interaction_at = archived_at;
        one.archived = Some(Archived {
            reason: reason.clone(),
            archived_at,
        });
    }
}

fn note(dice: &mut Dice, one: &Opportunity) -> Note {
    let id = drawn_id(dice);
    let value = (*one_of(dice, &NOTES)).to_owned();
    Note {
        secret: dice.random_bool(0.1),
        ..Note::on_page(
            id,
            value,
            one.owner.clone(),
            one.stage.clone(),
            one.last_advanced_at,
        )
    }
}
