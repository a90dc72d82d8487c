//! Opportunities made over the API.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{START_MS, World, text};

fn as_mei(path: &str) -> String {
    format!("{path}?perform_as={}", seeded_id("user", "mei-tanabe"))
}

#[tokio::test]
async fn a_new_opportunity_has_what_was_sent_and_the_posting_s_tags() {
    let world = World::start().await;
    let posting = seeded_id("posting", "data-engineer");
    let body = json!({
        "name": "Ada Nyström", "headline": "Kvant", "location": "Malmö",
        "emails": ["ada@example.com"], "phones": [{"value": "+46 70 000"}],
        "links": ["https://example.com/ada"], "tags": ["Fresh tag"], "sources": ["Fresh source"],
        "origin": "referred", "postings": [posting], "createdAt": START_MS - 1_000,
        "followers": [seeded_id("user", "ines-carvalho")],
    });
    let (status, answer) = world.write("POST", &as_mei("/opportunities"), body).await;
    assert_eq!(status, 201, "{answer}");
    assert_eq!(answer["deduped"], false);
    let data = &answer["data"];
    assert_eq!(data["name"], "Ada Nyström");
    assert_eq!(data["stage"], "lead-new");
    assert_eq!(data["createdAt"], START_MS - 1_000);
    assert_eq!(data["owner"], seeded_id("user", "mei-tanabe"));
    assert_eq!(data["followers"].as_array().unwrap().len(), 2);
    assert_eq!(
        data["tags"],
        json!([
            "Data Engineer",
            "Platform",
            "Lisbon",
            "Full-time",
            "Fresh tag"
        ])
    );
    assert_eq!(data["applications"].as_array().unwrap().len(), 1);
    assert_eq!(data["opportunityLocation"], "Lisbon");
    let read = world
        .api(&format!("/opportunities/{}", text(&data["id"])))
        .await;
    assert_eq!(read["data"], *data);
    for list in ["/tags", "/sources"] {
        assert!(
            world.api(list).await.to_string().contains("Fresh"),
            "{list}"
        );
    }
}

#[tokio::test]
async fn the_same_address_or_a_named_contact_leads_to_the_contact_that_is_there() {
    let world = World::start().await;
    let rosa = seeded_id("contact", "rosa-lindqvist");
    let by_email = json!({"name": "Someone else", "emails": ["ROSA.Lindqvist@example.com "]});
    for body in [by_email, json!({"contact": rosa, "name": "Someone else"})] {
        let (status, answer) = world.write("POST", &as_mei("/opportunities"), body).await;
        assert_eq!(
            (status, &answer["deduped"]),
            (201, &json!(true)),
            "{answer}"
        );
        assert_eq!(answer["data"]["contact"], rosa);
        assert_eq!(answer["data"]["name"], "Rosa Lindqvist");
    }
    let all = world
        .api(&format!("/opportunities?contact_id={rosa}"))
        .await;
    assert_eq!(all["data"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_lever_refuses_makes_nothing() {
    let world = World::start().await;
    let (status, error) = world
        .write("POST", "/opportunities", json!({"name": "X"}))
        .await;
    assert_eq!(status, 400);
    assert_eq!(
        error["message"],
        "Missing perform_as parameter. Please specify a user for which to perform this create."
    );
    let two = [
        seeded_id("posting", "data-engineer"),
        seeded_id("posting", "product-designer"),
    ];
    for (body, expected) in [
        (json!({"name": "Refused", "postings": two}), 400),
        (json!({"name": "Refused", "createdAt": START_MS + 1}), 400),
        (json!({"name": "Refused", "stage": "nowhere"}), 404),
        (json!({"name": "Refused", "contact": "nobody"}), 404),
        (json!({"name": "Refused", "owner": "nobody"}), 404),
        (
            json!({"name": "Refused", "origin": "fell from the sky"}),
            400,
        ),
        (
            json!({"name": "Refused", "archived": {"reason": "none"}}),
            404,
        ),
        (json!({"name": ["Refused"]}), 400),
    ] {
        let (status, error) = world
            .write("POST", &as_mei("/opportunities"), body.clone())
            .await;
        assert_eq!(status, expected, "{body}: {error}");
    }
    assert!(
        !world
            .api("/opportunities")
            .await
            .to_string()
            .contains("Refused")
    );
}

#[tokio::test]
async fn one_can_be_archived_at_once_and_belong_to_the_posting_s_owner() {
    let world = World::start().await;
    let reason = seeded_id("archive-reason", "not-a-fit");
    let body = json!({
        "name": "Late Entry",
        "postings": [seeded_id("posting", "data-engineer")],
        "archived": {"reason": reason, "archivedAt": START_MS - 7},
    });
    let path = format!("{}&perform_as_posting_owner=true", as_mei("/opportunities"));
    let (_, answer) = world.write("POST", &path, body).await;
    let data = &answer["data"];
    assert_eq!(
        data["archived"],
        json!({"reason": reason, "archivedAt": START_MS - 7})
    );
    assert_eq!(data["owner"], seeded_id("user", "jonas-adeyemi"));
}

#[tokio::test]
async fn deleted_opportunities_and_their_applications_are_listed_by_when() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "rosa-lindqvist");
    send_delete(&world, &id).await;
    assert_eq!(world.refused(&format!("/opportunities/{id}")).await.0, 404);
    let inside = format!("deleted_at_start={START_MS}&deleted_at_end={START_MS}");
    let outside = format!("deleted_at_start={}", START_MS + 1);
    for list in ["/opportunities/deleted", "/applications/deleted"] {
        let found = world.api(&format!("{list}?{inside}")).await;
        let found = found["data"].as_array().unwrap().clone();
        assert_eq!(found.len(), 1, "{list}");
        assert_eq!(found[0]["deletedAt"], START_MS);
        assert!(found[0]["deletedBy"].is_string());
        let none = world.api(&format!("{list}?{outside}")).await;
        assert_eq!(none, json!({"data": [], "hasNext": false}), "{list}");
    }
}

async fn send_delete(world: &World, id: &str) {
    let path = format!("/candidates/{id}/delete");
    let answer = crate::world::send(world.post(&path)).await;
    assert!(answer.status().is_redirection(), "{}", answer.status());
}

#[tokio::test]
async fn time_ranges_include_both_ends_and_places_and_sources_are_matched() {
    let world = World::start().await;
    let (_, answer) = world
        .write(
            "POST",
            &as_mei("/opportunities"),
            json!({"name": "Now", "sources": ["Here"]}),
        )
        .await;
    let id = text(&answer["data"]["id"]);
    let finds = async |query: &str| {
        let list: Value = world
            .api(&format!("/opportunities?limit=100&{query}"))
            .await;
        list["data"].to_string().contains(&id)
    };
    for name in ["created_at", "updated_at", "advanced_at"] {
        assert!(
            finds(&format!("{name}_start={START_MS}&{name}_end={START_MS}")).await,
            "{name}"
        );
        assert!(
            !finds(&format!("{name}_start={}", START_MS + 1)).await,
            "{name}"
        );
        assert!(
            !finds(&format!("{name}_end={}", START_MS - 1)).await,
            "{name}"
        );
    }
    assert!(finds("source=Elsewhere&source=Here&origin=sourced&snoozed=false").await);
    for query in [
        "source=here",
        "snoozed=true",
        "origin=agency",
        "location=Lisbon",
        "archived=true",
    ] {
        assert!(!finds(query).await, "{query}");
    }
}
