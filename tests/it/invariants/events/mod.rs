//! What arrives at a listener's address: forged, swapped, repeated and poisonous events (RELIABILITY.md 3.1, 3.2).

mod comparison;
mod forged;
mod mutant;
mod poison;
mod repeated;
mod replayed;
mod shuffled;
mod swapped;

use fulcrum_core::clock::Clock;
use fulcrum_tests::{Post, TestWorld};
use serde_json::{Value, json};

/// A delivery about a hire, with a token of its own.
fn hire(world: &TestWorld, number: usize, opportunity: &str) -> Post {
    Post {
        event: "candidateHired",
        token: format!("{number:048x}"),
        triggered_at: world.clock.now().as_millisecond(),
        data: json!({ "opportunityId": opportunity }),
    }
}

/// Waits until so many events are in the inbox; gives how many there are of each verdict.
async fn arrived(world: &TestWorld, wanted: usize) -> Value {
    let enough = |page: &Value| total(page) >= wanted;
    let page = world.until_call("inbox.list", json!({ "limit": 1 }), enough);
    page.await["counts"].clone()
}

/// How many events there are of any verdict.
fn total(page: &Value) -> usize {
    let counts = page["counts"].as_array().unwrap().iter();
    let total: u64 = counts.map(|one| one["count"].as_u64().unwrap()).sum();
    usize::try_from(total).unwrap()
}

fn count(counts: &Value, verdict: &str) -> usize {
    let mut each = counts.as_array().unwrap().iter();
    let found = each.find(|one| one["verdict"] == verdict);
    found.map_or(0, |one| {
        usize::try_from(one["count"].as_u64().unwrap()).unwrap()
    })
}

/// How many events were neither repetitions, nor refused, nor Lever's test.
fn taken_for_new(counts: &Value) -> usize {
    let verdicts = ["verified", "late", "quarantined"];
    verdicts.iter().map(|verdict| count(counts, verdict)).sum()
}

/// Waits until no work is due any more, and tells how many people there are.
async fn settled_people(world: &TestWorld, last_event: i64) -> usize {
    let done = |event: &Value| {
        let way = event["way"].as_array().unwrap();
        way.iter()
            .any(|line| line["kind"] == "import" || line["kind"] == "workflow")
    };
    world
        .until_call("inbox.show", json!({ "id": last_event }), done)
        .await;
    let people = world.call("people.list", json!({})).await;
    people.as_array().unwrap().len()
}
