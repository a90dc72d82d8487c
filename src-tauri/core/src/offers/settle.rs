//! What follows from a look at a candidacy, in one transaction: letters made, changed, taken back or buried, with their
//! versions, their pages, what is to be written to Lever, and the lines of the log.

use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::look::{Looked, LookedOffer};
use super::page;
use super::rules::{FieldChange, changes};
use super::said::{attention, held, merged, moved, name};
use super::settings::OfferSettings;
use crate::jobs;
use crate::store::activity::{self, Actor, Entry, Kind, Outcome};
use crate::store::letter_writes::{self, WriteKind};
use crate::store::letters::{self, LetterRow, LetterSource, LetterState, VersionRow};
use crate::store::watched::{self, WatchedRow};
use crate::store::{self, StoreError, forget, pages};

/// What a look is settled with.
pub(super) struct Settling {
    pub(super) looked: Looked,
    /// The mapping that filled the letters.
    pub(super) mapping_version: i64,
    pub(super) settings: OfferSettings,
    /// In which days begin and end.
    pub(super) zone: TimeZone,
    /// How a letter of an offer begins that is taken in from the past; none for one that is due now.
    pub(super) history: Option<History>,
    /// Joins the lines of the event that led to this; none without one.
    pub(super) correlation: Option<String>,
    /// The work that is done with it; none if nobody asked for it as work.
    pub(super) job: Option<i64>,
    /// In milliseconds since 1970 UTC.
    pub(super) now: i64,
}

/// How the letters of the past are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct History {
    /// Whether they are shown to their candidates, and written to Lever.
    pub(super) publish: bool,
}

/// What a look led to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Settled {
    /// Letters made.
    pub(super) made: u32,
    /// Whether a letter says or is something else than before.
    pub(super) changed: bool,
    /// Whether a page is to be shown or removed.
    pub(super) pages: bool,
}

impl Settling {
    /// Does it, and removes the work.
    pub(super) fn settle(&self, db: &Connection) -> Result<Settled, StoreError> {
        let settled = self.letters(db)?;
        if let Some(event) = &self.correlation {
            let sentence = self.in_words(settled);
            Entry::new(Kind::Letter, Outcome::Done, sentence)
                .by(Actor::Lever)
                .on(event)
                .write(db, self.now)?;
        }
        if let Some(job) = self.job {
            store::jobs::finish(db, job)?;
        }
        Ok(settled)
    }

    /// What a look led to, in a line of the event's way.
    fn in_words(&self, settled: Settled) -> String {
        // Without the name: the line outlives what is deleted with a candidate.
        let read = "Lever was read again";
        match settled {
            _ if self.looked.is_gone() => format!("{read}: the candidate is gone."),
            Settled {
                made: 0,
                changed: false,
                ..
            } => {
                format!("{read}: no offer letter changed.")
            }
            Settled { made: 0, .. } => format!("{read}: an offer letter changed."),
            Settled { .. } => format!("{read}: there is a new offer letter."),
        }
    }

    fn letters(&self, db: &Connection) -> Result<Settled, StoreError> {
        let id = &self.looked.opportunity_id;
        let known = letters::of_opportunity(db, id)?;
        if self.looked.is_gone() {
            return self.bury(db, known);
        }
        let mut settled = Settled::default();
        let mut open = false;
        for offer in &self.looked.offers {
            let letter = known
                .iter()
                .find(|letter| letter.offer_id.as_deref() == Some(&offer.id));
            let letter = match letter {
                Some(letter) => Some(self.follow(db, letter.clone(), offer, &mut settled)?),
                None => self.make(db, offer, &mut settled)?,
            };
            open |= letter.is_some_and(|letter| is_open(&letter));
        }
        for letter in known {
            let offers = &self.looked.offers;
            let there = |id: &String| offers.iter().any(|offer| offer.id == *id);
            if !letter.offer_id.as_ref().is_none_or(there) {
                self.withdraw(db, letter, &mut settled)?;
            }
        }
        self.watch(db, open)?;
        Ok(settled)
    }

    fn make(
        &self,
        db: &Connection,
        offer: &LookedOffer,
        settled: &mut Settled,
    ) -> Result<Option<LetterRow>, StoreError> {
        let Some(filled) = &offer.filled else {
            return Ok(None);
        };
        let state = match self.history {
            _ if !filled.blockers.is_empty() => LetterState::Held,
            Some(History { publish: false }) => LetterState::Unpublished,
            _ => LetterState::Live,
        };
        let looked = &self.looked;
        let mut letter = LetterRow {
            id: uuid::Uuid::new_v4().to_string(),
            offer_id: Some(offer.id.clone()),
            opportunity_id: Some(looked.opportunity_id.clone()),
            contact_id: looked.contact_id.clone(),
            source: LetterSource::Lever,
            state,
            candidate: String::new(),
            job: String::new(),
            status: String::new(),
            expires_on: None,
            starts_on: None,
            pay: String::new(),
            attention: attention(&filled.blockers),
            fields: filled.fields.clone(),
            stands: looked.stands.clone(),
            version: 1,
            mapping_version: self.mapping_version,
            digest: Some(offer.digest.clone()),
            made_at: self.now,
            updated_at: self.now,
            checked_at: looked.at,
        };
        name(&mut letter);
        letters::put(db, &letter)?;
        letters::add_version(db, &letter.id, &self.version(&letter, Vec::new()))?;
        let (outcome, sentence) = match state {
            LetterState::Held => (Outcome::Waiting, held(&letter)),
            LetterState::Unpublished => (
                Outcome::Done,
                format!(
                    "The letter of {} was taken in from the past. Nobody can see it.",
                    letter.candidate
                ),
            ),
            _ => (
                Outcome::Done,
                format!(
                    "The letter of {} was made: the stage is Offer, and the offer is “{}”.",
                    letter.candidate, offer.status
                ),
            ),
        };
        self.tell(db, &letter, outcome, sentence)?;
        if state == LetterState::Live {
            self.publish(db, &letter, settled)?;
        }
        settled.made += 1;
        settled.changed = true;
        Ok(Some(letter))
    }

    /// Brings a letter in step with its offer.
    fn follow(
        &self,
        db: &Connection,
        mut letter: LetterRow,
        offer: &LookedOffer,
        settled: &mut Settled,
    ) -> Result<LetterRow, StoreError> {
        if letter.state == LetterState::Deleted {
            return Ok(letter);
        }
        let before = letter.clone();
        letter.checked_at = self.looked.at;
        letter.stands.clone_from(&self.looked.stands);
        letter.contact_id.clone_from(&self.looked.contact_id);
        if let Some(filled) = &offer.filled {
            let (fields, blockers) = merged(&letter.fields, filled);
            letter.digest = Some(offer.digest.clone());
            let said = changes(&letter.fields, &fields);
            letter.fields = fields;
            letter.attention = attention(&blockers);
            letter.mapping_version = self.mapping_version;
            name(&mut letter);
            if !said.is_empty() {
                letter.version += 1;
                letters::add_version(db, &letter.id, &self.version(&letter, said.clone()))?;
                let labels: Vec<_> = said.iter().map(|change| change.label.as_str()).collect();
                let sentence = format!(
                    "The letter of {} changed: {}.",
                    letter.candidate,
                    labels.join(", ")
                );
                self.tell(db, &letter, Outcome::Done, sentence)?;
            }
            if blockers.is_empty() && letter.state == LetterState::Held {
                letter.state = LetterState::Live;
                let sentence = format!("The letter of {} can be shown now.", letter.candidate);
                self.tell(db, &letter, Outcome::Done, sentence)?;
            }
            // What a person took back stays so; without a digest it was Lever that had lost the offer.
            let lost = before.state == LetterState::Withdrawn && before.digest.is_none();
            if lost && offer.is_open && blockers.is_empty() {
                letter.state = LetterState::Live;
                let sentence = format!(
                    "The offer of {} is in Lever again, and so is the letter.",
                    letter.candidate
                );
                self.tell(db, &letter, Outcome::Done, sentence)?;
            }
        }
        let differs = letter.version != before.version || letter.state != before.state;
        if letter.state == LetterState::Live && differs {
            self.publish(db, &letter, settled)?;
        }
        if letter.stands.out != before.stands.out || letter.stands.stage != before.stands.stage {
            let sentence = format!(
                "{} The letter of {} stays.",
                moved(&letter),
                letter.candidate
            );
            self.tell(db, &letter, Outcome::Done, sentence)?;
            settled.changed = true;
        }
        if differs || letter.fields != before.fields {
            letter.updated_at = self.now;
            settled.changed = true;
        }
        letters::put(db, &letter)?;
        Ok(letter)
    }

    /// Lever does not have the offer any more.
    fn withdraw(
        &self,
        db: &Connection,
        mut letter: LetterRow,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        if matches!(letter.state, LetterState::Withdrawn | LetterState::Deleted) {
            return Ok(());
        }
        letter.state = LetterState::Withdrawn;
        letter.digest = None;
        letter.updated_at = self.now;
        letters::put(db, &letter)?;
        pages::remove(db, &letter.id)?;
        settled.changed = true;
        settled.pages = true;
        let sentence = format!(
            "Lever does not have the offer of {} any more. The letter's link says that it is no longer available.",
            letter.candidate
        );
        self.tell(db, &letter, Outcome::Done, sentence)
    }

    /// The candidate is gone from Lever, and with them what their letters said (SCREENS.md Q9).
    fn bury(&self, db: &Connection, known: Vec<LetterRow>) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        let id = &self.looked.opportunity_id;
        for letter in known {
            if letter.state == LetterState::Deleted {
                continue;
            }
            pages::remove(db, &letter.id)?;
            letters::bury(db, &letter.id, self.now)?;
            activity::forget(db, &jobs::letter(&letter.id))?;
            settled.changed = true;
            settled.pages = true;
            let sentence = "A candidate is gone from Lever. Their letter was deleted, and its link says that it is no longer available.";
            self.tell(db, &letter, Outcome::Done, sentence.to_owned())?;
        }
        forget::opportunity(db, id)?;
        watched::remove(db, id)?;
        Ok(settled)
    }

    /// Shows the newest version, and notes what is to be written to Lever once the page is there.
    fn publish(
        &self,
        db: &Connection,
        letter: &LetterRow,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        settled.pages = true;
        page::show(db, letter, &self.zone, self.now)?;
        let opportunity = &self.looked.opportunity_id;
        for kind in WriteKind::ALL {
            let said = (kind == WriteKind::Tag).then_some(self.settings.tag.as_str());
            letter_writes::ask(db, (&letter.id, kind), opportunity, said, self.now)?;
        }
        Ok(())
    }

    fn version(&self, letter: &LetterRow, changes: Vec<FieldChange>) -> VersionRow {
        VersionRow {
            version: letter.version,
            fields: letter.fields.clone(),
            changes,
            made_at: self.now,
            shown_at: None,
        }
    }

    /// Looks at the candidacy again and again while an offer of it may change unannounced.
    fn watch(&self, db: &Connection, open: bool) -> Result<(), StoreError> {
        let looked = &self.looked;
        if !open && !looked.in_stage {
            return watched::remove(db, &looked.opportunity_id);
        }
        watched::put(
            db,
            &WatchedRow {
                opportunity_id: looked.opportunity_id.clone(),
                stands: looked.stands.clone(),
                in_stage: looked.in_stage,
                passed: looked.passed.clone(),
                digest: Some(looked.digest.clone()),
                checked_at: looked.at,
            },
        )
    }

    fn tell(
        &self,
        db: &Connection,
        letter: &LetterRow,
        outcome: Outcome,
        sentence: String,
    ) -> Result<(), StoreError> {
        Entry::new(Kind::Letter, outcome, sentence)
            .by(Actor::Lever)
            .on(&jobs::letter(&letter.id))
            .write(db, self.now)
    }
}

/// Whether Lever may still change the offer of a letter.
fn is_open(letter: &LetterRow) -> bool {
    let decided = matches!(letter.status.as_str(), "Accepted" | "Declined");
    let over = matches!(letter.state, LetterState::Withdrawn | LetterState::Deleted);
    !decided && !over
}
