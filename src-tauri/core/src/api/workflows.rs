//! `workflows.*` and `listeners.*`: what people enter, and the events that let them in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::listeners::LeverEvent;

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

/// One thing by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ById {
    /// The id.
    pub id: String,
}
