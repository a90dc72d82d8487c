//! The pages, followed as a person or a plain HTTP client would.

use fulcrum_practice::seeded_id;
use serde_json::json;

use crate::receiver::Receiver;
use crate::world::{World, attribute_after, send};

const WEBHOOKS: &str = "/settings/integrations/webhooks";

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_person_sets_up_a_webhook_as_the_article_describes_and_a_hire_arrives() {
    let world = World::start().await;
    let mut receiver = Receiver::start().await;
    let toggle = [("event", "candidateHired"), ("enabled", "true")];
    send(world.post(&format!("{WEBHOOKS}/toggle")).form(&toggle)).await;
    send(world.post(WEBHOOKS).form(&[("event", "candidateHired")])).await;
    let shown = page(&world, WEBHOOKS).await;
    assert!(shown.contains("Settings &gt; Integrations and API &gt; Webhooks"));
    let id = attribute_after(&shown, "data-testid=\"webhook\"", "data-webhook");
    let token = attribute_after(&shown, "data-testid=\"signature-token\"", "value");
    assert_eq!(token.len(), 48);
    let form = [("url", receiver.url.as_str())];
    send(world.post(&format!("{WEBHOOKS}/{id}/verify")).form(&form)).await;
    receiver.next().await;
    let hired = format!(
        "/candidates/{}/hired",
        seeded_id("opportunity", "one-word-name")
    );
    assert_eq!(send(world.post(&hired)).await.status(), 303);
    let (_, body) = receiver.next().await;
    assert_eq!(
        body["data"]["opportunityId"],
        seeded_id("opportunity", "one-word-name")
    );
    assert_eq!(
        send(world.post(&hired)).await.status(),
        400,
        "already hired"
    );
    assert!(
        page(&world, "/candidates?tab=hired")
            .await
            .contains("Wirawan")
    );
}

#[tokio::test]
async fn an_endpoint_without_https_is_refused_in_words() {
    let world = World::start().await;
    let (id, _) = world
        .add_webhook("candidateHired", "http://127.0.0.1:9/x")
        .await;
    let form = [("url", "http://hooks.example.com/x")];
    let refused = send(world.post(&format!("{WEBHOOKS}/{id}")).form(&form)).await;
    assert_eq!(refused.status(), 400);
    assert!(
        refused
            .text()
            .await
            .unwrap()
            .contains("must start with https:")
    );
}

#[tokio::test]
async fn only_a_super_admin_changes_webhooks() {
    let world = World::start().await;
    world.log_in("jonas-adeyemi").await;
    let toggle = [("event", "candidateHired"), ("enabled", "true")];
    let refused = send(world.post(&format!("{WEBHOOKS}/toggle")).form(&toggle)).await;
    assert_eq!(refused.status(), 403);
    assert!(!page(&world, WEBHOOKS).await.contains("Add webhook"));
}

#[tokio::test]
async fn names_are_escaped_and_every_profile_opens() {
    let world = World::start().await;
    let list = page(&world, "/candidates").await;
    assert!(
        list.contains("Robin &lt;b&gt;"),
        "markup in a name is shown, not obeyed"
    );
    assert!(!list.contains("<b>O"));
    assert!(list.contains("ليلى حدّاد") && list.contains("🌻"));
    let everyone = send(world.get("/practice/candidates")).await;
    let everyone: serde_json::Value = everyone.json().await.unwrap();
    for one in everyone.as_array().unwrap() {
        page(
            &world,
            &format!("/candidates/{}", one["opportunity"].as_str().unwrap()),
        )
        .await;
    }
}

#[tokio::test]
async fn the_profile_moves_archives_takes_back_and_deletes() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "emil-strand");
    let profile = format!("/candidates/{id}");
    send(
        world
            .post(&format!("{profile}/stage"))
            .form(&[("stage", "offer")]),
    )
    .await;
    let reason = seeded_id("archive-reason", "withdrew");
    send(
        world
            .post(&format!("{profile}/archive"))
            .form(&[("reason", reason)]),
    )
    .await;
    assert!(page(&world, &profile).await.contains("Un-archive"));
    let api = format!("/opportunities/{id}");
    assert_eq!(world.api(&api).await["data"]["stage"], "offer");
    send(world.post(&format!("{profile}/unarchive"))).await;
    assert!(world.api(&api).await["data"]["archived"].is_null());
    send(world.post(&format!("{profile}/delete"))).await;
    assert_eq!(send(world.get(&profile)).await.status(), 404);
    let deleted = world.api("/opportunities/deleted").await;
    assert_eq!(deleted["data"][0]["id"], id);
    assert_eq!(
        deleted["data"][0]["deletedBy"],
        seeded_id("user", "ola-berg")
    );
}

#[tokio::test]
async fn unknown_candidates_stages_and_hostile_forms_are_refused_without_harm() {
    let world = World::start().await;
    assert_eq!(send(world.get("/candidates/nobody")).await.status(), 404);
    let id = seeded_id("opportunity", "emil-strand");
    let stage = format!("/candidates/{id}/stage");
    let unknown = send(world.post(&stage).form(&[("stage", "nowhere")])).await;
    assert_eq!(unknown.status(), 404);
    assert!(
        send(world.post(&stage).json(&json!({})))
            .await
            .status()
            .is_client_error()
    );
    assert!(
        send(world.post(&stage).body("%%%"))
            .await
            .status()
            .is_client_error()
    );
}

#[tokio::test]
async fn an_address_or_a_form_that_cannot_be_read_is_answered_with_a_page() {
    let world = World::start().await;
    let long = format!("/candidates?q={}", "a".repeat(10_000));
    assert_eq!(send(world.get(&long)).await.status(), 200);
    let refused = [
        (
            world.get("/nowhere"),
            404,
            "There is no page at this address",
        ),
        (world.get("/practice/nowhere"), 404, "There is no page"),
        (world.get("/mailbox/first"), 400, "cannot be read"),
        (
            world.get(&format!("{WEBHOOKS}/deliveries/-1")),
            400,
            "cannot be read",
        ),
        (
            world.get("/authorize?state=a&state=b"),
            400,
            "cannot be read",
        ),
        (world.get("/logout"), 405, "cannot be asked in this way"),
        (
            world.post(WEBHOOKS).form(&[("event", "nothing")]),
            422,
            "cannot be read",
        ),
        (
            world.post(WEBHOOKS).body("x".repeat(3_000_000)),
            413,
            "more than can be taken",
        ),
    ];
    for (request, status, words) in refused {
        let answer =
            send(request.header("content-type", "application/x-www-form-urlencoded")).await;
        assert_eq!(answer.status(), status, "{words}");
        let page = answer.text().await.unwrap();
        assert!(
            page.contains("data-testid=\"refusal\"") && page.contains(words),
            "{page}"
        );
        assert!(page.contains("data-testid=\"logged-in\""));
    }
    world.log_out();
    let answer = send(world.get("/nowhere")).await;
    assert_eq!(answer.status(), 404);
    assert!(answer.text().await.unwrap().contains("There is no page"));
    let settings = send(world.get("/settings")).await;
    assert_eq!(settings.headers()["location"], WEBHOOKS);
}
