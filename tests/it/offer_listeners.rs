//! Listeners of offer letters: their events add work, and they live with the connection of offer letters alone.

use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_core::clock::Clock;
use fulcrum_tests::{Post, TestWorld, signed, text};
use serde_json::{Value, json};

use crate::letters::{advance, drafted, the_letter, watching};
use crate::moved_webhook::move_to;
use crate::set_up_for_me::{KEY, in_lever};

/// The signature token of every webhook here that no Lever made.
const TOKEN: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// The page where the webhooks of offer letters are set up.
async fn events(world: &TestWorld) -> Value {
    world.call("listeners.of_offers", json!({})).await
}

/// Its row of an event.
fn row<'a>(events: &'a Value, event: &str) -> &'a Value {
    let mut each = events["events"].as_array().unwrap().iter();
    let found = each.find(|row| row["event"] == event);
    found.unwrap_or_else(|| panic!("{event} is not in {events:#}"))
}

async fn begin(world: &TestWorld, event: &str) -> Value {
    let begin = json!({ "integration": "offer_letters", "event": event });
    world.call("listeners.begin", begin).await
}

/// A listener of offer letters with its signature token.
async fn complete(world: &TestWorld, event: &str) -> Value {
    let draft = begin(world, event).await;
    let create = json!({ "id": draft["id"], "signature_token": TOKEN });
    world.call("listeners.create", create).await
}

/// Posts an event of an opportunity that Lever does not have; `ahead` is how far in the future its time lies, in minutes.
async fn post(world: &TestWorld, listener: &Value, event: &'static str, ahead: i64) -> Value {
    post_of(world, listener, (event, "an-opportunity"), ahead).await
}

/// Posts an event of an opportunity as Lever does.
async fn post_of(
    world: &TestWorld,
    listener: &Value,
    (event, opportunity): (&'static str, &str),
    ahead: i64,
) -> Value {
    let body = signed(
        &Post {
            event,
            token: format!("{ahead:032x}"),
            triggered_at: world.clock.now().as_millisecond() + ahead * 60 * 1_000,
            data: json!({ "opportunityId": opportunity }),
        },
        TOKEN,
    );
    let url = text(listener, "endpoint_url");
    assert_eq!(world.post(url, body.to_string()).await, 200);
    body
}

/// Waits for an event with this verdict; gives what the inbox shows of it.
async fn arrived(world: &TestWorld, verdict: &str) -> Value {
    let list = json!({ "verdict": verdict });
    let page = world
        .until_call("inbox.list", list, |page| page["events"] != json!([]))
        .await;
    let id = json!({ "id": page["events"][0]["id"] });
    world.call("inbox.show", id).await
}

async fn connect_by_key(world: &TestWorld) {
    let by_key = json!({ "integration": "offer_letters", "environment": "custom", "api_key": KEY });
    world.call("connections.use_api_key", by_key).await;
}

/// Connects by sign-in with the five permissions and these.
async fn sign_in(world: &TestWorld, also: &[&str]) {
    let mut request = demo::sign_in_request("offer_letters");
    request["also"] = json!(also);
    let sign_in = world.call("connections.sign_in", request).await;
    let url = text(&sign_in, "authorize_url");
    world.visitor.consent(url, "accept").await.unwrap();
    let letters = json!({ "integration": "offer_letters" });
    world.call("connections.wait", letters).await;
}

async fn disconnect(world: &TestWorld, integration: &str, data: &str) {
    let request = json!({ "integration": integration, "confirmation": "revoke", "data": data });
    world.call("grants.revoke", request).await;
}

#[tokio::test]
async fn there_is_one_for_each_of_the_four_events_and_none_for_another() {
    let world = TestWorld::new().await;
    let shown = events(&world).await;
    let each = shown["events"].as_array().unwrap().iter();
    let each: Vec<_> = each.map(|row| text(row, "event")).collect();
    assert_eq!(
        each,
        [
            "candidateStageChange",
            "candidateArchiveChange",
            "candidateHired",
            "candidateDeleted"
        ]
    );
    assert_eq!(text(&shown, "set_up"), "not_connected");

    let draft = begin(&world, "candidateHired").await;
    assert_eq!(begin(&world, "candidateHired").await["id"], draft["id"]);
    let listener = complete(&world, "candidateHired").await;
    assert_eq!(listener["id"], draft["id"]);
    assert_eq!(
        begin(&world, "candidateHired").await["id"],
        draft["id"],
        "complete, it is still the only one"
    );
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    assert_eq!(workflow["listeners"], json!([]));

    let other = json!({ "integration": "offer_letters", "event": "interviewCreated" });
    let refused = world.try_call("listeners.begin", other).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("event"));
    let admission = json!({ "stage": { "id": "offer", "name": "Offer" } });
    let admit = json!({ "id": draft["id"], "admission": admission });
    let refused = world.try_call("listeners.admit", admit).await.unwrap_err();
    assert!(refused.message.contains("lets nobody in"), "{refused:?}");
}

/// Without a connection the work waits, so that it can be counted.
#[tokio::test]
async fn a_genuine_event_adds_its_work_once_and_can_be_run_again_or_dismissed() {
    let world = TestWorld::new().await;
    let listener = complete(&world, "candidateStageChange").await;
    let body = post(&world, &listener, "candidateStageChange", 0).await;
    let event = arrived(&world, "verified").await;
    let url = text(&listener, "endpoint_url");
    assert_eq!(world.post(url, body.to_string()).await, 200);
    arrived(&world, "duplicate").await;

    let is_one = |items: &Value| items.as_array().is_some_and(|items| items.len() == 1);
    let attention = || world.until_call("attention.list", json!({}), is_one);
    attention().await;
    let page = world.call("inbox.list", json!({})).await;
    assert_eq!(
        text(&page["listeners"][0], "label"),
        "Candidate stage change, Offer letters"
    );
    let seen = events(&world).await;
    let seen = &row(&seen, "candidateStageChange")["listener"];
    assert_eq!(text(seen, "state"), "connection_verified");
    assert!(seen["last_event_at"].is_i64(), "{seen:#}");

    assert_eq!(
        (&event["can_run"], &event["can_replay"]),
        (&json!(true), &json!(false))
    );
    let id = json!({ "id": event["row"]["id"] });
    let replay = world.try_call("inbox.replay", id.clone()).await;
    assert!(replay.unwrap_err().message.contains("for offer letters"));
    world.call("inbox.run", id.clone()).await;
    attention().await;
    world.call("inbox.dismiss", id).await;
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
}

/// Nobody moves the clock, so that no poll is due.
#[tokio::test]
async fn an_event_brings_the_letter_without_waiting_for_the_next_poll() {
    let world = watching().await;
    let listener = complete(&world, "candidateStageChange").await;
    let (opportunity, offer) = drafted(&world, "Ada Ito").await;
    advance(&world, &offer, "sent-manually").await;
    let moved = ("candidateStageChange", opportunity.as_str());
    post_of(&world, &listener, moved, 0).await;
    let letter = the_letter(&world, |row| row["status"] == "published").await;
    assert_eq!(text(&letter, "candidate"), "Ada Ito");
}

#[tokio::test]
async fn a_deletion_and_a_time_in_the_future_are_work_of_offer_letters_too() {
    let world = TestWorld::new().await;
    let listener = complete(&world, "candidateDeleted").await;
    post(&world, &listener, "candidateDeleted", 20).await;
    world.attention("check this computer's clock").await;
    let event = arrived(&world, "quarantined").await;
    assert!(text(&event, "waits").contains("clock"), "{event:#}");
}

#[tokio::test]
async fn a_removed_one_answers_410_and_its_event_can_be_listened_to_anew() {
    let world = TestWorld::new().await;
    let listener = complete(&world, "candidateArchiveChange").await;
    let id = json!({ "id": listener["id"] });
    assert_eq!(world.call("listeners.remove", id).await, json!([]));
    let url = text(&listener, "endpoint_url");
    world
        .until("the removed address answers 410", || async {
            (world.post(url, "{}").await == 410).then_some(())
        })
        .await;
    let shown = events(&world).await;
    assert_eq!(
        row(&shown, "candidateArchiveChange")["listener"],
        Value::Null
    );
    let next = begin(&world, "candidateArchiveChange").await;
    assert_ne!(next["id"], listener["id"]);
}

/// Whether the listener of hires and the one of offers are on.
async fn on(world: &TestWorld) -> (bool, bool) {
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    let offers = events(world).await;
    let offers = &row(&offers, "candidateStageChange")["listener"];
    (workflow["listeners"][0]["on"] == true, offers["on"] == true)
}

#[tokio::test]
async fn the_end_of_one_connection_pauses_its_own_listeners_only() {
    let (world, _) = TestWorld::ready().await;
    sign_in(&world, &[]).await;
    complete(&world, "candidateStageChange").await;
    let grants = world.call("grants.list", json!({})).await;
    let stops = grants["grants"][1]["stops"].to_string();
    assert!(
        stops.contains("The listener of offer letters is switched off"),
        "{stops}"
    );
    assert_eq!(on(&world).await, (true, true));
    disconnect(&world, "offer_letters", "keep").await;
    assert_eq!(on(&world).await, (true, false));
    disconnect(&world, "onboarding", "keep").await;
    sign_in(&world, &[]).await;
    assert_eq!(on(&world).await, (false, true));
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    assert_eq!(on(&world).await, (true, true));
}

#[tokio::test]
async fn deleting_everything_of_one_integration_leaves_what_came_for_the_other() {
    let (world, webhook) = TestWorld::ready().await;
    connect_by_key(&world).await;
    let listener = complete(&world, "candidateStageChange").await;
    post(&world, &listener, "candidateStageChange", 0).await;
    arrived(&world, "verified").await;
    world.activity("\"Candidate stage change\", arrived").await;

    disconnect(&world, "offer_letters", "delete_everything").await;
    let shown = events(&world).await;
    assert_eq!(row(&shown, "candidateStageChange")["listener"], Value::Null);
    let inbox = world.call("inbox.list", json!({})).await;
    let labels = inbox["listeners"].to_string();
    assert!(!labels.contains("Offer letters"), "{labels}");
    assert!(labels.contains("Candidate hired"), "the test of the other");
    world.activity("Lever's test for").await;
    world
        .until("the address of offer letters answers 410", || async {
            let status = world.post(text(&listener, "endpoint_url"), "{}").await;
            (status == 410).then_some(())
        })
        .await;
    assert_eq!(world.post(&webhook.url, "{}").await, 200);
}

#[tokio::test]
async fn all_four_are_set_up_through_the_connection_of_offer_letters() {
    let world = TestWorld::new().await;
    connect_by_key(&world).await;
    let before = complete(&world, "candidateHired").await;
    let shown = events(&world).await;
    assert_eq!(
        shown["to_set_up"],
        json!([
            "candidateStageChange",
            "candidateArchiveChange",
            "candidateDeleted"
        ]),
        "one was set up by hand"
    );
    let made = world.call("listeners.set_up_offers", json!({})).await;
    assert_eq!(made["to_set_up"], json!([]));
    for event in [
        "candidateStageChange",
        "candidateArchiveChange",
        "candidateDeleted",
    ] {
        let listener = &row(&made, event)["listener"];
        assert_eq!(
            (text(listener, "set_up"), text(listener, "state")),
            ("made", "waiting_for_first_event")
        );
        let url = text(listener, "endpoint_url");
        assert_eq!(in_lever(&world, url).await, 1, "{event}");
    }
    assert_eq!(in_lever(&world, text(&before, "endpoint_url")).await, 0);

    let listener = &row(&made, "candidateDeleted")["listener"];
    let id = json!({ "id": listener["id"] });
    world.call("listeners.remove", id).await;
    world.activity("Lever deleted the webhook").await;
    assert_eq!(in_lever(&world, text(listener, "endpoint_url")).await, 0);

    let listener = &row(&made, "candidateStageChange")["listener"];
    let url = text(listener, "endpoint_url");
    let again = world.visitor.add_webhook("candidateStageChange", url);
    again.await.unwrap();
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(
        world.call("listeners.doubled", json!({})).await,
        json!([{ "listener_id": listener["id"], "webhooks": 2 }])
    );
}

#[tokio::test]
async fn the_permission_to_make_webhooks_is_asked_for_when_it_is_ticked() {
    let world = TestWorld::new().await;
    let scope: &[_] = &["webhooks:write:admin"];
    for (also, set_up) in [(&[][..], "not_permitted"), (scope, "possible")] {
        sign_in(&world, also).await;
        let shown = events(&world).await;
        assert_eq!(text(&shown, "set_up"), set_up);
        let draft = begin(&world, "candidateHired").await;
        assert_eq!(text(&draft, "set_up"), set_up);
        let may = shown["to_set_up"].as_array().unwrap().len();
        assert_eq!(may, if set_up == "possible" { 4 } else { 0 });
    }
}

#[tokio::test]
async fn its_webhook_follows_to_a_new_address_and_one_made_by_hand_is_listed() {
    let world = TestWorld::new().await;
    connect_by_key(&world).await;
    let by_hand = complete(&world, "candidateHired").await;
    let draft = begin(&world, "candidateStageChange").await;
    let id = json!({ "id": draft["id"] });
    let made = world.call("listeners.set_up", id.clone()).await;
    let old = text(&made, "endpoint_url").to_owned();
    let elsewhere = demo::world::World::start().await.unwrap();
    let world = move_to(world, &elsewhere).await;
    world.activity("calls the new public address").await;
    let shown = world.call("listeners.show", id).await;
    let new = text(&shown, "endpoint_url");
    assert_ne!(new, old);
    assert_eq!(
        (in_lever(&world, &old).await, in_lever(&world, new).await),
        (0, 1)
    );
    let path = world.call("path.show", json!({})).await;
    let moved = path["moved"].as_array().unwrap();
    assert_eq!(moved.len(), 1, "{path:#}");
    assert_eq!(moved[0]["listener_id"], by_hand["id"]);
    assert_eq!(text(&moved[0], "purpose"), "Offer letters");
}
