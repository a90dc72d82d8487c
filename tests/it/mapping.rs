//! The mapping screen's commands against Lever.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

async fn sample(world: &TestWorld, subject: Value) -> Value {
    world
        .call("mappings.sample", json!({ "subject": subject }))
        .await
}

/// What the draft gives for the sample that was found.
async fn preview(world: &TestWorld, found: &Value, rules: &Value) -> Value {
    let id = text(&found["sample"]["candidate"], "opportunity_id");
    let request = json!({ "opportunity_id": id, "rules": rules });
    world.call("mappings.preview", request).await
}

#[tokio::test]
async fn custom_fields_of_requisitions_and_offers_are_listed_with_examples() {
    let (world, _) = TestWorld::ready().await;
    let fields = world
        .call("mappings.fields", json!({ "fresh": true }))
        .await;
    let lever = fields["lever"].as_array().unwrap();
    let find = |id: &str| lever.iter().find(|field| field["id"] == id);
    let cost_center = find("requisition.custom.cost_center.city")
        .expect("a subfield of the customer's own field");
    assert_eq!(cost_center["custom"], true);
    let custom_offer = lever
        .iter()
        .any(|field| text(field, "id").starts_with("offer.custom_"));
    assert!(custom_offer, "custom offer fields are found");
    let with_example = lever
        .iter()
        .filter(|field| field["example"].is_string())
        .count();
    assert!(
        with_example > lever.len() / 3,
        "{with_example} of {} have an example",
        lever.len()
    );
    assert_eq!(fields["problem"], Value::Null);
}

#[tokio::test]
async fn preview_shows_the_unsaved_draft_and_the_import_gives_the_same() {
    let (world, _) = TestWorld::ready().await;
    let rules = fulcrum_cli::demo::world::rules();
    let email = "layla.haddad@example.com";
    let found = sample(&world, json!({ "kind": "email", "email": email })).await;
    let shown = preview(&world, &found, &rules).await;
    let samples = shown["samples"].as_array().unwrap().clone();
    let opportunity = text(&found["sample"]["candidate"], "opportunity_id").to_owned();
    world.visitor.hire(&opportunity).await.unwrap();
    let people = world.people(1).await;
    let person = world
        .call("people.show", json!({ "id": people[0]["id"] }))
        .await;
    let fields: Vec<&Value> = person["groups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["fields"].as_array().unwrap())
        .collect();
    for sample in samples {
        let field = fields
            .iter()
            .find(|field| field["id"] == sample["target"])
            .unwrap();
        assert_eq!(field["value"], sample["value"], "{sample}");
    }
}

#[tokio::test]
async fn several_candidates_of_one_address_are_offered_and_none_is_said() {
    let (world, _) = TestWorld::ready().await;
    let keiko = json!({ "kind": "email", "email": "keiko.arden@example.com" });
    let several = sample(&world, keiko).await;
    let choices = several["candidates"].as_array().unwrap();
    assert_eq!(choices.len(), 2);
    let chosen = json!({ "kind": "opportunity", "id": choices[1]["opportunity_id"] });
    let found = sample(&world, chosen).await;
    assert_eq!(
        found["sample"]["candidate"]["opportunity_id"],
        choices[1]["opportunity_id"]
    );
    let request = json!({ "subject": { "kind": "email", "email": "nobody@example.com" } });
    let none = world
        .try_call("mappings.sample", request)
        .await
        .unwrap_err();
    assert_eq!(
        (none.code, none.message.as_str()),
        (ErrorCode::NotFound, "No candidate with that e-mail.")
    );
}

#[tokio::test]
async fn transforms_change_the_sample_step_by_step() {
    let (world, _) = TestWorld::ready().await;
    let rules = json!({ "rules": [{
        "target": "country",
        "source": { "kind": "constant", "value": "  pt " },
        "transforms": [
            { "kind": "trim" },
            { "kind": "case", "to": "upper" },
            { "kind": "value_map", "pairs": [{ "from": "PT", "to": "Portugal" }], "if_no_match": { "kind": "stop" } }
        ]
    }] });
    let rosa = json!({ "kind": "email", "email": "rosa.lindqvist@example.com" });
    let shown = preview(&world, &sample(&world, rosa).await, &rules).await;
    assert_eq!(
        shown["samples"][0]["steps"],
        json!(["pt", "PT", "Portugal"])
    );
    assert_eq!(shown["samples"][0]["value"], "Portugal");
}

#[tokio::test]
async fn an_unusable_mapping_is_not_saved_and_says_why() {
    let world = TestWorld::new().await;
    let empty = world
        .try_call(
            "mappings.save",
            json!({ "base_version": 0, "rules": { "rules": [] } }),
        )
        .await
        .unwrap_err();
    assert_eq!(empty.field.as_deref(), Some("rules"));
    assert!(empty.message.contains("First name"), "{}", empty.message);
    assert_eq!(world.call("mappings.show", json!({})).await["version"], 0);
}

#[tokio::test]
async fn a_mapping_saved_meanwhile_is_a_conflict_and_nothing_is_overwritten() {
    let (world, _) = TestWorld::ready().await;
    let again = json!({ "base_version": 0, "rules": fulcrum_cli::demo::world::rules() });
    let refused = world.try_call("mappings.save", again).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert_eq!(world.call("mappings.show", json!({})).await["version"], 1);
}
