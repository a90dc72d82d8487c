//! The preview and the run are one, for everyone in the seeded world: what the screen makes of the record that it kept is
//! what the import makes of the record that Lever gives it.

use std::sync::Arc;

use fulcrum_core::clock::SystemClock;
use fulcrum_core::lever::{Pace, Patience, candidate};
use fulcrum_core::mapping::{Compiled, Record, Rules, Schema, evaluate};
use fulcrum_practice::Settings;
use fulcrum_tests::{Lever, text};
use serde_json::{Value, json};

/// A mapping with sources and steps of many kinds. It stops at some of the people: one has no e-mail address, another no
/// last name.
fn rules() -> Value {
    let lever = |target: &str, field: &str, transforms: Value| json!({ "target": target, "source": { "kind": "lever", "field": field }, "transforms": transforms });
    let part = |part: &str| json!([{ "kind": "trim" }, { "kind": "name_part", "part": part }]);
    let named = json!({ "kind": "first_of", "fields": ["offer.custom_preferred_name", "derived.first_name"] });
    let place = json!({ "kind": "join", "fields": ["posting.location", "posting.country"], "separator": ", " });
    let told = json!({ "kind": "template", "text": "{{posting.text}} ({{posting.team}})" });
    let period = json!([{
        "kind": "value_map",
        "pairs": [{ "from": "per-year-salary", "to": "Annual" }, { "from": "per-hour-wage", "to": "Hourly" }],
        "if_no_match": { "kind": "keep" }
    }]);
    json!({ "rules": [
        lever("first_name", "opportunity.name", part("first_word")),
        lever("last_name", "opportunity.name", part("rest")),
        { "target": "preferred_name", "source": named, "transforms": [{ "kind": "case", "to": "upper" }] },
        lever("personal_email", "opportunity.emails.first", json!([{ "kind": "email" }])),
        lever("phone", "opportunity.phones.first", json!([{ "kind": "phone", "country": "PT" }])),
        { "target": "timezone", "source": { "kind": "constant", "value": "Europe/Lisbon" }, "transforms": [] },
        { "target": "job_title", "source": told, "transforms": [] },
        lever("department", "requisition.department", json!([{ "kind": "default_if_empty", "value": "Unknown" }])),
        lever("employment_type", "posting.commitment", json!([{ "kind": "case", "to": "lower" }])),
        lever("start_date", "offer.anticipated_start_date", json!([])),
        lever("manager", "requisition.hiring_manager", json!([{ "kind": "user_email" }])),
        { "target": "location", "source": place, "transforms": [] },
        lever("country", "offer.custom_home_country", json!([{ "kind": "country", "to": "name" }])),
        lever("pay_amount", "offer.salary_amount", json!([])),
        lever("pay_currency", "offer.compensation_currency", json!([{ "kind": "currency" }])),
        lever("pay_interval", "offer.salary_interval", period),
    ] })
}

#[tokio::test]
async fn everyone_in_the_seeded_world_gets_what_the_preview_showed() {
    let mut settings = Settings::default();
    settings.switches.rate_limit = false;
    let lever = Lever::start(settings).await;
    let clock = Arc::new(SystemClock);
    let client = lever.client(Pace::unlimited(clock), Patience::default());
    let rules: Rules = serde_json::from_value(rules()).unwrap();
    let schema = Schema::of_people([]);
    let mapping = Compiled::new(&rules, &schema);
    let everyone = lever.look("candidates").await;
    let everyone = everyone.as_array().unwrap();
    assert!(everyone.len() >= 40, "{} are seeded", everyone.len());

    let (mut complete, mut held) = (0, 0);
    for one in everyone {
        let read = candidate(&client, text(one, "opportunity")).await.unwrap();
        let kept = serde_json::to_string(&read.record).unwrap();
        let kept: Record = serde_json::from_str(&kept).unwrap();
        let preview = evaluate(&rules, &kept, &schema);
        let run = mapping.run(&read.record);
        assert_eq!(
            preview.values().collect::<Vec<_>>(),
            run.values().collect::<Vec<_>>(),
            "{one}"
        );
        assert_eq!(preview.blockers, run.blockers(), "{one}");
        if run.blockers().is_empty() {
            complete += 1;
        } else {
            held += 1;
        }
    }
    assert!(
        complete > 0 && held > 0,
        "{complete} are complete, {held} are held"
    );
}
