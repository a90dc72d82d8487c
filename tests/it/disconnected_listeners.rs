//! The end of a connection switches its listeners off, and the same organisation puts them back as they were
//! (SCREENS.md 4.11.2, 4.11.6).

use fulcrum_cli::demo;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

async fn disconnect(world: &TestWorld) {
    let request = json!({ "integration": "onboarding", "confirmation": "revoke", "data": "keep" });
    world.call("grants.revoke", request).await;
}

/// Each listener: its event, whether it is on, and whether only the end of the connection switched it off.
async fn listeners(world: &TestWorld) -> Vec<(String, bool, bool)> {
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    let each = workflow["listeners"].as_array().unwrap().iter();
    let mut seen: Vec<_> = each
        .map(|listener| {
            let is = |name: &str| listener[name] == true;
            (text(listener, "event").to_owned(), is("on"), is("paused"))
        })
        .collect();
    seen.sort();
    seen
}

/// A listener on and another one that the user switched off.
async fn one_on_and_one_off() -> TestWorld {
    let (world, _) = TestWorld::ready().await;
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateStageChange" });
    let other = world.call("listeners.begin", begin).await;
    let off = json!({ "id": other["id"], "on": false });
    world.call("listeners.switch", off).await;
    world
}

fn hired(on: bool, paused: bool) -> Vec<(String, bool, bool)> {
    vec![("candidateHired".to_owned(), on, paused)]
}

fn seen(on: bool, paused: bool) -> Vec<(String, bool, bool)> {
    let off = ("candidateStageChange".to_owned(), false, false);
    [hired(on, paused), vec![off]].concat()
}

#[tokio::test]
async fn a_disconnect_switches_listeners_off_and_the_same_organisation_puts_them_back_as_they_were()
{
    let world = one_on_and_one_off().await;
    let grants = world.call("grants.list", json!({})).await;
    let stops = grants["grants"][0]["stops"].to_string();
    assert!(stops.contains("The listener is switched off"), "{stops}");
    disconnect(&world).await;
    assert_eq!(listeners(&world).await, seen(false, true));

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.attention("not connected").await;
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    assert_eq!(listeners(&world).await, seen(true, false));
    assert_eq!(
        text(&world.people(1).await[0], "name"),
        "Ada Ito",
        "what came meanwhile was kept"
    );
}

#[tokio::test]
async fn a_listener_that_is_switched_by_hand_meanwhile_stays_as_it_was_switched() {
    let (world, _) = TestWorld::ready().await;
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    disconnect(&world).await;
    for on in [true, false] {
        let switch = json!({ "id": workflow["listeners"][0]["id"], "on": on });
        world.call("listeners.switch", switch).await;
        assert_eq!(listeners(&world).await, hired(on, false));
    }
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    assert_eq!(listeners(&world).await, hired(false, false));
}

#[tokio::test]
async fn another_organisation_leaves_them_off() {
    let world = one_on_and_one_off().await;
    disconnect(&world).await;
    let other = json!({ "account_id": "another-account" });
    world.switch(other).await;
    let request = demo::sign_in_request("onboarding");
    let sign_in = world.call("connections.sign_in", request).await;
    let url = text(&sign_in, "authorize_url");
    world.visitor.consent(url, "accept").await.unwrap();
    let onboarding = json!({ "integration": "onboarding" });
    let shown = world.call("connections.wait", onboarding).await;
    assert_ne!(shown["other_organisation"], Value::Null, "{shown:#}");
    let accept = json!({ "integration": "onboarding", "accept": true });
    world.call("connections.confirm_organisation", accept).await;
    assert_eq!(listeners(&world).await, seen(false, false));
}
