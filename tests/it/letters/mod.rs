//! Offer letters in step with Lever: when there is one, what it says, and what Lever says of it.

mod faults;
mod followed;
mod gone;
mod made;

use std::time::Duration;

use fulcrum_tests::TestWorld;
use serde_json::{Value, json};

pub use crate::offers::{connect, connected};

/// The key for every endpoint that each practice company has.
const API_KEY: &str = "practice-api-key";

/// A world in which offer letters are connected, after the first look at Lever.
pub async fn watching() -> TestWorld {
    let world = connected().await;
    world
        .until_call("letters.list", json!({}), |page| {
            page["watched"].as_u64() > Some(0)
        })
        .await;
    world
}

/// A candidate in the Offer stage, with an offer that is a draft: opportunity and offer.
pub async fn drafted(world: &TestWorld, name: &str) -> (String, String) {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    let opportunity = world.candidate(name, &[&email]).await;
    let offer = offer(world, &opportunity).await;
    (opportunity, offer)
}

/// A draft for a candidate, with the usual values.
pub async fn offer(world: &TestWorld, opportunity: &str) -> String {
    let fields = json!({
        "job_title": "Data Engineer",
        "salary_amount": 64000.5,
        "compensation_currency": "EUR",
        "salary_interval": "per-year-salary",
        "anticipated_start_date": 1_801_440_000_000_i64,
    });
    let request = json!({ "opportunity": opportunity, "fields": fields });
    let made = control(world, "offers", &request).await;
    made["offer"].as_str().unwrap().to_owned()
}

/// A candidate with a letter that can be seen: opportunity, offer and letter.
pub async fn published(world: &TestWorld, name: &str) -> (String, String, Value) {
    let (opportunity, offer) = drafted(world, name).await;
    advance(world, &offer, "sent-manually").await;
    minute(world).await;
    let letter = the_letter(world, |row| row["status"] == "published").await;
    (opportunity, offer, letter)
}

/// Changes values of an offer, as *Modify Offer* does.
pub async fn modify(world: &TestWorld, offer: &str, fields: Value) {
    let url = world
        .world
        .practice()
        .join(&format!("practice/offers/{offer}"));
    let request = world.world.http().put(url.unwrap());
    let answer = request
        .json(&json!({ "fields": fields }))
        .send()
        .await
        .unwrap();
    assert!(
        answer.status().is_success(),
        "{}",
        answer.text().await.unwrap()
    );
}

/// Walks an offer to a state.
pub async fn advance(world: &TestWorld, offer: &str, to: &str) {
    let path = format!("offers/{offer}/advance");
    control(world, &path, &json!({ "to": to })).await;
}

/// Tells the practice Lever something.
pub async fn control(world: &TestWorld, path: &str, body: &Value) -> Value {
    let told = world.world.control(path, Some(body)).await;
    told.unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// Lets a minute pass, here and in Lever.
pub async fn minute(world: &TestWorld) {
    control(world, "clock", &json!({ "advance": "61s" })).await;
    world.clock.advance(Duration::from_secs(61));
}

/// What Lever's API answers at a path, read without the product.
pub async fn in_lever(world: &TestWorld, path: &str) -> Value {
    let url = world.world.practice().join(&format!("v1/{path}")).unwrap();
    let request = world.world.http().get(url).basic_auth(API_KEY, Some(""));
    let answer = request.send().await.unwrap();
    answer.json::<Value>().await.unwrap()["data"].clone()
}

/// The only letter there is, once `is`.
pub async fn the_letter(world: &TestWorld, is: impl Fn(&Value) -> bool) -> Value {
    let page = world
        .until_call("letters.list", json!({}), |page| {
            let rows = page["rows"].as_array().unwrap();
            rows.len() == 1 && is(&rows[0])
        })
        .await;
    let id = json!({ "id": page["rows"][0]["id"] });
    world.call("letters.show", id).await
}

/// The letter, once everything that is to be written to Lever for it is there.
pub async fn written(world: &TestWorld, letter: &Value) -> Value {
    let id = json!({ "id": letter["id"] });
    world
        .until_call("letters.show", id, |letter| {
            let writes = letter["writes"].as_array().unwrap();
            writes.len() == 3 && writes.iter().all(|write| write["done_at"].is_i64())
        })
        .await
}
