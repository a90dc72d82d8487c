//! The fields of people: added, changed and removed by the user, and what becomes of imports and values.

use fulcrum_core::api::error::ErrorCode;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

fn shirt(required: bool) -> Value {
    json!({
        "label": "Shirt size", "group": "Equipment", "type": "choice",
        "options": ["Small", "Large"], "required": required, "masked": false
    })
}

fn find<'a>(fields: &'a Value, id: &str) -> &'a Value {
    let mut all = fields["fields"].as_array().unwrap().iter();
    let found = all.find(|one| one["field"]["id"] == id);
    found.unwrap_or_else(|| panic!("no field {id}: {fields}"))
}

fn ids_of(fields: &Value, group: &str) -> Vec<String> {
    let all = fields["fields"].as_array().unwrap().iter();
    let of_group = all.filter(|one| one["field"]["group"] == group);
    of_group
        .map(|one| text(&one["field"], "id").to_owned())
        .collect()
}

async fn hired(world: &TestWorld, name: &str, email: &str) -> String {
    let opportunity = world.candidate(name, &[email]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    opportunity
}

/// The demo's rules, and these.
async fn map(world: &TestWorld, version: i64, more: &[Value]) {
    let mut rules = fulcrum_cli::demo::world::rules();
    rules["rules"]
        .as_array_mut()
        .unwrap()
        .extend(more.iter().cloned());
    let save = json!({ "base_version": version, "rules": rules });
    world.call("mappings.save", save).await;
}

fn always(target: &str, value: &str) -> Value {
    let source = json!({ "kind": "constant", "value": value });
    json!({ "target": target, "source": source, "transforms": [] })
}

async fn person(world: &TestWorld, name: &str) -> Value {
    let found = world.call("people.list", json!({ "search": name })).await;
    world
        .call("people.show", json!({ "id": found[0]["id"] }))
        .await
}

fn value<'a>(person: &'a Value, id: &str) -> &'a Value {
    let groups = person["groups"].as_array().unwrap().iter();
    let mut fields = groups.flat_map(|group| group["fields"].as_array().unwrap());
    fields
        .find(|field| field["id"] == id)
        .unwrap_or(&Value::Null)
}

#[tokio::test]
async fn a_required_field_of_ones_own_holds_imports_until_it_is_filled_or_optional_again() {
    let (world, _) = TestWorld::ready().await;
    let fields = world.call("person_fields.add", shirt(true)).await;
    assert_eq!(find(&fields, "own_shirt_size")["mapped"], false);
    let mapped = world.call("mappings.fields", json!({})).await;
    let targets = mapped["target"].as_array().unwrap();
    assert!(targets.iter().any(|field| field["id"] == "own_shirt_size"));

    let ada = hired(&world, "Ada Ito", "ada@example.com").await;
    hired(&world, "Bela Kun", "bela@example.com").await;
    world
        .until_call("imports.list", json!({}), |tray| tray["total"] == 2)
        .await;
    let fill = json!({ "opportunity_id": ada, "values": { "own_shirt_size": "large" } });
    world.call("imports.fill_in", fill).await;
    world.people(1).await;
    assert_eq!(
        value(&person(&world, "Ada").await, "own_shirt_size")["value"],
        "Large"
    );

    let optional = json!({ "id": "own_shirt_size", "edit": shirt(false) });
    world.call("person_fields.change", optional).await;
    world.people(2).await;
    world
        .activity("You changed the person field “Shirt size”.")
        .await;
}

#[tokio::test]
async fn a_removed_field_keeps_its_values_stops_nobody_and_can_be_put_back_or_erased() {
    let (world, _) = TestWorld::ready().await;
    world.call("person_fields.add", shirt(false)).await;
    map(&world, 1, &[always("own_shirt_size", "small")]).await;
    let ada = hired(&world, "Ada Ito", "ada@example.com").await;
    world.people(1).await;

    let id = json!({ "id": "own_shirt_size" });
    let fields = world.call("person_fields.remove", id.clone()).await;
    assert_eq!(fields["removed"][0]["people"], 1);
    assert_eq!(fields["removed"][0]["mapped"], true, "the rule is kept");
    hired(&world, "Bela Kun", "bela@example.com").await;
    world.people(2).await;
    let again = json!({ "event": "candidateHired", "opportunity": ada });
    world.world.control("deliver", Some(&again)).await.unwrap();
    world.activity("it was not restarted").await;
    let shown = person(&world, "Ada").await;
    assert_eq!(
        value(&shown, "own_shirt_size")["value"],
        "Small",
        "an update keeps it"
    );
    assert_eq!(
        shown["groups"].as_array().unwrap().last().unwrap()["name"],
        "Removed fields"
    );

    let fields = world.call("person_fields.put_back", id.clone()).await;
    assert_eq!(find(&fields, "own_shirt_size")["people"], 1);
    world.call("person_fields.remove", id.clone()).await;
    let fields = world.call("person_fields.erase", id.clone()).await;
    assert_eq!(fields["removed"], json!([]));
    assert_eq!(
        value(&person(&world, "Ada").await, "own_shirt_size"),
        &Value::Null
    );
    let gone = world
        .try_call("person_fields.put_back", id)
        .await
        .unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn fields_of_ours_are_renamed_and_moved_but_neither_retyped_nor_removed() {
    let (mut world, _) = TestWorld::ready().await;
    let refused = |command: &'static str, request: Value| {
        let world = &world;
        async move { world.try_call(command, request).await.unwrap_err() }
    };
    let team = json!({ "label": "Squad", "group": "Job", "type": "text", "required": false, "masked": true });
    let mut retyped = team.clone();
    retyped["type"] = json!("number");
    let retyped = json!({ "id": "team", "edit": retyped });
    assert_eq!(
        refused("person_fields.change", retyped)
            .await
            .field
            .as_deref(),
        Some("type")
    );
    let removed = refused("person_fields.remove", json!({ "id": "team" })).await;
    assert!(
        removed.message.contains("comes with Fulcrum"),
        "{}",
        removed.message
    );

    world
        .call(
            "person_fields.change",
            json!({ "id": "team", "edit": team }),
        )
        .await;
    for _ in 0..9 {
        world
            .call("person_fields.move", json!({ "id": "team", "to": "up" }))
            .await;
    }
    world.switch_off().await;
    world.switch_on().await;
    let fields = world.call("person_fields.list", json!({})).await;
    assert_eq!(find(&fields, "team")["field"]["label"], "Squad");
    assert_eq!(find(&fields, "team")["field"]["masked"], true);
    assert_eq!(
        ids_of(&fields, "Job")[..2],
        ["team", "job_title"],
        "it is the first of its group"
    );
}

#[tokio::test]
async fn hostile_fields_are_refused_beside_the_input_they_are_about() {
    let (world, _) = TestWorld::ready().await;
    let with = |key: &str, value: Value| {
        let mut edit = shirt(false);
        edit[key] = value;
        edit
    };
    let long = "x".repeat(100_000);
    for (edit, input) in [
        (with("label", json!("  ")), "label"),
        (with("label", json!(long)), "label"),
        (with("label", json!("First Name")), "label"),
        (with("label", json!("Shirt\u{202e}ezis")), "label"),
        (with("group", json!("a\nb")), "group"),
        (with("options", json!([])), "options"),
        (with("options", json!(["One", "one"])), "options"),
        (
            with(
                "options",
                json!(
                    (0..5_000)
                        .collect::<Vec<_>>()
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                ),
            ),
            "options",
        ),
    ] {
        let refused = world.try_call("person_fields.add", edit).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (ErrorCode::InvalidInput, Some(input))
        );
    }
    let markup = "\"}'; DROP TABLE people; -- <script>";
    let fields = world
        .call("person_fields.add", with("label", json!(markup)))
        .await;
    assert_eq!(
        find(&fields, "own_drop_table_people_script")["field"]["label"],
        markup
    );
    let gone = json!({ "id": "$.\" OR 1", "to": "up" });
    let refused = world
        .try_call("person_fields.move", gone)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_manager_in_the_directory_is_linked_from_both_sides() {
    let (world, _) = TestWorld::ready().await;
    hired(&world, "Ada Ito", "ada@example.com").await;
    world.people(1).await;
    map(
        &world,
        1,
        &[
            always("manager", "ADA@example.com"),
            always("buddy", "stranger@example.com"),
        ],
    )
    .await;
    hired(&world, "Bela Kun", "bela@example.com").await;
    world.people(2).await;
    let (ada, bela) = (person(&world, "Ada").await, person(&world, "Bela").await);
    let manager = value(&bela, "manager");
    assert_eq!(manager["colleague"]["id"], ada["id"]);
    assert_eq!(value(&bela, "buddy")["colleague"], Value::Null);
    let named = &ada["named_by"].as_array().unwrap()[0];
    assert_eq!(
        (text(named, "label"), &named["people"][0]["id"]),
        ("Manager", &bela["id"])
    );
}
