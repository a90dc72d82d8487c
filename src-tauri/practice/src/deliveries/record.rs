//! One delivery and what became of it.

use serde::Serialize;
use serde_json::Value;

use super::{DeliveryNumber, sign};
use crate::identifiers::random_hex_token;
use crate::state::{EventName, Webhook};

/// Why a delivery exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DeliveryKind {
    Event,
    Test,
    Rerun,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DeliveryState {
    Pending,
    Delivered,
    /// Every try failed.
    Failed,
    /// The webhook was deleted before a try succeeded.
    Cancelled,
}

/// One try: the status that came back, or why none did.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Attempt {
    pub(crate) at: i64,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<String>,
}

impl Attempt {
    /// Only a 2xx answer acknowledges (LEVER.md 5.5).
    pub(crate) fn succeeded(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }

    /// The outcome in words, for the Webhooks page.
    pub(crate) fn outcome(&self) -> String {
        match (self.status, &self.error) {
            (Some(status), _) => format!("answered {status}"),
            (None, Some(error)) => error.clone(),
            (None, None) => "no answer".to_owned(),
        }
    }
}

/// A delivery of one event to one webhook.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Delivery {
    pub(crate) number: DeliveryNumber,
    pub(crate) kind: DeliveryKind,
    pub(crate) webhook: String,
    pub(crate) url: String,
    pub(crate) event: EventName,
    /// The `id` of the body.
    pub(crate) event_id: String,
    pub(crate) triggered_at: i64,
    pub(crate) token: String,
    pub(crate) data: Value,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) state: DeliveryState,
}

/// The body of a delivery (LEVER.md 5.2), in the documented order of its members.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    event: EventName,
    triggered_at: i64,
    token: &'a str,
    signature: String,
    data: &'a Value,
}

impl Delivery {
    /// A delivery to `webhook` with a fresh token, triggered at `now` and not yet tried.
    pub(super) fn new(
        number: DeliveryNumber,
        kind: DeliveryKind,
        webhook: &Webhook,
        event_id: &str,
        data: &Value,
        now: i64,
    ) -> Self {
        Self {
            number,
            kind,
            webhook: webhook.id.clone(),
            url: webhook.url.clone(),
            event: webhook.event,
            event_id: event_id.to_owned(),
            triggered_at: now,
            token: random_hex_token(),
            data: data.clone(),
            attempts: Vec::new(),
            state: DeliveryState::Pending,
        }
    }

    /// The signed body, with or without its `id`.
    pub(crate) fn body(&self, signature_token: &str, with_id: bool) -> String {
        let body = Body {
            id: with_id.then_some(self.event_id.as_str()),
            event: self.event,
            triggered_at: self.triggered_at,
            token: &self.token,
            signature: sign(signature_token, &self.token, self.triggered_at),
            data: &self.data,
        };
        serde_json::to_string(&body).expect("a body of strings, numbers and JSON values")
    }
}
