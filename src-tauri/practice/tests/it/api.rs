//! Lists, errors, permissions and the shape of write answers.

use std::collections::BTreeSet;
use std::time::Duration;

use fulcrum_practice::{Switches, seeded_id};
use serde_json::{Value, json};

use crate::world::{API_KEY, START_MS, World, send, text};

fn opportunity(key: &str) -> String {
    format!("/v1/opportunities/{}", seeded_id("opportunity", key))
}

async fn write(world: &World, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = match method {
        "PUT" => world.put(path),
        _ => world.post(path),
    };
    let answer = send(request.basic_auth(API_KEY, Some("")).json(&body)).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn pages_meet_without_gap_or_overlap_and_the_cursor_names_the_first_item_of_the_next() {
    let world = World::start().await;
    let everyone = world.api("/opportunities?confidentiality=all").await;
    let all: Vec<&Value> = everyone["data"].as_array().unwrap().iter().collect();
    let mut seen = Vec::new();
    let mut path = "/opportunities?confidentiality=all&limit=7".to_owned();
    let mut announced: Option<String> = None;
    loop {
        let page = world.api(&path).await;
        let items = page["data"].as_array().unwrap();
        if let Some(token) = &announced {
            assert!(token.contains(items[0]["id"].as_str().unwrap()), "{token}");
        }
        seen.extend(items.iter().map(|item| text(&item["id"])));
        if page["hasNext"] == false {
            assert!(page.get("next").is_none());
            break;
        }
        let token = text(&page["next"]);
        // The token is percent-encoded already; sent as it is, it is decoded once on the way.
        path = format!("/opportunities?confidentiality=all&limit=7&offset={token}");
        announced = Some(token);
    }
    assert_eq!(
        seen,
        all.iter().map(|item| text(&item["id"])).collect::<Vec<_>>()
    );
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
}

#[tokio::test]
async fn a_doubly_encoded_token_is_accepted_and_a_bad_one_is_400() {
    let world = World::start().await;
    let first = world.api("/opportunities?limit=1").await;
    let token = text(&first["next"]);
    let request = world.get("/v1/opportunities").query(&[("offset", &token)]);
    let answer = send(request.basic_auth(API_KEY, Some(""))).await;
    assert_eq!(answer.status(), 200);
    for hostile in ["garbage", "%5B%5D", "[1,2]", "0.1414895548650.a6070140"] {
        let request = world.get("/v1/opportunities").query(&[("offset", hostile)]);
        let answer = send(request.basic_auth(API_KEY, Some(""))).await;
        assert_eq!(answer.status(), 400, "{hostile}");
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["message"], "Invalid offset token");
    }
}

#[tokio::test]
async fn opportunities_are_ordered_by_stage_rank_then_last_advanced() {
    let world = World::start().await;
    let stages = world.api("/disposition_stages").await;
    let rank = |id: &Value| {
        let mut stages = stages["data"]["stages"].as_array().unwrap().iter();
        stages.find(|stage| stage["id"] == *id).unwrap()["rank"]
            .as_f64()
            .unwrap()
    };
    let list = world.api("/opportunities").await;
    let keys: Vec<(f64, i64)> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                rank(&one["stage"]),
                -one["lastAdvancedAt"].as_i64().unwrap(),
            )
        })
        .collect();
    assert!(keys.is_sorted(), "{keys:?}");
}

#[tokio::test]
async fn a_filter_for_persons_pages_as_the_whole_list_does() {
    let world = World::start().await;
    let all = world.api("/opportunities").await;
    let contact_of = |one: &Value| text(&one["contact"]);
    let asked: Vec<String> = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(contact_of)
        .step_by(3)
        .collect();
    let wanted = all["data"].as_array().unwrap().iter();
    let wanted: Vec<&Value> = wanted
        .filter(|one| asked.contains(&contact_of(one)))
        .collect();
    // Each person twice: nobody may come twice for it.
    let filter: String = asked
        .iter()
        .chain(&asked)
        .map(|id| format!("&contact_id={id}"))
        .collect();
    let mut path = format!("/opportunities?limit=4{filter}");
    let mut found = Vec::new();
    loop {
        let page = world.api(&path).await;
        found.extend(page["data"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/opportunities?limit=4{filter}&offset={next}");
    }
    assert!(wanted.len() > 8);
    assert_eq!(found.iter().collect::<Vec<_>>(), wanted);
    let nobody = world.api("/opportunities?email=nobody@example.com").await;
    assert_eq!(nobody["data"], json!([]));
}

#[tokio::test]
async fn filters_by_email_ignore_case_and_blanks_and_repeated_ones_mean_or() {
    let world = World::start().await;
    let found = world
        .api("/opportunities?email=ilse.vandermeer@example.com")
        .await;
    assert_eq!(found["data"][0]["name"], "  Ilse   van der Meer ");
    let contact = seeded_id("contact", "two-opportunities-1");
    let both = world
        .api(&format!("/opportunities?contact_id={contact}"))
        .await;
    assert_eq!(both["data"].as_array().unwrap().len(), 2);
    let stages = world
        .api("/opportunities?stage_id=lead-new&stage_id=lead-responded")
        .await;
    for one in stages["data"].as_array().unwrap() {
        assert!(["lead-new", "lead-responded"].contains(&one["stage"].as_str().unwrap()));
    }
    let archived = world.api("/opportunities?archived=true").await;
    assert!(
        archived["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| !one["archived"].is_null())
    );
}

#[tokio::test]
async fn confidential_opportunities_need_the_filter_and_the_permission() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "confidential");
    let ids = |list: Value| list["data"].to_string();
    assert!(!ids(world.api("/opportunities").await).contains(&id));
    assert!(ids(world.api("/opportunities?confidentiality=all").await).contains(&id));
    let request = world.get(&opportunity("confidential"));
    let request = request.basic_auth("practice-api-key-non-confidential", Some(""));
    assert_eq!(send(request).await.status(), 403);
}

#[tokio::test]
async fn answers_of_writes_hide_the_contact_details_and_mark_the_record_as_updated() {
    let world = World::start().await;
    let path = opportunity("rosa-lindqvist");
    let user = seeded_id("user", "mei-tanabe");
    let stage = format!("{path}/stage?perform_as={user}");
    let (status, answer) = write(&world, "PUT", &stage, json!({"stage": "applicant-new"})).await;
    assert_eq!(status, 200);
    let data = &answer["data"];
    for (member, blank) in [
        ("name", json!("")),
        ("headline", json!("")),
        ("emails", json!([])),
        ("phones", json!([])),
        ("links", json!([])),
    ] {
        assert_eq!(data[member], blank, "{member}");
    }
    assert_eq!(data["stage"], "applicant-new");
    assert_eq!(data["updatedAt"], START_MS);
    let changes = data["stageChanges"].as_array().unwrap();
    assert_eq!(changes.last().unwrap()["userId"], user);
    let read = world.api(path.strip_prefix("/v1").unwrap()).await;
    assert_eq!(read["data"]["name"], "Rosa Lindqvist");
}

#[tokio::test]
async fn tags_stay_with_the_opportunity_and_links_with_the_contact() {
    let world = World::start().await;
    let (one, other) = (
        opportunity("two-opportunities-1"),
        opportunity("two-opportunities-2"),
    );
    let tags = json!({"tags": ["Agora Offer", "Agora Offer"]});
    write(&world, "POST", &format!("{one}/addTags"), tags).await;
    let links = json!({"links": ["https://example.com/letter/1"]});
    write(&world, "POST", &format!("{one}/addLinks"), links).await;
    let other = world.api(other.strip_prefix("/v1").unwrap()).await;
    assert_eq!(
        other["data"]["links"],
        json!(["https://example.com/letter/1"])
    );
    assert!(!other["data"]["tags"].to_string().contains("Agora"));
    let one = world.api(one.strip_prefix("/v1").unwrap()).await;
    assert_eq!(
        one["data"]["tags"]
            .to_string()
            .matches("Agora Offer")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_note_is_answered_whole_with_its_id_and_written_to_the_ledger() {
    let world = World::start().await;
    let path = format!("{}/notes", opportunity("one-word-name"));
    let (status, answer) = write(&world, "POST", &path, json!({"value": "Hello"})).await;
    assert_eq!(status, 201);
    assert_eq!(answer["data"]["noteId"], answer["data"]["id"]);
    assert_eq!(
        write(&world, "POST", &path, json!({"secret": true}))
            .await
            .0,
        400
    );
    let writes = world.ledger().await["writes"].clone();
    assert_eq!(writes[0]["path"], path);
    assert_eq!(writes[0]["body"], json!({"value": "Hello"}));
    assert_eq!(writes[1]["status"], 400);
}

#[tokio::test]
async fn expand_replaces_ids_by_objects_and_refuses_other_members() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "rosa-lindqvist");
    let path =
        format!("/opportunities/{id}?expand=stage&expand=contact&expand=sourcedBy&include=name");
    let answer = world.api(&path).await;
    assert_eq!(
        answer["data"]["stage"],
        json!({"id": "offer", "text": "Offer"})
    );
    assert_eq!(answer["data"]["contact"]["name"], "Rosa Lindqvist");
    assert_eq!(answer["data"]["sourcedBy"], Value::Null);
    assert!(answer["data"].get("tags").is_none());
    let request = world.get("/v1/opportunities?expand=posting");
    let refused = send(request.basic_auth(API_KEY, Some(""))).await;
    assert_eq!(refused.status(), 400);
    let error: Value = refused.json().await.unwrap();
    assert_eq!(
        error,
        json!({"code": "BadRequestError", "message": "posting is not expandable"})
    );
}

#[tokio::test]
async fn offers_carry_their_fields_and_a_missing_field_is_not_there_at_all() {
    let world = World::start().await;
    let offers = |key: &str| {
        format!(
            "/opportunities/{}/offers?expand=creator",
            seeded_id("opportunity", key)
        )
    };
    let signed = world.api(&offers("rosa-lindqvist")).await["data"][0].clone();
    assert_eq!(signed["status"], "signed");
    assert_eq!(signed["creator"]["name"], "Jonas Adeyemi");
    assert_eq!(signed["signatures"]["candidate"]["signed"], true);
    let fields = signed["fields"].as_array().unwrap();
    let office = fields
        .iter()
        .find(|field| field["identifier"] == "location/office");
    assert_eq!(office.unwrap()["value"], "Lisbon");
    let missing = world.api(&offers("missing-offer-fields")).await;
    assert!(!missing.to_string().contains("salary_interval"));
    let draft = world.api(&offers("two-opportunities-2")).await["data"][0].clone();
    assert_eq!(
        (&draft["approved"], &draft["sentAt"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn lists_without_has_next_and_wrong_paths_look_as_recorded() {
    let world = World::start().await;
    for path in ["/webhooks", "/webhooks/", "/requisition_fields"] {
        assert!(world.api(path).await.get("hasNext").is_none(), "{path}");
    }
    let answer = send(world.get("/v1/users/nobody").basic_auth(API_KEY, Some(""))).await;
    assert_eq!(answer.status(), 404);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(
        error,
        json!({"code": "ResourceNotFound", "message": "users nobody was not found"})
    );
}

#[tokio::test]
async fn requests_without_valid_credentials_are_401() {
    let world = World::start().await;
    assert_eq!(send(world.get("/v1/users")).await.status(), 401);
    for request in [
        world.get("/v1/users").basic_auth("wrong", Some("")),
        world.get("/v1/users").basic_auth(API_KEY, Some("password")),
        world.get("/v1/users").bearer_auth("a.b.c"),
        world.get("/v1/users").header("authorization", "Basic ???"),
    ] {
        assert_eq!(send(request).await.status(), 401);
    }
}

#[tokio::test]
async fn the_twenty_first_request_of_a_burst_is_429_until_time_passes() {
    let world = World::with(Switches {
        retry_after_seconds: Some(1),
        ..Switches::default()
    })
    .await;
    let ask = || send(world.get("/v1/stages").basic_auth(API_KEY, Some("")));
    for _ in 0..20 {
        assert_eq!(ask().await.status(), 200);
    }
    let refused = ask().await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "1");
    world.clock.advance(Duration::from_millis(100));
    assert_eq!(ask().await.status(), 200);
}

#[tokio::test]
async fn archiving_as_hired_takes_a_place_on_the_requisition_and_a_closed_one_is_refused() {
    let world = World::start().await;
    let path = format!("{}/archived", opportunity("rosa-lindqvist"));
    let reason = seeded_id("archive-reason", "hired");
    let closed = seeded_id("requisition", "ops-05");
    let body = json!({"reason": reason, "requisitionId": closed});
    assert_eq!(write(&world, "PUT", &path, body).await.0, 400);
    let open = seeded_id("requisition", "eng-77");
    let before = world.api(&format!("/requisitions/{open}")).await;
    assert_eq!(before["data"]["headcountHired"], 1);
    let body = json!({"reason": reason, "requisitionId": open});
    assert_eq!(write(&world, "PUT", &path, body).await.0, 200);
    let after = world.api(&format!("/requisitions/{open}")).await;
    assert_eq!(after["data"]["headcountHired"], 2);
    assert_eq!(
        write(&world, "PUT", &path, json!({"reason": null})).await.0,
        200
    );
}

#[tokio::test]
async fn the_status_of_an_invalid_offset_is_a_switch_and_its_message_is_not() {
    let world = World::start().await;
    for status in [400, 422] {
        world.switch(json!({"invalid_offset_status": status})).await;
        let refused = world.refused("/opportunities?offset=stale").await;
        assert_eq!(refused, (status, "Invalid offset token".to_owned()));
        assert_eq!(world.refused("/opportunities?limit=0").await.0, 400);
    }
}
