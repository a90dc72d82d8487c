//! The work behind a hire: read the truth from Lever, map it, save the person, and hand on to the workflow.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::Connection;

use super::admit;
use super::plan::{Entered, Plan, Planned, Question, plan};
use super::tray;
use super::whose::{Whose, whose};
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Bell, Enter, Failure, Handler, Hire, Remedy, add_enter};
use crate::lever::{self, Candidate, Hired, Priority};
use crate::listeners::admission::Refusal;
use crate::mapping::{Drift, Mapping, Schema, evaluate};
use crate::oauth::Access;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::jobs::JobRow;
use crate::store::mappings::MappingRow;
use crate::store::people::{Fields, PersonRow, StoredField};
use crate::store::{
    Store, StoreError, catalog, forget, imports, inbox, jobs, mappings, people, samples,
    target_fields,
};

/// Imports the person behind a hire.
pub struct Import {
    /// The database.
    pub store: Store,
    /// The API.
    pub access: Access,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
    /// Rung when the workflow may go on.
    pub bell: Bell,
}

#[async_trait]
impl Handler for Import {
    fn name(&self) -> &'static str {
        Hire::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let hire: Hire = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let asked = hire.clone();
        let (mut drawn, admission) = self
            .store
            .read(move |db| Ok::<_, StoreError>((drawn(db)?, admit::admission(db, &asked)?)))
            .await?;
        let Some(mut mapping) = drawn.mapping.take() else {
            let why = "No field mapping is saved yet, so a hire could not be imported. Save one, and it goes on by itself.";
            return Err(Failure::Wait(why.to_owned(), Remedy::Mapping));
        };
        let client = self
            .access
            .client(Priority::Event)
            .await
            .map_err(|problem| Failure::of(&problem))?;
        mapping.rules.leave_out_removed(&drawn.schema);
        let needed = admit::needed(&mapping.rules, &admission, &hire);
        let mut candidate = match lever::part_of(&client, &hire.opportunity_id, &needed).await {
            Ok(candidate) => candidate,
            Err(lever::Error::NotFound { .. }) => {
                return self
                    .gone(
                        job,
                        hire,
                        ("The candidate no longer exists in Lever.", true),
                    )
                    .await;
            }
            Err(problem) => return Err(Failure::of(&problem)),
        };
        match admit::judge(&admission, &hire, &candidate) {
            Ok(()) => {}
            Err(Refusal::ChangedSince(why)) => {
                let gone_from_lever = candidate.deleted || candidate.anonymized;
                return self.gone(job, hire, (&why, gone_from_lever)).await;
            }
            Err(Refusal::Skipped(why)) => return self.skip(job, &candidate, &why).await,
            Err(Refusal::Unknown(why)) => return Err(Failure::Wait(why, Remedy::Connection)),
        }
        candidate.record.know_drift(&drawn.drift);
        self.settle(job, hire, candidate, drawn, mapping).await
    }
}

/// What the user drew: the newest mapping, the fields it fills, the labels of those it reads, and what became of them.
struct Drawn {
    mapping: Option<MappingRow>,
    schema: Schema,
    labels: HashMap<String, String>,
    drift: Vec<Drift>,
}

impl Drawn {
    /// Whether the mapping was saved or a field changed after this was read.
    fn is_overtaken(&self, db: &Connection, version: i64) -> Result<bool, StoreError> {
        let newest = mappings::newest(db, Mapping::People)?;
        Ok(newest.is_none_or(|row| row.version != version)
            || target_fields::of_people(db)? != self.schema)
    }
}

/// The ids of removed fields.
fn removed(db: &Connection) -> Result<Vec<String>, StoreError> {
    let removed = target_fields::removed(db)?;
    Ok(removed.into_iter().map(|row| row.field.id).collect())
}

fn drawn(db: &Connection) -> Result<Drawn, StoreError> {
    let mapping = mappings::newest(db, Mapping::People)?;
    let read = mapping.as_ref().map(|row| row.rules.fields());
    Ok(Drawn {
        labels: catalog::labels(db, &read.unwrap_or_default())?,
        mapping,
        schema: target_fields::of_people(db)?,
        drift: mappings::drifted(db, Mapping::People)?,
    })
}

impl Import {
    /// The truth differs from the event: nothing is done, and the log says why (SCREENS.md 4.6.8).
    async fn gone(
        &self,
        job: &JobRow,
        hire: Hire,
        (why, gone_from_lever): (&str, bool),
    ) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        let (id, correlation) = (job.id, job.correlation.clone());
        let sentence = format!("Changed since the event: {why} Nobody was imported.");
        self.store
            .write(move |db| {
                if gone_from_lever {
                    forget::opportunity(db, &hire.opportunity_id)?;
                } else {
                    samples::remove(db, &hire.opportunity_id)?;
                }
                imports::remove(db, &hire.opportunity_id)?;
                Entry::new(Kind::Import, Outcome::Skipped, sentence)
                    .on(&correlation)
                    .write(db, now)?;
                jobs::finish(db, id)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))
    }

    /// A filter does not let the candidate in: the log and the event say why, and the user may run it by hand.
    async fn skip(&self, job: &JobRow, candidate: &Candidate, why: &str) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        let (id, correlation) = (job.id, job.correlation.clone());
        let event = Hire::event_of(job);
        let reason = format!("Skipped: {why}.");
        let sentence = format!("{} was not imported. {reason}", candidate.name);
        self.store
            .write(move |db| {
                if let Some(event) = event {
                    inbox::skip(db, event, &reason)?;
                }
                Entry::new(Kind::Import, Outcome::Skipped, sentence)
                    .on(&correlation)
                    .write(db, now)?;
                jobs::finish(db, id)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed.changed(&[Tag::Activity, Tag::Listeners]);
        Ok(())
    }

    /// Imports the person, or holds the hire with what it lacks: with this work's row all or nothing, so that what the
    /// user decides meanwhile is either seen here or wakes the work again.
    async fn settle(
        &self,
        job: &JobRow,
        hire: Hire,
        candidate: Candidate,
        drawn: Drawn,
        mapping: MappingRow,
    ) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        let job = job.clone();
        let evaluation = evaluate(&mapping.rules, &candidate.record, &drawn.schema);
        let settled = self.store.write(move |db| {
            let known = imports::get(db, &hire.opportunity_id)?;
            if known.as_ref().is_some_and(|one| one.declined_at.is_some()) {
                return tray::stay_declined(db, &job, &candidate.name, now);
            }
            let entered = known.as_ref().map(|one| &one.entered);
            let labels = &drawn.labels;
            let label = |id: &str| labels.get(id).cloned().unwrap_or_else(|| id.to_owned());
            match plan(
                &mapping.rules,
                &evaluation,
                &drawn.schema,
                entered.unwrap_or(&Entered::new()),
                label,
            ) {
                Plan::Person(planned) => {
                    let said = known.as_ref().and_then(|one| one.same_person.as_ref());
                    let opportunity = &hire.opportunity_id;
                    match whose(db, opportunity, &candidate, &planned, said)? {
                        Whose::Ask(people) => {
                            let question = Question { planned, people };
                            tray::ask(db, (&job, hire), &candidate, known, question, now)
                        }
                        Whose::New => save(
                            db,
                            (&job, hire),
                            &candidate,
                            None,
                            (planned, mapping.version),
                            now,
                        ),
                        Whose::Of(person) => save(
                            db,
                            (&job, hire),
                            &candidate,
                            Some(*person),
                            (planned, mapping.version),
                            now,
                        ),
                    }
                }
                Plan::Held(_) if drawn.is_overtaken(db, mapping.version)? => {
                    jobs::wake(db, job.id, now).map(drop)
                }
                Plan::Held(needs) => tray::hold(db, (&job, hire), &candidate, known, needs, now),
            }
        });
        settled
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.bell.ring();
        self.feed.changed(&[Tag::People, Tag::Activity]);
        Ok(())
    }
}

/// Saves the person, `known` or new, the line in the log, and the next work, and removes this one.
fn save(
    db: &Connection,
    (job, hire): (&JobRow, Hire),
    candidate: &Candidate,
    known: Option<PersonRow>,
    (planned, version): (Planned, i64),
    now: i64,
) -> Result<(), StoreError> {
    let person = person(db, candidate, known, (planned, version), now)?;
    people::put(db, &person)?;
    let contact = candidate.contact_id.as_deref();
    people::belongs(db, &hire.opportunity_id, &person.id, contact)?;
    imports::imported(db, &hire.opportunity_id)?;
    if let Some(sample) = candidate.sample(now) {
        samples::put(db, Integration::Onboarding, &sample)?;
    }
    let correlation = &job.correlation;
    let read = match (&candidate.hired, &candidate.stage) {
        (Hired::No { .. }, Some((_, stage))) => {
            format!(
                "Lever was read again: {} is in the stage “{stage}”.",
                candidate.name
            )
        }
        _ => format!("Lever was read again: {} is hired.", candidate.name),
    };
    Entry::new(Kind::Import, Outcome::Done, read)
        .by(Actor::Lever)
        .about(&person.id)
        .on(correlation)
        .write(db, now)?;
    let verb = if person.imported_at == now {
        "was imported"
    } else {
        "was updated"
    };
    let sentence = format!("{} {verb} through mapping version {version}.", person.name);
    Entry::new(Kind::Import, Outcome::Done, sentence)
        .about(&person.id)
        .on(correlation)
        .write(db, now)?;
    let enter = Enter {
        person_id: person.id,
        opportunity_id: hire.opportunity_id,
        workflow_id: hire.workflow_id,
    };
    add_enter(db, &enter, correlation, now)?;
    jobs::finish(db, job.id)
}

/// The person's row: that of somebody known, or a new one.
fn person(
    db: &Connection,
    candidate: &Candidate,
    known: Option<PersonRow>,
    (planned, mapping_version): (Planned, i64),
    now: i64,
) -> Result<PersonRow, StoreError> {
    let mut fields: Fields = planned
        .fields
        .into_iter()
        .map(|(id, (value, origin))| (id, StoredField { value, origin }))
        .collect();
    // Values of removed fields stay until the user erases them.
    for id in removed(db)? {
        if let Some(value) = known.as_ref().and_then(|known| known.fields.get(&id)) {
            fields.insert(id, value.clone());
        }
    }
    let (id, contact_id, imported_at) = match known {
        Some(known) => (known.id, known.contact_id, known.imported_at),
        None => (
            uuid::Uuid::new_v4().to_string(),
            contact(db, candidate)?,
            now,
        ),
    };
    Ok(PersonRow {
        id,
        contact_id,
        opportunity_id: candidate.opportunity_id.clone(),
        name: planned.name,
        email: planned.email,
        fields,
        mapping_version,
        imported_at,
        updated_at: now,
    })
}

/// By what a new person is known to come from Lever: the contact; the opportunity where there is none, and where the
/// user said that this is another person than the one of that contact.
fn contact(db: &Connection, candidate: &Candidate) -> Result<String, StoreError> {
    if let Some(contact) = &candidate.contact_id
        && people::of_contact(db, contact)?.is_none()
    {
        return Ok(contact.clone());
    }
    Ok(candidate.opportunity_id.clone())
}
