//! One attempt over the wire.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderValue};

use super::{Attempt, DeliveryNumber, DeliveryState};
use crate::Practice;
use crate::identifiers::random_hex_token;
use crate::state::World;

struct Outgoing {
    url: String,
    body: String,
    timeout: Duration,
}

/// Sends a delivery once and records the attempt. Returns it, or `None` if its webhook is gone.
pub(super) async fn attempt(practice: &Practice, number: DeliveryNumber) -> Option<Attempt> {
    let at = practice.now_ms();
    let outgoing = practice.world().prepare_attempt(number, at)?;
    let answer = practice
        .http()
        .post(outgoing.url)
        .timeout(outgoing.timeout)
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .body(outgoing.body)
        .send()
        .await;
    let attempt = match answer {
        Ok(answer) => Attempt {
            at,
            status: Some(answer.status().as_u16()),
            error: None,
        },
        Err(error) => Attempt {
            at,
            status: None,
            error: Some(in_words(&error).to_owned()),
        },
    };
    if let Some(delivery) = practice.world().deliveries.get_mut(number) {
        delivery.attempts.push(attempt.clone());
        if attempt.succeeded() {
            delivery.state = DeliveryState::Delivered;
        }
    }
    Some(attempt)
}

/// Presses *Verify connection*: one signed POST with empty data, never retried (LEVER.md 5.4).
/// Returns `None` if there is no such webhook.
pub(crate) async fn verify_connection(practice: &Practice, webhook: &str) -> Option<Attempt> {
    let now = practice.now_ms();
    let number = practice.world().record_test(webhook, now)?;
    let attempt = attempt(practice, number).await?;
    if !attempt.succeeded()
        && let Some(delivery) = practice.world().deliveries.get_mut(number)
    {
        delivery.state = DeliveryState::Failed;
    }
    Some(attempt)
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
            delivery.token = random_hex_token();
            delivery.triggered_at = now;
        }
        Some(Outgoing {
            url: delivery.url.clone(),
            body: delivery.body(&hook.signature_token, self.switches.webhook_id),
            timeout: Duration::from_millis(self.switches.delivery_timeout_ms),
        })
    }
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
