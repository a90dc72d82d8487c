//! `home.show`: is it working, what happened, what needs me.

use super::activity::{self, HomeView, Hop, HopState, ListActivity, RelayState, SetupStep};
use super::app::NoInput;
use super::connections::{self, ConnectionState, ConnectionView};
use super::engine::Engine;
use super::error::AppError;
use crate::store::mappings::MappingRow;
use crate::store::{StoreError, inbox, listeners, mappings, people};
use crate::tunnel::Status;

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
            let complete = listeners::all(db)?;
            let complete: Vec<_> = complete
                .iter()
                .filter(|listener| listener.signature_token.is_some())
                .collect();
            Ok::<_, StoreError>(Facts {
                events: inbox::genuine(db)?,
                people: people::count(db)?,
                mapping: mappings::newest(db)?,
                listeners: u32::try_from(complete.len()).unwrap_or(u32::MAX),
                verified_at: complete
                    .iter()
                    .filter_map(|listener| listener.verified_at.max(listener.last_event_at))
                    .max(),
            })
        })
        .await?;
    let connection = connections::show(engine, NoInput {}).await?;
    let relay = running.status.get();
    Ok(HomeView {
        connection: connection.state,
        hops: hops(&connection, &relay, &facts),
        steps: steps(&connection, &facts),
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

fn hop(
    id: &str,
    label: &str,
    state: HopState,
    sentence: String,
    at: Option<i64>,
    count: Option<u64>,
) -> Hop {
    Hop {
        id: id.to_owned(),
        label: label.to_owned(),
        state,
        sentence,
        at,
        count,
    }
}

fn hops(connection: &ConnectionView, relay: &Status, facts: &Facts) -> Vec<Hop> {
    let lever = match connection.state {
        ConnectionState::Verified | ConnectionState::ConnectedLimited => HopState::Working,
        ConnectionState::NeedsReconnect | ConnectionState::LeverNotReachable => HopState::Broken,
        ConnectionState::NotConnected
        | ConnectionState::WaitingForBrowser
        | ConnectionState::ConnectedNotValidated
        | ConnectionState::Disconnected => HopState::Waiting,
    };
    let (way_in, laptop) = match relay.state {
        RelayState::Connected => (HopState::Working, "Connected to the relay."),
        RelayState::Connecting => (HopState::Waiting, "Signing in to the relay."),
        RelayState::Unreachable => (HopState::Broken, "Not connected to the relay."),
    };
    let seen = |known: bool| {
        if known {
            HopState::Working
        } else {
            HopState::Waiting
        }
    };
    let (events, stored_at) = facts.events;
    let (people, imported_at) = facts.people;
    let mapping = facts.mapping.as_ref();
    let mapped = mapping.map_or("No mapping is saved yet.".to_owned(), |row| {
        format!("Version {} is in use.", row.version)
    });
    let stored = if events == 0 {
        "No event has arrived yet."
    } else {
        "Events are on this laptop's disk."
    };
    let imported = if people == 0 {
        "Nobody has been imported yet."
    } else {
        "People from Lever."
    };
    vec![
        hop(
            "lever",
            "Lever",
            lever,
            connection.sentence.clone(),
            connection.validated_at,
            None,
        ),
        hop(
            "relay",
            "Relay",
            way_in,
            relay.sentence.clone(),
            relay.last_proof_at,
            Some(relay.waiting),
        ),
        hop(
            "laptop",
            "This laptop",
            way_in,
            laptop.to_owned(),
            relay.last_proof_at,
            None,
        ),
        hop(
            "store",
            "Store",
            seen(events > 0),
            stored.to_owned(),
            stored_at,
            Some(events),
        ),
        hop(
            "mapping",
            "Mapping",
            seen(mapping.is_some()),
            mapped,
            mapping.map(|row| row.saved_at),
            None,
        ),
        hop(
            "people",
            "People",
            seen(people > 0),
            imported.to_owned(),
            imported_at,
            Some(people),
        ),
    ]
}

fn steps(connection: &ConnectionView, facts: &Facts) -> Vec<SetupStep> {
    let step = |id: &str, title: &str, done: bool| SetupStep {
        id: id.to_owned(),
        title: title.to_owned(),
        done,
    };
    let validated = matches!(
        connection.state,
        ConnectionState::Verified | ConnectionState::ConnectedLimited
    );
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
