//! Subscriptions to Lever's events.

use serde::Deserialize;

use super::{Id, Millis, Origin};

/// A webhook (LEVER.md 5.6). The signature token is left out on purpose: only the listener that made the hook
/// may hold it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    pub id: Id<Webhook>,
    /// Where Lever posts to.
    #[serde(default)]
    pub url: String,
    /// One of the ten events, such as `candidateHired`.
    #[serde(default)]
    pub event: String,
    /// What it is limited to.
    #[serde(default)]
    pub configuration: WebhookConfiguration,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}

/// How a webhook is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct WebhookConfiguration {
    /// What events it is limited to; none for all.
    pub conditions: Option<Conditions>,
}

/// The limits of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Conditions {
    /// How candidates came.
    #[serde(default)]
    pub origins: Vec<Origin>,
}
