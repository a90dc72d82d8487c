//! Webhooks set up by API.

use serde_json::{Value, json};

use crate::world::{API_KEY, World, send, text};

async fn ask(world: &World, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = match method {
        "PUT" => world.put(path),
        "DELETE" => world.http.delete(format!("{}{path}", world.url)),
        _ => world.post(path),
    };
    let answer = send(request.basic_auth(API_KEY, Some("")).json(&body)).await;
    let status = answer.status().as_u16();
    let body = answer.text().await.unwrap();
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

async fn make(world: &World, event: &str) -> Value {
    let body = json!({"url": "https://hooks.example.com/lever", "event": event});
    let (status, answer) = ask(world, "POST", "/v1/webhooks", body).await;
    assert_eq!(status, 201, "{answer}");
    answer["data"].clone()
}

#[tokio::test]
async fn an_answer_fills_in_all_origins_and_shows_the_token_only_when_it_is_made() {
    let world = World::start().await;
    let made = make(&world, "candidateHired").await;
    let origins = &made["configuration"]["conditions"]["origins"];
    assert_eq!(origins.as_array().unwrap().len(), 6);
    let again = make(&world, "candidateHired").await;
    assert_ne!(
        made["configuration"]["signatureToken"],
        again["configuration"]["signatureToken"]
    );
    let list = world.api("/webhooks").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    assert!(!list.to_string().contains("signatureToken"));
}

#[tokio::test]
async fn both_shapes_of_the_answer_can_be_chosen() {
    let world = World::start().await;
    world
        .switch(json!({"nested_webhook_data": true, "signature_token_in_answer": false}))
        .await;
    let nested = make(&world, "candidateHired").await;
    assert_eq!(nested["data"]["event"], "candidateHired");
    assert!(
        nested["data"]["configuration"]
            .get("signatureToken")
            .is_none()
    );
}

#[tokio::test]
async fn origin_conditions_are_refused_for_events_that_have_none_and_for_unknown_origins() {
    let world = World::start().await;
    for (event, origins, expected) in [
        ("applicationCreated", json!(["applied"]), 201),
        ("candidateStageChange", json!(["agency", "internal"]), 201),
        ("candidateDeleted", json!(["applied"]), 400),
        ("interviewCreated", json!(["applied"]), 400),
        ("contactUpdated", json!(["applied"]), 400),
        ("candidateHired", json!(["walked in"]), 400),
        ("candidateHired", json!([]), 400),
    ] {
        let body = json!({
            "url": "https://hooks.example.com/lever",
            "event": event,
            "configuration": {"conditions": {"origins": origins}},
        });
        let (status, answer) = ask(&world, "POST", "/v1/webhooks", body).await;
        assert_eq!(status, expected, "{event}: {answer}");
    }
}

#[tokio::test]
async fn a_put_changes_all_webhooks_or_none() {
    let world = World::start().await;
    let one = text(&make(&world, "candidateHired").await["id"]);
    let other = text(&make(&world, "contactCreated").await["id"]);
    let to = "https://hooks.example.com/new";
    let refused =
        json!({"data": [{"id": one, "url": to}, {"id": other, "url": "http://a.example/"}]});
    assert_eq!(ask(&world, "PUT", "/v1/webhooks", refused).await.0, 400);
    assert!(!world.api("/webhooks").await.to_string().contains(to));
    let accepted = json!({"data": [
        {"id": one, "url": to, "configuration": {"conditions": {"origins": ["agency"]}}},
        {"id": other, "url": to},
    ]});
    // Lever tolerates the slash (LEVER.md 2.1).
    let (status, answer) = ask(&world, "PUT", "/v1/webhooks/", accepted).await;
    assert_eq!(status, 200);
    assert_eq!(
        answer["data"][0]["configuration"]["conditions"]["origins"],
        json!(["agency"])
    );
    assert_eq!(answer["data"][1]["url"], to);
}

#[tokio::test]
async fn what_a_page_made_the_api_shows_and_leaves_alone() {
    let world = World::start().await;
    let (id, _) = world
        .add_webhook("candidateHired", "http://127.0.0.1:9/x")
        .await;
    assert!(world.api("/webhooks").await.to_string().contains(&id));
    let change = json!({"data": [{"id": id, "url": "https://hooks.example.com/x"}]});
    assert_eq!(ask(&world, "PUT", "/v1/webhooks", change).await.0, 403);
    let path = format!("/v1/webhooks/{id}");
    assert_eq!(ask(&world, "DELETE", &path, json!({})).await.0, 403);
    let unknown = ask(&world, "DELETE", "/v1/webhooks/nothing", json!({})).await;
    assert_eq!(unknown.0, 404);
    let own = text(&make(&world, "candidateHired").await["id"]);
    let path = format!("/v1/webhooks/{own}");
    assert_eq!(ask(&world, "DELETE", &path, json!({})).await.0, 204);
}

#[tokio::test]
async fn plain_http_unknown_events_and_garbage_are_400() {
    let world = World::start().await;
    for body in [
        json!({"url": "http://hooks.example.com/", "event": "candidateHired"}),
        json!({"url": "https://hooks.example.com/", "event": "offerSigned"}),
        json!({"url": "", "event": "candidateHired"}),
        json!({"event": "candidateHired"}),
        json!([]),
    ] {
        assert_eq!(ask(&world, "POST", "/v1/webhooks", body).await.0, 400);
    }
}
