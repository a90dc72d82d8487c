//! `inbox.*`: everything that arrived, with its verdict.

mod event;
mod replay;
mod storage;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::event::{ByNumber, InboxEvent, TriedToken, TryToken};
pub(super) use self::event::{dismiss, run, show, try_token};
pub(super) use self::replay::replay;
pub use self::replay::{Replay, ReplayInput};
pub use self::storage::{InboxStorage, Keeping};
pub(super) use self::storage::{keep, storage};
use super::engine::Engine;
use super::error::AppError;
use crate::listeners::{LeverEvent, Verdict};
use crate::store::connections::Integration;
use crate::store::listeners::Purpose;
use crate::store::names::{name, named};
use crate::store::{StoreError, inbox, listeners};

/// Events given when no number is asked for.
const EVENTS: u32 = 200;

/// Events given at most.
const MOST_EVENTS: u32 = 500;

/// Which part of the inbox to read.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListInbox {
    /// Only events with this verdict.
    pub verdict: Option<Verdict>,
    /// Only events of this listener.
    pub listener_id: Option<String>,
    /// Only events before this id; the newest if left out.
    pub before: Option<i64>,
    /// At most this many, up to 500; 200 if left out.
    pub limit: Option<u32>,
}

/// A part of the inbox.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InboxPage {
    /// The events, the newest first.
    pub events: Vec<InboxRow>,
    /// How many events of the chosen listener there are, by verdict.
    pub counts: Vec<VerdictCount>,
    /// The listeners that something arrived for.
    pub listeners: Vec<InboxListener>,
}

/// An event in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InboxRow {
    /// Its number.
    pub id: i64,
    /// Its listener, if the address has one.
    pub listener_id: Option<String>,
    /// What Lever's settings call the event; its own name where it has another, none without any.
    pub event_label: Option<String>,
    /// When the relay received it, in milliseconds since 1970 UTC.
    pub received_at: i64,
    /// When it was stored here.
    pub stored_at: i64,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in words; none where the verdict says it all.
    pub reason: Option<String>,
    /// The size in bytes, sealed.
    pub size: i64,
}

/// How many events have a verdict.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerdictCount {
    /// The verdict.
    pub verdict: Verdict,
    /// How many.
    pub count: u64,
}

/// A listener that something arrived for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InboxListener {
    /// Its id.
    pub id: String,
    /// What it waits for, in words.
    pub label: String,
}

/// Answers `inbox.list`.
pub(super) async fn list(engine: &Engine, request: ListInbox) -> Result<InboxPage, AppError> {
    let limit = request.limit.unwrap_or(EVENTS).min(MOST_EVENTS);
    let filter = inbox::Filter {
        verdict: request.verdict.as_ref().map(name).transpose()?,
        listener_id: request.listener_id,
        before: request.before,
    };
    let running = engine.running().await?;
    let page = running.store.read(move |db| {
        let events = inbox::list(db, &filter, limit)?;
        let counts = inbox::counts(db, filter.listener_id.as_deref())?;
        let mut seen = Vec::new();
        for id in inbox::listeners(db)? {
            if let Some(listener) = listeners::get(db, &id)? {
                let event: LeverEvent = named(&listener.event)?;
                let about = match listener.purpose {
                    Purpose::Onboarding { .. } => listener.admission.stage.map(|stage| stage.name),
                    Purpose::OfferLetters => Some(Integration::OfferLetters.label().to_owned()),
                };
                let about = about.map(|about| format!(", {about}")).unwrap_or_default();
                let removed = if listener.removed { " (removed)" } else { "" };
                let label = format!("{}{about}{removed}", event.label());
                seen.push(InboxListener { id, label });
            }
        }
        let counts = counts.into_iter().map(|(verdict, count)| {
            let verdict = named(&verdict)?;
            Ok(VerdictCount { verdict, count })
        });
        Ok::<_, StoreError>(InboxPage {
            events: events.into_iter().map(row).collect::<Result<_, _>>()?,
            counts: counts.collect::<Result<_, StoreError>>()?,
            listeners: seen,
        })
    });
    Ok(page.await?)
}

/// An event as the list shows it.
fn row(row: inbox::InboxRow) -> Result<InboxRow, StoreError> {
    let event = row.event.as_deref().and_then(LeverEvent::named);
    Ok(InboxRow {
        id: row.id,
        listener_id: row.listener_id,
        event_label: event.map(|event| event.label().to_owned()).or(row.event),
        received_at: row.received_at,
        stored_at: row.stored_at,
        verdict: named(&row.verdict)?,
        reason: row.reason,
        size: row.size,
    })
}
