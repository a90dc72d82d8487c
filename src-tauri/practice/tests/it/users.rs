//! Users over the API, and the audit events their changes leave.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{START_MS, World, text};

#[tokio::test]
async fn a_user_is_added_changed_deactivated_and_brought_back() {
    let world = World::start().await;
    let body = json!({"name": "Nell Ashgrove", "email": "nell@example.com", "jobTitle": "Sourcer"});
    let (status, answer) = world.write("POST", "/users", body).await;
    assert_eq!(status, 201, "{answer}");
    let id = text(&answer["data"]["id"]);
    assert_eq!(answer["data"]["accessRole"], "interviewer");
    assert_eq!(answer["data"]["username"], "nell");

    let body = json!({"name": "Nell A.", "email": "nell@example.com", "accessRole": "admin"});
    let (status, answer) = world.write("PUT", &format!("/users/{id}"), body).await;
    assert_eq!(status, 200);
    assert_eq!(
        answer["data"]["jobTitle"],
        Value::Null,
        "a PUT replaces everything"
    );

    let path = format!("/users/{id}/deactivate");
    let (status, answer) = world.write("POST", &path, json!({})).await;
    assert_eq!(
        (status, &answer["data"]["deactivatedAt"]),
        (200, &json!(START_MS))
    );
    assert!(!world.api("/users").await.to_string().contains(&id));
    let all = world.api("/users?includeDeactivated=true").await;
    assert!(all.to_string().contains(&id));
    let (_, answer) = world
        .write("POST", &format!("/users/{id}/reactivate"), json!({}))
        .await;
    assert_eq!(answer["data"]["deactivatedAt"], Value::Null);

    let path = format!("/audit_events?target_type=user&target_id={id}&user_id=null");
    let events = world.api(&path).await["data"].clone();
    let mut kinds: Vec<String> = events
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["type"]))
        .collect();
    kinds.sort();
    assert_eq!(
        kinds,
        [
            "user.role:changed",
            "user:added",
            "user:deactivated",
            "user:reactivated"
        ]
    );
    let change = world.api("/audit_events?type=user.role:changed").await["data"][0]["meta"].clone();
    assert_eq!(
        (&change["from"], &change["to"]),
        (&json!("interviewer"), &json!("admin"))
    );
}

#[tokio::test]
async fn bad_users_and_bad_audit_filters_are_refused() {
    let world = World::start().await;
    let ola = seeded_id("user", "ola-berg");
    for (method, path, body, expected) in [
        (
            "POST",
            "/users".to_owned(),
            json!({"name": "No address"}),
            400,
        ),
        (
            "POST",
            "/users".to_owned(),
            json!({"name": "", "email": "a@example.com"}),
            400,
        ),
        (
            "POST",
            "/users".to_owned(),
            json!({"name": "Twin", "email": "OLA.berg@example.com"}),
            400,
        ),
        (
            "POST",
            "/users".to_owned(),
            json!({"name": "X", "email": "x@example.com", "accessRole": "king"}),
            400,
        ),
        (
            "PUT",
            format!("/users/{ola}"),
            json!({"name": "Ola", "email": "ola.berg@example.com"}),
            400,
        ),
        (
            "PUT",
            "/users/nobody".to_owned(),
            json!({"name": "N", "email": "n@example.com", "accessRole": "admin"}),
            404,
        ),
        (
            "POST",
            "/users/nobody/deactivate".to_owned(),
            json!({}),
            404,
        ),
    ] {
        let (status, error) = world.write(method, &path, body.clone()).await;
        assert_eq!(status, expected, "{method} {path} {body}: {error}");
    }
    assert_eq!(world.refused("/audit_events?target_id=1").await.0, 400);
    let named = world
        .api("/users?email=OLA.berg@example.com&accessRole[]=super%20admin")
        .await;
    assert_eq!(named["data"][0]["id"], ola);
}
