//! What a sender may get wrong, and the answer to each.

use fulcrum_relay::EndpointId;

use crate::world::{Answer, Desktop, World};

const JSON: &str = "content-type: application/json\r\n";

async fn post(world: &World, desktop: &Desktop, head: &str, body: &[u8]) -> Answer {
    world
        .request("POST", &format!("/e/{}", desktop.endpoint), head, body)
        .await
}

#[tokio::test]
async fn every_unknown_address_gets_the_same_404() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let upper = desktop.endpoint.to_string().to_uppercase();
    let id = desktop.endpoint.to_string();
    let paths = [
        format!("/e/{}", EndpointId::random()),
        format!("/e/{upper}"),
        format!("/e/{id}/"),
        format!("//e/{id}"),
        format!("/e/../e/{id}"),
        format!("/%65/{id}"),
        "/".into(),
        "/e/".into(),
        "/e/%00".into(),
        "/e/%ff%fe".into(),
        format!("/e/{}", "a".repeat(8_000)),
        "/admin".into(),
    ];
    let mut bodies = Vec::new();
    for path in &paths {
        let answer = world.request("POST", path, JSON, b"{}").await;
        assert_eq!(answer.status, 404, "{path}");
        bodies.push(answer.text.split("\r\n\r\n").nth(1).unwrap().to_owned());
    }
    bodies.dedup();
    assert_eq!(
        bodies.len(),
        1,
        "an address must not show how nearly right it is: {bodies:?}"
    );
}

#[tokio::test]
async fn other_methods_get_405() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    for method in ["GET", "PUT", "OPTIONS", "DELETE", "TRACE", "BREW"] {
        let path = format!("/e/{}", desktop.endpoint);
        let answer = world.request(method, &path, JSON, b"{}").await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(
            answer.text.to_lowercase().contains("allow: post"),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn only_plain_json_is_taken() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let wrong = [
        "",
        "content-type: text/plain\r\n",
        "content-type: application/x-www-form-urlencoded\r\n",
        "content-type: application/jsonx\r\n",
        "content-type: \u{fffd}\r\n",
        "content-type: application/json\r\ncontent-encoding: gzip\r\n",
    ];
    for head in wrong {
        assert_eq!(
            post(&world, &desktop, head, b"{}").await.status,
            415,
            "{head}"
        );
    }
    for head in ["content-type: Application/JSON ; charset=utf-8\r\n", JSON] {
        assert_eq!(
            post(&world, &desktop, head, b"{}").await.status,
            200,
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_gets_400() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let deep = "[".repeat(10_000);
    let wrong: [&[u8]; 6] = [
        b"",
        b"{",
        b"{} {}",
        b"\xef\xbb\xbf{}",
        b"\"\xff\"",
        deep.as_bytes(),
    ];
    for body in wrong {
        assert_eq!(post(&world, &desktop, JSON, body).await.status, 400);
    }
    assert_eq!(
        world
            .metric("fulcrum_relay_requests_rejected_total{reason=\"not_json\"}")
            .await,
        6
    );
    assert_eq!(world.metric("fulcrum_relay_events_waiting").await, 0);
}

#[tokio::test]
async fn the_size_limit_is_exact() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    for (size, status) in [(999_999, 200), (1_000_000, 200), (1_000_001, 413)] {
        let body = format!("\"{}\"", "x".repeat(size - 2));
        assert_eq!(
            post(&world, &desktop, JSON, body.as_bytes()).await.status,
            status,
            "{size}"
        );
    }
}

#[tokio::test]
async fn the_relay_is_healthy_and_counts() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    assert_eq!(world.request("GET", "/healthz", "", b"").await.status, 200);
    assert_eq!(post(&world, &desktop, JSON, b"{}").await.status, 200);
    assert_eq!(world.metric("fulcrum_relay_events_accepted_total").await, 1);
    let text = world.request("GET", "/metrics", "", b"").await.text;
    assert!(
        !text.contains(&desktop.endpoint.to_string()),
        "an address is a secret"
    );
}
