//! Requests that fail in the way they were asked to.

use fulcrum_practice::seeded_id;
use reqwest::header::{LOCATION, RETRY_AFTER};
use serde_json::{Value, json};

use crate::world::{API_KEY, World, send};

/// Sends a note to a seeded candidate; `Err` if no answer came.
async fn add_note(world: &World) -> reqwest::Result<reqwest::Response> {
    let request = world.post(&format!("/v1{}", notes()));
    let request = request.basic_auth(API_KEY, Some(""));
    request.json(&json!({"value": "a note"})).send().await
}

fn notes() -> String {
    let id = seeded_id("opportunity", "arabic-name");
    format!("/opportunities/{id}/notes")
}

async fn notes_kept(world: &World) -> usize {
    world.api(&notes()).await["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_fault_hits_as_often_as_asked_and_then_ends() {
    let world = World::start().await;
    let fault = json!({"path_prefix": "/v1/stages", "kind": "html", "status": 502, "count": 2});
    world.control("/faults", fault).await;
    let ask = || send(world.get("/v1/stages").basic_auth(API_KEY, Some("")));
    for _ in 0..2 {
        let answer = ask().await;
        assert_eq!(answer.status(), 502);
        assert!(answer.json::<Value>().await.is_err());
    }
    assert_eq!(ask().await.status(), 200);
}

#[tokio::test]
async fn a_connection_dropped_before_the_work_leaves_nothing_done() {
    let world = World::start().await;
    let fault = json!({"kind": "drop", "method": "POST", "path": "/v1/opportunities/*/notes"});
    world.control("/faults", fault).await;
    assert!(add_note(&world).await.is_err());
    assert_eq!(notes_kept(&world).await, 0);
    assert!(add_note(&world).await.is_ok());
}

#[tokio::test]
async fn a_connection_dropped_after_the_work_leaves_it_done() {
    let world = World::start().await;
    let fault = json!({"kind": "drop_after", "method": "POST", "count": null});
    let fault = world.control("/faults", with_path(fault)).await;
    assert!(add_note(&world).await.is_err());
    assert!(add_note(&world).await.is_err());
    assert_eq!(notes_kept(&world).await, 2);
    let path = format!("/practice/faults/{}", fault[0]["number"]);
    let lift = |path: &str| send(world.http.delete(format!("{}{path}", world.url)));
    assert_eq!(lift(&path).await.status(), 200);
    assert_eq!(lift(&path).await.status(), 400);
    assert!(add_note(&world).await.is_ok());
}

#[tokio::test]
async fn an_error_status_after_the_work_leaves_it_done_and_the_ledger_says_so() {
    let world = World::start().await;
    let fault = json!({"kind": "status_after", "status": 503, "method": "POST", "count": 2});
    world.control("/faults", with_path(fault)).await;
    for _ in 0..2 {
        let answer = add_note(&world).await.unwrap();
        assert_eq!(answer.status(), 503);
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["code"], "PracticeFault");
    }
    assert_eq!(notes_kept(&world).await, 2);
    assert_eq!(add_note(&world).await.unwrap().status(), 201);
    let ledger = send(world.get("/practice/ledger?since=0")).await;
    let ledger: Value = ledger.json().await.unwrap();
    let lost = &ledger["entries"][0];
    let outcome = (&lost["fault"], &lost["status"]);
    assert_eq!(outcome, (&json!("status_after"), &json!(201)));
    assert_eq!(lost["credential"]["kind"], "api_key");
    assert_eq!(ledger["counts"]["writes"], 3);
}

/// The fault for the API only, so that the control plane is left alone.
fn with_path(mut fault: Value) -> Value {
    fault["path_prefix"] = json!("/v1/");
    fault
}

#[tokio::test]
async fn a_truncated_answer_is_whole_to_http_and_half_to_json() {
    let world = World::start().await;
    world
        .control("/faults", with_path(json!({"kind": "truncate"})))
        .await;
    let answer = add_note(&world).await.unwrap();
    assert_eq!(answer.status(), 201);
    let body = answer.text().await.unwrap();
    assert!(body.starts_with("{\"data\""));
    assert!(serde_json::from_str::<Value>(&body).is_err());
    assert_eq!(notes_kept(&world).await, 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_announces_more_than_it_sends() {
    let world = World::start().await;
    world
        .control("/faults", with_path(json!({"kind": "break_off"})))
        .await;
    let answer = add_note(&world).await.unwrap();
    assert_eq!(answer.status(), 201);
    assert!(answer.bytes().await.is_err());
    assert_eq!(notes_kept(&world).await, 1);
}

#[tokio::test]
async fn a_429_says_when_to_come_back_only_if_asked_to() {
    let world = World::start().await;
    for (wanted, fault) in [
        (None, json!({"kind": "rate_limit"})),
        (
            Some("7"),
            json!({"kind": "rate_limit", "retry_after_seconds": 7}),
        ),
    ] {
        world.control("/faults", with_path(fault)).await;
        let answer = add_note(&world).await.unwrap();
        assert_eq!(answer.status(), 429);
        let header = answer.headers().get(RETRY_AFTER);
        assert_eq!(header.map(|value| value.to_str().unwrap()), wanted);
    }
}

#[tokio::test]
async fn a_redirect_leads_to_the_same_path_at_the_other_host() {
    let world = World::start().await;
    let fault = json!({"kind": "redirect", "status": 301, "location": "https://eu.example.com"});
    world.control("/faults", with_path(fault)).await;
    let answer = send(world.get("/v1/users?limit=2").basic_auth(API_KEY, Some(""))).await;
    assert_eq!(answer.status(), 301);
    let wanted = "https://eu.example.com/v1/users?limit=2";
    assert_eq!(answer.headers()[LOCATION], wanted);
}

#[tokio::test]
async fn a_slow_answer_waits_for_the_practice_clock() {
    let world = World::start().await;
    let fault = json!({"kind": "slow", "delay_ms": 60_000, "by_practice_clock": true});
    world.control("/faults", with_path(fault)).await;
    let asked = world.get("/v1/stages").basic_auth(API_KEY, Some(""));
    let mut answer = Box::pin(asked.send());
    let answer = loop {
        let advance = world.control("/clock", json!({"advance": "1 minute"}));
        tokio::select! {
            answer = &mut answer => break answer.unwrap(),
            _ = advance => {}
        }
    };
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_fault_that_makes_no_sense_is_refused_in_words() {
    let world = World::start().await;
    for fault in [
        json!({"kind": "status", "status": 200}),
        json!({"kind": "status_after", "status": 201}),
        json!({"kind": "redirect"}),
        json!({"kind": "drop", "path": "v1"}),
    ] {
        let answer = send(world.post("/practice/faults").json(&fault)).await;
        assert_eq!(answer.status(), 400, "{fault}");
        let answer: Value = answer.json().await.unwrap();
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
}
