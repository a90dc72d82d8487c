//! Notes over the API.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{START_MS, World, text};

fn notes(key: &str) -> String {
    format!("/opportunities/{}/notes", seeded_id("opportunity", key))
}

async fn new_note(world: &World, path: &str, body: Value) -> String {
    let (status, answer) = world.write("POST", path, body).await;
    assert_eq!(status, 201, "{answer}");
    text(&answer["data"]["noteId"])
}

#[tokio::test]
async fn a_note_of_the_api_is_read_rewritten_answered_and_deleted() {
    let world = World::start().await;
    let path = notes("rosa-lindqvist");
    let user = seeded_id("user", "mei-tanabe");
    let note = new_note(
        &world,
        &format!("{path}?perform_as={user}"),
        json!({"value": "First", "secret": true, "score": 3, "createdAt": START_MS - 5}),
    )
    .await;
    let one = format!("{path}/{note}");
    let read = world.api(&one).await["data"].clone();
    assert_eq!(read["user"], user);
    assert_eq!(read["secret"], true);
    assert_eq!(read["createdAt"], START_MS - 5);
    assert_eq!(read["fields"][0]["score"], 3);
    assert_eq!(read["fields"][0]["stage"], "offer");

    let thread = format!("{path}?note_id={note}");
    assert_eq!(
        new_note(&world, &thread, json!({"value": "Second"})).await,
        note
    );
    let read = world.api(&one).await["data"]["fields"].clone();
    assert_eq!(
        (read[0]["value"].clone(), read[1]["value"].clone()),
        (json!("First"), json!("Second"))
    );

    let values = json!({"values": [{"createdAt": 1, "value": "Rewritten"}]});
    let (status, answer) = world.write("PUT", &one, values).await;
    assert_eq!((status, answer), (200, json!({"data": {"noteId": note}})));
    let read = world.api(&one).await["data"]["fields"].clone();
    assert_eq!(read.as_array().unwrap().len(), 1);
    assert_eq!(read[0]["value"], "Rewritten");

    assert_eq!(
        world.write("DELETE", &one, Value::Null).await,
        (204, Value::Null)
    );
    assert_eq!(world.refused(&one).await.0, 404);
    assert!(!world.api(&path).await.to_string().contains(&note));
}

#[tokio::test]
async fn a_note_written_on_a_page_cannot_be_changed_by_the_api() {
    let world = World::start().await;
    let path = notes("rosa-lindqvist");
    let note = format!("{path}/{}", text(&world.api(&path).await["data"][0]["id"]));
    let values = json!({"values": [{"value": "Mine now"}]});
    let (status, error) = world.write("PUT", &note, values).await;
    assert_eq!((status, &error["code"]), (403, &json!("ForbiddenError")));
    assert_eq!(world.write("DELETE", &note, Value::Null).await.0, 403);
    world.api(&note).await;
}

#[tokio::test]
async fn a_note_needs_a_text_a_score_from_one_to_four_and_a_past_date() {
    let world = World::start().await;
    let path = notes("rosa-lindqvist");
    for body in [
        json!({"secret": true}),
        json!({"value": 7}),
        json!({"value": "x", "score": 5}),
        json!({"value": "x", "score": 0}),
        json!({"value": "x", "createdAt": START_MS + 1}),
        json!({"value": "x", "notifyFollowers": "yes"}),
    ] {
        let (status, error) = world.write("POST", &path, body.clone()).await;
        assert_eq!(
            (status, &error["code"]),
            (400, &json!("BadRequestError")),
            "{body}"
        );
    }
    let unknown = format!("{path}?note_id=nothing");
    let (status, error) = world.write("POST", &unknown, json!({"value": "x"})).await;
    assert_eq!(status, 404);
    assert_eq!(error["message"], "notes nothing was not found");
    let by_nobody = format!("{path}?perform_as={}", seeded_id("user", "petra-novotna"));
    let (status, _) = world.write("POST", &by_nobody, json!({"value": "x"})).await;
    assert_eq!(status, 400, "a deactivated user writes nothing");
}

#[tokio::test]
async fn the_short_note_answer_is_a_switch() {
    let world = World::start().await;
    world.switch(json!({"full_note_answer": false})).await;
    let (_, answer) = world
        .write("POST", &notes("rosa-lindqvist"), json!({"value": "Hello"}))
        .await;
    let data = answer["data"].as_object().unwrap();
    assert_eq!(data.keys().collect::<Vec<_>>(), ["noteId"]);
}
