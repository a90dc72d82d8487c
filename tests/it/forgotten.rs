//! What a candidate's events said goes with the candidate: deleted or anonymised at Lever's pages, told by an event that
//! is only a hint, read from Lever's API.

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_core::clock::Clock;
use fulcrum_tests::{Post, TestWorld, signed, text};
use serde_json::{Value, json};

/// The bodies that are kept and name an opportunity, and how many events there are of any.
async fn kept(world: &TestWorld, opportunity: &str) -> (Vec<String>, usize) {
    let page = world.call("inbox.list", json!({ "limit": 500 })).await;
    let events = page["events"].as_array().unwrap();
    let mut bodies = Vec::new();
    for event in events {
        let shown = world.call("inbox.show", json!({ "id": event["id"] })).await;
        let body = text(&shown, "body");
        bodies.extend(body.contains(opportunity).then(|| body.to_owned()));
    }
    (bodies, events.len())
}

/// A listener for deletions beside the one for hires, with its webhook in Lever.
async fn listen_for_deletions(world: &TestWorld) -> Webhook {
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateDeleted" });
    let draft = world.call("listeners.begin", begin).await;
    let url = text(&draft, "endpoint_url");
    let webhook = world.visitor.add_webhook("candidateDeleted", url).await;
    let webhook = webhook.unwrap();
    let create = json!({ "id": draft["id"], "signature_token": webhook.signature_token });
    world.call("listeners.create", create).await;
    webhook
}

/// Delivers an event about an opportunity, signed as Lever does, whatever Lever knows of it.
async fn tell(world: &TestWorld, webhook: &Webhook, event: &'static str, opportunity: &str) {
    let post = Post {
        event,
        token: format!("{:032x}", rand::random::<u128>()),
        triggered_at: world.clock.now().as_millisecond(),
        data: json!({ "opportunityId": opportunity }),
    };
    let body = signed(&post, &webhook.signature_token).to_string();
    assert_eq!(world.post(&webhook.url, body).await, 200);
}

#[tokio::test]
async fn what_was_delivered_about_a_candidate_goes_when_lever_deletes_them_and_the_rest_stays() {
    let (world, _) = TestWorld::ready().await;
    listen_for_deletions(&world).await;
    let ada = world.candidate("Ada Ito", &["ada@example.com"]).await;
    let ben = world.candidate("Ben Okoro", &["ben@example.com"]).await;
    for hired in [&ada, &ben] {
        world.visitor.hire(hired).await.unwrap();
    }
    world.people(2).await;
    let (bodies, before) = kept(&world, &ada).await;
    assert_eq!(bodies.len(), 1);

    world.visitor.press(&ada, "delete", &[]).await.unwrap();
    world
        .activity("Lever does not have the candidate any more")
        .await;
    let (bodies, events) = kept(&world, &ada).await;
    assert_eq!(bodies, [""; 0], "of the hire and of the deletion itself");
    assert_eq!(events, before + 1, "that they came is still known");
    assert_eq!(kept(&world, &ben).await.0.len(), 1);
}

#[tokio::test]
async fn an_event_that_only_claims_a_deletion_deletes_nothing() {
    let (world, _) = TestWorld::ready().await;
    let deletions = listen_for_deletions(&world).await;
    let ada = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&ada).await.unwrap();
    world.people(1).await;
    tell(&world, &deletions, "candidateDeleted", &ada).await;
    world.activity("Lever still has the candidate").await;
    assert_eq!(kept(&world, &ada).await.0.len(), 2);
}

/// Somebody who was not hired is anonymised, and then this event comes, which says nothing of it.
async fn anonymised_before(event: &'static str) {
    let (world, hires) = TestWorld::ready().await;
    let deletions = listen_for_deletions(&world).await;
    let ada = world.candidate("Ada Ito", &["ada@example.com"]).await;
    tell(&world, &hires, "candidateHired", &ada).await;
    world.activity("Nobody was imported").await;
    let (bodies, before) = kept(&world, &ada).await;
    assert_eq!(bodies.len(), 1);
    let reason = archive_reason(&world).await;
    let form = [("reason", reason.as_str())];
    world.visitor.press(&ada, "archive", &form).await.unwrap();
    world.visitor.press(&ada, "anonymise", &[]).await.unwrap();
    let webhook = if event == "candidateDeleted" {
        &deletions
    } else {
        &hires
    };
    tell(&world, webhook, event, &ada).await;
    world
        .until("what was said is gone", || async {
            let (bodies, events) = kept(&world, &ada).await;
            (bodies.is_empty() && events == before + 1).then_some(())
        })
        .await;
}

#[tokio::test]
async fn what_was_delivered_about_somebody_anonymised_goes_with_the_next_hire_of_theirs() {
    anonymised_before("candidateHired").await;
}

#[tokio::test]
async fn what_was_delivered_about_somebody_anonymised_goes_with_the_next_deletion() {
    anonymised_before("candidateDeleted").await;
}

/// A reason in Lever that is no hire.
async fn archive_reason(world: &TestWorld) -> String {
    let path = world
        .world
        .practice()
        .join("/v1/archive_reasons?type=non-hired");
    let request = world.world.http().get(path.unwrap());
    let answer = request.basic_auth("practice-api-key", Some(""));
    let answer: Value = answer.send().await.unwrap().json().await.unwrap();
    text(&answer["data"][0], "id").to_owned()
}
