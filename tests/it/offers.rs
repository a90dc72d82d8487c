//! The mapping of offers to letters, with no more than the permissions of offer letters.

use fulcrum_cli::demo;
use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// A world in which offer letters alone are connected, by sign-in and with the five permissions of the article.
pub async fn connected() -> TestWorld {
    connect(TestWorld::new().await).await
}

/// Connects offer letters, and reads what Lever's offer form has.
pub async fn connect(world: TestWorld) -> TestWorld {
    let request = demo::sign_in_request("offer_letters");
    let sign_in = world.call("connections.sign_in", request).await;
    let url = text(&sign_in, "authorize_url");
    world.visitor.consent(url, "accept").await.unwrap();
    let letters = json!({ "integration": "offer_letters" });
    world.call("connections.wait", letters).await;
    let fields = json!({ "mapping": "offers", "fresh": true });
    let fields = world.call("mappings.fields", fields).await;
    assert_eq!(fields["problem"], Value::Null);
    world
}

async fn try_sample(world: &TestWorld, subject: Value) -> Result<Value, (ErrorCode, String)> {
    let request = json!({ "mapping": "offers", "subject": subject });
    let answer = world.try_call("mappings.sample", request).await;
    answer.map_err(|problem| (problem.code, problem.message))
}

fn by_email(email: &str) -> Value {
    json!({ "kind": "email", "email": email })
}

/// What the mapping in use makes of an offer, by the id of the field.
async fn letter(world: &TestWorld, subject: Value) -> Letter {
    let found = try_sample(world, subject).await.unwrap();
    assert_eq!(found["kind"], "found", "{found}");
    let id = text(&found["sample"]["candidate"], "opportunity_id");
    let mapping = world.call("mappings.show", offers()).await;
    let request = json!({ "mapping": "offers", "opportunity_id": id, "rules": mapping["rules"] });
    Letter(world.call("mappings.preview", request).await)
}

fn offers() -> Value {
    json!({ "mapping": "offers" })
}

struct Letter(Value);

impl Letter {
    fn field(&self, target: &str) -> &Value {
        let mut fields = self.0["samples"].as_array().unwrap().iter();
        let found = fields.find(|field| field["target"] == target);
        found.unwrap_or_else(|| panic!("{target} is not in {:#}", self.0))
    }

    fn value(&self, target: &str) -> &str {
        let field = self.field(target);
        field["value"]
            .as_str()
            .unwrap_or_else(|| panic!("{field:#}"))
    }
}

async fn set_company(world: &TestWorld, currency: &str, time_zone: &str) {
    let company = json!({ "currency": currency, "time_zone": time_zone });
    world.call("company.save", company).await;
}

#[tokio::test]
async fn a_letter_is_filled_without_any_setup_and_with_the_five_permissions() {
    let world = connected().await;
    let mapping = world.call("mappings.show", offers()).await;
    assert_eq!(mapping["version"], 0);
    let rosa = letter(&world, by_email("rosa.lindqvist@example.com")).await;
    for (target, value) in [
        ("base_salary", "64000"),
        ("base_salary_pay_period", "Annual"),
        ("benefit_package", "Default"),
        ("candidate_first_name", "Rosa"),
        ("candidate_last_name", "Lindqvist"),
        ("candidate_email", "rosa.lindqvist@example.com"),
        ("currency", "EUR"),
        ("number_of_shares", "1200"),
        ("status", "Accepted"),
    ] {
        assert_eq!(rosa.value(target), value);
    }
    assert!(rosa.value("assignee").contains('@'));
    assert_eq!(rosa.0["blockers"], json!([]));
}

#[tokio::test]
async fn rows_that_the_offer_form_lacks_say_so_until_the_field_is_there_under_any_spelling() {
    let world = connected().await;
    let rows = world.call("mappings.offer_rows", json!({})).await;
    let row = |target: &str| {
        let mut rows = rows["rows"].as_array().unwrap().iter();
        rows.find(|row| row["target"] == target).unwrap().clone()
    };
    assert_eq!(rows["rows"].as_array().unwrap().len(), 20);
    assert_eq!(row("type_of_shares")["lacking"], json!(["equity_type"]));
    assert_eq!(row("type_of_shares")["standard"], Value::Null);
    let office = &row("display_location")["standard"]["source"];
    assert_eq!(office["field"], "offer.location/office");
    let unsupported: Vec<_> = rows["not_supported"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(one, "label"))
        .collect();
    assert_eq!(unsupported, ["Equity value", "Target commission"]);
}

#[tokio::test]
async fn what_an_offer_leaves_out_comes_from_the_company_and_is_flagged() {
    let world = connected().await;
    set_company(&world, "CHF", "Europe/Zurich").await;
    let farid = letter(&world, by_email("farid.benmoussa@example.com")).await;
    assert_eq!(farid.value("currency"), "CHF");
    assert!(text(farid.field("currency"), "note").contains("default"));
    let expires = farid.field("expires");
    assert!(expires["value"].is_string(), "{expires}");
    let refused = json!({ "currency": "XYZ", "time_zone": "UTC" });
    let refused = world.try_call("company.save", refused).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("currency"));
    let refused = json!({ "currency": null, "time_zone": "Mars/Olympus" });
    let refused = world.try_call("company.save", refused).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("time_zone"));
}

#[tokio::test]
async fn a_name_of_more_than_two_parts_is_flagged() {
    let world = connected().await;
    let maria = letter(&world, by_email("maria.ortega@example.com")).await;
    assert_eq!(maria.value("candidate_first_name"), "Maria");
    let note = text(maria.field("candidate_last_name"), "note");
    assert!(note.contains("more than two parts"), "{note}");
    let period = maria.field("base_salary_pay_period");
    assert!(
        text(period, "problem").contains("no pair"),
        "pay by the month is neither of the two"
    );
}

#[tokio::test]
async fn one_of_several_offers_is_chosen_or_the_newest_is_taken() {
    let world = connected().await;
    let several = try_sample(&world, by_email("amara@example.com"))
        .await
        .unwrap();
    let choices = several["candidates"].as_array().unwrap();
    assert_eq!(choices.len(), 2, "{several}");
    assert!(text(&choices[0], "description").starts_with("offer opened, made "));
    for (choice, status, pay) in [(0, "Published", "105500.5"), (1, "Declined", "98000")] {
        let chosen = json!({
            "kind": "offer",
            "opportunity_id": choices[choice]["opportunity_id"],
            "offer_id": choices[choice]["offer_id"]
        });
        let amara = letter(&world, chosen).await;
        assert_eq!(
            (amara.value("status"), amara.value("base_salary")),
            (status, pay)
        );
    }
    let any = letter(&world, json!({ "kind": "recent_hire" })).await;
    assert!(
        any.field("base_salary")["raw"].is_string() || any.field("job_title")["raw"].is_string()
    );
}

#[tokio::test]
async fn who_has_no_offer_is_said_in_words() {
    let world = connected().await;
    world
        .candidate("Nobody Offered", &["no.offer@example.com"])
        .await;
    let refused = try_sample(&world, by_email("no.offer@example.com"))
        .await
        .unwrap_err();
    let words = "No candidate with that e-mail has an offer.";
    assert_eq!(refused, (ErrorCode::NotFound, words.to_owned()));
}

#[tokio::test]
async fn a_row_is_overridden_by_a_saved_version_and_given_back_by_another() {
    let world = connected().await;
    let standard = world.call("mappings.show", offers()).await["rules"].clone();
    let mut own = standard.clone();
    let rules = own["rules"].as_array_mut().unwrap();
    let place = rules
        .iter()
        .position(|rule| rule["target"] == "display_location")
        .unwrap();
    rules[place]["source"] = json!({ "kind": "constant", "value": "Anywhere" });
    let save = json!({ "mapping": "offers", "base_version": 0, "rules": own });
    world.call("mappings.save", save).await;
    let rosa = by_email("rosa.lindqvist@example.com");
    assert_eq!(
        letter(&world, rosa.clone()).await.value("display_location"),
        "Anywhere"
    );
    let history = world.call("mappings.history", offers()).await;
    assert_eq!(
        history[0]["changes"].as_array().unwrap().len(),
        1,
        "only the row that was changed"
    );

    let save = json!({ "mapping": "offers", "base_version": 1, "rules": standard });
    assert_eq!(world.call("mappings.save", save).await["version"], 2);
    assert_ne!(
        letter(&world, rosa).await.value("display_location"),
        "Anywhere"
    );
}
