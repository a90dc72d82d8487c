//! A person as a SCIM resource.

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use scim_v2::schema_urns::{ENTERPRISE_USER, USER};
use serde_json::{Map, Value, json};

use super::error::ScimError;
use crate::hris::people::Person;

/// An answer of SCIM's media type (RFC 7644 3.1).
pub(super) fn scim_json(body: &Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/scim+json")],
        Json(body),
    )
        .into_response()
}

/// The entity tag of a record: weak, because the same version may be written in different ways.
pub(super) fn entity_tag(person: &Person) -> String {
    format!("W/\"{}\"", person.version)
}

/// The address of a record on the server at `origin`.
pub(super) fn location(person: &Person, origin: &str) -> String {
    format!("{origin}/scim/v2/Users/{}", person.id)
}

/// The whole resource, with `schemas`, `id` and `meta`.
pub(in crate::hris) fn resource(person: &Person, origin: &str) -> Map<String, Value> {
    let mut resource = person.record.clone();
    let mut schemas = vec![USER];
    if resource.contains_key(ENTERPRISE_USER) {
        schemas.push(ENTERPRISE_USER);
    }
    resource.insert("schemas".to_owned(), json!(schemas));
    resource.insert("id".to_owned(), json!(person.id));
    let meta = json!({
        "resourceType": "User",
        "created": moment(person.created_at),
        "lastModified": moment(person.modified_at),
        "location": location(person, origin),
        "version": entity_tag(person),
    });
    resource.insert("meta".to_owned(), meta);
    resource
}

fn moment(ms: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_millisecond(ms).ok()?;
    Some(format!("{moment:.3}"))
}

/// Whether a list of entity tags names this version (RFC 9110 8.8.3.2, compared weakly).
pub(super) fn names_version(tags: &str, person: &Person) -> bool {
    let own = person.version.to_string();
    tags.split(',').map(str::trim).any(|tag| {
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        tag == "*" || tag.trim_matches('"') == own
    })
}

/// Lets a change pass if `If-Match` is absent or names the present version.
///
/// # Errors
/// Fails if it names another.
pub(super) fn check_if_match(headers: &HeaderMap, person: &Person) -> Result<(), ScimError> {
    let Some(tags) = headers.get(header::IF_MATCH) else {
        return Ok(());
    };
    if tags.to_str().is_ok_and(|tags| names_version(tags, person)) {
        Ok(())
    } else {
        Err(ScimError::VersionMismatch(entity_tag(person)))
    }
}
