//! Sample values: read from Lever on request, then kept, so that a draft is tried without it.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

const ROSA: &str = "rosa.lindqvist@example.com";

fn by_email(email: &str) -> Value {
    json!({ "subject": { "kind": "email", "email": email } })
}

/// The whole name, as the draft gives it for a kept sample.
fn name_of(sample: &Value) -> Value {
    let id = text(&sample["candidate"], "opportunity_id");
    json!({ "opportunity_id": id, "rules": { "rules": [{
        "target": "preferred_name",
        "source": { "kind": "lever", "field": "opportunity.name" },
        "transforms": []
    }] } })
}

async fn found(world: &TestWorld, request: Value) -> Value {
    let answer = world.call("mappings.sample", request).await;
    assert_eq!(answer["kind"], "found", "{answer}");
    answer["sample"].clone()
}

async fn break_lever(world: &TestWorld, status: u16) {
    let fault = json!({ "path_prefix": "/v1/", "kind": "status", "status": status, "count": null });
    world.world.control("faults", Some(&fault)).await.unwrap();
}

async fn requests(world: &TestWorld) -> u64 {
    let ledger = world.world.control("ledger", None).await.unwrap();
    ledger["api_requests"].as_u64().unwrap()
}

#[tokio::test]
async fn a_draft_is_tried_on_a_kept_sample_without_asking_lever() {
    let (world, _) = TestWorld::ready().await;
    let sample = found(&world, by_email(ROSA)).await;
    let before = requests(&world).await;
    let shown = world.call("mappings.preview", name_of(&sample)).await;
    assert_eq!(shown["samples"][0]["value"], "Rosa Lindqvist");
    assert_eq!(requests(&world).await, before);
}

#[tokio::test]
async fn a_person_and_the_latest_hire_are_samples_too() {
    let (world, _) = TestWorld::ready().await;
    let rosa = found(&world, by_email(ROSA)).await["candidate"].clone();
    let hire = world.visitor.hire(text(&rosa, "opportunity_id"));
    hire.await.unwrap();
    let people = world.people(1).await;
    for subject in [
        json!({ "kind": "person", "id": people[0]["id"] }),
        json!({ "kind": "recent_hire" }),
    ] {
        let sample = found(&world, json!({ "subject": subject })).await;
        assert_eq!(sample["candidate"]["name"], "Rosa Lindqvist", "{subject}");
        assert_eq!(sample["not_fresh"], Value::Null);
    }
}

#[tokio::test]
async fn while_lever_is_away_the_older_sample_is_shown_with_its_time_even_after_a_restart() {
    let (mut world, _) = TestWorld::ready().await;
    let fresh = found(&world, by_email(ROSA)).await;
    assert_eq!(fresh["not_fresh"], Value::Null);
    let read_at = fresh["read_at"].clone();
    world.clock.advance(std::time::Duration::from_secs(3_600));
    world.switch_off().await;
    world.switch_on().await;
    break_lever(&world, 503).await;
    let id = fresh["candidate"]["opportunity_id"].clone();
    for request in [
        by_email(&ROSA.to_uppercase()),
        json!({ "subject": { "kind": "opportunity", "id": id } }),
    ] {
        let older = found(&world, request).await;
        assert_eq!(older["read_at"], read_at);
        assert!(text(&older, "not_fresh").contains("Lever"), "{older}");
        let shown = world.call("mappings.preview", name_of(&older)).await;
        assert_eq!(shown["samples"][0]["value"], "Rosa Lindqvist");
    }
    let stranger = by_email("paulo.teles@example.com");
    let refused = world.try_call("mappings.sample", stranger).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::LeverUnreachable);
}

#[tokio::test]
async fn who_is_gone_from_lever_is_forgotten_here() {
    let (world, _) = TestWorld::ready().await;
    let sample = found(&world, by_email(ROSA)).await;
    let id = text(&sample["candidate"], "opportunity_id");
    let gone =
        json!({ "path": format!("/v1/opportunities/{id}"), "kind": "status", "status": 404 });
    world.world.control("faults", Some(&gone)).await.unwrap();
    let request = json!({ "subject": { "kind": "opportunity", "id": id } });
    let refused = world.try_call("mappings.sample", request).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
    let refused = world.try_call("mappings.preview", name_of(&sample)).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn deleting_what_lever_sent_deletes_the_samples() {
    let (world, _) = TestWorld::ready().await;
    let sample = found(&world, by_email(ROSA)).await;
    let request =
        json!({ "integration": "onboarding", "confirmation": "revoke", "data": "delete_events" });
    world.call("grants.revoke", request).await;
    let refused = world.try_call("mappings.preview", name_of(&sample)).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
}
