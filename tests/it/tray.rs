//! The tray of held imports: what lacks something waits where it is seen, is mended there, and is never dropped.

use std::time::Duration;

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

use crate::hire::fill_last_names;

/// A hire whose name has one word, so that there is no last name.
async fn held(world: &TestWorld) -> String {
    let opportunity = world.candidate("Wirawan", &["wirawan@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    waiting(world, 1).await;
    opportunity
}

/// The tray once so many hires wait in it for the user.
async fn waiting(world: &TestWorld, count: usize) -> Value {
    world
        .until_call("imports.list", json!({}), |tray| {
            let held = tray["held"].as_array().unwrap();
            held.len() == count && held.iter().all(|one| one["next_try_at"].is_null())
        })
        .await
}

fn of(opportunity: &str) -> Value {
    json!({ "opportunity_id": opportunity })
}

fn filled(opportunity: &str, target: &str, typed: &str) -> Value {
    json!({ "opportunity_id": opportunity, "values": { target: typed } })
}

async fn field(world: &TestWorld, id: &str) -> Value {
    let people = world.call("people.list", json!({})).await;
    let person = json!({ "id": people[0]["id"] });
    let shown = world.call("people.show", person).await;
    let groups = shown["groups"].as_array().unwrap();
    let mut fields = groups
        .iter()
        .flat_map(|group| group["fields"].as_array().unwrap());
    fields.find(|field| field["id"] == id).unwrap().clone()
}

async fn hired_again(world: &TestWorld, opportunity: &str) {
    let again = json!({ "event": "candidateHired", "opportunity": opportunity });
    world.world.control("deliver", Some(&again)).await.unwrap();
}

#[tokio::test]
async fn a_hire_that_lacks_something_waits_in_the_tray_and_is_imported_with_what_the_user_enters() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = held(&world).await;
    let tray = waiting(&world, 1).await;
    let hire = &tray["held"][0];
    assert_eq!(hire["name"], "Wirawan");
    assert_eq!(hire["workflows"], json!(["Onboarding"]));
    assert_eq!(hire["needs"].as_array().unwrap().len(), 1, "{hire}");
    assert_eq!(hire["needs"][0]["field"]["id"], "last_name");
    assert_eq!(hire["needs"][0]["raw"], "Wirawan");
    assert_eq!(text(&world.attention("Last name").await, "remedy"), "tray");

    world
        .call(
            "imports.fill_in",
            filled(&opportunity, "last_name", " Sutanto "),
        )
        .await;
    let people = world.people(1).await;
    assert_eq!(text(&people[0], "name"), "Wirawan Sutanto");
    assert_eq!(field(&world, "last_name").await["origin"], "Entered by you");
    assert_eq!(world.call("imports.list", json!({})).await["total"], 0);
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
    world.activity("You entered Last name for Wirawan.").await;

    hired_again(&world, &opportunity).await;
    world.activity("it was not restarted").await;
    assert_eq!(
        field(&world, "last_name").await["value"],
        "Sutanto",
        "it is not asked for again"
    );
}

#[tokio::test]
async fn what_waits_and_what_was_decided_survive_a_restart() {
    let (mut world, _) = TestWorld::ready().await;
    let wirawan = held(&world).await;
    let budi = world.candidate("Budi", &["budi@example.com"]).await;
    world.visitor.hire(&budi).await.unwrap();
    waiting(&world, 2).await;
    world.call("imports.decline", of(&budi)).await;
    world.switch_off().await;
    world.switch_on().await;
    let tray = waiting(&world, 1).await;
    assert_eq!(tray["held"][0]["opportunity_id"], wirawan);
    assert_eq!(tray["declined"][0]["opportunity_id"], budi);
}

#[tokio::test]
async fn a_value_that_the_map_does_not_know_is_shown_and_filled_in_for_this_hire_only() {
    let (world, _) = TestWorld::ready().await;
    let mut rules = fulcrum_cli::demo::world::rules();
    let stop = json!({ "kind": "value_map", "pairs": [], "if_no_match": { "kind": "stop" } });
    rules["rules"].as_array_mut().unwrap().push(json!({
        "target": "team",
        "source": { "kind": "lever", "field": "opportunity.name" },
        "transforms": [stop]
    }));
    world
        .call(
            "mappings.save",
            json!({ "base_version": 1, "rules": rules }),
        )
        .await;
    let mut hired = Vec::new();
    for (name, email) in [
        ("Ada Ito", "ada@example.com"),
        ("Bela Kun", "bela@example.com"),
    ] {
        let opportunity = world.candidate(name, &[email]).await;
        world.visitor.hire(&opportunity).await.unwrap();
        hired.push(opportunity);
    }
    let tray = waiting(&world, 2).await;
    let need = &tray["held"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Ada Ito")
        .unwrap()["needs"][0];
    assert_eq!(
        (text(need, "target"), text(need, "raw")),
        ("team", "Ada Ito")
    );
    world
        .call("imports.fill_in", filled(&hired[0], "team", "Platform"))
        .await;
    world.people(1).await;
    assert_eq!(field(&world, "team").await["value"], "Platform");
    assert_eq!(waiting(&world, 1).await["held"][0]["name"], "Bela Kun");
}

#[tokio::test]
async fn a_hire_that_the_user_does_not_want_is_logged_and_kept_and_can_be_taken_back() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = held(&world).await;
    let tray = world.call("imports.decline", of(&opportunity)).await;
    assert_eq!(
        (&tray["total"], &tray["declined"][0]["name"]),
        (&json!(0), &json!("Wirawan"))
    );
    world.activity("You decided not to import Wirawan.").await;
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));

    hired_again(&world, &opportunity).await;
    world
        .activity("Wirawan was not imported, as you decided.")
        .await;
    fill_last_names(&world).await;
    assert_eq!(world.call("people.list", json!({})).await, json!([]));

    world.call("imports.take_back", of(&opportunity)).await;
    assert_eq!(text(&world.people(1).await[0], "name"), "Wirawan –");
    let tray = world.call("imports.list", json!({})).await;
    assert_eq!((&tray["held"], &tray["declined"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn what_does_not_fit_the_field_is_refused_in_words_and_nothing_is_kept() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &[]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    waiting(&world, 1).await;
    for (target, typed, words) in [
        (
            "personal_email",
            "ada",
            "Personal e-mail: The value is not an e-mail address.",
        ),
        ("shoe_size", "43", "People have no such field any more."),
        ("last_name", &"x".repeat(20_000), "longer than"),
    ] {
        let refused = world
            .try_call("imports.fill_in", filled(&opportunity, target, typed))
            .await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(target));
        assert!(refused.message.contains(words), "{}", refused.message);
    }
    let none = json!({ "opportunity_id": opportunity, "values": {} });
    let refused = world.try_call("imports.fill_in", none).await.unwrap_err();
    assert_eq!(refused.message, "Enter a value first.");
    for command in ["imports.try_again", "imports.decline", "imports.take_back"] {
        let refused = world
            .try_call(command, of("' OR 1 = 1 --"))
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound, "{command}");
    }
    assert_eq!(
        waiting(&world, 1).await["held"][0]["needs"][0]["entered"],
        Value::Null
    );
}

#[tokio::test]
async fn a_hire_filled_in_while_lever_is_away_stays_listed_and_goes_on_by_itself() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = held(&world).await;
    let away = json!({ "path_prefix": "/v1/", "kind": "status", "status": 503, "count": null });
    world.world.control("faults", Some(&away)).await.unwrap();
    world
        .call(
            "imports.fill_in",
            filled(&opportunity, "last_name", "Sutanto"),
        )
        .await;
    let tray = world
        .until_call("imports.list", json!({}), |tray| {
            tray["held"][0]["problem"].is_string()
        })
        .await;
    assert!(
        text(&tray["held"][0], "problem").contains("cannot be reached"),
        "{tray}"
    );
    assert_eq!(tray["held"][0]["needs"][0]["entered"], "Sutanto");
    let faults = format!("{}practice/faults", world.world.practice());
    world.world.http().delete(faults).send().await.unwrap();
    world.clock.advance(Duration::from_secs(3_600));
    assert_eq!(text(&world.people(1).await[0], "name"), "Wirawan Sutanto");
}

#[tokio::test]
async fn who_is_gone_from_lever_leaves_the_tray() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = held(&world).await;
    let path = format!("/v1/opportunities/{opportunity}");
    let gone = json!({ "path": path, "kind": "status", "status": 404, "count": null });
    world.world.control("faults", Some(&gone)).await.unwrap();
    world.call("imports.try_again", of(&opportunity)).await;
    waiting(&world, 0).await;
    world.activity("no longer exists in Lever").await;
}

#[tokio::test]
async fn deleting_what_lever_sent_deletes_what_waits() {
    let (world, _) = TestWorld::ready().await;
    held(&world).await;
    let request =
        json!({ "integration": "onboarding", "confirmation": "revoke", "data": "delete_events" });
    world.call("grants.revoke", request).await;
    assert_eq!(world.call("imports.list", json!({})).await["total"], 0);
}
