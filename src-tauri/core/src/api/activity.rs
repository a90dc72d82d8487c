//! `activity.*`, `attention.*`, `home.*` and `relay.*`: what happened, what waits, what works.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::connections::ConnectionState;

/// Which part of the log to read.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListActivity {
    /// Only lines before this id; the newest if left out.
    pub before: Option<i64>,
    /// Only lines about this person.
    pub person_id: Option<String>,
    /// At most this many, up to 200; 100 if left out.
    pub limit: Option<u32>,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Done,
    /// Nothing to do.
    Skipped,
    /// Waits for a person or for another try.
    Waiting,
    /// Refused or failed.
    Refused,
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Lever.
    Lever,
    /// The user of this app.
    You,
    /// Fulcrum by itself.
    Fulcrum,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ActivityLine {
    /// Counts up.
    pub id: i64,
    /// When.
    pub at: i64,
    /// `connection`, `mapping`, `listener`, `event`, `import`, `workflow`, `relay` or `settings`.
    pub kind: String,
    /// Who.
    pub actor: Actor,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, in words.
    pub sentence: String,
    /// The person it is about.
    pub person_id: Option<String>,
    /// Joins the lines of one event's way.
    pub correlation: Option<String>,
    /// The raw text, if any.
    pub detail: Option<String>,
}

/// Something that waits for the user.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttentionItem {
    /// The id of the waiting work.
    pub id: String,
    /// What waits, in words.
    pub title: String,
    /// Why, in words.
    pub why: String,
    /// Where it is put right.
    pub remedy: Remedy,
    /// Since when.
    pub since: i64,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again by itself; none if it waits for the user.
    pub next_try_at: Option<i64>,
}

/// Where a problem is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The field mapping.
    Mapping,
    /// The connection to Lever.
    Connection,
    /// The candidate's record in Lever, then *Try again*.
    Lever,
    /// Only *Try again*.
    TryAgain,
}

/// The relay's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RelayState {
    /// Signing in.
    Connecting,
    /// Connected; events arrive.
    Connected,
    /// Not reachable; tried again.
    Unreachable,
}

/// The way from the internet to this laptop.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RelayView {
    /// The state.
    pub state: RelayState,
    /// The sentence beside it.
    pub sentence: String,
    /// The public base address of the endpoints.
    pub public_url: Option<String>,
    /// Whether the relay runs inside the app.
    pub embedded: bool,
    /// Since when it is in this state.
    pub since: i64,
    /// Events that wait at the relay, as it last said.
    pub waiting: u64,
    /// When it last proved itself: an answer to a ping or an event.
    pub last_proof_at: Option<i64>,
}

/// Home: is it working, what happened, what needs me.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HomeView {
    /// The connection's state.
    pub connection: ConnectionState,
    /// The way of an event, in order.
    pub hops: Vec<Hop>,
    /// What is left of the set-up.
    pub steps: Vec<SetupStep>,
    /// What waits for the user.
    pub attention: Vec<AttentionItem>,
    /// The newest lines of the log.
    pub recent: Vec<ActivityLine>,
}

/// One station on the way of an event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Hop {
    /// `lever`, `relay`, `laptop`, `store`, `mapping` or `people`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whether it works.
    pub state: HopState,
    /// What is known, in words.
    pub sentence: String,
    /// When it was last seen working.
    pub at: Option<i64>,
    /// How many passed it.
    pub count: Option<u64>,
}

/// Whether a station works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HopState {
    /// Works.
    Working,
    /// Not proven yet.
    Waiting,
    /// Does not work.
    Broken,
}

/// One step of the set-up.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SetupStep {
    /// `connect`, `validate`, `map`, `listen`, `verify` or `hire`.
    pub id: String,
    /// What to do.
    pub title: String,
    /// Whether it is done.
    pub done: bool,
}
