//! `imports.*`: the hires that wait for the user, each fixable where it is listed (PRODUCTS.md SO-16).

mod same_person;

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::same_person::{FieldDifference, PersonMatch};
use super::app::NoInput;
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use crate::jobs::{self, Hire, Remedy};
use crate::mapping::{Schema, TargetField};
use crate::people::plan::{Need, SamePerson};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::imports::ImportRow;
use crate::store::jobs::{self as rows, JobRow};
use crate::store::names::name;
use crate::store::{StoreError, imports, target_fields, workflows};

/// Hires listed at most; what makes more of them wait has one cause.
const LISTED: u32 = 200;

/// Which hire is meant.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ForImport {
    /// The id of its opportunity in Lever.
    pub opportunity_id: String,
}

/// Values for one hire.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FillIn {
    /// The id of its opportunity in Lever.
    pub opportunity_id: String,
    /// What was typed, by the field's id; a blank takes an earlier value back.
    pub values: BTreeMap<String, String>,
}

/// What the user says about a hire that may be somebody who is here already.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Decide {
    /// The id of its opportunity in Lever.
    pub opportunity_id: String,
    /// Whose it is.
    pub same_person: SamePerson,
}

/// What waits for the user before it becomes a person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Tray {
    /// The hires that lack something, oldest first.
    pub held: Vec<HeldImport>,
    /// How many there are; more than are listed if there are very many.
    pub total: u64,
    /// The hires that the user decided against, newest first.
    pub declined: Vec<DeclinedImport>,
    /// Hires that wait for something else, such as Lever or a first mapping.
    pub elsewhere: usize,
}

/// A hire that lacks something.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeldImport {
    /// The id of its opportunity in Lever.
    pub opportunity_id: String,
    /// The candidate's name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
    /// The candidate's page in Lever.
    pub lever_url: Option<String>,
    /// The names of the workflows that the person would enter.
    pub workflows: Vec<String>,
    /// Since when it is held.
    pub since: i64,
    /// What it lacks, in the order of the person fields.
    pub needs: Vec<MissingValue>,
    /// The people it may be, if that is what is asked.
    pub same_person: Vec<PersonMatch>,
    /// When it is tried again by itself; none if it waits for the user.
    pub next_try_at: Option<i64>,
    /// Why it could not even be looked at again, in words.
    pub problem: Option<String>,
}

/// A field that has no usable value.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MissingValue {
    /// The field's id.
    pub target: String,
    /// Its label.
    pub label: String,
    /// Why there is no usable value.
    pub why: String,
    /// What Lever said; none if empty.
    pub raw: Option<String>,
    /// What the user typed before, which did not help.
    pub entered: Option<String>,
    /// The field; none if people have no such field, so that only the mapping can help.
    pub field: Option<TargetField>,
}

/// A hire that the user decided against.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DeclinedImport {
    /// The id of its opportunity in Lever.
    pub opportunity_id: String,
    /// The candidate's name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
    /// When the user decided.
    pub declined_at: i64,
}

/// Answers `imports.list`.
pub(super) async fn list(engine: &Engine, _: NoInput) -> Result<Tray, AppError> {
    let running = engine.running().await?;
    let lever = running.lever(Integration::Onboarding);
    let lever = lever.access.addresses().await?;
    let page = move |opportunity: &str| {
        let lever = lever.as_ref()?;
        Some(lever.candidate_page(opportunity))
    };
    Ok(running.store.read(move |db| tray(db, page)).await?)
}

fn tray(db: &Connection, page: impl Fn(&str) -> Option<String>) -> Result<Tray, StoreError> {
    let schema = target_fields::of_people(db)?;
    let held = imports::held(db, LISTED)?.into_iter().map(|import| {
        let jobs = jobs::hires_of(db, &import.opportunity_id)?;
        let page = page(&import.opportunity_id);
        held_import(db, import, &jobs, &schema, page)
    });
    let declined = imports::declined(db, LISTED)?
        .into_iter()
        .map(|import| DeclinedImport {
            opportunity_id: import.opportunity_id,
            name: import.name,
            description: import.description,
            declined_at: import.declined_at.unwrap_or_default(),
        });
    Ok(Tray {
        held: held.collect::<Result<_, StoreError>>()?,
        total: imports::count_held(db)?,
        declined: declined.collect(),
        elsewhere: elsewhere(db)?,
    })
}

/// How many hires wait that are not in the tray.
fn elsewhere(db: &Connection) -> Result<usize, StoreError> {
    let mut waiting = Vec::new();
    for job in rows::in_trouble(db, LISTED)? {
        if job.name == Hire::NAME {
            let hire: Hire = serde_json::from_str(&job.payload)?;
            if imports::get(db, &hire.opportunity_id)?.is_none_or(|one| one.held_at.is_none()) {
                waiting.push(hire.opportunity_id);
            }
        }
    }
    waiting.sort_unstable();
    waiting.dedup();
    Ok(waiting.len())
}

fn held_import(
    db: &Connection,
    import: ImportRow,
    jobs: &[JobRow],
    schema: &Schema,
    lever_url: Option<String>,
) -> Result<HeldImport, StoreError> {
    let tray = name(&Remedy::Tray)?;
    let stuck = |job: &&JobRow| job.remedy.as_deref() != Some(&tray);
    let problem = jobs.iter().find(stuck).and_then(|job| job.why.clone());
    let mut entering = Vec::new();
    for job in jobs {
        let hire: Hire = serde_json::from_str(&job.payload)?;
        let workflow = workflows::get(db, &hire.workflow_id)?;
        entering.extend(workflow.map(|workflow| workflow.name));
    }
    entering.sort_unstable();
    entering.dedup();
    let same_person = match &import.question {
        Some(question) => same_person::matches(db, question, schema)?,
        None => Vec::new(),
    };
    let missing = |need: Need| MissingValue {
        entered: import.entered.get(&need.target).cloned(),
        field: schema.get(&need.target).cloned(),
        target: need.target,
        label: need.label,
        why: need.why,
        raw: need.raw,
    };
    Ok(HeldImport {
        lever_url,
        workflows: entering,
        since: import.held_at.unwrap_or_default(),
        needs: import.needs.into_iter().map(missing).collect(),
        same_person,
        next_try_at: jobs.iter().filter_map(|job| job.due_at).min(),
        problem,
        opportunity_id: import.opportunity_id,
        name: import.name,
        description: import.description,
    })
}

/// What the user wants done with a hire that waits.
enum Decision {
    FillIn(BTreeMap<String, String>),
    Say(SamePerson),
    TryAgain,
    Decline,
    TakeBack,
}

/// Answers `imports.fill_in`.
pub(super) async fn fill_in(engine: &Engine, request: FillIn) -> Result<Tray, AppError> {
    decide(
        engine,
        request.opportunity_id,
        Decision::FillIn(request.values),
    )
    .await
}

/// Answers `imports.decide`.
pub(super) async fn decide_person(engine: &Engine, request: Decide) -> Result<Tray, AppError> {
    decide(
        engine,
        request.opportunity_id,
        Decision::Say(request.same_person),
    )
    .await
}

/// Answers `imports.try_again`.
pub(super) async fn try_again(engine: &Engine, request: ForImport) -> Result<Tray, AppError> {
    decide(engine, request.opportunity_id, Decision::TryAgain).await
}

/// Answers `imports.decline`.
pub(super) async fn decline(engine: &Engine, request: ForImport) -> Result<Tray, AppError> {
    decide(engine, request.opportunity_id, Decision::Decline).await
}

/// Answers `imports.take_back`.
pub(super) async fn take_back(engine: &Engine, request: ForImport) -> Result<Tray, AppError> {
    decide(engine, request.opportunity_id, Decision::TakeBack).await
}

async fn decide(
    engine: &Engine,
    opportunity: String,
    decision: Decision,
) -> Result<Tray, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    running
        .store
        .write(move |db| carry_out(db, &opportunity, decision, now))
        .await?;
    running.bell.ring();
    list(engine, NoInput {}).await
}

fn carry_out(
    db: &Connection,
    opportunity: &str,
    decision: Decision,
    now: i64,
) -> Result<(), AppError> {
    let wants_declined = matches!(decision, Decision::TakeBack);
    let mut import = imports::get(db, opportunity)?
        .filter(|one| one.held_at.is_some() && one.declined_at.is_some() == wants_declined)
        .ok_or_else(gone)?;
    let who = import.name.clone();
    let (outcome, sentence) = match decision {
        Decision::FillIn(values) => {
            let labels = enter(&mut import, values, &target_fields::of_people(db)?)?;
            (Outcome::Done, format!("You entered {labels} for {who}."))
        }
        Decision::Say(said) => {
            let sentence = same_person::said(db, &import, &said)?;
            import.same_person = Some(said);
            (Outcome::Done, sentence)
        }
        Decision::TryAgain => {
            return Ok(wake(db, opportunity, now)?);
        }
        Decision::Decline => {
            import.declined_at = Some(now);
            (
                Outcome::Skipped,
                format!("You decided not to import {who}."),
            )
        }
        Decision::TakeBack => {
            import.declined_at = None;
            (
                Outcome::Done,
                format!("You took back the decision not to import {who}."),
            )
        }
    };
    imports::put(db, &import)?;
    let line = Entry::new(Kind::Import, outcome, &sentence).by(Actor::You);
    let jobs = jobs::hires_of(db, opportunity)?;
    match jobs.first() {
        Some(job) => line.on(&job.correlation).write(db, now)?,
        None => line.write(db, now)?,
    }
    if import.declined_at.is_none() {
        return Ok(wake(db, opportunity, now)?);
    }
    for job in jobs {
        rows::postpone(db, job.id, None, (&sentence, &name(&Remedy::Declined)?))?;
    }
    Ok(())
}

/// Keeps what was typed, if every field takes it; returns the labels of the fields.
fn enter(
    import: &mut ImportRow,
    values: BTreeMap<String, String>,
    schema: &Schema,
) -> Result<String, AppError> {
    let mut labels = Vec::new();
    for (target, typed) in values {
        let unknown = || AppError::invalid(&target, "People have no such field any more.");
        let field = schema.get(&target).ok_or_else(unknown)?;
        let accepted = field.accept(&typed);
        let refused = |problem| AppError::invalid(&target, format!("{}: {problem}", field.label));
        match accepted.map_err(refused)? {
            Some(value) => import.entered.insert(target.clone(), value),
            None => import.entered.remove(&target),
        };
        labels.push(field.label.clone());
    }
    if labels.is_empty() {
        return Err(AppError::invalid("values", "Enter a value first."));
    }
    Ok(labels.join(", "))
}

fn wake(db: &Connection, opportunity: &str, now: i64) -> Result<(), StoreError> {
    for job in jobs::hires_of(db, opportunity)? {
        rows::wake(db, job.id, now)?;
    }
    Ok(())
}

fn gone() -> AppError {
    let sentence =
        "This hire does not wait any more: it was imported meanwhile, or is gone from Lever.";
    AppError::new(ErrorCode::NotFound, sentence)
}
