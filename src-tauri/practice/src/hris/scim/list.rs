//! The list of users: filter, order and pages (RFC 7644 3.4.2).

use std::cmp::Ordering;

use axum::extract::{Query, State};
use axum::response::Response;
use scim_v2::filter::{Filter, PatchPath};
use scim_v2::schema_urns::LIST_RESPONSE;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::compare::{folded, order};
use super::error::ScimError;
use super::filter::{passes, values};
use super::projection::Selection;
use super::resource::{resource, scim_json};
use super::schema::{Kind, Place, USER_SCHEMA};
use crate::Practice;

/// Resources of one answer at most, and without `count`.
pub(super) const MAX_RESULTS: usize = 200;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ListQuery {
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<String>,
    count: Option<String>,
    attributes: Option<String>,
    excluded_attributes: Option<String>,
}

/// `GET /Users`.
pub(super) async fn list(
    State(practice): State<Practice>,
    Query(query): Query<ListQuery>,
) -> Result<Response, ScimError> {
    let filter = query.filter()?;
    // A first entry is 1, and less is read as 1; less than none is none (RFC 7644 3.4.2.4).
    let start = number(query.start_index.as_deref(), "startIndex")?
        .unwrap_or(1)
        .max(1);
    let count = number(query.count.as_deref(), "count")?;
    let count = count.map_or(MAX_RESULTS, |count| {
        usize::try_from(count).unwrap_or(0).min(MAX_RESULTS)
    });
    let mut found = Vec::new();
    for person in practice.world().people.oldest_first() {
        let resource = resource(person, practice.origin());
        if filter
            .as_ref()
            .map_or(Ok(true), |filter| passes(filter, &resource))?
        {
            found.push(resource);
        }
    }
    query.sort(&mut found)?;
    let total = found.len();
    let skipped = usize::try_from(start - 1).unwrap_or(usize::MAX);
    let selection = Selection::new(query.attributes, query.excluded_attributes);
    let page = found.into_iter().skip(skipped).take(count);
    let page = page.map(|resource| selection.apply(resource));
    let page = page.collect::<Result<Vec<Value>, ScimError>>()?;
    Ok(scim_json(&json!({
        "schemas": [LIST_RESPONSE],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": page.len(),
        "Resources": page,
    })))
}

impl ListQuery {
    fn filter(&self) -> Result<Option<Filter>, ScimError> {
        let parsed = self.filter.as_deref().map(str::parse::<Filter>).transpose();
        parsed.map_err(|error| {
            ScimError::InvalidFilter(format!("the filter cannot be read: {error}"))
        })
    }

    /// Puts resources in the order asked for; those without the value come last when it ascends
    /// (RFC 7644 3.4.2.3).
    fn sort(&self, resources: &mut [Map<String, Value>]) -> Result<(), ScimError> {
        let Some(by) = self.sort_by.as_deref() else {
            return Ok(());
        };
        let place = match by.parse() {
            Ok(PatchPath::Attr(path)) => USER_SCHEMA.find(&path),
            _ => None,
        };
        let place =
            place.ok_or_else(|| ScimError::InvalidPath(format!("there is no order by {by:?}")))?;
        let descends = match self.sort_order.as_deref() {
            None => false,
            Some(order) if order.eq_ignore_ascii_case("ascending") => false,
            Some(order) if order.eq_ignore_ascii_case("descending") => true,
            Some(order) => {
                let text = format!("sortOrder is ascending or descending, not {order:?}");
                return Err(ScimError::InvalidValue(text));
            }
        };
        resources.sort_by(|one, other| {
            let order = by_key(key(one, place), key(other, place));
            if descends { order.reverse() } else { order }
        });
        Ok(())
    }
}

/// What a resource is sorted by: of several values the primary one, or else the first.
fn key(resource: &Map<String, Value>, place: Place<'_>) -> Option<(String, Kind)> {
    let values = values(resource, place);
    let mut primary = 0;
    if let Place::Attribute {
        attribute,
        in_extension: false,
        ..
    } = place
    {
        let entries = resource.get(&attribute.name).and_then(Value::as_array);
        primary = entries
            .and_then(|entries| entries.iter().position(|entry| entry["primary"] == true))
            .unwrap_or(0);
    }
    let (value, attribute) = values.get(primary).or(values.first())?;
    match value {
        Value::String(text) => Some((folded(text, attribute), attribute.kind)),
        Value::Bool(is_true) => Some((is_true.to_string(), attribute.kind)),
        _ => None,
    }
}

fn by_key(one: Option<(String, Kind)>, other: Option<(String, Kind)>) -> Ordering {
    match (one, other) {
        (Some((one, kind)), Some((other, _))) => order(&one, &other, kind),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn number(text: Option<&str>, name: &str) -> Result<Option<i64>, ScimError> {
    let parsed = text.map(str::parse).transpose();
    parsed.map_err(|_| ScimError::InvalidValue(format!("{name} must be a whole number")))
}
