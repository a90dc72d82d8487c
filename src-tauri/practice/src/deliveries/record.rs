//! One delivery and what became of it.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::{DeliveryNumber, sign};
use crate::identifiers::{random_hex_token, random_id};
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
    /// When it began (ms).
    pub(crate) at: i64,
    /// How long it took, in milliseconds of the practice clock.
    pub(crate) duration_ms: i64,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<String>,
    /// The beginning of the answer's body; `None` once the delivery left the history.
    pub(crate) response: Option<String>,
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
            (Some(status @ 300..400), _) => {
                format!("answered {status}: a redirect is not followed and counts as a failure")
            }
            (Some(status), _) => format!("answered {status}"),
            (None, Some(error)) => error.clone(),
            (None, None) => "no answer".to_owned(),
        }
    }
}

/// What all deliveries of one event have in common.
pub(super) struct Event {
    name: EventName,
    id: String,
    data: Arc<RawValue>,
}

impl Event {
    /// An event with a new id. `data` is kept as text, which takes a fraction of a tree's memory.
    pub(super) fn new(name: EventName, data: &Value) -> Self {
        let data = to_raw_value(data).expect("a JSON value can be written as JSON");
        Self {
            name,
            id: random_id(),
            data: data.into(),
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
    pub(crate) queued_at: i64,
    pub(crate) triggered_at: i64,
    pub(crate) token: String,
    /// The signature that was sent last.
    pub(crate) signature: Option<String>,
    /// Whether the body that was sent last has its `id`.
    #[serde(skip)]
    with_id: bool,
    pub(crate) data: Arc<RawValue>,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) state: DeliveryState,
    /// When a failed delivery is tried again (ms).
    #[serde(skip)]
    pub(crate) next_try_at: Option<i64>,
}

/// The body of a delivery (LEVER.md 5.2), in the documented order of its members.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a, D> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    event: EventName,
    triggered_at: i64,
    token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<&'a str>,
    data: D,
}

const WRITABLE: &str = "a body of strings, numbers and JSON values";

impl Delivery {
    /// A delivery to `webhook` with a fresh token, triggered at `now` (ms) and not yet tried.
    pub(super) fn new(kind: DeliveryKind, webhook: &Webhook, event: &Event, now: i64) -> Self {
        Self {
            number: 0,
            kind,
            webhook: webhook.id.clone(),
            url: webhook.url.clone(),
            event: event.name,
            event_id: event.id.clone(),
            queued_at: now,
            triggered_at: now,
            token: random_hex_token(),
            signature: None,
            with_id: true,
            data: Arc::clone(&event.data),
            attempts: Vec::new(),
            state: DeliveryState::Pending,
            next_try_at: None,
        }
    }

    /// The same event once more, as the Rerun button asks for; `sign_afresh` gives it a new token.
    pub(super) fn again(&self, webhook: &Webhook, sign_afresh: bool, now: i64) -> Self {
        let mut again = Self {
            kind: DeliveryKind::Rerun,
            url: webhook.url.clone(),
            queued_at: now,
            signature: None,
            attempts: Vec::new(),
            state: DeliveryState::Pending,
            next_try_at: None,
            ..self.clone()
        };
        if sign_afresh {
            again.renew_token(now);
        }
        again
    }

    pub(super) fn renew_token(&mut self, now: i64) {
        self.token = random_hex_token();
        self.triggered_at = now;
    }

    /// Signs the body that is sent next, which has its `id` or not.
    pub(super) fn sign(&mut self, signature_token: &str, with_id: bool) {
        self.signature = Some(sign(signature_token, &self.token, self.triggered_at));
        self.with_id = with_id;
    }

    /// The body as it was signed last.
    pub(crate) fn body(&self) -> String {
        serde_json::to_string(&self.members(&*self.data)).expect(WRITABLE)
    }

    /// The same body with a line for each member, for a person.
    pub(crate) fn indented_body(&self) -> String {
        let data: Value = serde_json::from_str(self.data.get()).unwrap_or_default();
        serde_json::to_string_pretty(&self.members(data)).expect(WRITABLE)
    }

    fn members<D>(&self, data: D) -> Body<'_, D> {
        Body {
            id: self.with_id.then_some(self.event_id.as_str()),
            event: self.event,
            triggered_at: self.triggered_at,
            token: &self.token,
            signature: self.signature.as_deref(),
            data,
        }
    }

    /// Whether nothing more will happen to it.
    pub(super) fn is_settled(&self) -> bool {
        self.state != DeliveryState::Pending
    }

    /// Gives up what only the history shows.
    pub(super) fn forget_responses(&mut self) {
        for attempt in &mut self.attempts {
            attempt.response = None;
        }
    }
}
