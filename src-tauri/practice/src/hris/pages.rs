//! The pages of the HRIS.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use scim_v2::schema_urns::ENTERPRISE_USER;
use serde::Deserialize;
use serde_json::{Value, json};

use super::people::{Change, Person};
use super::scim::SCIM_TOKEN;
use super::scim::resource::resource;
use crate::Practice;
use crate::web::{Refused, Visitor};

/// Rows on the page; the search narrows them down.
const MAX_ROWS: usize = 200;

/// The routes of the HRIS's pages.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/hris", get(list))
        .route("/hris/{id}", get(show))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
}

async fn list(
    State(practice): State<Practice>,
    visitor: Visitor,
    Query(search): Query<Search>,
) -> Response {
    let world = practice.world();
    let words = search.q.trim().to_lowercase();
    let found: Vec<Value> = world
        .people
        .oldest_first()
        .rev()
        .map(row)
        .filter(|row| {
            let shown = ["name", "email", "title", "department"];
            let mut shown = shown.iter().filter_map(|name| row[name].as_str());
            shown.any(|text| text.to_lowercase().contains(&words))
        })
        .collect();
    let context = json!({
        "rows": found.iter().take(MAX_ROWS).collect::<Vec<&Value>>(),
        "found": found.len(),
        "kept": world.people.oldest_first().count(),
        "q": search.q,
        "address": format!("{}/scim/v2", practice.origin()),
        "token": SCIM_TOKEN,
    });
    visitor.page(&practice, &world, "hris.html", context)
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let world = practice.world();
    let Some(person) = world.people.get(&id) else {
        let text = "There is no such person in the HRIS. The record may have been deleted.";
        return Err(visitor.refuse(&practice, StatusCode::NOT_FOUND, text));
    };
    let raw = Value::Object(resource(person, practice.origin()));
    let history = person.history.iter().rev().map(in_words);
    let context = json!({
        "person": row(person),
        "raw": format!("{raw:#}"),
        "history": history.collect::<Vec<Value>>(),
        "version": person.version,
    });
    Ok(visitor.page(&practice, &world, "hris-person.html", context))
}

fn row(person: &Person) -> Value {
    let record = &person.record;
    let enterprise = record.get(ENTERPRISE_USER);
    let full = record.get("name");
    let part = |name: &str| {
        full.and_then(|full| full[name].as_str())
            .unwrap_or_default()
    };
    let parts = format!("{} {}", part("givenName"), part("familyName"));
    let name = [
        person.text("displayName"),
        part("formatted"),
        parts.trim(),
        person.text("userName"),
    ]
    .into_iter()
    .find(|name| !name.is_empty());
    let emails = record.get("emails").and_then(Value::as_array);
    let mut emails = emails.into_iter().flatten();
    let first = emails.clone().next();
    let email = emails.find(|email| email["type"] == "work").or(first);
    json!({
        "id": person.id,
        "name": name,
        "user_name": person.text("userName"),
        "external_id": person.text("externalId"),
        "email": email.and_then(|email| email["value"].as_str()),
        "title": person.text("title"),
        "department": enterprise.and_then(|one| one["department"].as_str()),
        "employee_number": enterprise.and_then(|one| one["employeeNumber"].as_str()),
        "active": record.get("active"),
        "created": person.created_at,
        "changed": person.modified_at,
    })
}

/// A change with its values as text: what is not text itself as JSON, and no value as null.
fn in_words(change: &Change) -> Value {
    let text = |value: &Value| match value {
        Value::Null | Value::String(_) => value.clone(),
        value => json!(value.to_string()),
    };
    let attributes = change.attributes.iter().map(
        |one| json!({"name": one.name, "before": text(&one.before), "after": text(&one.after)}),
    );
    json!({
        "at": change.at,
        "what": change.what,
        "attributes": attributes.collect::<Vec<Value>>(),
    })
}
