//! *Set up for me*: the webhook that Fulcrum makes in Lever.

use std::time::Duration;

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// The key for every endpoint that each practice company has.
pub const KEY: &str = "practice-api-key";

/// A world whose connection may manage webhooks, and whose Lever sends hires.
pub async fn permitted() -> TestWorld {
    let (world, _) = TestWorld::ready().await;
    let by_key = json!({ "integration": "onboarding", "environment": "custom", "api_key": KEY });
    world.call("connections.use_api_key", by_key).await;
    world
}

pub async fn draft(world: &TestWorld) -> Value {
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" });
    world.call("listeners.begin", begin).await
}

/// How many webhooks Lever has that call this address.
pub async fn in_lever(world: &TestWorld, url: &str) -> usize {
    let path = world.world.practice().join("/v1/webhooks").unwrap();
    let request = world.world.http().get(path).basic_auth(KEY, Some(""));
    let list: Value = request.send().await.unwrap().json().await.unwrap();
    let each = list["data"].as_array().unwrap();
    each.iter().filter(|webhook| webhook["url"] == url).count()
}

#[tokio::test]
async fn without_the_permission_it_is_not_offered_and_not_done() {
    let (world, _) = TestWorld::ready().await;
    let listener = draft(&world).await;
    assert_eq!(text(&listener, "set_up"), "not_permitted");
    let id = json!({ "id": listener["id"] });
    let refused = world.try_call("listeners.set_up", id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ReconnectLever, "{refused:?}");
    assert_eq!(in_lever(&world, text(&listener, "endpoint_url")).await, 0);
}

#[tokio::test]
async fn one_step_makes_a_listener_that_works_and_removing_it_deletes_the_webhook() {
    let world = permitted().await;
    let listener = draft(&world).await;
    assert_eq!(text(&listener, "set_up"), "possible");
    let id = json!({ "id": listener["id"] });
    let made = world.call("listeners.set_up", id.clone()).await;
    assert_eq!(
        (text(&made, "set_up"), text(&made, "state")),
        ("made", "waiting_for_first_event")
    );
    let url = text(&made, "endpoint_url").to_owned();
    assert_eq!(in_lever(&world, &url).await, 1);
    let again = world.try_call("listeners.set_up", id.clone()).await;
    assert!(again.unwrap_err().message.contains("already"));

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let seen = |shown: &Value| !shown["last_event_at"].is_null();
    world.until_call("listeners.show", id.clone(), seen).await;

    // Lever is away at first; the listener is gone here at once.
    let away = json!({ "kind": "status", "status": 503, "method": "DELETE", "path": "/v1/webhooks/*", "count": 1 });
    world.world.control("faults", Some(&away)).await.unwrap();
    world.call("listeners.remove", id).await;
    world.attention("Lever still has the webhook").await;
    world.clock.advance(Duration::from_secs(10));
    world.activity("Lever deleted the webhook").await;
    assert_eq!(in_lever(&world, &url).await, 0);
}

#[tokio::test]
async fn a_try_that_was_cut_short_leaves_one_webhook_and_not_two() {
    let world = permitted().await;
    let listener = draft(&world).await;
    let (id, url) = (
        json!({ "id": listener["id"] }),
        text(&listener, "endpoint_url"),
    );
    let lost =
        json!({ "kind": "drop_after", "method": "POST", "path": "/v1/webhooks", "count": 1 });
    world.world.control("faults", Some(&lost)).await.unwrap();
    let unknown = world
        .try_call("listeners.set_up", id.clone())
        .await
        .unwrap_err();
    assert_eq!(unknown.code, ErrorCode::OutcomeUnknown, "{unknown:?}");
    assert_eq!(in_lever(&world, url).await, 1, "its token was never told");
    let shown = world.call("listeners.show", id.clone()).await;
    assert_eq!(text(&shown, "set_up"), "interrupted");
    let made = world.call("listeners.set_up", id).await;
    assert_eq!(text(&made, "set_up"), "made");
    assert_eq!(in_lever(&world, url).await, 1);
}

#[tokio::test]
async fn an_answer_without_the_token_is_said_and_one_made_by_hand_is_left_alone() {
    let world = permitted().await;
    world
        .switch(json!({ "signature_token_in_answer": false }))
        .await;
    let listener = draft(&world).await;
    let id = json!({ "id": listener["id"] });
    let made = world.call("listeners.set_up", id.clone()).await;
    assert_eq!(
        (text(&made, "set_up"), text(&made, "state")),
        ("made", "draft")
    );
    world.call("listeners.remove", id).await;

    let listener = draft(&world).await;
    let url = text(&listener, "endpoint_url");
    world
        .visitor
        .add_webhook("candidateHired", url)
        .await
        .unwrap();
    let id = json!({ "id": listener["id"] });
    let refused = world.try_call("listeners.set_up", id).await.unwrap_err();
    assert!(refused.message.contains("made by hand"), "{refused:?}");
    assert_eq!(in_lever(&world, url).await, 1);
}
