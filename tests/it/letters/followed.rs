//! A letter says what Lever says, for as long as its offer may change.

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

use super::{
    advance, control, drafted, in_lever, minute, modify, offer, published, the_letter, watching,
    written,
};

#[tokio::test]
async fn a_change_shows_as_old_and_new_and_says_whether_the_old_could_be_seen() {
    let world = watching().await;
    let (_, offer, letter) = published(&world, "Lena Brandt").await;
    written(&world, &letter).await;
    modify(&world, &offer, json!({ "salary_amount": 70000 })).await;
    advance(&world, &offer, "sent-manually").await;
    minute(&world).await;
    let letter = the_letter(&world, |row| row["pay"] == "EUR 70000 annual").await;
    let versions = letter["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2);
    let change = &versions[0]["changes"][0];
    assert_eq!(text(change, "label"), "Base salary");
    assert_eq!(
        (text(change, "old"), text(change, "new")),
        ("64000.5", "70000")
    );
    assert!(
        versions[1]["shown_at"].is_i64(),
        "the candidate could see it"
    );
    let id = json!({ "id": letter["id"] });
    world
        .until_call("letters.show", id, |letter| {
            letter["versions"][0]["shown_at"].is_i64()
        })
        .await;
}

#[tokio::test]
async fn what_fulcrum_itself_writes_to_lever_changes_no_letter() {
    let world = watching().await;
    let (_, _, letter) = published(&world, "Lena Brandt").await;
    let letter = written(&world, &letter).await;
    for _ in 0..3 {
        minute(&world).await;
        let checked = letter["checked_at"].as_i64();
        world
            .until_call("letters.show", json!({ "id": letter["id"] }), |now| {
                now["checked_at"].as_i64() > checked
            })
            .await;
    }
    let now = world
        .call("letters.show", json!({ "id": letter["id"] }))
        .await;
    assert_eq!(now["versions"].as_array().unwrap().len(), 1);
    assert_eq!(now["updated_at"], letter["updated_at"]);
}

async fn decided(to: &str, status: &str) {
    let world = watching().await;
    let (_, offer, _) = published(&world, "Lena Brandt").await;
    advance(&world, &offer, to).await;
    minute(&world).await;
    the_letter(&world, |row| row["status"] == status).await;
}

#[tokio::test]
async fn a_signed_offer_is_an_accepted_letter() {
    decided("signed", "accepted").await;
}

#[tokio::test]
async fn a_denied_offer_is_a_declined_letter() {
    decided("denied", "declined").await;
}

#[tokio::test]
async fn a_candidate_who_leaves_the_stage_or_the_pipeline_keeps_the_letter() {
    let world = watching().await;
    let (opportunity, offer, letter) = published(&world, "Lena Brandt").await;
    let stages = in_lever(&world, "stages").await;
    let mut stages = stages.as_array().unwrap().iter();
    let other = stages.find(|stage| stage["text"] != "Offer").unwrap();
    let to = json!({ "opportunity": opportunity, "stage": other["id"] });
    control(&world, "move", &to).await;
    minute(&world).await;
    let id = json!({ "id": letter["id"] });
    let stage = text(other, "text").to_owned();
    let stands = |letter: &Value| letter["stage"] == stage.as_str();
    world.until_call("letters.show", id.clone(), stands).await;
    advance(&world, &offer, "signed").await;
    control(&world, "hire", &json!({ "opportunity": opportunity })).await;
    minute(&world).await;
    let hired = world
        .until_call("letters.show", id, |letter| {
            !letter["out"].is_null() && letter["status"] == "accepted"
        })
        .await;
    assert!(hired["link"].is_string(), "it can still be read");
}

#[tokio::test]
async fn each_offer_of_a_candidate_has_a_letter_of_its_own() {
    let world = watching().await;
    let (opportunity, first) = drafted(&world, "Lena Brandt").await;
    let second = offer(&world, &opportunity).await;
    for one in [&first, &second] {
        advance(&world, one, "sent-manually").await;
    }
    minute(&world).await;
    let both = |page: &Value| page["total"] == 2;
    world.until_call("letters.list", json!({}), both).await;
}

#[tokio::test]
async fn what_was_sent_before_the_first_look_waits_for_a_person() {
    let world = TestWorld::new().await;
    let (_, offer) = drafted(&world, "Lena Brandt").await;
    advance(&world, &offer, "sent-manually").await;
    let world = super::connect(world).await;
    let why = json!({ "who": "lena.brandt@example.com" });
    let passed = world.until_call("letters.why", why, |why| {
        why["found"][0]["offers"][0]["passed"] == true
    });
    passed.await;
    minute(&world).await;
    let none = world.call("letters.list", json!({})).await;
    assert_eq!(none["total"], 0);
}

#[tokio::test]
async fn what_a_person_took_back_stays_so_when_the_offer_changes() {
    let world = watching().await;
    let (_, offer, letter) = published(&world, "Lena Brandt").await;
    written(&world, &letter).await;
    let id = json!({ "id": letter["id"] });
    world.call("letters.withdraw", id.clone()).await;
    modify(&world, &offer, json!({ "salary_amount": 70000 })).await;
    advance(&world, &offer, "sent-manually").await;
    minute(&world).await;
    let letter = the_letter(&world, |row| row["pay"] == "EUR 70000 annual").await;
    assert_eq!(letter["status"], "withdrawn");
    assert_eq!(letter["link"], Value::Null);
}
