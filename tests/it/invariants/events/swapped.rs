//! I14: the fields that the signature does not cover never decide.

use std::collections::HashSet;

use fulcrum_tests::{Invariant, Post, TestWorld, signed, tries};
use serde_json::{Value, json};

use super::{arrived, hire, settled_people};

/// What somebody with a true triple of token, time and signature may write around it.
fn swapped(number: usize, not_hired: &str, hired: &str) -> (&'static str, Value) {
    match number % 5 {
        0 => ("candidateHired", json!({ "opportunityId": not_hired })),
        1 => (
            "candidateHired",
            json!({ "opportunityId": "00000000-0000-4000-8000-000000000000" }),
        ),
        2 => (
            "candidateHired",
            json!({ "opportunityId": not_hired, "toArchived": { "reason": "hired" } }),
        ),
        3 => (
            "candidateStageChange",
            json!({ "opportunityId": not_hired, "toStageId": "offer" }),
        ),
        _ => ("candidateDeleted", json!({ "opportunityId": hired })),
    }
}

#[tokio::test]
async fn i14_unsigned_fields_never_decide() {
    let (world, webhook) = TestWorld::ready().await;
    world.pause_webhooks().await;
    let hired = world.candidate("Ada Ito", &["ada@example.com"]).await;
    let not_hired = world.candidate("Ben Okoro", &["ben@example.com"]).await;
    world.visitor.hire(&hired).await.unwrap();

    let wanted = tries(10_000, 60);
    let mut by_body = HashSet::new();
    for number in 0..wanted {
        let (event, data) = swapped(number, &not_hired, &hired);
        // The control acts on the body, as who takes an event for the truth does.
        if event == "candidateHired" && data["opportunityId"] != json!(hired) {
            by_body.insert(data["opportunityId"].to_string());
        }
        let post = Post {
            event,
            data,
            ..hire(&world, number, &hired)
        };
        let body = signed(&post, &webhook.signature_token).to_string();
        assert_eq!(world.post(&webhook.url, body).await, 200);
    }
    // The true one comes last, so that whatever the others do is done.
    let truth = signed(&hire(&world, wanted, &hired), &webhook.signature_token);
    assert_eq!(world.post(&webhook.url, truth.to_string()).await, 200);
    arrived(&world, wanted + 2).await;
    let newest = world.call("inbox.list", json!({ "limit": 500 })).await;
    let newest = newest["events"].as_array().unwrap().clone();
    for row in newest.iter().filter(|row| row["verdict"] == "verified") {
        settled_people(&world, row["id"].as_i64().unwrap()).await;
    }
    world.people(1).await;
    let people = world.call("people.list", json!({})).await;
    let names: Vec<_> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    let true_ones = names.iter().filter(|name| **name == "Ada Ito").count();
    Invariant::new("I14")
        .at_least("swapped", wanted, wanted)
        .exactly("effects_contradicting_lever", names.len() - true_ones, 0)
        .exactly("true_effects", true_ones, 1)
        .at_least("control_contradicting", by_body.len(), 2)
        .conclude();
}
