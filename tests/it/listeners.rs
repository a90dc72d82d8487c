//! Setting a listener up by hand, and what arrives at its address.

use fulcrum_core::clock::Clock;
use fulcrum_tests::{Post, TestWorld, signed, text};
use serde_json::{Value, json};

async fn draft(world: &TestWorld) -> Value {
    world
        .call(
            "listeners.begin",
            json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" }),
        )
        .await
}

fn hire(world: &TestWorld, token: &str) -> Post {
    Post {
        event: "candidateHired",
        token: token.to_owned(),
        triggered_at: world.clock.now().as_millisecond(),
        data: json!({ "opportunityId": "o" }),
    }
}

#[tokio::test]
async fn the_address_is_live_at_once_and_a_half_made_listener_is_kept() {
    let world = TestWorld::new().await;
    let first = draft(&world).await;
    let url = text(&first, "endpoint_url");
    assert!(
        url.rsplit('/').next().unwrap().len() >= 26,
        "unguessable: {url}"
    );
    assert_eq!(
        text(&draft(&world).await, "id"),
        text(&first, "id"),
        "beginning again continues the draft"
    );
    assert_eq!(world.post(url, "{}").await, 200);
    let held = world
        .until_call("listeners.show", json!({ "id": first["id"] }), |shown| {
            shown["held"] == 1
        })
        .await;
    assert_eq!(text(&held, "state"), "draft");
}

#[tokio::test]
async fn verify_connection_shows_as_verified_and_starts_nothing() {
    let (world, _) = TestWorld::ready().await;
    let home = world.call("home.show", json!({})).await;
    let verified = home["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["id"] == "verify")
        .unwrap();
    assert_eq!(verified["done"], true);
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn an_event_before_the_token_is_verified_afterwards_and_run_on_request() {
    let (world, webhook) = TestWorld::ready().await;
    let workflow = world
        .call("workflows.show", json!({ "id": "onboarding" }))
        .await;
    let old = workflow["listeners"][0]["id"].clone();
    world.call("listeners.remove", json!({ "id": old })).await;
    world
        .until("the removed address answers 410", || async {
            (world.post(&webhook.url, "{}").await == 410).then_some(())
        })
        .await;

    let listener = draft(&world).await;
    let next = world
        .visitor
        .add_webhook("candidateHired", text(&listener, "endpoint_url"))
        .await
        .unwrap();
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let id = json!({ "id": listener["id"] });
    world
        .until_call("listeners.show", id.clone(), |shown| shown["held"] == 1)
        .await;
    let create =
        json!({ "id": listener["id"], "signature_token": format!("  {}\n", next.signature_token) });
    let created = world.call("listeners.create", create).await;
    assert_eq!(created["held"], 1, "it waits until it is asked for");
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
    world.call("listeners.run_held", id).await;
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

/// Waits for a rejected event with this reason.
async fn rejected(world: &TestWorld, words: &str) {
    let list = json!({ "verdict": "rejected" });
    let because = |page: &Value| {
        let events = page["events"].as_array().unwrap().iter();
        events
            .clone()
            .any(|event| text(event, "reason").contains(words))
    };
    world.until_call("inbox.list", list, because).await;
}

#[tokio::test]
async fn what_does_not_verify_is_kept_apart_with_its_reason() {
    let (world, webhook) = TestWorld::ready().await;
    let good = hire(&world, "00112233445566778899aabbccddeeff");
    let wrong_key = signed(&good, "another-token-another-token").to_string();
    assert_eq!(world.post(&webhook.url, wrong_key).await, 200);
    rejected(&world, "This token did not match").await;
    let workflow = world
        .call("workflows.show", json!({ "id": "onboarding" }))
        .await;
    assert_eq!(workflow["listeners"][0]["state"], "token_did_not_match");

    let other_event = signed(
        &Post {
            event: "candidateDeleted",
            ..good.clone()
        },
        &webhook.signature_token,
    );
    world.post(&webhook.url, other_event.to_string()).await;
    rejected(&world, "this listener waits for").await;
    let unknown = signed(
        &Post {
            event: "offerSigned",
            ..good.clone()
        },
        &webhook.signature_token,
    );
    world.post(&webhook.url, unknown.to_string()).await;
    rejected(&world, "does not document an event of this name").await;
    world.post(&webhook.url, r#"{"hello":"world"}"#).await;
    rejected(&world, "This is not a delivery from Lever").await;
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_time_in_the_future_waits_for_a_person() {
    let (world, webhook) = TestWorld::ready().await;
    let mut early = hire(&world, "00112233445566778899aabbccddeeff");
    early.triggered_at += 20 * 60 * 1_000;
    world
        .post(
            &webhook.url,
            signed(&early, &webhook.signature_token).to_string(),
        )
        .await;
    world.attention("check this computer's clock").await;
}

#[tokio::test]
async fn odd_signature_tokens_are_refused_with_a_hint() {
    let world = TestWorld::new().await;
    let listener = draft(&world).await;
    for odd in [
        "",
        "   ",
        "https://example.com/hook",
        "short",
        "two words with spaces in them",
        "ключ-ключ-ключ-ключ",
    ] {
        let create = json!({ "id": listener["id"], "signature_token": odd });
        let refused = world
            .try_call("listeners.create", create)
            .await
            .unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("signature_token"), "{odd}");
    }
}
