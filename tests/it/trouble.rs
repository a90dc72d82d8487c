//! Lever and the relay in trouble: nothing is lost, nothing runs twice, and the reason is said.

use std::time::Duration;

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

async fn fault(world: &TestWorld, fault: Value) {
    world.world.control("faults", Some(&fault)).await.unwrap();
}

#[tokio::test]
async fn a_hire_survives_every_kind_of_outage_of_lever() {
    for (kind, words) in [
        (
            json!({ "kind": "status", "status": 500 }),
            "cannot be reached",
        ),
        (
            json!({ "kind": "status", "status": 503 }),
            "cannot be reached",
        ),
        (json!({ "kind": "status", "status": 429 }), "asks to wait"),
        (json!({ "kind": "html" }), "cannot be reached"),
        (json!({ "kind": "drop" }), "cannot be reached"),
    ] {
        let (world, _) = TestWorld::ready().await;
        let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
        let mut broken = kind.clone();
        broken["path_prefix"] = json!("/v1/opportunities");
        broken["count"] = json!(1_000);
        fault(&world, broken).await;
        world.visitor.hire(&opportunity).await.unwrap();
        let waiting = world.attention(words).await;
        assert!(
            waiting["next_try_at"].is_i64(),
            "{kind}: it is tried again by itself"
        );
        let faults = format!("{}practice/faults", world.world.practice());
        world.world.http().delete(faults).send().await.unwrap();
        world.clock.advance(Duration::from_secs(60));
        assert_eq!(world.people(1).await.as_array().unwrap().len(), 1, "{kind}");
    }
}

#[tokio::test]
async fn a_refused_permission_names_it_and_validate_shows_it() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    fault(&world, json!({ "path_prefix": "/v1/opportunities", "kind": "status", "status": 403, "count": 1_000 })).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let waiting = world.attention("permission").await;
    assert_eq!(text(&waiting, "remedy"), "connection");
    let validated = world
        .call(
            "connections.validate",
            json!({ "integration": "onboarding" }),
        )
        .await;
    assert_eq!(
        text(&validated, "state"),
        "connected_limited",
        "{validated:#}"
    );
}

#[tokio::test]
async fn an_outage_during_validate_is_no_revocation() {
    let (world, _) = TestWorld::ready().await;
    fault(
        &world,
        json!({ "path_prefix": "/v1/", "kind": "html", "count": 1_000 }),
    )
    .await;
    let validated = world
        .call(
            "connections.validate",
            json!({ "integration": "onboarding" }),
        )
        .await;
    assert_eq!(text(&validated, "state"), "lever_not_reachable");
}

#[tokio::test]
async fn without_a_mapping_a_hire_waits_for_one() {
    let world = TestWorld::new().await;
    fulcrum_cli::demo::connect(world.engine(), &world.visitor)
        .await
        .unwrap();
    fulcrum_cli::demo::listen(world.engine(), &world.visitor)
        .await
        .unwrap();
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let waiting = world.attention("No field mapping is saved yet").await;
    assert_eq!(text(&waiting, "remedy"), "mapping");
    world
        .call(
            "mappings.save",
            json!({ "base_version": 0, "rules": fulcrum_cli::demo::world::rules() }),
        )
        .await;
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_relay_that_is_away_is_said_and_a_new_listener_says_why_it_has_no_address() {
    let mut world = TestWorld::new().await;
    world.switch_off().await;
    world.world.stop_relay();
    world.switch_on().await;
    let relay = world
        .until_call("relay.show", json!({}), |relay| {
            relay["state"] == "unreachable"
        })
        .await;
    assert!(
        text(&relay, "sentence").contains("not reachable"),
        "{relay}"
    );
    let begin = world.call(
        "listeners.begin",
        json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" }),
    );
    tokio::pin!(begin);
    let listener = loop {
        tokio::select! {
            listener = &mut begin => break listener,
            // The listener waits a moment on this clock before it is shown without an address.
            () = tokio::task::yield_now() => world.clock.advance(Duration::from_secs(1)),
        }
    };
    assert_eq!(listener["endpoint_url"], Value::Null);
    assert!(
        text(&listener, "endpoint_problem").contains("no address yet"),
        "{listener}"
    );
}
