//! Connecting with an API key instead of a sign-in.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// The key for every endpoint that each practice company has.
const KEY: &str = "practice-api-key";

fn request(api_key: &str) -> Value {
    json!({ "integration": "onboarding", "environment": "custom", "api_key": api_key })
}

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

/// Has the Super Admin make a key with these permissions on Lever's page.
async fn make_key(world: &TestWorld, permissions: &[&str]) -> String {
    let admin = json!({ "user": "ola.berg@example.com" });
    let session = world.world.control("sessions", Some(&admin)).await.unwrap();
    let mut form = vec![("name", "Limited")];
    form.extend(permissions.iter().map(|one| ("permission", *one)));
    let page = world
        .world
        .practice()
        .join("/settings/integrations/api-credentials")
        .unwrap();
    let answer = world
        .world
        .http()
        .post(page)
        .header("cookie", text(&session, "cookie"));
    let shown = answer
        .form(&form)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let (_, after) = shown.split_once("data-testid=\"new-key\"").expect(&shown);
    let (_, after) = after.split_once("value=\"").unwrap();
    after.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn an_api_key_connects_and_validate_tries_each_permission() {
    let world = TestWorld::new().await;
    let connected = world
        .call("connections.use_api_key", request(&format!(" {KEY}\n")))
        .await;
    assert_eq!(text(&connected, "state"), "connected_not_validated");
    assert_eq!(text(&connected, "way"), "api_key");
    assert_eq!(
        connected["permissions"][0]["granted"],
        Value::Null,
        "Lever does not tell"
    );
    let validated = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&validated, "state"), "verified", "{validated:#}");
    let permissions = validated["permissions"].as_array().unwrap();
    assert!(
        permissions
            .iter()
            .all(|one| one["granted"] == true || one["optional"] == true),
        "{permissions:#?}"
    );
    assert!(
        !validated.to_string().contains(KEY),
        "the key is never shown"
    );
}

#[tokio::test]
async fn a_hire_is_imported_over_an_api_key() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.call("connections.use_api_key", request(KEY)).await;
    world.visitor.hire(&opportunity).await.unwrap();
    assert_eq!(
        text(&world.people(1).await[0], "name"),
        "Ada Ito",
        "mapping and listener stayed"
    );
}

#[tokio::test]
async fn what_an_api_key_may_not_do_is_named_as_limited() {
    let world = TestWorld::new().await;
    let key = make_key(&world, &["opportunities:read:admin", "stages:read:admin"]).await;
    world.call("connections.use_api_key", request(&key)).await;
    let validated = world.call("connections.validate", onboarding()).await;
    assert_eq!(
        text(&validated, "state"),
        "connected_limited",
        "{validated:#}"
    );
    let granted = |scope: &str| {
        let permissions = validated["permissions"].as_array().unwrap();
        let found = permissions.iter().find(|one| one["scope"] == scope);
        found.unwrap()["granted"].clone()
    };
    assert_eq!(granted("stages:read:admin"), json!(true));
    assert_eq!(granted("users:read:admin"), json!(false));
}

#[tokio::test]
async fn a_key_that_lever_does_not_know_changes_nothing() {
    let world = TestWorld::new().await;
    world.call("connections.use_api_key", request(KEY)).await;
    for (wrong, words) in [
        (
            "another-key-that-nobody-made",
            "does not accept this API key",
        ),
        ("practice-api-key-sandbox", "check that it was made in"),
        ("practice-api-key:", "holds no colon"),
        ("", "Paste the API key"),
    ] {
        let refused = world
            .try_call("connections.use_api_key", request(wrong))
            .await
            .unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("api_key"), "{wrong}");
        assert!(
            refused.message.contains(words),
            "{wrong}: {}",
            refused.message
        );
    }
    let still = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&still, "state"), "verified", "the first key is in use");
}

#[tokio::test]
async fn a_key_is_not_saved_while_it_cannot_be_tried() {
    let world = TestWorld::new().await;
    let down = json!({ "kind": "status", "status": 503, "path_prefix": "/v1/", "count": null });
    world.world.control("faults", Some(&down)).await.unwrap();
    let refused = world
        .try_call("connections.use_api_key", request(KEY))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::LeverUnreachable, "{refused:?}");
    assert!(
        refused.message.contains("was not saved"),
        "{}",
        refused.message
    );
    let connection = world.call("connections.show", onboarding()).await;
    assert_eq!(text(&connection, "state"), "not_connected");
}

#[tokio::test]
async fn each_integration_has_its_own_login() {
    let (world, _) = TestWorld::ready().await;
    let offers = json!({ "integration": "offer_letters", "environment": "custom", "api_key": KEY });
    let offers = world.call("connections.use_api_key", offers).await;
    assert_eq!(text(&offers, "way"), "api_key");
    let onboarding = world.call("connections.show", onboarding()).await;
    assert_eq!(text(&onboarding, "way"), "lever_connect");
}
