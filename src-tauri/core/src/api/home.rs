//! `home.show`: is it working, what happened, what needs me.

use super::activity::{self, HomeView, Hop, HopState, ListActivity, SetupStep};
use super::app::NoInput;
use super::connections::{self, ConnectionState, ConnectionView, ForIntegration, Integration};
use super::engine::Engine;
use super::error::AppError;
use super::glance::worst;
use crate::mapping::Mapping;
use crate::store::mappings::MappingRow;
use crate::store::{StoreError, inbox, listeners, mappings, people};
use crate::tunnel::{HopTimes, Path, Status, WayState};

/// Lines of the log on Home.
const RECENT: u32 = 8;

/// What the database knows about the way of an event.
struct Facts {
    events: (u64, Option<i64>),
    people: (u64, Option<i64>),
    mapping: Option<MappingRow>,
    listeners: u32,
    verified_at: Option<i64>,
}

/// Answers `home.show`.
pub(super) async fn home(engine: &Engine, _: NoInput) -> Result<HomeView, AppError> {
    let running = engine.running().await?;
    let facts = running
        .store
        .read(|db| {
            let complete = listeners::of(db, Integration::Onboarding)?;
            let complete: Vec<_> = complete
                .iter()
                .filter(|listener| listener.signature_token.is_some())
                .collect();
            Ok::<_, StoreError>(Facts {
                events: inbox::genuine(db)?,
                people: people::count(db)?,
                mapping: mappings::newest(db, Mapping::People)?,
                listeners: u32::try_from(complete.len()).unwrap_or(u32::MAX),
                verified_at: complete
                    .iter()
                    .filter_map(|listener| listener.verified_at.max(listener.last_event_at))
                    .max(),
            })
        })
        .await?;
    let of = |integration| connections::show(engine, ForIntegration { integration });
    let onboarding = of(Integration::Onboarding).await?;
    let offer_letters = of(Integration::OfferLetters).await?;
    let relay = running.status.get();
    let worst = worst([&onboarding, &offer_letters]);
    Ok(HomeView {
        connection: worst.state,
        hops: hops(worst, (&relay, engine.now()), &facts),
        steps: steps(&onboarding, &facts),
        attention: activity::attention(engine, NoInput {}).await?,
        recent: activity::list(
            engine,
            ListActivity {
                limit: Some(RECENT),
                ..ListActivity::default()
            },
        )
        .await?,
    })
}

/// A station with what is known of it in words.
fn hop(id: &str, label: &str, state: HopState, sentence: impl Into<String>) -> Hop {
    Hop {
        id: id.to_owned(),
        label: label.to_owned(),
        state,
        sentence: sentence.into(),
        at: None,
        count: None,
        took_us: None,
    }
}

fn hops(connection: &ConnectionView, (relay, now): (&Status, i64), facts: &Facts) -> Vec<Hop> {
    let state = if connection.client_secret_refused {
        HopState::Broken
    } else {
        lever_state(connection.state)
    };
    let lever = hop("lever", "Lever", state, connection.sentence.clone());
    let at = connection.validated_at;
    let mut hops = vec![Hop { at, ..lever }];
    hops.extend(way_in(relay, now));
    hops.extend(inside(facts, &relay.path));
    hops
}

fn lever_state(state: ConnectionState) -> HopState {
    match state {
        ConnectionState::Verified | ConnectionState::ConnectedLimited => HopState::Working,
        ConnectionState::NeedsReconnect | ConnectionState::LeverNotReachable => HopState::Broken,
        ConnectionState::NotConnected
        | ConnectionState::WaitingForBrowser
        | ConnectionState::ConnectedNotValidated
        | ConnectionState::Disconnected => HopState::Waiting,
    }
}

fn way_in(status: &Status, now: i64) -> [Hop; 3] {
    let path = &status.path;
    let (way, sentence) = status.way(now);
    let connected = "Connected to the relay.";
    let (laptop, words) = match way {
        WayState::StandingBy => (HopState::Broken, "This copy of the data folder stands by."),
        WayState::Offline => (HopState::Waiting, "This computer is offline."),
        WayState::Connecting => (HopState::Waiting, "Signing in to the relay."),
        WayState::Unreachable => (HopState::Broken, "Not connected to the relay."),
        WayState::Proving => (HopState::Waiting, connected),
        WayState::Proven => (HopState::Working, connected),
        WayState::Broken => (HopState::Broken, connected),
    };
    let relay = hop("relay", "Relay", laptop, sentence);
    let count = Some(status.waiting);
    let checked = "Seals are opened and signatures checked on this laptop.";
    let verify = hop("verify", "Verify", laptop, checked);
    let passed = |hop: Hop, took: fn(&HopTimes) -> u64| Hop {
        at: path.proven_at,
        took_us: path.times.as_ref().map(took),
        ..hop
    };
    [
        passed(Hop { count, ..relay }, |times| times.relay),
        passed(hop("laptop", "This laptop", laptop, words), |times| {
            times.laptop
        }),
        passed(verify, |times| times.verify),
    ]
}

fn inside(facts: &Facts, path: &Path) -> [Hop; 3] {
    let seen = |known: bool| {
        if known {
            HopState::Working
        } else {
            HopState::Waiting
        }
    };
    let (events, stored_at) = facts.events;
    let stored = match events {
        0 if path.times.is_some() => "A probe was stored; no event has arrived yet.",
        0 => "No event has arrived yet.",
        _ => "Events are on this laptop's disk.",
    };
    let proven = events > 0 || path.times.is_some();
    let store = hop("store", "Store", seen(proven), stored);
    let mapping = facts.mapping.as_ref();
    let version = mapping.map(|row| format!("Version {} is in use.", row.version));
    let mapped = version.unwrap_or_else(|| "No mapping is saved yet.".to_owned());
    let mapped = hop("mapping", "Mapping", seen(mapping.is_some()), mapped);
    let saved_at = mapping.map(|row| row.saved_at);
    let (people, imported_at) = facts.people;
    let imported = match people {
        0 => "Nobody has been imported yet.",
        _ => "People from Lever.",
    };
    let imported = hop("people", "People", seen(people > 0), imported);
    let counted = |hop, at, count| Hop {
        at,
        count: Some(count),
        ..hop
    };
    let times = path.times;
    [
        Hop {
            took_us: times.map(|times| times.store),
            ..counted(store, stored_at, events)
        },
        Hop {
            at: saved_at,
            took_us: times.map(|times| times.map),
            ..mapped
        },
        counted(imported, imported_at, people),
    ]
}

fn steps(connection: &ConnectionView, facts: &Facts) -> Vec<SetupStep> {
    let step = |id: &str, title: &str, done: bool| SetupStep {
        id: id.to_owned(),
        title: title.to_owned(),
        done,
    };
    // Set-up is about what was done once; how it stands now is the way's affair.
    let validated = connection.validated_at.is_some();
    vec![
        step(
            "connect",
            "Connect Lever",
            connection.connected_at.is_some(),
        ),
        step("validate", "Validate the connection", validated),
        step("map", "Map the fields of a person", facts.mapping.is_some()),
        step(
            "listen",
            "Add a listener to a workflow",
            facts.listeners > 0,
        ),
        step(
            "verify",
            "Verify the connection from Lever",
            facts.verified_at.is_some(),
        ),
        step(
            "hire",
            "Mark a candidate as hired in Lever",
            facts.people.0 > 0,
        ),
    ]
}
