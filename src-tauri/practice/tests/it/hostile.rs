//! Requests that no honest client sends: each gets an error in Lever's shape.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{API_KEY, World, send, text};

fn notes() -> String {
    format!(
        "/v1/opportunities/{}/notes",
        seeded_id("opportunity", "rosa-lindqvist")
    )
}

/// The status and code of an answer that must be `{code, message}`.
async fn error_of(request: reqwest::RequestBuilder) -> (u16, String) {
    let answer = send(request.basic_auth(API_KEY, Some(""))).await;
    let status = answer.status().as_u16();
    let error: Value = answer.json().await.unwrap();
    assert!(error["message"].is_string(), "{error}");
    (status, text(&error["code"]))
}

#[tokio::test]
async fn a_body_that_is_not_json_of_the_right_shape_is_400() {
    let world = World::start().await;
    let deep = "[".repeat(100_000);
    let nested = format!("{{\"value\": {}1{}}}", "[".repeat(300), "]".repeat(300));
    for body in [
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "{\"value\": null}",
        "{\"value\": \"\\ud800\"}",
        &deep,
        &nested,
    ] {
        let request = world
            .post(&notes())
            .header("content-type", "application/json");
        let (status, code) = error_of(request.body(body.to_owned())).await;
        assert_eq!(
            (status, code.as_str()),
            (400, "BadRequestError"),
            "{body:.40}"
        );
    }
    let request = world
        .post(&notes())
        .header("content-type", "application/json");
    let not_utf8 = error_of(request.body(vec![b'{', 0xff, b'}'])).await;
    assert_eq!(not_utf8, (400, "BadRequestError".to_owned()));
}

#[tokio::test]
async fn a_body_that_does_not_say_it_is_json_is_400() {
    let world = World::start().await;
    let body = json!({"value": "x"}).to_string();
    for kind in [None, Some("text/plain"), Some("application/jsonp")] {
        let mut request = world.post(&notes()).body(body.clone());
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        assert_eq!(error_of(request).await.0, 400, "{kind:?}");
    }
    let request = world.post(&notes()).body(body);
    let request = request.header("content-type", "Application/JSON; charset=utf-8");
    let answer = send(request.basic_auth(API_KEY, Some(""))).await;
    assert_eq!(answer.status(), 201);
}

#[tokio::test]
async fn limits_offsets_and_filters_out_of_range_are_400() {
    let world = World::start().await;
    let users = world.api("/users?limit=1").await;
    let of_users = text(&users["next"]);
    for query in [
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=18446744073709551616",
        "limit=ten",
        "offset=",
        "offset=%00",
        &format!("offset={of_users}"),
        "created_at_start=yesterday",
        "updated_at_end=1e99",
        "archived=perhaps",
        "confidentiality=secret",
        "expand=everything",
    ] {
        let (status, message) = world.refused(&format!("/opportunities?{query}")).await;
        assert_eq!(status, 400, "{query}: {message}");
    }
}

#[tokio::test]
async fn strange_paths_and_methods_get_an_error_in_the_same_shape() {
    let world = World::start().await;
    for path in [
        "/v1/nothing",
        "/v1/opportunities/..%2F..%2Fetc",
        "/v1/opportunities/%00",
        "/v1/opportunities/a%2Fb/notes",
        "/v1/opportunities/'%20OR%201=1/notes/x",
    ] {
        let (status, code) = error_of(world.get(path)).await;
        assert_eq!((status, code.as_str()), (404, "ResourceNotFound"), "{path}");
    }
    assert_eq!(error_of(world.get("/v1/opportunities/%FF")).await.0, 400);
    let (status, code) = error_of(world.put("/v1/tags")).await;
    assert_eq!((status, code.as_str()), (405, "MethodNotAllowedError"));
}

#[tokio::test]
async fn the_deprecated_candidate_paths_lead_to_the_opportunities() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "rosa-lindqvist");
    for rest in [
        String::new(),
        format!("/{id}"),
        format!("/{id}/notes?limit=1"),
        format!("/{id}/offers"),
    ] {
        let twin = world.api(&format!("/candidates{rest}")).await;
        assert_eq!(
            twin,
            world.api(&format!("/opportunities{rest}")).await,
            "{rest}"
        );
    }
}
