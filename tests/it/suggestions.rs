//! Suggestions for a mapping, made of what the practice Lever has.

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// The suggestion for a field.
fn for_field<'a>(shown: &'a Value, target: &str) -> Option<&'a Value> {
    let mut open = shown["open"].as_array().unwrap().iter();
    open.find(|one| one["rule"]["target"] == target)
}

async fn suggested(world: &TestWorld) -> Value {
    world.call("mappings.suggest", json!({})).await
}

#[tokio::test]
async fn a_new_mapping_is_suggested_from_the_account_and_never_saved_by_itself() {
    let world = TestWorld::new().await;
    fulcrum_cli::demo::connect(world.engine(), &world.visitor)
        .await
        .unwrap();
    world
        .call("mappings.fields", json!({ "fresh": true }))
        .await;
    let shown = suggested(&world).await;
    let source =
        |target: &str| for_field(&shown, target).unwrap()["rule"]["source"]["field"].clone();
    assert_eq!(source("first_name"), "derived.first_name");
    assert_eq!(source("preferred_name"), "offer.custom_preferred_name");
    assert_eq!(source("start_date"), "offer.anticipated_start_date");
    assert!(for_field(&shown, "work_email").is_none(), "Lever has none");
    let first_name = for_field(&shown, "first_name").unwrap();
    assert_eq!(
        (first_name["exact"].clone(), text(first_name, "words")),
        (true.into(), "Same name")
    );

    let view = world.call("mappings.show", json!({})).await;
    assert_eq!(
        (view["version"].clone(), view["draft"].clone()),
        (0.into(), Value::Null)
    );
    let rules: Vec<Value> = shown["open"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].clone())
        .chain([json!({ "target": "timezone", "source": { "kind": "constant", "value": "Europe/Lisbon" }, "transforms": [] })])
        .fold(Vec::new(), |mut rules: Vec<Value>, rule| {
            rules.retain(|other| other["target"] != rule["target"]);
            rules.push(rule);
            rules
        });
    let saved = world
        .call(
            "mappings.save",
            json!({ "base_version": 0, "rules": { "rules": rules } }),
        )
        .await;
    assert_eq!(saved["version"], 1, "what is suggested can be saved");
}

#[tokio::test]
async fn a_dismissed_suggestion_stays_away_until_it_is_asked_for() {
    let mut world = TestWorld::new().await;
    let shown = suggested(&world).await;
    let job_title = for_field(&shown, "job_title").unwrap();
    let request = json!({ "target": "job_title", "source": job_title["rule"]["source"] });
    let left = world.call("mappings.dismiss_suggestion", request).await;
    assert_eq!(left["dismissed"], 1);
    world.switch_off().await;
    world.switch_on().await;
    assert!(for_field(&suggested(&world).await, "job_title").is_none());
    let restored = world.call("mappings.restore_suggestions", json!({})).await;
    assert_eq!(restored, shown);
}
