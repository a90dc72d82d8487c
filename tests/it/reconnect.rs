//! Reconnecting in place, and not taking another organisation over silently.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

/// Signs in as somebody of this organisation; none if Lever does not name it.
pub(crate) async fn sign_in_for(world: &TestWorld, organisation: Option<&str>) -> Value {
    world.switch(json!({ "account_id": organisation })).await;
    let request = fulcrum_cli::demo::sign_in_request("onboarding");
    let sign_in = world.call("connections.sign_in", request).await;
    let url = text(&sign_in, "authorize_url");
    world.visitor.consent(url, "accept").await.unwrap();
    world.call("connections.wait", onboarding()).await
}

pub(crate) async fn confirm(world: &TestWorld, accept: bool) -> Value {
    let answer = json!({ "integration": "onboarding", "accept": accept });
    world.call("connections.confirm_organisation", answer).await
}

async fn listener(world: &TestWorld) -> Value {
    let workflow = world
        .call("workflows.show", json!({ "id": "onboarding" }))
        .await;
    workflow["listeners"][0].clone()
}

#[tokio::test]
async fn the_same_organisation_goes_on_with_everything_that_was_set_up() {
    let (world, webhook) = TestWorld::ready().await;
    let before = listener(&world).await;
    let connection = sign_in_for(&world, Some("practice-account")).await;
    assert_eq!(connection["other_organisation"], Value::Null);
    assert_eq!(
        listener(&world).await["endpoint_url"],
        before["endpoint_url"]
    );
    assert_eq!(text(&before, "endpoint_url"), webhook.url);
    assert_eq!(world.call("mappings.show", json!({})).await["version"], 1);
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    assert_eq!(text(&world.people(1).await[0], "name"), "Ada Ito");
}

#[tokio::test]
async fn an_organisation_that_lever_does_not_name_is_known_by_its_user() {
    let (world, _) = TestWorld::ready().await;
    let connection = sign_in_for(&world, None).await;
    assert_eq!(
        connection["other_organisation"],
        Value::Null,
        "{connection:#}"
    );
    assert_eq!(connection["account"]["organisation"], Value::Null);
}

#[tokio::test]
async fn another_organisation_is_not_used_until_it_is_confirmed() {
    let (world, _) = TestWorld::ready().await;
    let connection = sign_in_for(&world, Some("another-account")).await;
    let other = &connection["other_organisation"];
    assert_eq!(
        other["current"]["account"]["organisation"],
        "practice-account"
    );
    assert_eq!(
        other["offered"]["account"]["organisation"],
        "another-account"
    );
    assert_eq!(other["listeners"], 1);
    assert_eq!(connection["account"]["organisation"], "practice-account");
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    assert_eq!(
        text(&world.people(1).await[0], "name"),
        "Ada Ito",
        "the old grant is in use"
    );
}

#[tokio::test]
async fn another_organisation_is_asked_about_while_a_mapping_of_the_old_one_is_left() {
    let world = TestWorld::new().await;
    let connection = sign_in_for(&world, Some("practice-account")).await;
    assert_eq!(connection["other_organisation"], Value::Null);
    let rules = json!({ "base_version": 0, "rules": fulcrum_cli::demo::world::rules() });
    world.call("mappings.save", rules).await;
    for (data, asked) in [("keep", true), ("delete_everything", false)] {
        let leave = json!({ "integration": "onboarding", "confirmation": "revoke", "data": data });
        world.call("grants.revoke", leave).await;
        let connection = sign_in_for(&world, Some("another-account")).await;
        let other = &connection["other_organisation"];
        assert_eq!(other.is_object(), asked, "{data}: {connection:#}");
        if asked {
            confirm(&world, false).await;
            sign_in_for(&world, Some("practice-account")).await;
        }
    }
}

#[tokio::test]
async fn a_confirmed_organisation_starts_with_its_listeners_off() {
    let (world, _) = TestWorld::ready().await;
    sign_in_for(&world, Some("another-account")).await;
    let connection = confirm(&world, true).await;
    assert_eq!(connection["account"]["organisation"], "another-account");
    assert_eq!(connection["other_organisation"], Value::Null);
    let off = listener(&world).await;
    assert_eq!(off["on"], false);

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.activity("Its listener is switched off").await;
    let on = json!({ "id": off["id"], "on": true });
    let on = world.call("listeners.switch", on).await;
    assert_eq!(
        on["endpoint_url"], off["endpoint_url"],
        "the address lived on"
    );

    let opportunity = world.candidate("Bo Lund", &["bo@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let people = world.people(1).await;
    assert_eq!(
        text(&people[0], "name"),
        "Bo Lund",
        "what came meanwhile was not run: {people}"
    );
    assert_eq!(people.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_declined_organisation_is_given_back_and_the_old_one_goes_on() {
    let (world, _) = TestWorld::ready().await;
    let before = sign_in_for(&world, Some("another-account")).await;
    let connection = confirm(&world, false).await;
    assert_eq!(connection["other_organisation"], Value::Null);
    assert_eq!(connection["state"], before["state"]);
    assert_eq!(listener(&world).await["on"], true);
    let ledger = world.world.control("ledger", None).await.unwrap();
    let requests = ledger["token_requests"].as_array().unwrap();
    assert!(
        requests.iter().any(|one| one["grant_type"] == "revoke"),
        "{requests:#?}"
    );
    let validated = world.call("connections.validate", onboarding()).await;
    assert_eq!(
        text(&validated, "state"),
        "verified",
        "the old grant still works"
    );
    let nothing = json!({ "integration": "onboarding", "accept": true });
    let nothing = world
        .try_call("connections.confirm_organisation", nothing)
        .await;
    assert_eq!(nothing.unwrap_err().code, ErrorCode::Conflict);
}

#[tokio::test]
async fn a_key_of_nobody_knows_whom_has_to_be_confirmed() {
    let world = TestWorld::new().await;
    let key =
        |key: &str| json!({ "integration": "onboarding", "environment": "custom", "api_key": key });
    let first = world
        .call("connections.use_api_key", key("practice-api-key"))
        .await;
    assert_eq!(first["other_organisation"], Value::Null);
    let second = world
        .call(
            "connections.use_api_key",
            key("practice-api-key-non-confidential"),
        )
        .await;
    assert_eq!(second["other_organisation"]["certain"], false, "{second:#}");
    let taken = confirm(&world, true).await;
    assert_eq!(taken["other_organisation"], Value::Null);
    assert_eq!(text(&taken, "way"), "api_key");
}
