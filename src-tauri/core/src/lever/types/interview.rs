//! Interviews and the panels they belong to.

use serde::Deserialize;

use super::{Application, Expandable, Id, Millis, Opportunity, Stage, User};

/// An interview (LEVER.md 3.13).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interview {
    /// Its id.
    pub id: Id<Interview>,
    /// The panel it belongs to; absent inside of that panel.
    pub panel: Option<Id<Panel>>,
    /// What it is called.
    #[serde(default)]
    pub subject: String,
    /// Who asks.
    #[serde(default)]
    pub interviewers: Vec<Interviewer>,
    /// The time zone that it is planned in, by its IANA name.
    pub timezone: Option<String>,
    /// When it begins.
    pub date: Option<Millis>,
    /// How long it takes, in minutes.
    pub duration: Option<u64>,
    /// Where it takes place.
    pub location: Option<String>,
    /// The stage it belongs to.
    pub stage: Option<Expandable<Stage>>,
    /// When it was called off.
    pub canceled_at: Option<Millis>,
    /// The candidate's opportunity; only when read by itself.
    pub opportunity_id: Option<Id<Opportunity>>,
}

/// Somebody who asks in an interview.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interviewer {
    /// Their user.
    pub id: Option<Id<User>>,
    /// Their name.
    #[serde(default)]
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Such as `accepted`; only in a panel.
    pub response_status: Option<String>,
}

/// Interviews planned together (LEVER.md 3.13); one that was called off may have none.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    /// Its id.
    pub id: Id<Panel>,
    /// The applications it is about.
    #[serde(default)]
    pub applications: Vec<Expandable<Application>>,
    /// Its interviews.
    #[serde(default)]
    pub interviews: Vec<Interview>,
    /// When the first one begins.
    pub start: Option<Millis>,
    /// When the last one ends.
    pub end: Option<Millis>,
    /// The time zone that it is planned in, by its IANA name.
    pub timezone: Option<String>,
    /// When it was called off.
    pub canceled_at: Option<Millis>,
    /// Whether the API may change it.
    #[serde(default)]
    pub externally_managed: bool,
}
