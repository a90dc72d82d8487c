//! `workflows.*` and `listeners.*`: what people enter, and the events that let them in.

use std::time::Duration;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

use super::app::NoInput;
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::running::Running;
use crate::config::{LeverAddresses, is_loopback};
pub use crate::listeners::LeverEvent;
use crate::listeners::{self, ListenerError};
use crate::store::connections::Integration;
use crate::store::listeners::ListenerRow;
use crate::store::names::named;
use crate::store::people::PersonRow;
use crate::store::{StoreError, people, runs};
use crate::store::{listeners as listener_rows, workflows};
use crate::tunnel::{RelayState, Status};

/// How long a new listener waits for its address before it is shown without one.
const ADDRESS_PATIENCE: Duration = Duration::from_secs(3);

/// A workflow in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many people are in it.
    pub people: u32,
    /// How many listeners let people in.
    pub listeners: u32,
}

/// A workflow with what leads into it and who is in it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The events that let people in.
    pub listeners: Vec<ListenerView>,
    /// Who is in it, newest first.
    pub people: Vec<WorkflowPerson>,
    /// The events a listener can wait for.
    pub events: Vec<EventChoice>,
}

/// A person in a workflow.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowPerson {
    /// The person's id.
    pub person_id: String,
    /// The person's name.
    pub name: String,
    /// When they entered.
    pub entered_at: i64,
    /// The start date, as `2026-11-21`.
    pub start_date: Option<String>,
}

/// An event that a listener can wait for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EventChoice {
    /// Lever's name of it.
    pub event: LeverEvent,
    /// Its label in Lever.
    pub label: String,
    /// Whether this workflow acts on it; the others are only recorded.
    pub used: bool,
}

/// How far a listener is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListenerState {
    /// The address is live; the signature token is missing, so events are held.
    Draft,
    /// Ready; nothing has arrived yet.
    WaitingForFirstEvent,
    /// Lever's *Verify connection* arrived and its signature was right.
    ConnectionVerified,
    /// Events arrive but do not verify with the saved token.
    TokenDidNotMatch,
}

/// A listener.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ListenerView {
    /// Its id.
    pub id: String,
    /// The workflow it leads into.
    pub workflow_id: String,
    /// The application that sends.
    pub application: String,
    /// The event it waits for.
    pub event: LeverEvent,
    /// That event's label.
    pub event_label: String,
    /// The address to paste into Lever; stays the same for the listener's life.
    pub endpoint_url: Option<String>,
    /// Why there is no address yet, or why it does not work, in words.
    pub endpoint_problem: Option<String>,
    /// How far it is.
    pub state: ListenerState,
    /// Whether its events are run, as opposed to stored only.
    pub on: bool,
    /// Whether it is off only because Lever was disconnected: connecting the same organisation again puts it back.
    pub paused: bool,
    /// Length and last four characters of the token, in words; none without one.
    pub token_hint: Option<String>,
    /// Events held because they came before the token.
    pub held: u32,
    /// When it was made.
    pub created_at: i64,
    /// When *Verify connection* last arrived.
    pub verified_at: Option<i64>,
    /// When the last genuine event arrived.
    pub last_event_at: Option<i64>,
    /// The page in Lever where the webhook is set up.
    pub lever_webhooks_url: Option<String>,
}

/// A listener to begin: its address goes live at once.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BeginListener {
    /// The workflow it leads into.
    pub workflow_id: String,
    /// The event it waits for.
    pub event: LeverEvent,
}

/// The token that makes a draft listener complete, or replaces the one it has.
#[derive(Deserialize, TS)]
pub struct CreateListener {
    /// The listener's id.
    pub id: String,
    /// The signature token as copied from Lever; outer white space is cut.
    pub signature_token: String,
}

/// A listener to be switched on or off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SwitchListener {
    /// The listener's id.
    pub id: String,
    /// Whether its events are run from now on.
    pub on: bool,
}

/// One thing by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ById {
    /// The id.
    pub id: String,
}

/// Answers `workflows.list`.
pub(super) async fn list(engine: &Engine, _: NoInput) -> Result<Vec<WorkflowRow>, AppError> {
    let rows = engine.running().await?.store.read(workflows::all).await?;
    let rows = rows.into_iter().map(|row| WorkflowRow {
        id: row.id,
        name: row.name,
        description: row.description,
        people: row.people,
        listeners: row.listeners,
    });
    Ok(rows.collect())
}

type Found = (
    workflows::WorkflowRow,
    Vec<ListenerRow>,
    Vec<(runs::RunRow, Option<PersonRow>)>,
);

/// Answers `workflows.show`.
pub(super) async fn show(engine: &Engine, request: ById) -> Result<WorkflowView, AppError> {
    let running = engine.running().await?;
    let found: Option<Found> = running
        .store
        .read(move |db| {
            let Some(workflow) = workflows::get(db, &request.id)? else {
                return Ok(None);
            };
            let mut listeners = listener_rows::all(db)?;
            listeners.retain(|listener| listener.workflow_id == workflow.id);
            let entered = runs::of_workflow(db, &workflow.id)?.into_iter().map(|run| {
                let person = people::get(db, &run.person_id)?;
                Ok((run, person))
            });
            let entered = entered.collect::<Result<_, StoreError>>()?;
            Ok::<_, StoreError>(Some((workflow, listeners, entered)))
        })
        .await?;
    let (workflow, listeners, entered) = found
        .ok_or_else(|| AppError::new(ErrorCode::NotFound, "This workflow no longer exists."))?;
    let lever = running
        .lever(Integration::Onboarding)
        .access
        .addresses()
        .await?;
    let listeners = listeners
        .into_iter()
        .map(|row| listener(&running, row, lever.clone()));
    let people = entered.into_iter().map(|(run, person)| WorkflowPerson {
        person_id: run.person_id,
        name: person
            .as_ref()
            .map_or_else(String::new, |person| person.name.clone()),
        entered_at: run.entered_at,
        start_date: person.and_then(|person| person.fields.get("start_date")?.value.clone()),
    });
    Ok(WorkflowView {
        id: workflow.id,
        name: workflow.name,
        description: workflow.description,
        listeners: listeners.collect::<Result<_, _>>()?,
        people: people.collect(),
        events: events(),
    })
}

fn events() -> Vec<EventChoice> {
    let choice = |(event, label): (LeverEvent, &str)| EventChoice {
        event,
        label: label.to_owned(),
        used: event.starts_an_import(),
    };
    LeverEvent::ALL.into_iter().map(choice).collect()
}

/// Why there is no address yet, or why it does not work, in words.
fn endpoint_problem(
    row: &ListenerRow,
    relay: &Status,
    lever: Option<&LeverAddresses>,
) -> Option<String> {
    let private = relay
        .public_url
        .as_deref()
        .and_then(|url| Url::parse(url).ok())
        .is_some_and(|url| is_loopback(&url));
    let distant = lever.is_some_and(|lever| !is_loopback(&lever.api));
    match (&row.endpoint_url, relay.state) {
        (_, RelayState::Connected) if private && distant => Some(
            "Lever cannot reach this address: it exists on this computer only. Set the address of a relay on the \
             internet in Settings."
                .to_owned(),
        ),
        (_, RelayState::Connected) => None,
        (None, _) => Some(format!("There is no address yet. {}", relay.sentence)),
        (Some(_), _) => Some(relay.sentence.clone()),
    }
}

fn listener(
    running: &Running,
    row: ListenerRow,
    lever: Option<LeverAddresses>,
) -> Result<ListenerView, AppError> {
    let event: LeverEvent = named(&row.event)?;
    let relay = running.status.get();
    let endpoint_problem = endpoint_problem(&row, &relay, lever.as_ref());
    // A genuine delivery clears the mismatch, so where there is one it came last.
    let seen = row.verified_at.or(row.last_event_at);
    let state = match (&row.signature_token, row.mismatch_at, seen) {
        (None, _, _) => ListenerState::Draft,
        (Some(_), Some(_), _) => ListenerState::TokenDidNotMatch,
        (Some(_), None, None) => ListenerState::WaitingForFirstEvent,
        (Some(_), None, Some(_)) => ListenerState::ConnectionVerified,
    };
    let token_hint = row.signature_token.as_ref().map(|token| {
        let token = token.expose_secret();
        // Tokens are ASCII, so the last four bytes are the last four characters.
        format!(
            "{} characters, ending in {}",
            token.len(),
            &token[token.len().saturating_sub(4)..]
        )
    });
    Ok(ListenerView {
        id: row.id,
        workflow_id: row.workflow_id,
        application: "Lever".to_owned(),
        event,
        event_label: event.label().to_owned(),
        endpoint_url: row.endpoint_url,
        endpoint_problem,
        state,
        on: row.on,
        paused: row.paused,
        token_hint,
        held: row.held,
        created_at: row.created_at,
        verified_at: row.verified_at,
        last_event_at: row.last_event_at,
        lever_webhooks_url: lever.map(|lever| lever.webhooks_page()),
    })
}

impl From<ListenerError> for AppError {
    fn from(problem: ListenerError) -> Self {
        let sentence = problem.to_string();
        match problem {
            ListenerError::NotFound | ListenerError::NoWorkflow => {
                Self::new(ErrorCode::NotFound, sentence)
            }
            ListenerError::Token(_) => Self::invalid("signature_token", sentence),
            ListenerError::Store(problem) => problem.into(),
        }
    }
}

/// Answers `listeners.begin`. Waits a moment for the relay to name the address.
pub(super) async fn begin_listener(
    engine: &Engine,
    request: BeginListener,
) -> Result<ListenerView, AppError> {
    let running = engine.running().await?;
    let mut changes = engine.changes();
    let now = engine.now();
    let id = running
        .store
        .write(move |db| listeners::begin(db, &request.workflow_id, request.event, now))
        .await?;
    running.hurry();
    let patience = engine.clock().sleep(ADDRESS_PATIENCE);
    tokio::pin!(patience);
    loop {
        let view = show_listener(engine, ById { id: id.clone() }).await?;
        if view.endpoint_url.is_some() {
            return Ok(view);
        }
        tokio::select! {
            // A lagging listener looks again as well.
            _ = changes.recv() => {}
            () = &mut patience => return Ok(view),
        }
    }
}

/// Answers `listeners.show`.
pub(super) async fn show_listener(
    engine: &Engine,
    request: ById,
) -> Result<ListenerView, AppError> {
    let running = engine.running().await?;
    let row = running
        .store
        .read(move |db| listener_rows::get(db, &request.id))
        .await?;
    let row = row
        .filter(|row| !row.removed)
        .ok_or(ListenerError::NotFound)?;
    let lever = running
        .lever(Integration::Onboarding)
        .access
        .addresses()
        .await?;
    listener(&running, row, lever)
}

/// Answers `listeners.create`.
pub(super) async fn create_listener(
    engine: &Engine,
    request: CreateListener,
) -> Result<ListenerView, AppError> {
    let now = engine.now();
    let id = request.id.clone();
    let running = engine.running().await?;
    running
        .store
        .write(move |db| listeners::create(db, &request.id, &request.signature_token, now))
        .await?;
    show_listener(engine, ById { id }).await
}

/// Answers `listeners.switch`.
pub(super) async fn switch_listener(
    engine: &Engine,
    request: SwitchListener,
) -> Result<ListenerView, AppError> {
    let now = engine.now();
    let id = request.id.clone();
    let running = engine.running().await?;
    running
        .store
        .write(move |db| listeners::switch(db, &request.id, request.on, now))
        .await?;
    show_listener(engine, ById { id }).await
}

/// Answers `listeners.run_held`.
pub(super) async fn run_held(engine: &Engine, request: ById) -> Result<ListenerView, AppError> {
    let now = engine.now();
    let id = request.id.clone();
    let running = engine.running().await?;
    running
        .store
        .write(move |db| listeners::run_held(db, &request.id, now))
        .await?;
    running.bell.ring();
    show_listener(engine, ById { id }).await
}

/// Answers `listeners.remove`.
pub(super) async fn remove_listener(
    engine: &Engine,
    request: ById,
) -> Result<WorkflowView, AppError> {
    let now = engine.now();
    let running = engine.running().await?;
    let workflow = running
        .store
        .write(move |db| listeners::remove(db, &request.id, now))
        .await?;
    running.hurry();
    show(engine, ById { id: workflow }).await
}
