//! API keys: generated once, enforced per endpoint, deleted.

use fulcrum_practice::seeded_id;
use serde_json::json;

use crate::world::{World, attribute_after, send};

const PAGE: &str = "/settings/integrations/api-credentials";

/// One character more than a key's name may have.
const LONG_NAME: &str = concat!(
    "0123456789012345678901234567890123456789",
    "0123456789012345678901234567890123456789",
    "0123456789012345678901234567890123456789",
    "x"
);

/// Presses *Generate key*; returns the page that shows it.
async fn generate(world: &World, fields: &[(&str, &str)]) -> String {
    let answer = send(world.post(PAGE).form(fields)).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    answer.text().await.unwrap()
}

async fn status(world: &World, key: &str, path: &str) -> u16 {
    let request = world.get(path).basic_auth(key, Some(""));
    send(request).await.status().as_u16()
}

#[tokio::test]
async fn a_key_is_shown_once_and_then_only_its_last_four_characters() {
    let world = World::start().await;
    let fields = [("name", "Import"), ("permission", "notes:read:admin")];
    let page = generate(&world, &fields).await;
    let key = attribute_after(&page, "data-testid=\"new-key\"", "value");
    assert!(key.len() >= 40, "{key}");
    let later = send(world.get(PAGE)).await.text().await.unwrap();
    assert!(!later.contains(&key));
    assert!(later.contains(&format!("…{}", &key[key.len() - 4..])));
    for expected in ["Import", "View notes", "Ola Berg", "Never"] {
        assert!(later.contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn a_key_may_do_what_was_chosen_per_endpoint_and_nothing_else() {
    let world = World::start().await;
    let fields = [
        ("name", "Two endpoints"),
        ("permission", "stages:read:admin"),
        ("permission", "notes:write:admin"),
        // Neither exists for a key.
        ("permission", "offers:write:admin"),
        ("permission", "offline_access"),
    ];
    let page = generate(&world, &fields).await;
    let key = attribute_after(&page, "data-testid=\"new-key\"", "value");
    let opportunity = seeded_id("opportunity", "rosa-lindqvist");
    let notes = format!("/v1/opportunities/{opportunity}/notes");
    assert_eq!(status(&world, &key, "/v1/stages").await, 200);
    assert_eq!(
        status(&world, &key, &notes).await,
        200,
        "writing includes reading"
    );
    assert_eq!(status(&world, &key, "/v1/users").await, 403);
    let offers = format!("/v1/opportunities/{opportunity}/offers");
    assert_eq!(status(&world, &key, &offers).await, 403);
    let note = world.post(&notes).basic_auth(&key, Some(""));
    let note = send(note.json(&json!({"value": "Hello"}))).await;
    assert_eq!(note.status(), 201);
}

#[tokio::test]
async fn confidential_data_is_granted_when_the_key_is_made_or_never() {
    let world = World::start().await;
    let path = format!(
        "/v1/opportunities/{}",
        seeded_id("opportunity", "confidential")
    );
    for (confidential, expected) in [(true, 200), (false, 403)] {
        let mut fields = vec![
            ("name", "Reader"),
            ("permission", "opportunities:read:admin"),
        ];
        // Not a permission: only the tick box of the form grants it.
        fields.push(("permission", "confidential:access:admin"));
        if confidential {
            fields.push(("confidential", "yes"));
        }
        let page = generate(&world, &fields).await;
        let key = attribute_after(&page, "data-testid=\"new-key\"", "value");
        assert_eq!(status(&world, &key, &path).await, expected);
    }
}

#[tokio::test]
async fn a_deleted_key_is_refused_at_once_and_both_steps_leave_an_audit_event() {
    let world = World::start().await;
    let fields = [("name", "Short-lived"), ("permission", "stages:read:admin")];
    let page = generate(&world, &fields).await;
    let key = attribute_after(&page, "data-testid=\"new-key\"", "value");
    assert_eq!(status(&world, &key, "/v1/stages").await, 200);
    let row = &page[page.find("Short-lived</bdi></td>").unwrap()..];
    let delete = attribute_after(row, "<form", "action");
    assert_eq!(send(world.post(&delete)).await.status(), 303);
    assert_eq!(status(&world, &key, "/v1/stages").await, 401);
    assert_eq!(send(world.post(&delete)).await.status(), 404);
    for kind in ["key:added", "key:removed"] {
        let events = world.api(&format!("/audit_events?type={kind}")).await;
        let event = &events["data"][0];
        assert_eq!(event["user"]["name"], "Ola Berg", "{kind}");
        assert_eq!(event["target"]["label"], "Short-lived");
        let last_four = &event["meta"]["key"]["tokenLastFour"];
        assert_eq!(last_four, &key[key.len() - 4..]);
        assert!(!events.to_string().contains(&key));
    }
}

#[tokio::test]
async fn a_key_needs_a_name_and_a_permission() {
    let world = World::start().await;
    for (fields, words) in [
        (
            vec![("name", "  "), ("permission", "stages:read:admin")],
            "Give the key a name",
        ),
        (
            vec![("name", LONG_NAME), ("permission", "stages:read:admin")],
            "The name is too long",
        ),
        (vec![("name", "Nothing")], "at least one permission"),
        (
            vec![("name", "Nothing"), ("confidential", "yes")],
            "at least one permission",
        ),
    ] {
        let answer = send(world.post(PAGE).form(&fields)).await;
        assert_eq!(answer.status(), 400);
        assert!(answer.text().await.unwrap().contains(words));
    }
}

#[tokio::test]
async fn others_than_a_super_admin_see_the_list_and_why_they_cannot_change_it() {
    let world = World::start().await;
    world.log_in("jonas-adeyemi").await;
    let page = send(world.get(PAGE)).await.text().await.unwrap();
    assert!(page.contains("Only a Super Admin can manage API credentials"));
    assert!(!page.contains("Generate new key"));
    let fields = [("name", "Mine"), ("permission", "stages:read:admin")];
    assert_eq!(send(world.post(PAGE).form(&fields)).await.status(), 403);
    assert_eq!(send(world.get(&format!("{PAGE}/new"))).await.status(), 403);
}
