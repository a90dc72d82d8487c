//! *Validate*: its progress, its end, and what is no failure of the connection.

use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

async fn connected() -> TestWorld {
    let world = TestWorld::new().await;
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    world
}

async fn fault(world: &TestWorld, fault: Value) {
    world.world.control("faults", Some(&fault)).await.unwrap();
}

/// The second check hangs for as long as the practice clock is not moved.
async fn hang(world: &TestWorld) {
    let hanging = json!({ "path": "/v1/users/*", "kind": "slow", "delay_ms": 3_600_000, "by_practice_clock": true });
    fault(world, hanging).await;
}

fn outcomes(connection: &Value) -> Vec<(&str, &str)> {
    let checks = connection["checks"].as_array().unwrap();
    checks
        .iter()
        .map(|check| (text(check, "id"), text(check, "outcome")))
        .collect()
}

#[tokio::test]
async fn a_slow_step_is_named_and_stop_leaves_the_connection_as_it_was() {
    let world = connected().await;
    hang(&world).await;
    let validate = world.try_call("connections.validate", onboarding());
    let stop = async {
        let hangs =
            |shown: &Value| text(&shown["validation"], "current") == "Organisation and user";
        let shown = world
            .until_call("connections.show", onboarding(), hangs)
            .await;
        let made = &shown["validation"]["checks"];
        assert_eq!(made[0]["id"], "token");
        assert_eq!(made[0]["outcome"], "passed");
        assert_eq!(shown["validation"]["slow"], false);
        assert!(shown["validation"]["total"].as_u64().unwrap() > 10);
        world.clock.advance(Duration::from_secs(16));
        world
            .until_call("connections.show", onboarding(), |shown| {
                shown["validation"]["slow"] == true
            })
            .await;
        world
            .call("connections.stop_validation", onboarding())
            .await
    };
    let (validated, stopped) = tokio::join!(validate, stop);
    assert_eq!(stopped["validation"], Value::Null);
    for shown in [stopped, validated.unwrap()] {
        assert_eq!(text(&shown, "state"), "connected_not_validated");
        assert_eq!(shown["checks"], json!([]));
        assert_eq!(shown["validated_at"], Value::Null);
    }
}

#[tokio::test]
async fn a_second_click_joins_the_run_and_a_screen_that_goes_away_does_not_end_it() {
    let world = connected().await;
    hang(&world).await;
    let hangs = |shown: &Value| {
        shown["validation"]["checks"]
            .as_array()
            .is_some_and(|made| made.len() == 1)
    };
    tokio::select! {
        answer = world.try_call("connections.validate", onboarding()) => panic!("{answer:?}"),
        _ = world.until_call("connections.show", onboarding(), hangs) => {}
    }
    // Its hour begins when it reaches Lever: a clock moved before would make it wait in earnest.
    world.until_hit().await;
    let second = world.call("connections.validate", onboarding());
    let hour = json!({ "advance": "1h" });
    let go_on = world.world.control("clock", Some(&hour));
    let (validated, moved) = tokio::join!(second, go_on);
    moved.unwrap();
    assert_eq!(text(&validated, "state"), "verified", "{validated:#}");
    let lines = world.call("activity.list", json!({})).await;
    let told = lines.as_array().unwrap().iter();
    let told = told.filter(|line| text(line, "sentence").starts_with("You validated"));
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn being_asked_to_wait_is_no_failure() {
    let world = connected().await;
    world.call("connections.validate", onboarding()).await;
    let busy = json!({ "path": "/v1/stages", "kind": "rate_limit", "retry_after_seconds": 7, "count": null });
    fault(&world, busy).await;
    let validated = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&validated, "state"), "verified", "{validated:#}");
    let checks = validated["checks"].as_array().unwrap();
    let waiting = checks
        .iter()
        .find(|check| check["id"] == "permission:stages:read:admin");
    let waiting = waiting.unwrap();
    assert_eq!(text(waiting, "outcome"), "not_reached");
    assert_eq!(text(waiting, "what"), "Lever asked us to wait 7 s.");
    assert!(checks.iter().all(|check| check["outcome"] != "failed"));
}

#[tokio::test]
async fn an_outage_in_the_middle_is_said_once_and_the_rest_is_not_waited_for() {
    let world = connected().await;
    let down = json!({ "path": "/v1/users/*", "kind": "status", "status": 503, "count": null });
    fault(&world, down).await;
    let validated = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&validated, "state"), "lever_not_reachable");
    assert_eq!(validated["validated_at"], Value::Null);
    let outcomes = outcomes(&validated);
    assert_eq!(
        outcomes[..2],
        [("token", "passed"), ("user", "not_reached")]
    );
    let (own, asked): (Vec<_>, Vec<_>) = outcomes[2..]
        .iter()
        .partition(|(id, _)| matches!(*id, "clock" | "relay"));
    assert!(asked.iter().all(|(_, outcome)| *outcome == "not_reached"));
    assert!(
        own.iter().all(|(_, outcome)| *outcome == "passed"),
        "{own:?}"
    );
    let user = &validated["checks"][1];
    assert!(
        text(user, "detail").contains("Lever answered 503"),
        "{user}"
    );
    assert!(text(user, "action").contains("network"), "{user}");
}
