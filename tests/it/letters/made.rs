//! A letter is made when the candidate is in the Offer stage and the offer is sent manually, in either order, once.

use fulcrum_tests::text;
use serde_json::json;

use super::{advance, control, drafted, in_lever, minute, the_letter, watching, written};

#[tokio::test]
async fn an_offer_that_is_sent_manually_has_a_letter_within_a_minute_and_lever_points_to_it() {
    let world = watching().await;
    let (opportunity, offer) = drafted(&world, "Lena Brandt").await;
    minute(&world).await;
    world
        .until_call("letters.list", json!({}), |page| page["rows"] == json!([]))
        .await;
    advance(&world, &offer, "sent-manually").await;
    minute(&world).await;
    let letter = the_letter(&world, |row| row["status"] == "published").await;
    assert_eq!(text(&letter, "candidate"), "Lena Brandt");
    let value = |id: &str| {
        let mut fields = letter["fields"].as_array().unwrap().iter();
        fields.find(|field| field["id"] == id).unwrap()["value"].clone()
    };
    assert_eq!(value("base_salary"), "64000.5");
    assert_eq!(value("start_date"), "2027-02-01");

    let letter = written(&world, &letter).await;
    let link = text(&letter, "link");
    let candidate = in_lever(&world, &format!("opportunities/{opportunity}")).await;
    assert_eq!(candidate["tags"], json!(["Agora Offer"]));
    assert_eq!(candidate["links"], json!([link]));
    let notes = in_lever(&world, &format!("opportunities/{opportunity}/notes")).await;
    let notes = notes.as_array().unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!(notes[0]["secret"], true);
    assert!(text(&notes[0]["fields"][0], "value").contains(link));
}

#[tokio::test]
async fn the_stage_may_come_after_the_offer() {
    let world = watching().await;
    let (opportunity, offer) = drafted(&world, "Lena Brandt").await;
    let stages = in_lever(&world, "stages").await;
    let stages = stages.as_array().unwrap();
    let other = stages
        .iter()
        .find(|stage| stage["text"] != "Offer")
        .unwrap();
    let to = |stage: &str| json!({ "opportunity": opportunity, "stage": stage });
    control(&world, "move", &to(text(other, "id"))).await;
    advance(&world, &offer, "sent-manually").await;
    minute(&world).await;
    world
        .until_call("letters.list", json!({}), |page| page["rows"] == json!([]))
        .await;
    let stage = stages
        .iter()
        .find(|stage| stage["text"] == "Offer")
        .unwrap();
    control(&world, "move", &to(text(stage, "id"))).await;
    minute(&world).await;
    the_letter(&world, |row| row["status"] == "published").await;
}
