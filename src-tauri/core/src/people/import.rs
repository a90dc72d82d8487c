//! The work behind a hire: read the truth from Lever, map it, save the person, and hand on to the workflow.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::Connection;

use super::plan::{Entered, Plan, Planned, plan};
use super::tray;
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Bell, Enter, Failure, Handler, Hire, Remedy, add_enter};
use crate::lever::{self, Candidate, Hired, Priority};
use crate::mapping::{Drift, Mapping, Schema, evaluate};
use crate::oauth::Access;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::jobs::JobRow;
use crate::store::mappings::MappingRow;
use crate::store::people::{Fields, PersonRow, StoredField};
use crate::store::{
    Store, StoreError, catalog, imports, jobs, mappings, people, samples, target_fields,
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
        let mut drawn = self.store.read(drawn).await?;
        let Some(mut mapping) = drawn.mapping.take() else {
            let why = "No field mapping is saved yet, so a hire could not be imported. Save one, and it goes on by itself.";
            return Err(Failure::Wait(why.to_owned(), Remedy::Mapping));
        };
        let client = self
            .access
            .client(Priority::Event)
            .await
            .map_err(|problem| refused(&problem))?;
        let mut candidate = match lever::candidate(&client, &hire.opportunity_id).await {
            Ok(candidate) => candidate,
            Err(lever::Error::NotFound { .. }) => {
                return self
                    .gone(job, hire, "The candidate no longer exists in Lever.")
                    .await;
            }
            Err(problem) => return Err(refused(&problem)),
        };
        match &candidate.hired {
            Hired::Yes { .. } => {}
            Hired::No { why } => return self.gone(job, hire, &why.to_string()).await,
        }
        // Its rule is shown on the mapping's page until somebody decides; meanwhile nobody waits for it.
        let removed = |id: &String| drawn.removed.contains(id);
        mapping.rules.rules.retain(|rule| !removed(&rule.target));
        candidate.record.know_drift(&drawn.drift);
        self.settle(job, hire, candidate, drawn, mapping).await
    }
}

/// What the user drew: the newest mapping, the fields it fills and those that were removed, the labels of the fields it
/// reads, and what became of them.
struct Drawn {
    mapping: Option<MappingRow>,
    schema: Schema,
    removed: Vec<String>,
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
    let labels = catalog::all(db)?
        .into_iter()
        .map(|field| (field.id, field.label))
        .collect();
    Ok(Drawn {
        mapping: mappings::newest(db, Mapping::People)?,
        schema: target_fields::of_people(db)?,
        removed: removed(db)?,
        labels,
        drift: mappings::drifted(db, Mapping::People)?,
    })
}

/// A failure of Lever, as waiting work.
fn refused(problem: &lever::Error) -> Failure {
    let waits = problem.needs_connection() || matches!(problem, lever::Error::Forbidden { .. });
    if waits {
        return Failure::Wait(problem.to_string(), Remedy::Connection);
    }
    Failure::Later(problem.to_string())
}

impl Import {
    /// The truth differs from the event: nothing is done, and the log says why (SCREENS.md 4.6.8).
    async fn gone(&self, job: &JobRow, hire: Hire, why: &str) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        let (id, correlation) = (job.id, job.correlation.clone());
        let sentence = format!("Changed since the event: {why} Nobody was imported.");
        self.store
            .write(move |db| {
                samples::remove(db, &hire.opportunity_id)?;
                imports::remove(db, &hire.opportunity_id)?;
                Entry::new(Kind::Import, Outcome::Skipped, sentence)
                    .on(&correlation)
                    .write(db, now)?;
                jobs::finish(db, id)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))
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
                    save(db, &job, hire, &candidate, mapping.version, planned, now)
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

/// Saves the person, the line in the log, and the next work, and removes this one.
fn save(
    db: &Connection,
    job: &JobRow,
    hire: Hire,
    candidate: &Candidate,
    version: i64,
    planned: Planned,
    now: i64,
) -> Result<(), StoreError> {
    let person = person(db, candidate, version, planned, now)?;
    people::put(db, &person)?;
    imports::imported(db, &hire.opportunity_id)?;
    if let Some(sample) = candidate.sample(now) {
        samples::put(db, Integration::Onboarding, &sample)?;
    }
    let correlation = &job.correlation;
    let read = format!("Lever was read again: {} is hired.", candidate.name);
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

/// The person's row: the one of this contact, or a new one.
fn person(
    db: &Connection,
    candidate: &Candidate,
    mapping_version: i64,
    planned: Planned,
    now: i64,
) -> Result<PersonRow, StoreError> {
    // An opportunity without a contact is its own person.
    let contact_id = candidate
        .contact_id
        .clone()
        .unwrap_or_else(|| candidate.opportunity_id.clone());
    let known = people::of_contact(db, &contact_id)?;
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
    Ok(PersonRow {
        id: known.as_ref().map_or_else(
            || uuid::Uuid::new_v4().to_string(),
            |person| person.id.clone(),
        ),
        contact_id,
        opportunity_id: candidate.opportunity_id.clone(),
        name: planned.name,
        email: planned.email,
        fields,
        mapping_version,
        imported_at: known.map_or(now, |person| person.imported_at),
        updated_at: now,
    })
}
