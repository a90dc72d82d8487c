//! Lever refuses the client secret, as after somebody had Lever issue a new one: that is neither an outage nor the end
//! of the grant, and it is put right without another sign-in.

use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// Longer than an access token lives, so that the next call needs a new one.
const HOUR: Duration = Duration::from_secs(3_600);

const ISSUED: &str = "issued-this-morning";

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

async fn change(world: &TestWorld, secret: &str) -> Result<Value, (ErrorCode, String)> {
    let request = json!({ "integration": "onboarding", "client_secret": secret });
    let changed = world.try_call("connections.change_client_secret", request);
    let changed = changed.await;
    changed.map_err(|problem| (problem.code, problem.message))
}

/// Another secret is in force in Lever, and the stored one was needed since.
async fn refused() -> TestWorld {
    let (world, _) = TestWorld::ready().await;
    world.switch(json!({ "client_secret": ISSUED })).await;
    world.clock.advance(HOUR);
    let noticed = |shown: &Value| shown["client_secret_refused"] == true;
    world
        .until_call("connections.show", onboarding(), noticed)
        .await;
    world
}

async fn lines(world: &TestWorld, words: &str) -> usize {
    let lines = world.call("activity.list", json!({})).await;
    let lines = lines.as_array().unwrap().iter();
    lines
        .filter(|line| text(line, "sentence").contains(words))
        .count()
}

#[tokio::test]
async fn a_refused_client_secret_has_its_own_words_and_is_said_once() {
    let world = refused().await;
    let shown = world.call("connections.show", onboarding()).await;
    assert_eq!(text(&shown, "state"), "connected_not_validated");
    assert!(text(&shown, "sentence").contains("refuses the client secret"));
    let check = &shown["checks"][0];
    assert_eq!(check["outcome"], "failed");
    assert!(text(check, "action").starts_with("Change the client secret"));
    let home = world.call("home.show", json!({})).await;
    assert_eq!(home["hops"][0]["state"], "broken", "{home:#}");

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let waiting = world.attention("refuses the client secret").await;
    assert_eq!(waiting["remedy"], "connection", "{waiting:#}");
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(75));
    }
    assert_eq!(lines(&world, "Change it to go on").await, 1);
    for words in ["does not answer", "no longer accepts"] {
        assert_eq!(lines(&world, words).await, 0, "{words}");
    }
}

#[tokio::test]
async fn the_corrected_secret_is_tried_first_and_then_waiting_hires_are_imported_without_a_sign_in()
{
    let world = refused().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.attention("refuses the client secret").await;

    let (code, message) = change(&world, " ").await.unwrap_err();
    assert_eq!(code, ErrorCode::InvalidInput);
    assert!(message.contains("Paste the client secret"), "{message}");
    let (code, message) = change(&world, "still-wrong").await.unwrap_err();
    assert_eq!(code, ErrorCode::InvalidInput);
    assert!(
        message.contains("refuses this client secret too"),
        "{message}"
    );
    let away = json!({ "path_prefix": "/oauth/", "kind": "status", "status": 503, "count": 1 });
    world.world.control("faults", Some(&away)).await.unwrap();
    let (code, message) = change(&world, ISSUED).await.unwrap_err();
    assert_eq!(code, ErrorCode::LeverUnreachable);
    assert!(message.contains("was not changed"), "{message}");

    let changed = change(&world, &format!(" {ISSUED}\n")).await.unwrap();
    assert_eq!(changed["client_secret_refused"], false);
    assert_ne!(text(&changed, "sentence"), "", "{changed:#}");
    assert_eq!(text(&world.people(1).await[0], "name"), "Ada Ito");

    world.clock.advance(HOUR);
    let again = world.call("connections.validate", onboarding()).await;
    assert_eq!(again["checks"][0]["outcome"], "passed", "{again:#}");
}

#[tokio::test]
async fn one_registration_has_one_secret_for_both_integrations() {
    let world = refused().await;
    let request = demo::sign_in_request("offer_letters");
    world.switch(json!({ "client_secret": null })).await;
    let sign_in = world.call("connections.sign_in", request).await;
    let url = text(&sign_in, "authorize_url");
    world.visitor.consent(url, "accept").await.unwrap();
    let offers = json!({ "integration": "offer_letters" });
    world.call("connections.wait", offers.clone()).await;
    world.switch(json!({ "client_secret": ISSUED })).await;
    change(&world, ISSUED).await.unwrap();
    world.clock.advance(HOUR);
    let shown = world.call("connections.validate", offers).await;
    assert_eq!(shown["checks"][0]["outcome"], "passed", "{shown:#}");
}

#[tokio::test]
async fn a_grant_that_lever_ended_meanwhile_asks_for_a_sign_in_although_the_secret_is_right() {
    let world = refused().await;
    let revoked = json!({});
    world.world.control("revoke", Some(&revoked)).await.unwrap();
    let shown = change(&world, ISSUED).await.unwrap();
    assert_eq!(text(&shown, "state"), "needs_reconnect");
    assert_eq!(shown["client_secret_refused"], false);
}

#[tokio::test]
async fn an_api_key_has_no_client_secret_to_change() {
    let world = TestWorld::new().await;
    let key = json!({ "integration": "onboarding", "environment": "custom", "api_key": "practice-api-key" });
    world.call("connections.use_api_key", key).await;
    let (code, message) = change(&world, ISSUED).await.unwrap_err();
    assert_eq!(code, ErrorCode::Conflict);
    assert!(message.contains("by sign-in"), "{message}");
}
