//! The witness: what the practice world says it received.

use std::time::Duration;

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::world::{API_KEY, World, attribute_after, send};

async fn entries_since(world: &World, since: u64) -> Value {
    let path = format!("/practice/ledger?since={since}");
    send(world.get(&path)).await.json().await.unwrap()
}

#[tokio::test]
async fn every_api_request_is_entered_in_order_with_who_sent_it_and_no_secret() {
    let world = World::start().await;
    world.api("/stages?limit=2").await;
    send(world.get("/v1/users").bearer_auth("stolen")).await;
    let notes = format!(
        "/v1/opportunities/{}/notes",
        seeded_id("opportunity", "arabic-name")
    );
    let note = world.post(&notes).basic_auth(API_KEY, Some(""));
    send(note.json(&json!({"value": "hello"}))).await;
    send(world.get("/candidates")).await;
    let ledger = entries_since(&world, 0).await;
    let entries = ledger["entries"].as_array().unwrap();
    let seen: Vec<Value> = entries
        .iter()
        .map(|one| {
            json!([
                one["number"],
                one["method"],
                one["path"],
                one["query"],
                one["status"]
            ])
        })
        .collect();
    let wanted = json!([
        [1, "GET", "/v1/stages", "limit=2", 200],
        [2, "GET", "/v1/users", null, 401],
        [3, "POST", notes, null, 201],
    ]);
    assert_eq!(Value::from(seen), wanted);
    let key = json!({"kind": "api_key", "app": "Practice key"});
    assert_eq!(entries[0]["credential"], key);
    assert_eq!(entries[1]["credential"], Value::Null);
    assert_eq!(entries[2]["body"], json!({"value": "hello"}));
    let printed = ledger.to_string();
    assert!(!printed.contains(API_KEY) && !printed.contains("stolen"));
}

#[tokio::test]
async fn requests_for_consent_and_their_answers_are_entered_without_code_or_state() {
    let world = World::start().await;
    let path = format!(
        "{}&code_challenge=guessed",
        world.authorize_path("offline_access")
    );
    let page = send(world.get(&path)).await.text().await.unwrap();
    let transaction = attribute_after(&page, "name=\"transaction\"", "value");
    for decision in ["deny", "accept"] {
        let answer = [
            ("transaction", transaction.as_str()),
            ("decision", decision),
        ];
        send(world.post("/authorize").form(&answer)).await;
    }
    world.switch(json!({"automatic_consent": "accept"})).await;
    let answer = send(world.get(&world.authorize_path("offline_access"))).await;
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let code = location.split("code=").nth(1).unwrap().split('&').next();
    let ledger = entries_since(&world, 0).await;
    let entries = ledger["entries"].as_array().unwrap().iter();
    let told = entries.map(|one| {
        json!([
            one["method"],
            one["status"],
            one["body"]["decision"],
            one["brought_back"]
        ])
    });
    let wanted = json!([
        ["GET", 200, null, null],
        ["POST", 303, "deny", "access_denied"],
        ["POST", 403, "accept", null],
        ["GET", 303, null, "code"],
    ]);
    assert_eq!(Value::from(told.collect::<Vec<_>>()), wanted);
    assert_eq!(ledger["counts"]["authorize_requests"], 4);
    let query = ledger["entries"][0]["query"].as_str().unwrap();
    assert!(query.contains("client_id=fulcrum-practice") && query.contains("state=hidden"));
    let printed = ledger.to_string();
    for secret in ["state-1", "guessed", &transaction, code.unwrap()] {
        assert!(!printed.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_request_whose_answer_was_lost_is_entered_with_its_fault() {
    let world = World::start().await;
    for kind in ["drop", "drop_after"] {
        let fault = json!({"kind": kind, "path": "/v1/opportunities/*/addTags"});
        world.control("/faults", fault).await;
        let tags = format!(
            "/v1/opportunities/{}/addTags",
            seeded_id("opportunity", "arabic-name")
        );
        let request = world.post(&tags).basic_auth(API_KEY, Some(""));
        assert!(request.json(&json!({"tags": [kind]})).send().await.is_err());
    }
    let ledger = entries_since(&world, 0).await;
    let outcomes: Vec<Value> = ledger["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!([one["fault"], one["status"]]))
        .collect();
    assert_eq!(
        Value::from(outcomes),
        json!([["drop", null], ["drop_after", 200]])
    );
    let writes = world.ledger().await["writes"].clone();
    assert_eq!(writes.as_array().unwrap().len(), 1);
    assert_eq!(writes[0]["body"]["tags"], json!(["drop_after"]));
}

#[tokio::test]
async fn the_ledger_is_read_on_from_a_number_and_forgets_on_request() {
    let world = World::start().await;
    world.api("/stages").await;
    let next = entries_since(&world, 0).await["next"].as_u64().unwrap();
    world.api("/users").await;
    let later = entries_since(&world, next).await;
    assert_eq!(later["entries"].as_array().unwrap().len(), 1);
    assert_eq!(later["entries"][0]["path"], "/v1/users");
    assert_eq!(later["counts"]["api_requests"], 2);
    let forget = world.http.delete(format!("{}/practice/ledger", world.url));
    send(forget).await;
    let after = entries_since(&world, 0).await;
    assert_eq!(
        (&after["entries"], &after["counts"]["api_requests"]),
        (&json!([]), &json!(0))
    );
}

#[tokio::test]
async fn every_attempt_of_a_delivery_is_entered_with_its_body_and_outcome() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    receiver.answer_with(500);
    world.add_webhook("candidateHired", &receiver.url).await;
    let hire = json!({"opportunity": seeded_id("opportunity", "rosa-lindqvist")});
    world.control("/hire", hire).await;
    let (_, first) = receiver.next().await;
    // The second try comes only after the first was entered.
    world.clock.advance(Duration::from_secs(10));
    receiver.next().await;
    let ledger = entries_since(&world, 0).await;
    let mut entries = ledger["entries"].as_array().unwrap().iter();
    let sent = entries.find(|entry| entry["direction"] == "sent").unwrap();
    assert_eq!((&sent["body"], &sent["status"]), (&first, &json!(500)));
}
