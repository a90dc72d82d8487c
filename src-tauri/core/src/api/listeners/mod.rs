//! `listeners.*`: the events that let people into a workflow, and those that tell of offers.

mod admission;
mod doubled;
mod offers;
mod set_up;

use std::time::Duration;

use rusqlite::Connection;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

pub use self::admission::{AdmissionChoices, Admit};
pub(super) use self::admission::{admit, choices};
pub use self::doubled::DoubledListener;
pub(super) use self::doubled::doubled;
pub use self::offers::{OffersEvent, OffersEvents};
pub(super) use self::offers::{of_offers, set_up_offers};
pub use self::set_up::SetUpState;
pub(super) use self::set_up::set_up;
use self::set_up::{May, may};
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::running::Running;
use super::workflows::ById;
use crate::config::{LeverAddresses, is_loopback};
pub use crate::listeners::LeverEvent;
use crate::listeners::admission::Admission;
use crate::listeners::{self as domain, ListenerError};
use crate::store::connections::Integration;
pub use crate::store::listeners::Purpose;
use crate::store::listeners::{self, ListenerRow};
use crate::store::names::named;
use crate::tunnel::{RelayState, Status};

/// How long a new listener waits for its address before it is shown without one.
const ADDRESS_PATIENCE: Duration = Duration::from_secs(3);

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
    /// What it is for.
    #[serde(flatten)]
    pub purpose: Purpose,
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
    /// Whom it lets in.
    pub admission: Admission,
    /// Whether Fulcrum can make its webhook, or has.
    pub set_up: SetUpState,
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
    /// What it is for.
    #[serde(flatten)]
    pub purpose: Purpose,
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

/// What is around the listeners of an integration: the Lever that it is connected with, and what it may do there.
pub(super) struct Surroundings {
    lever: Option<LeverAddresses>,
    may: May,
}

impl Surroundings {
    /// Those of an integration.
    pub(super) async fn of(running: &Running, integration: Integration) -> Result<Self, AppError> {
        Ok(Self {
            lever: running.lever(integration).access.addresses().await?,
            may: may(running, integration).await?,
        })
    }

    /// The page in Lever where webhooks are set up.
    fn webhooks_page(&self) -> Option<String> {
        self.lever.as_ref().map(LeverAddresses::webhooks_page)
    }
}

/// Listeners of one integration as they are shown.
pub(super) fn views(
    running: &Running,
    rows: Vec<ListenerRow>,
    around: &Surroundings,
) -> Result<Vec<ListenerView>, AppError> {
    let views = rows.into_iter().map(|row| view(running, row, around));
    views.collect()
}

/// A listener as it is shown.
fn view(
    running: &Running,
    row: ListenerRow,
    around: &Surroundings,
) -> Result<ListenerView, AppError> {
    let event: LeverEvent = named(&row.event)?;
    let relay = running.status.get();
    let endpoint_problem = endpoint_problem(&row, &relay, around.lever.as_ref());
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
    let set_up = set_up::state(row.webhook, around.may);
    Ok(ListenerView {
        id: row.id,
        purpose: row.purpose,
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
        set_up,
        admission: row.admission,
        created_at: row.created_at,
        verified_at: row.verified_at,
        last_event_at: row.last_event_at,
        lever_webhooks_url: around.webhooks_page(),
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
            ListenerError::NoStage => Self::invalid("stage", sentence),
            ListenerError::NotOfOffers => Self::invalid("event", sentence),
            ListenerError::LetsNobodyIn => Self::new(ErrorCode::InvalidInput, sentence),
            ListenerError::Store(problem) => problem.into(),
        }
    }
}

/// Answers `listeners.begin`. Waits a moment for the relay to name the address.
pub(super) async fn begin(
    engine: &Engine,
    request: BeginListener,
) -> Result<ListenerView, AppError> {
    let running = engine.running().await?;
    let mut changes = engine.changes();
    let now = engine.now();
    let id = running
        .store
        .write(move |db| domain::begin(db, &request.purpose, request.event, now))
        .await?;
    running.hurry();
    let patience = engine.clock().sleep(ADDRESS_PATIENCE);
    tokio::pin!(patience);
    loop {
        let view = show(engine, ById { id: id.clone() }).await?;
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
pub(super) async fn show(engine: &Engine, request: ById) -> Result<ListenerView, AppError> {
    let running = engine.running().await?;
    let row = running
        .store
        .read(move |db| listeners::get(db, &request.id))
        .await?;
    let row = row
        .filter(|row| !row.removed)
        .ok_or(ListenerError::NotFound)?;
    let around = Surroundings::of(&running, row.purpose.integration()).await?;
    view(&running, row, &around)
}

/// Answers `listeners.create`.
pub(super) async fn create(
    engine: &Engine,
    CreateListener {
        id,
        signature_token,
    }: CreateListener,
) -> Result<ListenerView, AppError> {
    changed(engine, id, move |db, id, now| {
        domain::create(db, id, &signature_token, now)
    })
    .await
}

/// Answers `listeners.switch`.
pub(super) async fn switch(
    engine: &Engine,
    SwitchListener { id, on }: SwitchListener,
) -> Result<ListenerView, AppError> {
    changed(engine, id, move |db, id, now| {
        domain::switch(db, id, on, now)
    })
    .await
}

/// Changes a listener, given its id and the time, and shows it.
async fn changed(
    engine: &Engine,
    id: String,
    change: impl FnOnce(&Connection, &str, i64) -> Result<(), ListenerError> + Send + 'static,
) -> Result<ListenerView, AppError> {
    let (now, changed) = (engine.now(), id.clone());
    let running = engine.running().await?;
    running
        .store
        .write(move |db| change(db, &changed, now))
        .await?;
    show(engine, ById { id }).await
}

/// Answers `listeners.run_held`.
pub(super) async fn run_held(engine: &Engine, request: ById) -> Result<ListenerView, AppError> {
    let shown = changed(engine, request.id, |db, id, now| {
        domain::run_held(db, id, now)
    })
    .await?;
    engine.running().await?.bell.ring();
    Ok(shown)
}

/// Answers `listeners.remove` with the listeners that are left for the same purpose.
pub(super) async fn remove(engine: &Engine, request: ById) -> Result<Vec<ListenerView>, AppError> {
    let now = engine.now();
    let running = engine.running().await?;
    // A webhook that is being made for it is either known here or not made at all.
    let _nothing_made_meanwhile = running.setting_up.lock().await;
    let (left, integration) = running
        .store
        .write(move |db| {
            let purpose = domain::remove(db, &request.id, now)?;
            let mut left = listeners::of(db, purpose.integration())?;
            left.retain(|listener| listener.purpose == purpose);
            Ok::<_, ListenerError>((left, purpose.integration()))
        })
        .await?;
    running.hurry();
    running.bell.ring();
    let around = Surroundings::of(&running, integration).await?;
    views(&running, left, &around)
}
