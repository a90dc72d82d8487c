//! Profile forms and templates over the API.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{World, text};

fn forms() -> String {
    format!(
        "/opportunities/{}/forms",
        seeded_id("opportunity", "rosa-lindqvist")
    )
}

#[tokio::test]
async fn a_form_needs_every_field_of_its_template_with_a_value_of_its_type() {
    let world = World::start().await;
    let base = seeded_id("form-template", "compensation");
    let answers = |pay: Value, start: Value| {
        json!({"baseTemplateId": base, "secret": false, "fields": [
            {"text": "Expected pay", "value": pay},
            {"id": seeded_id("form-field", "compensation/earliest-start"), "value": start},
            {"text": "Remote?", "value": null},
        ]})
    };
    let user = seeded_id("user", "mei-tanabe");
    let path = format!("{}?perform_as={user}", forms());
    let body = answers(json!(64_000), json!(1_800_000_000_000_i64));
    let (status, form) = world.write("POST", &path, body).await;
    assert_eq!(status, 201, "{form}");
    assert!(form["createdAt"].is_string(), "as Lever prints it");
    let read = world
        .api(&format!("{}/{}", forms(), text(&form["id"])))
        .await["data"]
        .clone();
    assert_eq!(read["user"], user);
    assert_eq!(read["stage"], "offer");
    assert_eq!(read["fields"][0]["value"], 64_000);
    assert_eq!(read["fields"][0]["currency"], "EUR");
    let mut short = answers(json!(1), json!(1));
    short["fields"].as_array_mut().unwrap().pop();
    let mut doubled = answers(json!(1), json!(1));
    doubled["fields"][2] = doubled["fields"][0].clone();
    let unknown = json!({"baseTemplateId": "none", "fields": []});
    for (body, expected) in [
        (answers(json!("a lot"), json!(1)), 400),
        (answers(json!(1), json!("tomorrow")), 400),
        (short, 400),
        (doubled, 400),
        (unknown, 404),
    ] {
        let (status, error) = world.write("POST", &forms(), body.clone()).await;
        assert_eq!(status, expected, "{body}: {error}");
    }
}

#[tokio::test]
async fn a_choice_must_be_one_of_the_options() {
    let world = World::start().await;
    let with = |laptop: &str| {
        json!({"baseTemplateId": seeded_id("form-template", "equipment"), "fields": [
            {"text": "Laptop", "value": laptop}, {"text": "T-shirt size", "value": "M"},
        ]})
    };
    assert_eq!(world.write("POST", &forms(), with("Linux")).await.0, 201);
    assert_eq!(world.write("POST", &forms(), with("Abacus")).await.0, 400);
}

#[tokio::test]
async fn templates_of_both_kinds_are_made_changed_and_deleted() {
    let world = World::start().await;
    let score =
        json!({"type": "score-system", "text": "Rating", "options": [{"text": "4 - Strong Hire"}]});
    let text_field = json!({"type": "text", "text": "Why?", "required": true});
    for (path, field) in [
        ("/form_templates", &text_field),
        ("/feedback_templates", &score),
    ] {
        let body = json!({"text": "New template", "instructions": "All of it", "fields": [field]});
        let (status, made) = world.write("POST", path, body.clone()).await;
        assert_eq!(status, 201, "{made}");
        let one = format!("{path}/{}", text(&made["id"]));
        assert_eq!(world.api(&one).await["fields"][0]["text"], field["text"]);
        let mut renamed = body;
        renamed["text"] = "Renamed template".into();
        assert_eq!(world.write("PUT", &one, renamed).await.0, 200);
        let listed = world.api(&format!("{path}?include=text")).await;
        let listed = listed["data"].as_array().unwrap().clone();
        let listed = listed.iter().find(|item| item["id"] == made["id"]).unwrap();
        assert_eq!(
            *listed,
            json!({"id": made["id"], "text": "Renamed template"})
        );
        assert_eq!(world.write("DELETE", &one, Value::Null).await.0, 204);
        assert_eq!(world.refused(&one).await.0, 404);
    }
    let no_score = json!({"text": "X", "fields": [text_field]});
    assert_eq!(
        world.write("POST", "/feedback_templates", no_score).await.0,
        400
    );
    let seeded = format!(
        "/form_templates/{}",
        seeded_id("form-template", "equipment")
    );
    assert_eq!(world.write("DELETE", &seeded, Value::Null).await.0, 403);
}

#[tokio::test]
async fn the_wrapper_around_templates_is_a_switch() {
    let world = World::start().await;
    world.switch(json!({"bare_form_answers": false})).await;
    let path = format!(
        "/form_templates/{}",
        seeded_id("form-template", "equipment")
    );
    assert!(world.api(&path).await["data"]["createdAt"].is_i64());
}
