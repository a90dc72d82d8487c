//! A draft tried on past hires, before it is saved.

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// The saved rules with the first name in capitals.
fn shouting() -> Value {
    let mut rules = fulcrum_cli::demo::world::rules();
    let steps = rules["rules"][0]["transforms"].as_array_mut().unwrap();
    steps.push(json!({ "kind": "case", "to": "upper" }));
    json!({ "rules": rules })
}

/// The back-test once every hire is read.
async fn tested(world: &TestWorld, draft: Value) -> Value {
    world.call("mappings.read_hires", json!({})).await;
    let read = |shown: &Value| shown["hires"]["reading"] == false;
    world.until_call("mappings.back_test", draft, read).await
}

async fn requests(world: &TestWorld) -> u64 {
    let ledger = world.world.control("ledger", None).await.unwrap();
    ledger["api_requests"].as_u64().unwrap()
}

fn person<'a>(shown: &'a Value, name: &str) -> &'a Value {
    let mut people = shown["people"].as_array().unwrap().iter();
    let found = people.find(|hire| hire["candidate"]["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not in {shown:#}"))
}

#[tokio::test]
async fn past_hires_show_what_a_draft_changes_and_what_it_would_stop() {
    let (world, _) = TestWorld::ready().await;
    let same = tested(
        &world,
        json!({ "rules": fulcrum_cli::demo::world::rules() }),
    )
    .await;
    assert_eq!(same["version"], 1);
    assert_eq!(person(&same, "Signe Mortensen")["verdict"], "same");
    let hired = same["people"].as_array().unwrap().iter();
    let hired: Vec<i64> = hired.filter_map(|hire| hire["hired_at"].as_i64()).collect();
    assert!(hired.is_sorted_by(|one, next| one >= next), "{hired:?}");

    let changed = world.call("mappings.back_test", shouting()).await;
    let signe = person(&changed, "Signe Mortensen");
    assert_eq!(signe["verdict"], "changed");
    let cell = &signe["cells"][0];
    assert_eq!(
        (text(cell, "live"), text(cell, "draft")),
        ("Signe", "SIGNE")
    );
    assert_eq!(signe["cells"].as_array().unwrap().len(), 1);

    let mut broken = shouting();
    let fixed = json!({ "kind": "constant", "value": "Mars/Olympus" });
    broken["rules"]["rules"][3]["source"] = fixed;
    let failed = world.call("mappings.back_test", broken).await;
    let signe = person(&failed, "Signe Mortensen");
    assert_eq!(signe["verdict"], "failed");
    assert!(signe["blockers"][0].as_str().unwrap().contains("Time zone"));
    assert_eq!(world.call("mappings.show", json!({})).await["version"], 1);
}

#[tokio::test]
async fn hires_that_were_read_lately_are_not_read_again() {
    let (world, _) = TestWorld::ready().await;
    let draft = shouting();
    let before = requests(&world).await;
    let first = tested(&world, draft.clone()).await;
    let after_first = requests(&world).await;
    tested(&world, draft.clone()).await;
    let after_second = requests(&world).await;
    let hires = first["people"].as_array().unwrap().len() as u64;
    assert!(after_first - before > 5 * hires, "each is read whole");
    assert!(
        after_second - after_first < 5 * hires,
        "they are only listed"
    );
    world.call("mappings.back_test", draft).await;
    assert_eq!(requests(&world).await, after_second);
}

#[tokio::test]
async fn a_reading_that_lever_ends_says_so_and_keeps_what_was_read() {
    let (world, _) = TestWorld::ready().await;
    let draft = shouting();
    let known = tested(&world, draft.clone()).await;
    let away = json!({ "path_prefix": "/v1/", "kind": "status", "status": 503, "count": null });
    world.world.control("faults", Some(&away)).await.unwrap();
    let shown = tested(&world, draft).await;
    assert!(
        text(&shown["hires"], "problem").contains("Lever"),
        "{shown}"
    );
    assert_eq!(shown["people"], known["people"]);
}

#[tokio::test]
async fn a_stopped_reading_stays_stopped() {
    let (world, _) = TestWorld::ready().await;
    let slow = json!({
        "path_prefix": "/v1/", "kind": "slow", "delay_ms": 600_000, "by_practice_clock": true, "count": null
    });
    world.world.control("faults", Some(&slow)).await.unwrap();
    let begun = world.call("mappings.read_hires", json!({})).await;
    assert_eq!(begun["reading"], true);
    let stopped = world.call("mappings.stop_reading_hires", json!({})).await;
    assert_eq!(
        (&stopped["reading"], &stopped["problem"]),
        (&json!(false), &Value::Null)
    );
}
