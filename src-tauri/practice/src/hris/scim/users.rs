//! One user: create, read, replace, patch and delete (RFC 7644 3.3 to 3.6).

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::error::ScimError;
use super::projection::Selection;
use super::resource::{check_if_match, entity_tag, location, names_version, resource, scim_json};
use super::{patch, validate};
use crate::Practice;
use crate::hris::people::{Person, Record, What};

/// `POST /Users`.
pub(super) async fn create(
    State(practice): State<Practice>,
    Query(selection): Query<Selection>,
    body: Bytes,
) -> Result<Response, ScimError> {
    let record = validate::record(with_schemas(&body)?)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let person = world.people.create(record, now)?;
    answer(&practice, person, &selection, StatusCode::CREATED)
}

/// `GET /Users/{id}`.
pub(super) async fn show(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Query(selection): Query<Selection>,
    headers: HeaderMap,
) -> Result<Response, ScimError> {
    let world = practice.world();
    let person = world.people.get(&id).ok_or_else(|| no_user(&id))?;
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known.and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| names_version(tags, person)) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    answer(&practice, person, &selection, StatusCode::OK)
}

/// `PUT /Users/{id}`: attributes that are not sent lose their value.
pub(super) async fn replace(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Query(selection): Query<Selection>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ScimError> {
    let record = validate::record(with_schemas(&body)?)?;
    change(&practice, &id, &headers, &selection, What::Replaced, |_| {
        Ok(record)
    })
}

/// `PATCH /Users/{id}`.
pub(super) async fn patch(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Query(selection): Query<Selection>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ScimError> {
    let operations = Value::Object(object(&body)?);
    change(
        &practice,
        &id,
        &headers,
        &selection,
        What::Patched,
        |before| patch::patched(before, operations),
    )
}

/// `DELETE /Users/{id}`.
pub(super) async fn remove(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, ScimError> {
    let mut world = practice.world();
    let person = world.people.get(&id).ok_or_else(|| no_user(&id))?;
    check_if_match(&headers, person)?;
    world.people.remove(&id);
    Ok(StatusCode::NO_CONTENT)
}

fn change(
    practice: &Practice,
    id: &str,
    headers: &HeaderMap,
    selection: &Selection,
    what: What,
    make: impl FnOnce(&Record) -> Result<Record, ScimError>,
) -> Result<Response, ScimError> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let person = world.people.get(id).ok_or_else(|| no_user(id))?;
    check_if_match(headers, person)?;
    let record = make(&person.record)?;
    let person = world.people.change(id, record, what, now)?;
    let person = person.ok_or_else(|| no_user(id))?;
    answer(practice, person, selection, StatusCode::OK)
}

fn answer(
    practice: &Practice,
    person: &Person,
    selection: &Selection,
    status: StatusCode,
) -> Result<Response, ScimError> {
    let body = selection.apply(resource(person, practice.origin()))?;
    let mut response = (status, scim_json(&body)).into_response();
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&entity_tag(person)) {
        headers.insert(header::ETAG, tag);
    }
    if status == StatusCode::CREATED
        && let Ok(location) = HeaderValue::from_str(&location(person, practice.origin()))
    {
        headers.insert(header::LOCATION, location);
    }
    Ok(response)
}

fn object(body: &[u8]) -> Result<Map<String, Value>, ScimError> {
    serde_json::from_slice(body)
        .map_err(|error| ScimError::InvalidSyntax(format!("the body is no JSON object: {error}")))
}

/// A user as it was sent, which says so itself (RFC 7643 3).
fn with_schemas(body: &[u8]) -> Result<Map<String, Value>, ScimError> {
    let user = object(body)?;
    if user.keys().any(|name| name.eq_ignore_ascii_case("schemas")) {
        Ok(user)
    } else {
        Err(ScimError::InvalidSyntax("schemas is required".to_owned()))
    }
}

fn no_user(id: &str) -> ScimError {
    ScimError::NotFound(format!("user {id}"))
}
