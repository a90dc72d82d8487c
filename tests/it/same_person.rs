//! The same person twice: a hire that may be somebody who is here already asks, once for each opportunity.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// A person who is here, and a hire of another contact that gets their address, which waits for an answer. Returns the
/// person's id and that opportunity.
async fn twice(world: &TestWorld) -> (String, String) {
    hired(world, "Ada Ito", &["ada@example.com"]).await;
    let people = world.people(1).await;
    let again = hired(world, "Ada Ito-Berg", &[]).await;
    world
        .until_call("imports.list", json!({}), |tray| {
            let first = &tray["held"][0];
            first["needs"][0].is_object() && first["next_try_at"].is_null()
        })
        .await;
    let values = json!({ "personal_email": "ADA@example.com" });
    let fill = json!({ "opportunity_id": again, "values": values });
    world.call("imports.fill_in", fill).await;
    asked(world).await;
    (text(&people[0], "id").to_owned(), again)
}

async fn hired(world: &TestWorld, name: &str, emails: &[&str]) -> String {
    let opportunity = world.candidate(name, emails).await;
    world.visitor.hire(&opportunity).await.unwrap();
    opportunity
}

/// The hire that is asked about.
async fn asked(world: &TestWorld) -> Value {
    let tray = world
        .until_call("imports.list", json!({}), |tray| {
            let first = &tray["held"][0];
            first["same_person"][0].is_object() && first["next_try_at"].is_null()
        })
        .await;
    tray["held"][0].clone()
}

/// Says that a hire is this person.
async fn is_the_same(world: &TestWorld, opportunity: &str, person: &str) {
    let update = json!({ "kind": "update", "person_id": person });
    say(world, opportunity, update).await;
}

async fn say(world: &TestWorld, opportunity: &str, said: Value) {
    let request = json!({ "opportunity_id": opportunity, "same_person": said });
    world.call("imports.decide", request).await;
}

async fn told_again(world: &TestWorld, opportunity: &str) {
    let again = json!({ "event": "candidateHired", "opportunity": opportunity });
    world.world.control("deliver", Some(&again)).await.unwrap();
}

async fn names(world: &TestWorld) -> Vec<String> {
    let people = world.call("people.list", json!({})).await;
    let people = people.as_array().unwrap().iter();
    let mut names: Vec<_> = people.map(|one| text(one, "name").to_owned()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_second_opportunity_of_somebody_asks_and_shows_both_sides() {
    let (world, _) = TestWorld::ready().await;
    let (person, _) = twice(&world).await;
    assert_eq!(
        names(&world).await,
        ["Ada Ito"],
        "nothing is changed before the answer"
    );
    let hire = asked(&world).await;
    assert_eq!(hire["needs"], json!([]));
    let found = &hire["same_person"][0];
    assert_eq!(
        (text(found, "id"), text(found, "name")),
        (person.as_str(), "Ada Ito")
    );
    let last_name =
        json!({ "label": "Last name", "person": "Ito", "hire": "Ito-Berg", "masked": false });
    assert!(
        found["differences"]
            .as_array()
            .unwrap()
            .contains(&last_name),
        "{found}"
    );
    let waiting = world.attention("somebody who is in People already").await;
    assert_eq!(text(&waiting, "remedy"), "tray");
}

#[tokio::test]
async fn a_second_opportunity_of_one_contact_asks_even_where_nothing_would_change() {
    let (world, _) = TestWorld::ready().await;
    hired(&world, "Ada Ito", &["ada@example.com"]).await;
    let people = world.people(1).await;
    let again = hired(&world, "Ada Ito", &["ada@example.com"]).await;
    let found = asked(&world).await["same_person"][0].clone();
    assert_eq!(found["differences"], json!([]));
    let person = text(&people[0], "id");
    is_the_same(&world, &again, person).await;
    world.activity("it was not restarted").await;
    assert_eq!(names(&world).await, ["Ada Ito"]);
}

#[tokio::test]
async fn the_same_person_is_updated_and_later_events_of_that_opportunity_do_not_ask() {
    let (world, _) = TestWorld::ready().await;
    let (person, again) = twice(&world).await;
    is_the_same(&world, &again, &person).await;
    world.activity("it was not restarted").await;
    assert_eq!(names(&world).await, ["Ada Ito-Berg"]);
    let shown = world.call("people.show", json!({ "id": person })).await;
    assert_eq!(text(&shown, "opportunity_id"), again);

    let before = world.call("activity.list", json!({})).await[0]["id"].clone();
    told_again(&world, &again).await;
    world
        .until_call("activity.list", json!({}), |lines| {
            let newest = &lines[0];
            newest["id"].as_i64() > before.as_i64()
                && text(newest, "sentence").contains("not restarted")
        })
        .await;
    assert_eq!(world.call("imports.list", json!({})).await["total"], 0);
    assert_eq!(names(&world).await.len(), 1);
}

#[tokio::test]
async fn another_person_is_added_and_both_stay_apart_after_a_restart() {
    let (mut world, _) = TestWorld::ready().await;
    let (_, again) = twice(&world).await;
    say(&world, &again, json!({ "kind": "another" })).await;
    world.people(2).await;
    assert_eq!(names(&world).await, ["Ada Ito", "Ada Ito-Berg"]);
    world.switch_off().await;
    world.switch_on().await;
    told_again(&world, &again).await;
    world.activity("it was not restarted").await;
    assert_eq!(names(&world).await, ["Ada Ito", "Ada Ito-Berg"]);

    hired(&world, "Ada Third", &["ada@example.com"]).await;
    let hire = asked(&world).await;
    assert_eq!(
        hire["same_person"].as_array().unwrap().len(),
        2,
        "both are asked about"
    );
}

#[tokio::test]
async fn an_answer_outlives_a_lever_that_is_away() {
    let (mut world, _) = TestWorld::ready().await;
    let (person, again) = twice(&world).await;
    let away = json!({ "path_prefix": "/v1/", "kind": "status", "status": 503, "count": null });
    world.world.control("faults", Some(&away)).await.unwrap();
    is_the_same(&world, &again, &person).await;
    world.attention("cannot be reached").await;
    world.switch_off().await;
    let faults = format!("{}practice/faults", world.world.practice());
    world.world.http().delete(faults).send().await.unwrap();
    world.clock.advance(std::time::Duration::from_secs(3_600));
    world.switch_on().await;
    world.activity("it was not restarted").await;
    assert_eq!(names(&world).await, ["Ada Ito-Berg"]);
}

#[tokio::test]
async fn only_what_is_asked_can_be_answered() {
    let (world, _) = TestWorld::ready().await;
    let (_, again) = twice(&world).await;
    for said in [
        json!({ "kind": "update", "person_id": "somebody else" }),
        json!({ "kind": "update", "person_id": "' OR 1 = 1 --" }),
    ] {
        let request = json!({ "opportunity_id": again, "same_person": said });
        let refused = world.try_call("imports.decide", request).await.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("same_person"));
    }
    assert_eq!(names(&world).await, ["Ada Ito"]);
    let nobody = json!({ "opportunity_id": "gone", "same_person": { "kind": "another" } });
    let refused = world.try_call("imports.decide", nobody).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
}
