//! Our answers beside the documented ones: the same members, of the same JSON types.
//!
//! The samples lie next to the repository and are no part of it; without them nothing is compared.

mod deliberate;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fulcrum_practice::{Switches, seeded_id};
use serde_json::{Value, json};

use self::deliberate::DELIBERATE;
use crate::world::{World, text};

/// Everything in which `ours` differs from `documented`, as `path: what`.
fn differences(path: &str, ours: &Value, documented: &Value, found: &mut BTreeSet<String>) {
    match (ours, documented) {
        (Value::Null, _) | (_, Value::Null) => {}
        (Value::Object(ours), Value::Object(documented)) => {
            for (name, value) in documented {
                match ours.get(name) {
                    Some(own) => differences(&format!("{path}.{name}"), own, value, found),
                    None => drop(found.insert(format!("{path}.{name}: missing"))),
                }
            }
            for name in ours.keys().filter(|name| !documented.contains_key(*name)) {
                found.insert(format!("{path}.{name}: not documented"));
            }
        }
        (Value::Array(ours), Value::Array(documented)) => {
            if let (Some(own), Some(value)) = (ours.first(), documented.first()) {
                differences(&format!("{path}[]"), own, value, found);
            }
        }
        _ if kind(ours) == kind(documented) => {}
        _ => {
            let types = format!("{path}: {} instead of {}", kind(ours), kind(documented));
            found.insert(types);
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The documented sample, or none where there are no samples.
#[expect(
    clippy::print_stderr,
    reason = "who reads the test's output must know what was not tried"
)]
fn sample(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lever-samples");
    if !folder.exists() {
        eprintln!(
            "no documented samples at {}: {name} is not compared",
            folder.display()
        );
        return None;
    }
    let file = folder.join(format!("docs-examples/{name}.json"));
    Some(serde_json::from_slice(&fs::read(&file).unwrap()).unwrap())
}

fn rosa(rest: &str) -> String {
    format!(
        "/opportunities/{}{rest}",
        seeded_id("opportunity", "rosa-lindqvist")
    )
}

/// Reads whose answers are documented.
fn reads() -> Vec<(&'static str, String)> {
    let of = |list: &str, kind: &str, key: &str| format!("{list}/{}", seeded_id(kind, key));
    let application = rosa(&of("/applications", "application", "rosa-lindqvist"));
    vec![
        ("application-get.response", application),
        ("applications-list.response", rosa("/applications")),
        (
            "archive-reason-get.response",
            of("/archive_reasons", "archive-reason", "hired"),
        ),
        (
            "archive-reasons-list.response",
            "/archive_reasons".to_owned(),
        ),
        (
            "contact-get.response",
            of("/contacts", "contact", "rosa-lindqvist"),
        ),
        (
            "feedback-template-get.response",
            of("/feedback_templates", "feedback-template", "interview"),
        ),
        (
            "feedback-templates-list.response",
            "/feedback_templates".to_owned(),
        ),
        (
            "form-template-get.response",
            of("/form_templates", "form-template", "compensation"),
        ),
        ("form-templates-list.response", "/form_templates".to_owned()),
        ("notes-list.response", rosa("/notes")),
        ("offers-list.response", rosa("/offers")),
        ("opportunities-list.response", "/opportunities".to_owned()),
        ("opportunity-get.response", rosa("")),
        (
            "posting-apply-questions.response",
            of("/postings", "posting", "data-engineer") + "/apply",
        ),
        (
            "posting-get.response",
            of("/postings", "posting", "data-engineer"),
        ),
        ("postings-list.response", "/postings".to_owned()),
        (
            "requisition-field-get.response",
            "/requisition_fields/cost_center".to_owned(),
        ),
        (
            "requisition-fields-list.response",
            "/requisition_fields".to_owned(),
        ),
        (
            "requisition-get.response",
            of("/requisitions", "requisition", "eng-77"),
        ),
        ("requisitions-list.response", "/requisitions".to_owned()),
        ("sources-list.response", "/sources".to_owned()),
        ("stage-get.response", "/stages/offer".to_owned()),
        ("stages-list.response", "/stages".to_owned()),
        ("tags-list.response", "/tags".to_owned()),
        ("user-get.response", of("/users", "user", "mei-tanabe")),
        ("users-list.response", "/users".to_owned()),
    ]
}

/// The documented request bodies, with ids that exist here in place of theirs.
fn with_known_ids(name: &str, mut body: Value) -> Value {
    let user = seeded_id("user", "mei-tanabe");
    for member in ["owner", "hiringManager", "managerId"] {
        if body.get(member).is_some() {
            body[member] = user.clone().into();
        }
    }
    if body.get("customFields").is_some() {
        body["customFields"] = json!({"cost_center": body["customFields"]["cost_center"]});
    }
    if name.starts_with("requisition-") && body.get("id") == Some(&json!("work_type")) {
        body["id"] = "work_kind".into();
    }
    if name == "requisition-field-create-object" {
        body["id"] = "cost_place".into();
    }
    if name == "note-update" {
        body["values"][0]["createdAt"] = 1.into();
    }
    if name == "form-template-create" {
        body["group"] = seeded_id("group", "People operations").into();
    }
    body
}

async fn writes(world: &World) -> Vec<(String, Value)> {
    let perform_as = format!("?perform_as={}", seeded_id("user", "mei-tanabe"));
    let mut answers = Vec::new();
    let write = async |method: &str, name: &str, path: &str| {
        let body = with_known_ids(name, sample(&format!("{name}.request"))?);
        let (status, answer) = world.write(method, path, body).await;
        assert!((200..300).contains(&status), "{name}: {status} {answer}");
        Some((format!("{name}.response"), answer))
    };
    let contact = format!("/contacts/{}", seeded_id("contact", "rosa-lindqvist"));
    for (method, name, path) in [
        ("POST", "form-template-create", "/form_templates".to_owned()),
        ("POST", "note-create", rosa("/notes")),
        ("POST", "posting-create", format!("/postings{perform_as}")),
        ("POST", "requisition-create", "/requisitions".to_owned()),
        (
            "POST",
            "requisition-field-create-dropdown",
            "/requisition_fields".to_owned(),
        ),
        (
            "POST",
            "requisition-field-create-object",
            "/requisition_fields".to_owned(),
        ),
        ("POST", "user-create", "/users".to_owned()),
        ("PUT", "contact-update", contact),
    ] {
        answers.extend(write(method, name, &path).await);
    }
    let found = |name: &str, answers: &[(String, Value)]| {
        let mut named = answers.iter().filter(|(own, _)| own.starts_with(name));
        named.next().map(|(_, answer)| text(&answer["data"]["id"]))
    };
    if let Some(note) = found("note-create", &answers) {
        answers.extend(write("PUT", "note-update", &rosa(&format!("/notes/{note}"))).await);
    }
    if let Some(user) = found("user-create", &answers) {
        answers.extend(write("PUT", "user-update", &format!("/users/{user}")).await);
    }
    answers
}

#[tokio::test]
async fn answers_have_the_documented_members_and_types_where_the_samples_exist() {
    let world = World::with(Switches {
        rate_limit: false,
        requisition_management: true,
        ..Switches::default()
    })
    .await;
    let mut answers = Vec::new();
    for (name, path) in reads() {
        answers.push((name.to_owned(), world.api(&path).await));
    }
    answers.extend(writes(&world).await);
    let mut used = BTreeSet::new();
    let mut unexplained = Vec::new();
    for (name, answer) in answers {
        let Some(documented) = sample(&name) else {
            return;
        };
        let mut found = BTreeSet::new();
        differences("", &answer, &documented, &mut found);
        for difference in found {
            let reason = DELIBERATE.iter().position(|(sample, deliberate, _)| {
                name.contains(sample) && difference.ends_with(deliberate)
            });
            match reason {
                Some(reason) => drop(used.insert(reason)),
                None => unexplained.push(format!("{name}{difference}")),
            }
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let stale: Vec<_> = (0..DELIBERATE.len())
        .filter(|row| !used.contains(row))
        .collect();
    assert!(stale.is_empty(), "rows that explain nothing: {stale:?}");
}
