//! Missed changes: what happened in Lever without an event is found once, and only what a listener waited for.

use std::time::Duration;

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

use crate::reconnect::{confirm, sign_in_for};

/// Hires somebody whose event Lever never sends.
async fn hire_unheard(world: &TestWorld, name: &str) -> String {
    let email = format!("{}@example.com", name.replace(' ', "."));
    let opportunity = world.candidate(name, &[&email]).await;
    world.pause_webhooks().await;
    world.visitor.hire(&opportunity).await.unwrap();
    opportunity
}

/// Moves Lever's time so far that what changed just now cannot have its event under way any more.
async fn later_at_lever(world: &TestWorld) {
    world
        .switch(json!({ "date_by_practice_clock": true }))
        .await;
    let later = json!({ "advance": "10m" });
    world.world.control("clock", Some(&later)).await.unwrap();
}

/// The names of the candidates whose changes had no event.
async fn found(world: &TestWorld) -> Vec<String> {
    later_at_lever(world).await;
    world.clock.advance(Duration::from_secs(10 * 60));
    names(&world.call("gaps.find", json!({})).await)
}

fn names(gaps: &Value) -> Vec<String> {
    let open = gaps["open"].as_array().unwrap();
    open.iter()
        .map(|gap| text(gap, "candidate").to_owned())
        .collect()
}

async fn switch(world: &TestWorld, on: bool) {
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    let listener = json!({ "id": workflow["listeners"][0]["id"], "on": on });
    world.call("listeners.switch", listener).await;
}

#[tokio::test]
async fn what_happened_while_a_listener_was_off_is_not_missed() {
    let (world, _) = TestWorld::ready().await;
    hire_unheard(&world, "Ada Ito").await;
    assert_eq!(found(&world).await, ["Ada Ito"]);
    switch(&world, false).await;
    hire_unheard(&world, "Bo Lund").await;
    assert_eq!(found(&world).await, ["Ada Ito"], "nothing listens");
    switch(&world, true).await;
    assert_eq!(found(&world).await, ["Ada Ito"], "nothing listened then");
    hire_unheard(&world, "Cyd Oduya").await;
    assert_eq!(found(&world).await, ["Ada Ito", "Cyd Oduya"]);
    let run = world.call("gaps.run", json!({ "id": null })).await;
    assert_eq!(run["open"], json!([]));
    assert_eq!(world.people(2).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn another_organisation_has_no_missed_changes_of_the_one_before_and_none_of_its_past() {
    let (world, _) = TestWorld::ready().await;
    hire_unheard(&world, "Ada Ito").await;
    assert_eq!(found(&world).await, ["Ada Ito"]);
    hire_unheard(&world, "Bo Lund").await;
    // The laptop's clock stands still where nobody moves it, and Lever's does not.
    world.clock.advance(Duration::from_secs(60));
    sign_in_for(&world, Some("another-account")).await;
    confirm(&world, true).await;
    let gaps = world.call("gaps.list", json!({})).await;
    assert_eq!(gaps["open"], json!([]));
    switch(&world, true).await;
    assert_eq!(found(&world).await, [""; 0]);
}

#[tokio::test]
async fn deleted_events_are_not_taken_for_missing_ones() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let person = world.call("people.list", json!({})).await[0]["id"].clone();
    assert!(person.is_string());
    let leave =
        json!({ "integration": "onboarding", "confirmation": "revoke", "data": "delete_events" });
    world.call("grants.revoke", leave).await;
    sign_in_for(&world, Some("practice-account")).await;
    assert_eq!(found(&world).await, [""; 0]);
    hire_unheard(&world, "Bo Lund").await;
    assert_eq!(found(&world).await, ["Bo Lund"], "it compares again");
}

#[tokio::test]
async fn a_missed_change_of_a_removed_listener_is_not_run() {
    let (world, _) = TestWorld::ready().await;
    hire_unheard(&world, "Ada Ito").await;
    assert_eq!(found(&world).await, ["Ada Ito"]);
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    let listener = json!({ "id": workflow["listeners"][0]["id"] });
    world.call("listeners.remove", listener).await;
    let run = world.call("gaps.run", json!({ "id": null })).await;
    assert_eq!(run["open"], json!([]));
    assert_eq!(
        world.call("attention.list", json!({})).await,
        json!([]),
        "nothing waits"
    );
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn what_happened_while_there_was_no_connection_is_found_after_the_reconnect() {
    let (world, _) = TestWorld::ready().await;
    let leave = json!({ "integration": "onboarding", "confirmation": "revoke", "data": "keep" });
    world.call("grants.revoke", leave).await;
    hire_unheard(&world, "Ada Ito").await;
    later_at_lever(&world).await;
    world.clock.advance(Duration::from_secs(1));
    sign_in_for(&world, Some("practice-account")).await;
    let proof = |relay: &Value| relay["last_proof_at"].as_i64();
    let mut proven_at = proof(&world.call("relay.show", json!({})).await);
    // Each step waits for the path's proof, so that no outage is a reason to compare.
    for _ in 0..5 {
        world.clock.advance(Duration::from_secs(61));
        let relay = world
            .until_call("relay.show", json!({}), |relay| {
                relay["path"] == "proven" && proof(relay) > proven_at
            })
            .await;
        proven_at = proof(&relay);
    }
    let gaps = world
        .until_call("gaps.list", json!({}), |gaps| !names(gaps).is_empty())
        .await;
    assert_eq!(names(&gaps), ["Ada Ito"]);
    let run = world.call("gaps.run", json!({ "id": null })).await;
    assert_eq!(run["open"], json!([]));
    assert_eq!(text(&world.people(1).await[0], "name"), "Ada Ito");
}
