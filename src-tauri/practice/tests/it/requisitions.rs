//! Requisitions and their fields over the API.

use fulcrum_practice::{Switches, seeded_id};
use serde_json::{Value, json};

use crate::world::{World, text};

async fn managed() -> World {
    World::with(Switches {
        rate_limit: false,
        requisition_management: true,
        ..Switches::default()
    })
    .await
}

fn body(code: &str) -> Value {
    json!({
        "requisitionCode": code, "name": "Optics Engineer", "headcountTotal": "unlimited",
        "hiringManager": seeded_id("user", "ines-carvalho"),
        "compensationBand": {"currency": "EUR", "interval": "per-year-salary", "min": 50000, "max": 60000.5},
        "postingIds": [seeded_id("posting", "finance-director")],
        "customFields": {"cost_center": {"city": "Lisbon"}, "badge_color": "teal"},
    })
}

#[tokio::test]
async fn a_requisition_is_written_as_a_raw_record_and_read_in_the_other_shape() {
    let world = managed().await;
    let (status, raw) = world.write("POST", "/requisitions", body("OPT-1")).await;
    assert_eq!(status, 201, "{raw}");
    let raw = &raw["data"];
    assert_eq!(raw["hasConfidentialPosting"], true);
    assert_eq!(
        raw["search"]["nameCodeTokens"],
        json!(["optics", "engineer", "opt-1"])
    );
    assert!(
        raw.get("owner").is_none() && raw.get("postings").is_none(),
        "{raw}"
    );
    let path = format!("/requisitions/{}", text(&raw["id"]));
    let read = world.api(&path).await["data"].clone();
    assert_eq!(read["owner"], raw["ownerUserId"]);
    assert_eq!(read["headcountTotal"], "unlimited");
    assert_eq!(read["headcountInfinite"], true);
    assert_eq!(read["status"], "open");

    let mut closed = body("OPT-1");
    closed["status"] = "closed".into();
    closed["headcountTotal"] = 2.into();
    let (status, _) = world.write("PUT", &path, closed).await;
    assert_eq!(status, 200);
    let read = world.api(&path).await["data"].clone();
    assert_eq!(
        (&read["status"], &read["headcountTotal"]),
        (&json!("closed"), &json!(2))
    );
    assert!(read["closedAt"].is_i64());
    let found = world
        .api("/requisitions?status=closed&requisition_code=OPT-1")
        .await;
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    assert_eq!(world.write("DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(world.refused(&path).await.0, 404);
}

#[tokio::test]
async fn writing_requisitions_needs_the_switch_and_sound_data() {
    let world = World::start().await;
    let (status, error) = world.write("POST", "/requisitions", body("OPT-1")).await;
    assert_eq!((status, &error["code"]), (403, &json!("ForbiddenError")));
    let world = managed().await;
    let with = |name: &str, value: Value| {
        let mut body = body("OPT-2");
        body[name] = value;
        body
    };
    for (body, expected) in [
        (with("requisitionCode", json!("ENG-77")), 400),
        (with("headcountTotal", json!("many")), 400),
        (with("headcountTotal", json!(-1)), 400),
        (with("status", json!("half open")), 400),
        (with("owner", json!("nobody")), 404),
        (with("postingIds", json!(["none"])), 404),
        (with("customFields", json!({})), 400),
        (
            with(
                "customFields",
                json!({"cost_center": {}, "unknown_field": 1}),
            ),
            404,
        ),
    ] {
        let (status, error) = world.write("POST", "/requisitions", body.clone()).await;
        assert_eq!(status, expected, "{body}: {error}");
    }
}

#[tokio::test]
async fn a_field_is_added_replaced_and_deleted() {
    let world = World::start().await;
    let field = json!({"id": "start_window", "text": "Start window", "type": "object", "isRequired": false,
        "subfields": [{"id": "from", "text": "From", "type": "date"}]});
    let (status, answer) = world
        .write("POST", "/requisition_fields", field.clone())
        .await;
    assert_eq!((status, &answer["data"]), (201, &field));
    let path = "/requisition_fields/start_window";
    assert_eq!(world.api(path).await["data"], field);
    let plain = json!({"id": "start_window", "text": "Start", "type": "text", "isRequired": true});
    let (status, answer) = world.write("PUT", path, plain.clone()).await;
    assert_eq!((status, &answer["data"]), (200, &plain));
    let required = world
        .api("/requisition_fields?isRequired=true&type=text")
        .await;
    assert_eq!(required["data"], json!([plain]));
    assert_eq!(world.write("DELETE", path, Value::Null).await.0, 204);
    assert_eq!(world.refused(path).await.0, 404);
}

#[tokio::test]
async fn the_options_of_a_dropdown_change_all_or_none() {
    let world = World::start().await;
    let path = "/requisition_fields/work_type/options";
    let (status, answer) = world
        .write("POST", path, json!({"values": [{"text": "abroad"}]}))
        .await;
    assert_eq!(status, 201);
    let id = text(&answer["data"]["id"]);
    let renamed = json!({"values": [{"id": id, "text": "moon"}, {"id": "unknown", "text": "x"}]});
    assert_eq!(world.write("PUT", path, renamed).await.0, 404);
    let read = world.api("/requisition_fields/work_type").await.to_string();
    assert!(read.contains("abroad") && !read.contains("moon"));
    let (_, answer) = world
        .write("PUT", path, json!({"values": [{"id": id, "text": "moon"}]}))
        .await;
    assert!(answer["data"]["options"].to_string().contains("moon"));
    assert_eq!(
        world.write("DELETE", path, json!({"values": [id]})).await.0,
        204
    );
    let read = world.api("/requisition_fields/work_type").await.to_string();
    assert!(!read.contains("moon"));
    let many: Vec<Value> = (0..4_001)
        .map(|number| json!({"text": number.to_string()}))
        .collect();
    assert_eq!(
        world.write("POST", path, json!({"values": many})).await.0,
        400
    );
    let text_field = "/requisition_fields/badge_color/options";
    assert_eq!(
        world
            .write("POST", text_field, json!({"values": [{"text": "x"}]}))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn fields_keep_lever_s_limits() {
    let world = World::start().await;
    let long = "a".repeat(51);
    for id in [
        "Cost",
        "cost center",
        "",
        "1st",
        "_x",
        long.as_str(),
        "cost_center",
    ] {
        let field = json!({"id": id, "text": "X", "type": "text"});
        assert_eq!(
            world.write("POST", "/requisition_fields", field).await.0,
            400,
            "{id}"
        );
    }
    let subfields: Vec<Value> = (0..11)
        .map(|number| json!({"id": format!("s{number}"), "text": "S", "type": "text"}))
        .collect();
    for field in [
        json!({"id": "x", "text": "X", "type": "object", "subfields": subfields}),
        json!({"id": "x", "text": "X", "type": "text", "subfields": [{"id": "s", "text": "S", "type": "text"}]}),
        json!({"id": "x", "text": "X", "type": "object", "subfields": [{"id": "s", "text": "S", "type": "object"}]}),
        json!({"id": "x", "text": "X", "type": "number", "options": [{"text": "1"}]}),
        json!({"id": "x", "text": "X", "type": "emoji"}),
    ] {
        assert_eq!(
            world
                .write("POST", "/requisition_fields", field.clone())
                .await
                .0,
            400,
            "{field}"
        );
    }
    for number in 3..100 {
        let field = json!({"id": format!("field_{number}"), "text": "X", "type": "text"});
        assert_eq!(
            world.write("POST", "/requisition_fields", field).await.0,
            201,
            "{number}"
        );
    }
    let field = json!({"id": "one_too_many", "text": "X", "type": "text"});
    assert_eq!(
        world.write("POST", "/requisition_fields", field).await.0,
        400
    );
}

#[tokio::test]
async fn an_offer_counts_on_its_requisition_until_the_candidate_is_hired_on_it() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "rosa-lindqvist");
    let offers = world.api(&format!("/opportunities/{id}/offers")).await;
    let offer = &offers["data"][0];
    let fields = offer["fields"].as_array().unwrap();
    let named = fields
        .iter()
        .find(|field| field["identifier"] == "requisition");
    let requisition = text(&named.unwrap()["value"]);
    let path = format!("/requisitions/{requisition}");
    let ids = |read: &Value| read["offerIds"].as_array().unwrap().clone();
    assert!(ids(&world.api(&path).await["data"]).contains(&offer["id"]));
    let listed = world.api("/requisitions").await["data"].clone();
    let mut listed = listed.as_array().unwrap().iter();
    let listed = listed.find(|one| one["id"] == requisition).unwrap();
    assert!(ids(listed).contains(&offer["id"]));
    world.control("/hire", json!({"opportunity": id})).await;
    assert!(!ids(&world.api(&path).await["data"]).contains(&offer["id"]));
}
