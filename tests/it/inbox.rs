//! The inbox: what is kept of each delivery, for how long, and what can be done with it.

use std::time::Duration;

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_core::clock::Clock;
use fulcrum_tests::{Post, TestWorld, signed, text};
use serde_json::{Value, json};

const ANOTHER_TOKEN: &str = "another-token-another-token";

fn hire(world: &TestWorld, number: usize, opportunity: &str) -> Post {
    Post {
        event: "candidateHired",
        token: format!("{number:032x}"),
        triggered_at: world.clock.now().as_millisecond(),
        data: json!({ "opportunityId": opportunity }),
    }
}

async fn send(world: &TestWorld, webhook: &Webhook, post: &Post, token: &str) {
    let body = signed(post, token).to_string();
    assert_eq!(world.post(&webhook.url, body).await, 200);
}

/// Waits for so many events with this verdict; gives them, the newest first.
async fn with_verdict(world: &TestWorld, verdict: &str, wanted: usize) -> Vec<Value> {
    let page = world.until_call("inbox.list", json!({ "verdict": verdict }), |page| {
        page["events"]
            .as_array()
            .is_some_and(|events| events.len() >= wanted)
    });
    page.await["events"].as_array().unwrap().clone()
}

async fn show(world: &TestWorld, row: &Value) -> Value {
    world.call("inbox.show", json!({ "id": row["id"] })).await
}

/// How many lines of the log contain these words.
async fn lines(world: &TestWorld, words: &str) -> usize {
    let lines = world.call("activity.list", json!({})).await;
    let lines = lines.as_array().unwrap();
    lines
        .iter()
        .filter(|line| text(line, "sentence").contains(words))
        .count()
}

#[tokio::test]
async fn an_event_is_inspected_with_headers_body_and_each_step_of_its_signature_but_never_the_key()
{
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let rows = with_verdict(&world, "verified", 1).await;
    let event = show(&world, &rows[0]).await;
    let names: Vec<_> = event["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|header| text(header, "name"))
        .collect();
    assert!(names.contains(&"content-type"), "{names:?}");
    assert!(text(&event, "body").contains(&opportunity));
    let checks = event["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 5);
    assert!(checks.iter().all(|step| step["passed"] == true));
    assert!(!event.to_string().contains(&webhook.signature_token));
    assert!(event["way"].as_array().unwrap().len() >= 3);
    assert!(event["person_id"].is_string());
}

#[tokio::test]
async fn forgeries_are_listed_one_by_one_and_told_once_an_hour() {
    let (world, webhook) = TestWorld::ready().await;
    for number in 0..3 {
        send(&world, &webhook, &hire(&world, number, "o"), ANOTHER_TOKEN).await;
    }
    let rejected = with_verdict(&world, "rejected", 3).await;
    assert_eq!(rejected.len(), 3);
    assert_eq!(lines(&world, "This token did not match").await, 1);
    world.clock.advance(Duration::from_secs(60 * 60));
    send(&world, &webhook, &hire(&world, 3, "o"), ANOTHER_TOKEN).await;
    with_verdict(&world, "rejected", 4).await;
    assert_eq!(lines(&world, "This token did not match").await, 2);
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn another_token_is_tried_first_and_adopted_only_then_what_it_fits_is_run_on_request() {
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    // Hired without an event of Lever's own that the old token fits.
    world.pause_webhooks().await;
    world.visitor.hire(&opportunity).await.unwrap();
    send(
        &world,
        &webhook,
        &hire(&world, 1, &opportunity),
        ANOTHER_TOKEN,
    )
    .await;
    let rejected = with_verdict(&world, "rejected", 1).await;
    let event = show(&world, &rejected[0]).await;
    assert_eq!(
        (&event["can_try_token"], &event["can_run"]),
        (&json!(true), &json!(false))
    );
    let attempt = |token: &str| json!({ "id": rejected[0]["id"], "signature_token": token });
    let wrong = world
        .call("inbox.try_token", attempt("some-other-token-again"))
        .await;
    assert_eq!(wrong["matches"], false);
    let right = world.call("inbox.try_token", attempt(ANOTHER_TOKEN)).await;
    assert_eq!(right["matches"], true);
    with_verdict(&world, "rejected", 1).await;

    let listener = json!({ "id": rejected[0]["listener_id"] });
    let adopt = json!({ "id": rejected[0]["listener_id"], "signature_token": ANOTHER_TOKEN });
    let adopted = world.call("listeners.create", adopt).await;
    assert_eq!(adopted["held"], 1, "a person decides when it runs");
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
    world.call("listeners.run_held", listener).await;
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_held_event_expires_after_a_day_with_a_line() {
    let world = TestWorld::new().await;
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" });
    let draft = world.call("listeners.begin", begin).await;
    assert_eq!(world.post(text(&draft, "endpoint_url"), "{}").await, 200);
    let held = with_verdict(&world, "held", 1).await;
    assert!(show(&world, &held[0]).await["body"].is_string());
    world.clock.advance(Duration::from_secs(25 * 60 * 60));
    world
        .activity("expired. The signature token did not come within 24 hours")
        .await;
    let expired = with_verdict(&world, "expired", 1).await;
    assert_eq!(show(&world, &expired[0]).await["body"], Value::Null);
    let shown = world
        .call("listeners.show", json!({ "id": draft["id"] }))
        .await;
    assert_eq!(shown["held"], 0);
}

#[tokio::test]
async fn the_held_events_of_a_removed_listener_are_not_kept() {
    let world = TestWorld::new().await;
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" });
    let draft = world.call("listeners.begin", begin).await;
    assert_eq!(world.post(text(&draft, "endpoint_url"), "{}").await, 200);
    with_verdict(&world, "held", 1).await;
    let listener = json!({ "id": draft["id"] });
    world.call("listeners.remove", listener).await;
    let expired = with_verdict(&world, "expired", 1).await;
    assert_eq!(text(&expired[0], "reason"), "Its listener was removed.");
    assert_eq!(show(&world, &expired[0]).await["body"], Value::Null);
}

#[tokio::test]
async fn dismissing_an_event_takes_its_hire_out_of_the_tray() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Wirawan", &["wirawan@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let tray = |wanted: usize| {
        world.until_call("imports.list", json!({}), move |tray| {
            tray["held"].as_array().unwrap().len() == wanted
        })
    };
    tray(1).await;
    let rows = with_verdict(&world, "verified", 1).await;
    world
        .call("inbox.dismiss", json!({ "id": rows[0]["id"] }))
        .await;
    tray(0).await;
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
    world
        .call("inbox.run", json!({ "id": rows[0]["id"] }))
        .await;
    tray(1).await;
}

#[tokio::test]
async fn a_replay_writes_nothing_and_a_real_run_does_not_import_twice() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let before = world.people(1).await;
    let rows = with_verdict(&world, "verified", 1).await;
    let number = rows[0]["id"].clone();
    let dry = world
        .call("inbox.replay", json!({ "id": number, "version": 1 }))
        .await;
    assert_eq!(
        (&dry["imports"], &dry["version"]),
        (&json!(true), &json!(1))
    );
    let fields = dry["fields"].as_array().unwrap();
    assert!(
        fields
            .iter()
            .any(|field| field["value"] == "Ada" && field["newest"] == "Ada"),
        "{dry:#}"
    );
    assert_eq!(world.call("people.list", json!({})).await, before);

    world.call("inbox.run", json!({ "id": number })).await;
    world
        .activity("is in the workflow \"Onboarding\" already")
        .await;
    assert_eq!(
        world
            .call("people.list", json!({}))
            .await
            .as_array()
            .unwrap()
            .len(),
        1
    );

    world.visitor.unarchive(&opportunity).await.unwrap();
    let gone = world.call("inbox.replay", json!({ "id": number })).await;
    assert_eq!(gone["imports"], false);
    assert!(
        text(&gone, "sentence").starts_with("Changed since the event"),
        "{gone:#}"
    );
}

#[tokio::test]
async fn a_quarantined_event_is_dismissed_or_run() {
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.pause_webhooks().await;
    world.visitor.hire(&opportunity).await.unwrap();
    let mut early = hire(&world, 1, &opportunity);
    early.triggered_at += 20 * 60 * 1_000;
    send(&world, &webhook, &early, &webhook.signature_token).await;
    let rows = with_verdict(&world, "quarantined", 1).await;
    let event = show(&world, &rows[0]).await;
    assert!(text(&event, "waits").contains("check this computer's clock"));
    let number = json!({ "id": rows[0]["id"] });
    let dismissed = world.call("inbox.dismiss", number.clone()).await;
    assert_eq!(dismissed["waits"], Value::Null);
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
    assert!(
        world
            .try_call("inbox.dismiss", number.clone())
            .await
            .is_err()
    );
    world.call("inbox.run", number).await;
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn contents_are_bounded_and_the_file_gives_the_room_back() {
    let (world, webhook) = TestWorld::ready().await;
    let junk = json!({ "x": "y".repeat(250_000) }).to_string();
    for _ in 0..6 {
        assert_eq!(world.post(&webhook.url, junk.clone()).await, 200);
    }
    with_verdict(&world, "rejected", 6).await;
    let full = world.call("inbox.storage", json!({})).await;
    assert!(full["bytes"].as_u64().unwrap() > 1_400_000);
    let bounded = world
        .call("inbox.keep", json!({ "days": 30, "megabytes": 1 }))
        .await;
    assert!(bounded["bytes"].as_u64().unwrap() <= 1_000_000, "{bounded}");
    let shrunk = full["file_bytes"].as_u64().unwrap() - bounded["file_bytes"].as_u64().unwrap();
    assert!(shrunk > 400_000, "{full} {bounded}");
    with_verdict(&world, "rejected", 6).await;
    let odd = world
        .try_call("inbox.keep", json!({ "days": 0, "megabytes": 1 }))
        .await;
    assert_eq!(odd.unwrap_err().field.as_deref(), Some("days"));
}
