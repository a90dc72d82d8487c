//! `path.*`: whether events can arrive, hour by hour, and why not.

use serde::Serialize;
use ts_rs::TS;

use super::activity::PathState;
use super::app::NoInput;
use super::engine::Engine;
use super::error::AppError;
use super::workflows::ById;
use crate::clock::DAY;
use crate::listeners::LeverEvent;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::endpoints::{self, MovedRow};
use crate::store::names::named;
use crate::store::{StoreError, probes};
use crate::tunnel::doctor::{self, Examined, Patient};

/// Whether events can arrive, and how that was in the last day.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PathView {
    /// Right now.
    pub state: PathState,
    /// The sentence beside it.
    pub sentence: String,
    /// When a probe last came back.
    pub proven_at: Option<i64>,
    /// The hours of the last day in which probes were sent, oldest first.
    pub hours: Vec<PathHour>,
    /// The listeners whose address is another one than Lever has.
    pub moved: Vec<MovedAddress>,
}

/// A listener whose address changed since it was pasted into Lever.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MovedAddress {
    /// The listener.
    pub listener_id: String,
    /// Its event, as Lever labels it.
    pub event: String,
    /// What it is for: the name of its workflow, or *Offer letters*.
    pub purpose: String,
    /// The address that Lever has.
    pub known_url: String,
    /// The address that Lever needs.
    pub url: String,
}

/// The probes of one hour.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PathHour {
    /// When it began.
    pub from: i64,
    /// Probes sent.
    pub sent: u32,
    /// Probes of those that came back.
    pub returned: u32,
    /// Why the last lost one did not, in words.
    pub problem: Option<String>,
}

/// What the connection doctor found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DoctorView {
    /// When it began.
    pub at: i64,
    /// The host that was looked at.
    pub host: String,
    /// Every step, in order.
    pub steps: Vec<Examined>,
    /// The same as a text for the people who look after the network; without secrets.
    pub text: String,
}

/// Answers `path.show`.
pub(super) async fn show(engine: &Engine, _: NoInput) -> Result<PathView, AppError> {
    let running = engine.running().await?;
    let (path, now) = (running.status.get().path, engine.now());
    let (hours, moved) = running
        .store
        .read(move |db| Ok::<_, StoreError>((probes::hours(db, now - DAY)?, endpoints::moved(db)?)))
        .await?;
    Ok(PathView {
        state: path.state(now),
        sentence: path.sentence(now),
        proven_at: path.proven_at,
        hours: hours
            .into_iter()
            .map(|hour| PathHour {
                from: hour.from,
                sent: hour.sent,
                returned: hour.returned,
                problem: hour.problem,
            })
            .collect(),
        moved: moved
            .into_iter()
            .map(moved_address)
            .collect::<Result<_, _>>()?,
    })
}

fn moved_address(row: MovedRow) -> Result<MovedAddress, StoreError> {
    Ok(MovedAddress {
        event: named::<LeverEvent>(&row.event)?.label().to_owned(),
        listener_id: row.listener_id,
        purpose: row
            .workflow
            .unwrap_or_else(|| Integration::OfferLetters.label().to_owned()),
        known_url: row.known_url,
        url: row.url,
    })
}

/// Answers `path.address_changed`.
pub(super) async fn address_changed(engine: &Engine, request: ById) -> Result<PathView, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    running
        .store
        .write(move |db| {
            if endpoints::told(db, &request.id)? {
                let words = "You changed the address of a webhook in Lever.";
                Entry::new(Kind::Listener, Outcome::Done, words)
                    .by(Actor::You)
                    .write(db, now)?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    show(engine, NoInput {}).await
}

/// Answers `path.examine`.
pub(super) async fn examine(engine: &Engine, _: NoInput) -> Result<DoctorView, AppError> {
    let running = engine.running().await?;
    let (relay, public, way) = running.way_out().ok_or_else(|| {
        let words = running.status.get().sentence;
        AppError::new(super::error::ErrorCode::RelayUnreachable, words)
    })?;
    let found = doctor::examine(&Patient {
        relay: &relay,
        public: public.as_ref(),
        way: &way,
        status: &running.status,
        probe: &running.probe,
        clock: engine.clock(),
    })
    .await;
    Ok(DoctorView {
        at: found.at,
        host: found.target.host_str().unwrap_or_default().to_owned(),
        text: doctor::for_network_team(&found),
        steps: found.steps,
    })
}
