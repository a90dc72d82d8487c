//! Interviews and panels over the API.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{START_MS, World, text};

fn of(rest: &str) -> String {
    format!(
        "/opportunities/{}/{rest}",
        seeded_id("opportunity", "rosa-lindqvist")
    )
}

fn as_mei(rest: &str) -> String {
    format!(
        "{}?perform_as={}",
        of(rest),
        seeded_id("user", "mei-tanabe")
    )
}

fn interview(subject: &str, date: i64) -> Value {
    json!({
        "subject": subject, "date": date, "duration": 30,
        "interviewers": [{"id": seeded_id("user", "lucas-ferrand")}],
    })
}

async fn new_panel(world: &World) -> Value {
    let body = json!({
        "timezone": "Europe/Lisbon", "externalUrl": "https://example.com/panel",
        "interviews": [interview("Pipelines", START_MS + 1_000_000)],
    });
    let (status, answer) = world.write("POST", &as_mei("panels"), body).await;
    assert_eq!(status, 201, "{answer}");
    answer["data"].clone()
}

#[tokio::test]
async fn a_panel_spans_its_interviews_which_are_added_moved_and_deleted() {
    let world = World::start().await;
    let panel = new_panel(&world).await;
    assert_eq!(panel["externallyManaged"], true);
    assert_eq!(panel["start"], START_MS + 1_000_000);
    assert_eq!(panel["end"], START_MS + 1_000_000 + 30 * 60_000);
    assert_eq!(
        panel["interviews"][0]["interviewers"][0]["responseStatus"],
        "needsAction"
    );

    let mut body = interview("Testing", START_MS + 5_000_000);
    body["panel"] = panel["id"].clone();
    let (status, added) = world.write("POST", &as_mei("interviews"), body).await;
    assert_eq!(status, 201, "{added}");
    assert_eq!(added["data"]["feedbackTemplate"], "no-feedback");
    let one = format!("interviews/{}", text(&added["data"]["id"]));
    let moved = interview("Testing", START_MS + 9_000_000);
    let (status, moved) = world.write("PUT", &as_mei(&one), moved).await;
    assert_eq!(
        (status, &moved["data"]["date"]),
        (200, &json!(START_MS + 9_000_000))
    );
    assert_eq!(world.api(&of(&one)).await, moved);
    assert_eq!(
        world.api(&of("interviews")).await["data"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        world.write("DELETE", &as_mei(&one), Value::Null).await.0,
        204
    );
    assert_eq!(world.refused(&of(&one)).await.0, 404);

    let path = format!("panels/{}", text(&panel["id"]));
    assert_eq!(
        world.write("DELETE", &as_mei(&path), Value::Null).await.0,
        204
    );
    assert_eq!(world.api(&of("panels")).await["data"], json!([]));
}

#[tokio::test]
async fn archiving_can_cancel_what_is_still_to_come() {
    let world = World::start().await;
    let panel = new_panel(&world).await;
    let id = text(&panel["interviews"][0]["id"]);
    let reason = seeded_id("archive-reason", "withdrew");
    let body = json!({"reason": reason, "cleanInterviews": true});
    assert_eq!(world.write("PUT", &of("archived"), body).await.0, 200);
    let interview = world.api(&of(&format!("interviews/{id}"))).await;
    assert_eq!(interview["data"]["canceledAt"], START_MS);
}

#[tokio::test]
async fn an_interview_needs_a_performer_a_panel_and_interviewers() {
    let world = World::start().await;
    let panel = new_panel(&world).await;
    let with = |name: &str, value: Value| {
        let mut body = interview("X", START_MS);
        body["panel"] = panel["id"].clone();
        body[name] = value;
        body
    };
    for (path, body, expected) in [
        (of("interviews"), with("note", json!("")), 400),
        (as_mei("interviews"), with("panel", json!("none")), 404),
        (as_mei("interviews"), with("interviewers", json!([])), 400),
        (
            as_mei("interviews"),
            with("interviewers", json!([{"id": "nobody"}])),
            404,
        ),
        (as_mei("interviews"), with("duration", json!(-5)), 400),
        (as_mei("interviews"), with("date", json!("noon")), 400),
        (as_mei("panels"), json!({"interviews": []}), 400),
    ] {
        let (status, error) = world.write("POST", &path, body.clone()).await;
        assert_eq!(status, expected, "{path} {body}: {error}");
    }
}
