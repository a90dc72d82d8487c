//! Signed deliveries: who gets them, retries, reruns and the connection test.

use std::time::Duration;

use fulcrum_practice::seeded_id;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::receiver::Receiver;
use crate::world::{API_KEY, START_MS, World, send};

async fn hire(world: &World, key: &str) {
    let body = json!({"opportunity": seeded_id("opportunity", key)});
    world.control("/hire", body).await;
}

/// The signature that LEVER.md 5.3 asks for, computed here a second time.
fn expected_signature(signature_token: &str, body: &Value) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(signature_token.as_bytes()).unwrap();
    mac.update(body["token"].as_str().unwrap().as_bytes());
    mac.update(body["triggeredAt"].to_string().as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

#[tokio::test]
async fn a_hire_is_delivered_signed_with_thin_data() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    let (_, token) = world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world, "rosa-lindqvist").await;
    let (headers, body) = receiver.next().await;
    assert_eq!(headers["user-agent"], "Lever-Webhooks");
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(body["event"], "candidateHired");
    assert_eq!(body["triggeredAt"], START_MS);
    assert_eq!(body["token"].as_str().unwrap().len(), 48);
    assert_eq!(body["signature"], expected_signature(&token, &body));
    let id = seeded_id("opportunity", "rosa-lindqvist");
    let contact = seeded_id("contact", "rosa-lindqvist");
    let data = json!({"opportunityId": id, "candidateId": id, "contactId": contact});
    assert_eq!(body["data"], data);
}

#[tokio::test]
async fn nothing_is_sent_while_the_events_toggle_is_off() {
    let world = World::start().await;
    let receiver = Receiver::start().await;
    let body = json!({"url": receiver.url, "event": "candidateHired"});
    let made = world
        .post("/v1/webhooks")
        .basic_auth(API_KEY, Some(""))
        .json(&body);
    let made = send(made).await;
    assert_eq!(made.status(), 201);
    let answer: Value = made.json().await.unwrap();
    let token = answer["data"]["configuration"]["signatureToken"].as_str();
    assert_eq!(token.unwrap().len(), 48);
    assert!(
        !world
            .api("/webhooks")
            .await
            .to_string()
            .contains("signatureToken")
    );
    hire(&world, "rosa-lindqvist").await;
    assert_eq!(world.ledger().await["deliveries"], json!([]));
    assert!(receiver.is_empty());
}

#[tokio::test]
async fn a_hook_limited_to_an_origin_hears_of_no_other() {
    let world = World::start().await;
    let receiver = Receiver::start().await;
    world
        .add_webhook("candidateHired", "http://127.0.0.1:9/unused")
        .await;
    let body = json!({
        "url": receiver.url,
        "event": "candidateHired",
        "configuration": {"conditions": {"origins": ["agency"]}},
    });
    let made = world
        .post("/v1/webhooks")
        .basic_auth(API_KEY, Some(""))
        .json(&body);
    assert_eq!(send(made).await.status(), 201);
    hire(&world, "rosa-lindqvist").await;
    let deliveries = world.ledger().await["deliveries"].clone();
    assert_eq!(
        deliveries.as_array().unwrap().len(),
        1,
        "only the unlimited hook"
    );
}

#[tokio::test]
async fn a_failed_delivery_is_tried_five_more_times_with_growing_waits_and_the_same_token() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    receiver.answer_with(500);
    world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world, "rosa-lindqvist").await;
    let (_, first) = receiver.next().await;
    let waits_s = [10, 60, 300, 1_800, 7_200];
    for wait_s in waits_s {
        // Two steps, so that a try that comes too early shows an earlier time in the ledger.
        world.clock.advance(Duration::from_secs(wait_s - 1));
        world.clock.advance(Duration::from_secs(1));
        let (_, again) = receiver.next().await;
        assert_eq!(again, first);
    }
    let mut due = START_MS;
    let attempts = world.ledger().await["deliveries"][0]["attempts"].clone();
    for (attempt, wait_s) in attempts.as_array().unwrap().iter().zip(waits_s) {
        assert_eq!(attempt["at"], due);
        due += i64::try_from(wait_s).unwrap() * 1_000;
    }
    world.clock.advance(Duration::from_secs(30 * 24 * 3_600));
    hire(&world, "anton-brandt").await;
    let (_, next) = receiver.next().await;
    let other = seeded_id("opportunity", "anton-brandt");
    assert_eq!(
        next["data"]["opportunityId"], other,
        "there is no seventh try"
    );
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_is_not_followed() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    receiver.answer_with(302);
    world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world, "rosa-lindqvist").await;
    receiver.next().await;
    receiver.answer_with(204);
    world.clock.advance(Duration::from_secs(10));
    receiver.next().await;
}

#[tokio::test]
async fn retries_are_signed_afresh_if_the_switch_says_so() {
    let world = World::start().await;
    world.switch(json!({"retries_repeat_token": false})).await;
    let mut receiver = Receiver::start().await;
    receiver.answer_with(503);
    let (_, token) = world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world, "rosa-lindqvist").await;
    let (_, first) = receiver.next().await;
    world.clock.advance(Duration::from_secs(10));
    let (_, again) = receiver.next().await;
    assert_ne!(again["token"], first["token"]);
    assert_eq!(again["id"], first["id"]);
    assert_eq!(again["signature"], expected_signature(&token, &again));
}

#[tokio::test]
async fn verify_connection_sends_empty_data_and_shows_the_outcome() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    let (id, token) = world.add_webhook("candidateHired", &receiver.url).await;
    let page = "/settings/integrations/webhooks";
    for (status, shown) in [(200, "Connection verified"), (500, "Connection failed")] {
        receiver.answer_with(status);
        let form = [("url", receiver.url.as_str())];
        let pressed = send(world.post(&format!("{page}/{id}/verify")).form(&form)).await;
        assert_eq!(pressed.status(), 303);
        let (_, body) = receiver.next().await;
        assert_eq!(body["data"], json!({}));
        assert_eq!(body["event"], "candidateHired");
        assert_eq!(body["signature"], expected_signature(&token, &body));
        assert!(
            send(world.get(page))
                .await
                .text()
                .await
                .unwrap()
                .contains(shown)
        );
    }
    world.clock.advance(Duration::from_secs(3_600));
    assert!(receiver.is_empty(), "a test is never retried");
}

#[tokio::test]
async fn rerun_sends_a_delivered_event_once_more() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world, "rosa-lindqvist").await;
    let (_, first) = receiver.next().await;
    let pressed = send(world.post("/settings/integrations/webhooks/deliveries/0/rerun")).await;
    assert_eq!(pressed.status(), 303);
    let (_, again) = receiver.next().await;
    assert_eq!(again, first);
    let unknown = send(world.post("/settings/integrations/webhooks/deliveries/99/rerun")).await;
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_delays_no_other() {
    let world = World::start().await;
    let mut slow = Receiver::start().await;
    let mut fast = Receiver::start().await;
    let held = slow.gate.clone().lock_owned().await;
    world.add_webhook("candidateHired", &slow.url).await;
    world.add_webhook("candidateHired", &fast.url).await;
    let made = json!({"name": "Load", "emails": ["load@example.com"], "count": 100});
    let made = world.control("/candidates", made).await;
    for id in made["opportunities"].as_array().unwrap() {
        world.control("/hire", json!({"opportunity": id})).await;
    }
    for _ in 0..100 {
        fast.next().await;
    }
    drop(held);
    for _ in 0..100 {
        slow.next().await;
    }
}

#[tokio::test]
async fn hiring_also_changes_the_archive_state_and_moving_tells_both_stages() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    world
        .add_webhook("candidateArchiveChange", &receiver.url)
        .await;
    hire(&world, "rosa-lindqvist").await;
    let (_, archived) = receiver.next().await;
    assert_eq!(archived["data"]["fromArchived"], Value::Null);
    let hired = seeded_id("archive-reason", "hired");
    assert_eq!(archived["data"]["toArchived"]["reason"], hired);
    world
        .add_webhook("candidateStageChange", &receiver.url)
        .await;
    let id = seeded_id("opportunity", "anton-brandt");
    world
        .control("/move", json!({"opportunity": id, "stage": "offer"}))
        .await;
    let (_, moved) = receiver.next().await;
    assert_eq!(moved["data"]["fromStageId"], "applicant-new");
    assert_eq!(moved["data"]["toStageId"], "offer");
}

#[tokio::test]
async fn contact_and_interview_events_name_what_they_are_about() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    for event in ["contactCreated", "contactUpdated", "interviewCreated"] {
        world.add_webhook(event, &receiver.url).await;
    }
    let made = json!({"name": "Ana", "emails": ["ana@example.com"]});
    let made = world.control("/candidates", made).await;
    let opportunity = made["opportunities"][0].as_str().unwrap();
    let (_, created) = receiver.next().await;
    assert_eq!(created["event"], "contactCreated");
    let contact = created["data"]["contactId"].as_str().unwrap();
    let change = world.put(&format!("/v1/contacts/{contact}"));
    let change = change.basic_auth(API_KEY, Some(""));
    send(change.json(&json!({"name": "Ana B"}))).await;
    let (_, updated) = receiver.next().await;
    assert_eq!(updated["event"], "contactUpdated");
    assert_eq!(updated["data"], json!({"contactId": contact}));
    let deliver =
        json!({"event": "interviewCreated", "opportunity": opportunity, "interview": "i"});
    world.control("/deliver", deliver.clone()).await;
    let (_, interview) = receiver.next().await;
    let ids = json!({"opportunityId": opportunity, "candidateId": opportunity, "interviewId": "i",
        "panelId": null, "contactId": contact});
    assert_eq!(interview["data"], ids);
    world.switch(json!({"webhook_inferred_keys": false})).await;
    world.control("/deliver", deliver).await;
    let (_, interview) = receiver.next().await;
    let ids = json!({"opportunityId": opportunity, "candidateId": opportunity, "interviewId": "i"});
    assert_eq!(interview["data"], ids);
}

#[tokio::test]
async fn paused_deliveries_wait_and_then_all_arrive() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    let (id, _) = world.add_webhook("candidateHired", &receiver.url).await;
    world
        .control("/webhooks/pause", json!({"paused": true}))
        .await;
    hire(&world, "rosa-lindqvist").await;
    let form = [("url", receiver.url.as_str())];
    let verify = format!("/settings/integrations/webhooks/{id}/verify");
    send(world.post(&verify).form(&form)).await;
    let (_, test) = receiver.next().await;
    assert_eq!(test["data"], json!({}), "the test is not held back");
    assert!(receiver.is_empty());
    world
        .control("/webhooks/pause", json!({"paused": false}))
        .await;
    let (_, hired) = receiver.next().await;
    assert_eq!(hired["event"], "candidateHired");
}

#[tokio::test]
async fn a_new_signature_token_signs_even_what_was_queued_before() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    receiver.answer_with(500);
    let (id, old) = world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world, "rosa-lindqvist").await;
    let (_, first) = receiver.next().await;
    assert_eq!(first["signature"], expected_signature(&old, &first));
    let renew = format!("/settings/integrations/webhooks/{id}/token");
    assert_eq!(send(world.post(&renew)).await.status(), 303);
    world.clock.advance(Duration::from_secs(10));
    let (_, again) = receiver.next().await;
    assert_eq!(again["token"], first["token"]);
    assert_ne!(again["signature"], first["signature"]);
}
