//! One event of the inbox: what came, how its signature was checked, where it went, and what can be done with it.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::InboxRow;
use crate::api::activity::ActivityLine;
use crate::api::engine::Engine;
use crate::api::error::{AppError, ErrorCode};
use crate::jobs;
use crate::listeners::{self as domain, CheckStep, DecideError, Verdict};
use crate::store::{activity, inbox, inbox_contents, listeners};

/// An event by its number.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ByNumber {
    /// The number.
    pub id: i64,
}

/// An event with everything that is known of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InboxEvent {
    /// As the list shows it.
    pub row: InboxRow,
    /// The headers in the order received; none if they are not kept.
    pub headers: Vec<Header>,
    /// The body as text; none if it is not kept any more.
    pub body: Option<String>,
    /// The check of the signature, step by step.
    pub checks: Vec<CheckStep>,
    /// Its way through Fulcrum, oldest first.
    pub way: Vec<ActivityLine>,
    /// The person who came of it.
    pub person_id: Option<String>,
    /// Whether it can be run by hand, or once more.
    pub can_run: bool,
    /// Whether the mapping can be tried on it, as on those that lead into a workflow.
    pub can_replay: bool,
    /// Why it waits for a person, in words; none if it does not.
    pub waits: Option<String>,
    /// Whether another token can be tried on it.
    pub can_try_token: bool,
}

/// A header.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Header {
    /// Its name, in lower case.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Another token to try on an event that did not verify.
#[derive(Deserialize, TS)]
pub struct TryToken {
    /// The event's number.
    pub id: i64,
    /// The token as copied from Lever.
    pub signature_token: String,
}

/// How the try ended.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriedToken {
    /// Whether the event was signed with it.
    pub matches: bool,
}

impl From<DecideError> for AppError {
    fn from(problem: DecideError) -> Self {
        match problem {
            DecideError::Listener(problem) => problem.into(),
            DecideError::Store(problem) => problem.into(),
            DecideError::NotFound => Self::new(ErrorCode::NotFound, problem.to_string()),
            DecideError::NotRun(_) | DecideError::NotKept => {
                Self::new(ErrorCode::InvalidInput, problem.to_string())
            }
        }
    }
}

/// Answers `inbox.show`.
pub(in crate::api) async fn show(
    engine: &Engine,
    request: ByNumber,
) -> Result<InboxEvent, AppError> {
    let running = engine.running().await?;
    let shown = running.store.read(move |db| event(db, request.id)).await?;
    Ok(shown)
}

fn event(db: &Connection, id: i64) -> Result<InboxEvent, DecideError> {
    let row = inbox::get(db, id)?.ok_or(DecideError::NotFound)?;
    let can_run = domain::can_run(db, &row)?;
    let can_replay = can_run && domain::hire_of(db, &row).is_ok();
    let listener = match &row.listener_id {
        Some(id) => listeners::get(db, id)?,
        None => None,
    };
    let contents = inbox_contents::get(db, id)?;
    let token = listener
        .as_ref()
        .and_then(|row| row.signature_token.as_ref());
    let checks = contents
        .as_ref()
        .map(|contents| domain::check(&contents.body, token))
        .unwrap_or_default();
    let way = activity::of_correlation(db, &domain::correlation(id))?;
    let waits = jobs::of_event(db, id)?;
    let row = super::row(row)?;
    let in_use = listener.is_some_and(|listener| !listener.removed);
    let mismatched = row.verdict == Verdict::Rejected
        && checks.last().is_some_and(|last| last.passed == Some(false));
    let (headers, body) = match contents {
        Some(contents) => {
            let body = String::from_utf8_lossy(&contents.body).into_owned();
            (contents.headers, Some(body))
        }
        None => (Vec::new(), None),
    };
    let header = |(name, value)| Header { name, value };
    Ok(InboxEvent {
        can_try_token: in_use && mismatched && checks.len() > 1,
        row,
        headers: headers.into_iter().map(header).collect(),
        body,
        checks,
        person_id: way.iter().find_map(|line| line.person_id.clone()),
        way,
        can_run,
        can_replay,
        waits: waits.and_then(|job| job.why.filter(|_| job.due_at.is_none())),
    })
}

/// Answers `inbox.run`.
pub(in crate::api) async fn run(
    engine: &Engine,
    request: ByNumber,
) -> Result<InboxEvent, AppError> {
    let shown = decided(engine, request, domain::run_by_hand).await?;
    engine.running().await?.bell.ring();
    Ok(shown)
}

/// Answers `inbox.dismiss`.
pub(in crate::api) async fn dismiss(
    engine: &Engine,
    request: ByNumber,
) -> Result<InboxEvent, AppError> {
    decided(engine, request, domain::dismiss).await
}

/// Carries out what a person decided about an event, given its number and the time, and shows it.
async fn decided(
    engine: &Engine,
    request: ByNumber,
    decide: fn(&Connection, i64, i64) -> Result<(), DecideError>,
) -> Result<InboxEvent, AppError> {
    let (id, now) = (request.id, engine.now());
    let running = engine.running().await?;
    running.store.write(move |db| decide(db, id, now)).await?;
    show(engine, request).await
}

/// Answers `inbox.try_token`.
pub(in crate::api) async fn try_token(
    engine: &Engine,
    request: TryToken,
) -> Result<TriedToken, AppError> {
    let running = engine.running().await?;
    let tried = running
        .store
        .read(move |db| domain::try_token(db, request.id, &request.signature_token));
    Ok(TriedToken {
        matches: tried.await?,
    })
}
