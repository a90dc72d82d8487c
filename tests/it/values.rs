//! The values that a value map has to know, counted in Lever.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// A rule for `target` with nothing but a value map of these pairs.
fn value_map(target: &str, field: &str, pairs: &[(&str, &str)]) -> Value {
    let pairs: Vec<Value> = pairs
        .iter()
        .map(|(from, to)| json!({ "from": from, "to": to }))
        .collect();
    json!({ "step": 0, "rule": {
        "target": target,
        "source": { "kind": "lever", "field": field },
        "transforms": [{ "kind": "value_map", "pairs": pairs, "if_no_match": { "kind": "stop" } }]
    } })
}

/// The values once Lever was read for them.
async fn counted(world: &TestWorld, request: Value) -> Value {
    let read = |shown: &Value| shown["reading"] == false;
    world.until_call("mappings.values", request, read).await
}

/// Each value with its count, what the map makes of it and what is suggested.
fn shown(values: &Value) -> Vec<(&str, u64, Option<&str>, Option<&str>)> {
    let listed = values["values"].as_array().unwrap().iter();
    listed
        .map(|one| {
            (
                text(&one["value"], "text"),
                one["value"]["count"].as_u64().unwrap(),
                one["to"].as_str(),
                one["suggestion"]["to"].as_str(),
            )
        })
        .collect()
}

async fn requests(world: &TestWorld) -> u64 {
    let ledger = world.world.control("ledger", None).await.unwrap();
    ledger["api_requests"].as_u64().unwrap()
}

#[tokio::test]
async fn countries_of_the_postings_are_counted_and_named_with_their_coverage() {
    let (world, _) = TestWorld::ready().await;
    let none = counted(&world, value_map("country", "posting.country", &[])).await;
    assert_eq!(none["counted_in"], "postings");
    let values = shown(&none);
    let (country, most, _, name) = values[0];
    assert_eq!((country, name), ("PT", Some("Portugal")));
    let others: Vec<_> = values[1..]
        .iter()
        .map(|(code, _, _, name)| (*code, *name))
        .collect();
    assert_eq!(
        others,
        [
            ("DE", Some("Germany")),
            ("PH", Some("Philippines")),
            ("US", Some("United States of America"))
        ]
    );
    assert_eq!(none["coverage"], 0);

    let before = requests(&world).await;
    let drawn = [("pt", "Portugal")];
    let some = counted(&world, value_map("country", "posting.country", &drawn)).await;
    assert_eq!(shown(&some)[0], ("PT", most, Some("Portugal"), None));
    let filled = some["filled"].as_u64().unwrap();
    assert_eq!(some["coverage"], most * 100 / filled);
    assert_eq!(requests(&world).await, before, "a list is read once");
}

#[tokio::test]
async fn parts_of_a_requisition_field_are_counted_after_the_steps_before_the_map() {
    let (world, _) = TestWorld::ready().await;
    let mut request = value_map("location", "requisition.custom.cost_center.city", &[]);
    let map = request["rule"]["transforms"][0].clone();
    request["rule"]["transforms"] = json!([{ "kind": "case", "to": "upper" }, map]);
    request["step"] = json!(1);
    let cities = counted(&world, request).await;
    assert_eq!(cities["counted_in"], "requisitions");
    let values = shown(&cities);
    assert_eq!((values[0].0, values[0].1), ("LISBON", 2));
    assert!(values.iter().any(|value| value.0 == "AUSTIN"));
}

#[tokio::test]
async fn opportunities_are_counted_where_they_were_hired_or_got_an_offer() {
    let (world, _) = TestWorld::ready().await;
    let origins = counted(&world, value_map("team", "opportunity.origin", &[])).await;
    assert_eq!(origins["counted_in"], "opportunities");
    assert!(!shown(&origins).is_empty());
    let stages = counted(&world, value_map("team", "stage.text", &[])).await;
    let offers = shown(&stages).iter().any(|(stage, ..)| *stage == "Offer");
    assert!(
        offers && stages["records"] == origins["records"],
        "{stages}"
    );
}

#[tokio::test]
async fn what_no_list_tells_is_counted_in_the_candidates_that_were_read() {
    let (world, _) = TestWorld::ready().await;
    let homes = value_map("country", "offer.custom_home_country", &[]);
    let nobody = counted(&world, homes.clone()).await;
    assert_eq!(
        (nobody["counted_in"].as_str(), &nobody["records"]),
        (Some("kept_candidates"), &json!(0))
    );
    assert_eq!(nobody["coverage"], Value::Null);
    let rosa = json!({ "subject": { "kind": "email", "email": "rosa.lindqvist@example.com" } });
    world.call("mappings.sample", rosa).await;
    let one = counted(&world, homes).await;
    assert_eq!(shown(&one), [("SE", 1, None, Some("Sweden"))]);
}

#[tokio::test]
async fn while_lever_is_away_it_says_so_and_what_was_counted_stays_until_the_connection_ends() {
    let (world, _) = TestWorld::ready().await;
    let request = value_map("country", "posting.country", &[]);
    let known = counted(&world, request.clone()).await;
    let away = json!({ "path_prefix": "/v1/", "kind": "status", "status": 503, "count": null });
    world.world.control("faults", Some(&away)).await.unwrap();
    world.clock.advance(std::time::Duration::from_secs(3_600));
    let older = counted(&world, request.clone()).await;
    assert!(text(&older, "problem").contains("Lever"), "{older}");
    assert_eq!(older["values"], known["values"]);

    let end =
        json!({ "integration": "onboarding", "confirmation": "revoke", "data": "delete_events" });
    world.call("grants.revoke", end).await;
    let gone = counted(&world, request).await;
    assert_eq!(
        (&gone["values"], &gone["read_at"]),
        (&json!([]), &Value::Null)
    );
}

#[tokio::test]
async fn a_step_that_is_no_value_map_is_refused() {
    let (world, _) = TestWorld::ready().await;
    let mut request = value_map("country", "posting.country", &[]);
    request["step"] = json!(7);
    let refused = world
        .try_call("mappings.values", request)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    assert_eq!(refused.message, "Step 8 is no value map.");
}
