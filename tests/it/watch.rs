//! What happens to the connection while nobody looks at it: Lever revokes it, is away, or the laptop sleeps.

use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// As long as one poll and the tick that notices it.
const ONE_POLL: Duration = Duration::from_secs(75);

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

async fn verified() -> TestWorld {
    let world = TestWorld::new().await;
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    let shown = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&shown, "state"), "verified");
    world
}

async fn state(world: &TestWorld, wanted: &str) -> Value {
    let is = |shown: &Value| text(shown, "state") == wanted;
    world.until_call("connections.show", onboarding(), is).await
}

/// How many lines about the connection the log has with these words.
async fn lines(world: &TestWorld, words: &str) -> usize {
    let lines = world.call("activity.list", json!({})).await;
    let lines = lines.as_array().unwrap().iter();
    let about = lines.filter(|line| text(line, "kind") == "connection");
    about
        .filter(|line| text(line, "sentence").contains(words))
        .count()
}

async fn token_requests(world: &TestWorld) -> usize {
    let ledger = world.world.control("ledger", None).await.unwrap();
    ledger["token_requests"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_revocation_in_lever_is_noticed_within_one_poll_and_said_once_and_nothing_is_lost() {
    let (world, _) = TestWorld::ready().await;
    world
        .world
        .control("revoke", Some(&json!({})))
        .await
        .unwrap();
    world.clock.advance(ONE_POLL);
    state(&world, "needs_reconnect").await;
    let asked = token_requests(&world).await;
    for (name, email) in [
        ("Ada Ito", "ada@example.com"),
        ("Bo Lind", "bo@example.com"),
    ] {
        let opportunity = world.candidate(name, &[email]).await;
        world.visitor.hire(&opportunity).await.unwrap();
    }
    world
        .until_call("attention.list", json!({}), |items| {
            let items = items.as_array().unwrap();
            let waits = |item: &&Value| text(item, "why").contains("no longer accepts");
            items.iter().filter(waits).count() == 2
        })
        .await;
    for _ in 0..3 {
        world.clock.advance(ONE_POLL);
    }
    assert_eq!(lines(&world, "no longer accepts").await, 1);
    assert_eq!(
        token_requests(&world).await,
        asked,
        "nothing asks Lever again"
    );
    let refused = world
        .try_call("connections.validate", onboarding())
        .await
        .unwrap_err();
    assert!(refused.message.contains("Sign in again"), "{refused:?}");
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    assert_eq!(world.people(2).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_outage_is_said_once_and_ends_by_itself() {
    let world = verified().await;
    let away = json!({ "path_prefix": "/v1/", "kind": "status", "status": 503, "count": null });
    world.world.control("faults", Some(&away)).await.unwrap();
    for _ in 0..3 {
        world.clock.advance(ONE_POLL);
        state(&world, "lever_not_reachable").await;
    }
    let faults = format!("{}practice/faults", world.world.practice());
    world.world.http().delete(faults).send().await.unwrap();
    world.clock.advance(ONE_POLL);
    // Lever's clock has not moved along, which its check says.
    state(&world, "connected_not_validated").await;
    assert_eq!(lines(&world, "Lever does not answer").await, 1);
    assert_eq!(lines(&world, "Lever answers again").await, 1);
}

#[tokio::test]
async fn sleep_and_a_day_each_bring_a_validation_and_one_cause_is_said_once() {
    let world = verified().await;
    let since = |shown: &Value| shown["validated_at"].as_i64().unwrap();
    let mut last = since(&state(&world, "verified").await);
    for gap in [Duration::from_secs(600), Duration::from_secs(25 * 3_600)] {
        world.clock.advance(gap);
        let newer = |shown: &Value| shown["validated_at"].as_i64() > Some(last);
        last = since(
            &world
                .until_call("connections.show", onboarding(), newer)
                .await,
        );
    }
    // Both found the same, that this clock is ahead of Lever's; it is said once.
    assert_eq!(lines(&world, "Fulcrum checked").await, 1);
}
