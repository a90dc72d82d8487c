//! The Webhooks pages: origins, tokens, history, details, and the explained signature.

use fulcrum_practice::seeded_id;
use serde_json::json;

use crate::receiver::Receiver;
use crate::world::{API_KEY, World, send};

const PAGE: &str = "/settings/integrations/webhooks";

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap().replace("&#x2f;", "/")
}

async fn post(world: &World, path: &str, fields: &[(&str, &str)]) -> u16 {
    let answer = send(world.post(&format!("{PAGE}{path}")).form(fields)).await;
    answer.status().as_u16()
}

async fn hire(world: &World) {
    let id = seeded_id("opportunity", "rosa-lindqvist");
    world.control("/hire", json!({"opportunity": id})).await;
}

/// Makes a webhook by API; returns its id.
async fn made_by_api(world: &World) -> String {
    let body = json!({"url": "https://hooks.example.com/a", "event": "candidateHired"});
    let request = world.post("/v1/webhooks").basic_auth(API_KEY, Some(""));
    let answer: serde_json::Value = send(request.json(&body)).await.json().await.unwrap();
    answer["data"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn origins_are_chosen_on_the_page_and_at_least_one_of_them() {
    let world = World::start().await;
    let receiver = Receiver::start().await;
    let (id, _) = world.add_webhook("candidateHired", &receiver.url).await;
    let path = format!("/{id}");
    let url = ("url", receiver.url.as_str());
    assert_eq!(post(&world, &path, &[url, ("origins", "")]).await, 400);
    assert_eq!(
        post(&world, &path, &[url, ("origins", "walked in")]).await,
        400
    );
    let agency = [url, ("origins", ""), ("origins", "agency")];
    assert_eq!(post(&world, &path, &agency).await, 303);
    hire(&world).await;
    assert_eq!(world.ledger().await["deliveries"], json!([]));
    let (id, _) = world.add_webhook("contactCreated", &receiver.url).await;
    let path = format!("/{id}");
    assert_eq!(
        post(&world, &path, &agency).await,
        400,
        "it has no condition"
    );
    assert_eq!(post(&world, &path, &[url]).await, 303);
}

#[tokio::test]
async fn what_the_api_made_is_shown_marked_and_left_alone() {
    let world = World::start().await;
    let id = made_by_api(&world).await;
    let shown = page(&world, PAGE).await;
    assert!(shown.contains("Made by the API"));
    assert!(shown.contains("Nothing is sent while the event is off"));
    assert!(!shown.contains("data-testid=\"signature-token\""));
    let url = [("url", "https://hooks.example.com/b")];
    for action in ["", "/verify", "/token", "/delete"] {
        let path = format!("/{id}{action}");
        assert_eq!(post(&world, &path, &url).await, 403, "{action}");
    }
    assert_eq!(post(&world, "/nothing/delete", &[]).await, 404);
}

#[tokio::test]
async fn the_history_shows_request_answer_and_every_try() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    receiver.answer_with(500);
    let (id, _) = world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world).await;
    let (_, body) = receiver.next().await;
    receiver.answer_with(200);
    world.clock.advance(std::time::Duration::from_secs(10));
    receiver.next().await;
    let form = [("url", receiver.url.as_str())];
    post(&world, &format!("/{id}/verify"), &form).await;
    let list = page(&world, &format!("{PAGE}/{id}/history")).await;
    assert_eq!(list.matches("data-testid=\"delivery\"").count(), 2);
    assert!(list.contains("Delivered") && list.contains("Test"));
    let shown = page(&world, &format!("{PAGE}/deliveries/0")).await;
    for expected in [
        "User-Agent: Lever-Webhooks",
        "Content-Type: application/json",
        "POST /hook",
        "answered 500",
        "answered 200",
        body["token"].as_str().unwrap(),
        body["signature"].as_str().unwrap(),
    ] {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
    let unknown = send(world.get(&format!("{PAGE}/deliveries/99"))).await;
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn after_two_weeks_a_request_is_gone_and_cannot_be_rerun() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    let (id, _) = world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world).await;
    receiver.next().await;
    let rerun = "/deliveries/0/rerun";
    world
        .clock
        .advance(std::time::Duration::from_secs(14 * 24 * 3_600));
    assert_eq!(post(&world, rerun, &[]).await, 303);
    world.clock.advance(std::time::Duration::from_secs(1));
    assert_eq!(post(&world, rerun, &[]).await, 404);
    let list = page(&world, &format!("{PAGE}/{id}/history")).await;
    assert_eq!(list.matches("data-testid=\"delivery\"").count(), 1);
}

#[tokio::test]
async fn a_signature_is_explained_step_by_step_to_those_who_may_see_the_key() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    let (id, key) = world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world).await;
    let (_, body) = receiver.next().await;
    let path = format!("{PAGE}/deliveries/0/signature");
    let signature = body["signature"].as_str().unwrap();
    let shown = page(&world, &path).await;
    assert!(shown.contains(&key));
    assert!(shown.contains(&format!("data-testid=\"outer\">{signature}<")));
    assert!(shown.contains("It is what the steps above give."));
    world.log_in("mei-tanabe").await;
    for path in [PAGE, path.as_str()] {
        let shown = page(&world, path).await;
        assert!(!shown.contains(&key), "{path}");
        assert!(!shown.contains("data-testid=\"outer\""));
    }
    world.log_in("ola-berg").await;
    post(&world, &format!("/{id}/token"), &[]).await;
    let shown = page(&world, &path).await;
    assert!(shown.contains("has been replaced since"));
    assert!(!shown.contains("data-testid=\"outer\""));
}

#[tokio::test]
async fn a_request_is_shown_as_it_was_sent_whatever_the_switches_say_today() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    world.add_webhook("candidateHired", &receiver.url).await;
    hire(&world).await;
    let (_, body) = receiver.next().await;
    world.switch(json!({"webhook_id": false})).await;
    let id = format!("&quot;id&quot;: {}", body["id"]).replace('"', "&quot;");
    let shown = page(&world, &format!("{PAGE}/deliveries/0")).await;
    assert!(shown.contains(&id), "{id} in {shown}");
    assert_eq!(post(&world, "/deliveries/0/rerun", &[]).await, 303);
    let (_, body) = receiver.next().await;
    assert!(body.get("id").is_none());
    let shown = page(&world, &format!("{PAGE}/deliveries/1")).await;
    assert!(!shown.contains(&id) && shown.contains("&quot;opportunityId&quot;"));
}

#[tokio::test]
async fn a_request_that_waits_is_not_shown_as_if_it_had_been_sent() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    world.add_webhook("candidateHired", &receiver.url).await;
    let paused = |paused: bool| world.control("/webhooks/pause", json!({"paused": paused}));
    paused(true).await;
    hire(&world).await;
    let path = format!("{PAGE}/deliveries/0");
    let shown = page(&world, &path).await;
    assert!(shown.contains("Not sent yet. Deliveries are paused"));
    assert!(!shown.contains("data-testid=\"request-body\"") && !shown.contains("/signature\""));
    paused(false).await;
    receiver.next().await;
    let shown = page(&world, &path).await;
    assert!(shown.contains("data-testid=\"request-body\"") && !shown.contains("Not sent yet"));
    paused(true).await;
    assert_eq!(post(&world, "/deliveries/0/rerun", &[]).await, 303);
    let rerun = page(&world, &format!("{PAGE}/deliveries/1")).await;
    assert!(
        rerun.contains("Not sent yet"),
        "the first signature is not its own"
    );
}

#[tokio::test]
async fn what_one_address_answered_is_not_shown_as_the_answer_of_the_next() {
    let world = World::start().await;
    let receiver = Receiver::start().await;
    let (id, _) = world.add_webhook("candidateHired", &receiver.url).await;
    let form = [("url", receiver.url.as_str())];
    assert_eq!(post(&world, &format!("/{id}/verify"), &form).await, 303);
    assert!(page(&world, PAGE).await.contains("Connection verified"));
    let other = [("url", "https://hooks.example.com/other")];
    assert_eq!(post(&world, &format!("/{id}"), &other).await, 303);
    assert!(!page(&world, PAGE).await.contains("Connection verified"));
    assert_eq!(post(&world, &format!("/{id}"), &form).await, 303);
    assert!(page(&world, PAGE).await.contains("Connection verified"));
}
