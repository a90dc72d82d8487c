//! The main job: a hire in Lever becomes a person in a workflow, once.

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// Saves a second version of the demo's mapping, in which nobody lacks a last name.
pub(crate) async fn fill_last_names(world: &TestWorld) {
    let mut rules = fulcrum_cli::demo::world::rules();
    let filled = json!({ "kind": "default_if_empty", "value": "–" });
    rules["rules"][1]["transforms"]
        .as_array_mut()
        .unwrap()
        .push(filled);
    world
        .call(
            "mappings.save",
            json!({ "base_version": 1, "rules": rules }),
        )
        .await;
}

#[tokio::test]
async fn a_hire_becomes_a_person_in_the_workflow_and_every_hop_is_in_activity() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world
        .candidate("Rosa Marlene Lindqvist", &["Rosa@Example.com"])
        .await;
    world.visitor.hire(&opportunity).await.unwrap();

    let people = world.people(1).await;
    let id = text(&people[0], "id").to_owned();
    assert_eq!(text(&people[0], "name"), "Rosa Marlene Lindqvist");
    assert_eq!(
        text(&people[0], "email"),
        "rosa@example.com",
        "the mapping writes it in lower case"
    );

    let person = world.call("people.show", json!({ "id": id })).await;
    assert_eq!(text(&person, "opportunity_id"), opportunity);
    assert_eq!(person["workflows"][0]["name"], "Onboarding");
    let name = &person["groups"][0]["fields"];
    assert_eq!(name[1]["value"], "Marlene Lindqvist");
    assert!(
        text(&name[0], "origin").contains("first word"),
        "where it came from is said: {}",
        name[0]
    );

    let lines = world
        .call("activity.list", json!({ "person_id": id }))
        .await;
    let said: Vec<_> = lines
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|line| text(line, "sentence"))
        .collect();
    let hops = [
        "arrived; its signature is right",
        "Lever was read again",
        "was imported",
        "entered the workflow",
    ];
    assert_eq!(said.len(), hops.len(), "{said:#?}");
    for (sentence, hop) in said.iter().zip(hops) {
        assert!(sentence.contains(hop), "{sentence} should say {hop}");
    }
    let way: Vec<&Value> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["correlation"])
        .collect();
    assert!(
        way.iter().all(|one| *one == way[0]),
        "the lines of one event are joined"
    );
}

#[tokio::test]
async fn a_hire_while_the_laptop_is_off_arrives_at_its_start() {
    let (mut world, _) = TestWorld::ready().await;
    let first = world.candidate("Ada Ito", &["ada@example.com"]).await;
    let second = world.candidate("Bela Kun", &["bela@example.com"]).await;
    world.switch_off().await;
    world.visitor.hire(&first).await.unwrap();
    world.visitor.hire(&second).await.unwrap();
    world.switch_on().await;
    assert_eq!(world.people(2).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_delivery_again_imports_nobody_twice() {
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let ledger = world.world.control("ledger", None).await.unwrap();
    let deliveries = ledger["deliveries"].as_array().unwrap();
    let hire = deliveries
        .iter()
        .find(|one| one["data"] != json!({}))
        .unwrap();
    let post = fulcrum_tests::Post {
        event: "candidateHired",
        token: text(hire, "token").to_owned(),
        triggered_at: hire["triggeredAt"].as_i64().unwrap(),
        data: hire["data"].clone(),
    };
    let body = fulcrum_tests::signed(&post, &webhook.signature_token).to_string();
    assert_eq!(
        world.post(&webhook.url, body).await,
        200,
        "a repeat is acknowledged"
    );
    world.activity("nothing was run again").await;
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_hire_event_updates_the_person_and_does_not_restart_the_workflow() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let again = json!({ "event": "candidateHired", "opportunity": opportunity });
    world.world.control("deliver", Some(&again)).await.unwrap();
    world.activity("it was not restarted").await;
    assert_eq!(world.people(1).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_event_that_lever_does_not_confirm_imports_nobody() {
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    let event = json!({ "event": "candidateHired", "opportunity": opportunity });
    world.world.control("deliver", Some(&event)).await.unwrap();
    world.activity("Changed since the event").await;

    let post = fulcrum_tests::Post {
        event: "candidateHired",
        token: "00112233445566778899aabbccddeeff".to_owned(),
        triggered_at: jiff::Timestamp::as_millisecond(fulcrum_core::clock::Clock::now(
            &*world.clock,
        )),
        data: json!({ "opportunityId": "11111111-2222-3333-4444-555555555555" }),
    };
    let body = fulcrum_tests::signed(&post, &webhook.signature_token).to_string();
    world.post(&webhook.url, body).await;
    world.activity("no longer exists in Lever").await;
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn awkward_seeded_candidates_are_imported_or_held_with_the_reason() {
    let (world, _) = TestWorld::ready().await;
    let seeded = |key: &str| fulcrum_practice::seeded_id("opportunity", key);
    for key in [
        "arabic-name",
        "vietnamese-name",
        "emoji-name",
        "padded-name",
        "markup-name",
    ] {
        world
            .visitor
            .hire(&seeded(key))
            .await
            .unwrap_or_else(|problem| panic!("{key}: {problem}"));
    }
    let people = world.people(5).await;
    assert_eq!(people.as_array().unwrap().len(), 5);
    world.visitor.hire(&seeded("one-word-name")).await.unwrap();
    let waiting = world.attention("Last name").await;
    assert_eq!(text(&waiting, "remedy"), "tray");
    world.visitor.hire(&seeded("no-email")).await.unwrap();
    world.attention("Personal e-mail").await;
    assert_eq!(
        world
            .call("people.list", json!({}))
            .await
            .as_array()
            .unwrap()
            .len(),
        5,
        "nobody is half imported"
    );
}

#[tokio::test]
async fn a_held_hire_goes_on_by_itself_once_the_mapping_allows_it() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Wirawan", &["wirawan@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.attention("Last name").await;
    fill_last_names(&world).await;
    let people = world.people(1).await;
    assert_eq!(text(&people[0], "name"), "Wirawan –");
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
}
