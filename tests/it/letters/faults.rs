//! I4 over whole letters: through faults of every kind Lever ends up with one note, one tag and one link for each, as its
//! own record tells.

use fulcrum_tests::{Invariant, TestWorld, tries};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;

use super::{advance, control, in_lever, minute, offer, watching};
use crate::effects::fault;

/// What is written for a letter, by the last part of the path in Lever.
const WRITES: [&str; 3] = ["notes", "addTags", "addLinks"];

/// Where Lever shows what was written, by the path below the candidate.
const SHOWN_AT: [&str; 2] = ["/notes", ""];

/// Candidates with an offer that is sent manually, and a fault on each write that follows; for some of them Lever cannot
/// be looked at either.
async fn offered(world: &TestWorld, count: usize) -> Vec<String> {
    let request = json!({
        "name": "Robin Sample", "emails": ["robin@example.com"], "stage": "offer", "count": count
    });
    let made = control(world, "candidates", &request).await;
    let made: Vec<String> = serde_json::from_value(made["opportunities"].clone()).unwrap();
    let mut random = StdRng::seed_from_u64(4);
    for opportunity in &made {
        for write in WRITES {
            let mut on_write = fault(&mut random);
            on_write["method"] = json!("POST");
            on_write["path"] = json!(format!("/v1/opportunities/{opportunity}/{write}"));
            control(world, "faults", &on_write).await;
        }
        for shown in SHOWN_AT {
            if random.random_bool(0.5) {
                let on_look = json!({
                    "kind": "status", "status": 503, "count": 4, "method": "GET",
                    "path": format!("/v1/opportunities/{opportunity}{shown}"),
                });
                control(world, "faults", &on_look).await;
            }
        }
        let offer = offer(world, opportunity).await;
        advance(world, &offer, "sent-manually").await;
    }
    made
}

/// Lifts what is left of the faults, so that Lever can be judged.
async fn lift(world: &TestWorld) {
    let url = world.world.practice().join("practice/faults").unwrap();
    let lifted = world.world.http().delete(url).send().await.unwrap();
    assert!(lifted.status().is_success());
}

/// Lets minutes pass until everything is written.
async fn until_written(world: &TestWorld, wanted: usize) {
    world
        .until("everything is written", async || {
            minute(world).await;
            let mut done = 0;
            for from in (0..wanted).step_by(200) {
                let page = world.call("letters.writes", json!({ "from": from })).await;
                let writes = page["writes"].as_array().unwrap();
                done += writes
                    .iter()
                    .filter(|write| write["done_at"].is_i64())
                    .count();
            }
            (done == wanted).then_some(())
        })
        .await;
}

#[tokio::test]
async fn i04_each_letter_is_written_to_lever_once_through_faults() {
    let world = watching().await;
    let letters = tries(500, 20);
    let candidates = offered(&world, letters).await;
    until_written(&world, WRITES.len() * letters).await;

    let faults = world.world.control("faults", None).await.unwrap();
    let mut left = faults.as_array().unwrap().iter();
    let unmet = left.find(|fault| fault["method"] == "POST" && fault["hits"] == 0);
    assert_eq!(unmet, None, "every write met its fault");
    lift(&world).await;
    let (mut once, mut more, mut never) = (0, 0, 0);
    for opportunity in &candidates {
        let path = format!("opportunities/{opportunity}");
        let shown = in_lever(&world, &path).await;
        let notes = in_lever(&world, &format!("{path}/notes")).await;
        for list in [&notes, &shown["tags"], &shown["links"]] {
            match list.as_array().map_or(0, Vec::len) {
                0 => never += 1,
                1 => once += 1,
                _ => more += 1,
            }
        }
    }
    Invariant::new("I4")
        .figure("effect", "letter")
        .at_least("letters", letters, tries(500, 20))
        .exactly("performed", once, WRITES.len() * letters)
        .exactly("duplicates", more, 0)
        .exactly("missing", never, 0)
        .conclude();
}
