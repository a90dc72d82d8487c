//! A Lever field that a mapping reads is gone or has another type (SCREENS.md 4.4.12).

use std::time::Duration;

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

const CITY: &str = "requisition.custom.cost_center.city";
const ROSA: &str = "rosa.lindqvist@example.com";

/// A little more than a day, after which Lever's fields are read again.
const A_DAY: Duration = Duration::from_secs(25 * 60 * 60);

/// The rules of the demo, with the place of the cost center for the location.
fn rules() -> Value {
    let mut rules = fulcrum_cli::demo::world::rules();
    let list = rules["rules"].as_array_mut().unwrap();
    list.retain(|rule| rule["target"] != "location");
    list.push(json!({
        "target": "location",
        "source": { "kind": "lever", "field": CITY },
        "transforms": []
    }));
    rules
}

/// A world whose saved mapping reads the cost center.
async fn world() -> TestWorld {
    let (world, _) = TestWorld::ready().await;
    world
        .call("mappings.fields", json!({ "fresh": true }))
        .await;
    let request = json!({ "base_version": 1, "rules": rules() });
    world.call("mappings.save", request).await;
    world
}

/// The cost center with a city of this type.
fn with_city(kind: &str) -> Value {
    json!({
        "id": "cost_center",
        "text": "Cost center",
        "type": "object",
        "isRequired": true,
        "subfields": [{ "id": "city", "text": "City", "type": kind }]
    })
}

/// Changes the cost center in Lever, as its own API does (LEVER.md 3.6).
async fn cost_center(world: &TestWorld, method: reqwest::Method, body: Option<&Value>) {
    let path = match method {
        reqwest::Method::POST => "/v1/requisition_fields",
        _ => "/v1/requisition_fields/cost_center",
    };
    let url = world.world.practice().join(path).unwrap();
    let request = world.world.http().request(method, url);
    let request = request.basic_auth("practice-api-key", Some(""));
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
}

async fn drift(world: &TestWorld) -> Value {
    world.call("mappings.show", json!({})).await["drift"].clone()
}

async fn hire_rosa(world: &TestWorld) {
    let by_email = json!({ "subject": { "kind": "email", "email": ROSA } });
    let found = world.call("mappings.sample", by_email).await;
    let rosa = text(&found["sample"]["candidate"], "opportunity_id");
    world.visitor.hire(rosa).await.unwrap();
}

#[tokio::test]
async fn a_field_that_vanished_is_noticed_within_a_day_and_stops_what_needs_it_until_it_is_back() {
    let world = world().await;
    cost_center(&world, reqwest::Method::DELETE, None).await;
    assert_eq!(drift(&world).await, json!([]), "nobody has looked yet");
    world.clock.advance(A_DAY);
    let told = world.activity("No longer in Lever").await;
    assert!(text(&told, "sentence").contains("which the mapping reads for Location"));
    assert_eq!(drift(&world).await[0]["field"], CITY);
    let shown = world.call("mappings.show", json!({})).await;
    assert_eq!(shown["rules"], rules(), "the rule stays");

    hire_rosa(&world).await;
    world.attention("Location").await;
    assert_eq!(world.call("people.list", json!({})).await, json!([]));

    cost_center(&world, reqwest::Method::POST, Some(&with_city("text"))).await;
    world
        .call("mappings.fields", json!({ "fresh": true }))
        .await;
    assert_eq!(drift(&world).await, json!([]));
    let people = world.people(1).await;
    assert_eq!(text(&people[0], "name"), "Rosa Lindqvist");
}

#[tokio::test]
async fn a_field_of_another_type_stops_only_whoever_has_a_value_in_it() {
    let world = world().await;
    cost_center(&world, reqwest::Method::PUT, Some(&with_city("date"))).await;
    world
        .call("mappings.fields", json!({ "fresh": true }))
        .await;
    let told = world.activity("Was a text, is now a date").await;
    assert!(text(&told, "sentence").contains("which the mapping reads for Location"));

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    let people = world.people(1).await;
    assert_eq!(
        text(&people[0], "name"),
        "Ada Ito",
        "she has no requisition"
    );
    hire_rosa(&world).await;
    world.attention("Location").await;
}

#[tokio::test]
async fn the_draft_survives_a_restart_and_the_saved_mapping_does_not_know_it() {
    let mut world = world().await;
    let draft = json!({ "base_version": 2, "rules": { "rules": [] } });
    let request = json!({ "mapping": "people", "draft": draft });
    world.call("mappings.keep_draft", request).await;
    world.switch_off().await;
    world.switch_on().await;
    let shown = world.call("mappings.show", json!({})).await;
    assert_eq!(shown["draft"]["base_version"], 2);
    assert_eq!(shown["draft"]["rules"], json!({ "rules": [] }));
    assert_eq!(shown["rules"], rules());
    let restore = json!({ "version": 1, "base_version": 2 });
    world.call("mappings.restore", restore).await;
    let shown = world.call("mappings.show", json!({})).await;
    assert_eq!(shown["version"], 3);
    assert_eq!(shown["rules"], fulcrum_cli::demo::world::rules());
    let history = world.call("mappings.history", json!({})).await;
    assert_eq!(history[0]["restored_from"], 1, "{history:#}");
}
