//! One attempt over the wire.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use url::{Position, Url};

use super::{Attempt, DeliveryKind, DeliveryNumber, DeliveryState};
use crate::Practice;
use crate::http::USER_AGENT;
use crate::ledger::Sent;
use crate::state::World;

/// How much of an answer's body is kept for the history; Lever ignores it (LEVER.md 5.5).
const EXCERPT_BYTES: usize = 1_024;

const JSON: &str = "application/json";

/// A failed delivery that is to be tried again.
pub(super) struct Retry {
    /// When (ms).
    pub(super) due: i64,
    pub(super) webhook: String,
    pub(super) number: DeliveryNumber,
}

struct Outgoing {
    url: String,
    body: String,
    timeout: Duration,
}

/// Sends a delivery once and records the attempt. Returns when to try again, if at all.
pub(super) async fn attempt(practice: &Practice, number: DeliveryNumber) -> Option<Retry> {
    let at = practice.now_ms();
    let outgoing = practice.world().prepare_attempt(number, at)?;
    let request = practice
        .http()
        .post(&outgoing.url)
        .timeout(outgoing.timeout)
        .header(CONTENT_TYPE, HeaderValue::from_static(JSON))
        .body(outgoing.body.clone());
    let mut attempt = Attempt {
        at,
        duration_ms: 0,
        status: None,
        error: None,
        response: None,
    };
    match request.send().await {
        Ok(answer) => {
            attempt.status = Some(answer.status().as_u16());
            attempt.response = Some(beginning_of(answer).await);
        }
        Err(error) => attempt.error = Some(in_words(&error).to_owned()),
    }
    attempt.duration_ms = practice.now_ms() - at;
    let sent = Sent {
        delivery: number,
        url: outgoing.url,
        body: serde_json::from_str(&outgoing.body).unwrap_or_default(),
        status: attempt.status,
        error: attempt.error.clone(),
    };
    let mut world = practice.world();
    world.ledger.sent(at, sent);
    world.settle(number, attempt)
}

/// The request line and the headers with which a body goes to `url`, for the history.
pub(crate) fn request_headers(url: &str, body: &str) -> Vec<String> {
    let url = Url::parse(url).ok();
    let part = |part: fn(&Url) -> &str| url.as_ref().map(part).unwrap_or_default();
    let path = part(|url| &url[Position::BeforePath..Position::AfterQuery]);
    let host = part(|url| &url[Position::BeforeHost..Position::AfterPort]);
    vec![
        format!("POST {path}"),
        format!("Content-Type: {JSON}"),
        format!("User-Agent: {USER_AGENT}"),
        "Accept: */*".to_owned(),
        format!("Host: {host}"),
        format!("Content-Length: {}", body.len()),
    ]
}

/// Presses *Verify connection*: one signed POST with empty data, never retried (LEVER.md 5.4).
/// Returns false if there is no such webhook.
pub(crate) async fn verify_connection(practice: &Practice, webhook: &str) -> bool {
    let now = practice.now_ms();
    let number = practice.world().record_test(webhook, now);
    if let Some(number) = number {
        attempt(practice, number).await;
    }
    number.is_some()
}

impl World {
    fn prepare_attempt(&mut self, number: DeliveryNumber, now: i64) -> Option<Outgoing> {
        let delivery = self.deliveries.get_mut(number)?;
        let hook = self
            .webhooks
            .iter()
            .find(|hook| hook.id == delivery.webhook);
        let Some(hook) = hook else {
            delivery.state = DeliveryState::Cancelled;
            return None;
        };
        if !delivery.attempts.is_empty() && !self.switches.retries_repeat_token {
            delivery.renew_token(now);
        }
        delivery.next_try_at = None;
        delivery.sign(&hook.signature_token, self.switches.webhook_id);
        Some(Outgoing {
            url: delivery.url.clone(),
            body: delivery.body(),
            timeout: Duration::from_millis(self.switches.delivery_timeout_ms),
        })
    }

    /// Records an attempt and what it means for the delivery.
    fn settle(&mut self, number: DeliveryNumber, attempt: Attempt) -> Option<Retry> {
        let delivery = self.deliveries.get_mut(number)?;
        let (began, succeeded) = (attempt.at, attempt.succeeded());
        delivery.attempts.push(attempt);
        if succeeded {
            delivery.state = DeliveryState::Delivered;
            return None;
        }
        let wait = self.switches.retry_wait_ms(delivery.attempts.len());
        let Some(wait) = wait.filter(|_| delivery.kind != DeliveryKind::Test) else {
            delivery.state = DeliveryState::Failed;
            return None;
        };
        // Counted from the start of the try, which a test knows: it saw the request arrive.
        let due = began + wait;
        delivery.next_try_at = Some(due);
        Some(Retry {
            due,
            webhook: delivery.webhook.clone(),
            number,
        })
    }
}

/// The beginning of the body, as far as it arrives before the time limit.
async fn beginning_of(mut answer: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < EXCERPT_BYTES
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(EXCERPT_BYTES);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn in_words(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "could not connect"
    } else {
        "the connection broke"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use crate::deliveries::Delivery;
    use crate::deliveries::record::Event;
    use crate::state::{EventName, MadeBy, Webhook};

    #[test]
    fn a_failed_try_sets_the_time_of_the_next_until_there_is_none() {
        let practice = Practice::new(Settings::default());
        let mut world = practice.world();
        let url = "https://hooks.example.com/".to_owned();
        let hook = Webhook::new(MadeBy::Page, EventName::CandidateHired, url, 0);
        world.webhooks.push(hook.clone());
        let event = Event::new(hook.event, &serde_json::json!({}));
        let delivery = Delivery::new(DeliveryKind::Event, &hook, &event, 0);
        let number = world.deliveries.record(delivery);
        let mut at = 0;
        for wait_s in world.switches.retry_waits_seconds.map(i64::from) {
            assert!(world.prepare_attempt(number, at).is_some());
            let under_way = world.deliveries.get(number).and_then(|one| one.next_try_at);
            assert_eq!(under_way, None);
            let retry = world.settle(number, failed(at)).map(|retry| retry.due);
            at += wait_s * 1_000;
            assert_eq!(retry, Some(at));
            let next = world.deliveries.get(number).and_then(|one| one.next_try_at);
            assert_eq!(next, Some(at));
        }
        assert!(world.prepare_attempt(number, at).is_some());
        assert!(world.settle(number, failed(at)).is_none());
        let delivery = world.deliveries.get(number).expect("it was recorded");
        assert_eq!(delivery.state, DeliveryState::Failed);
        assert_eq!(delivery.next_try_at, None);
    }

    fn failed(at: i64) -> Attempt {
        Attempt {
            at,
            duration_ms: 0,
            status: Some(500),
            error: None,
            response: None,
        }
    }
}
