//! Whether a resource passes a filter (RFC 7644 3.4.2.2).
//!
//! An attribute that users do not have is one without a value (RFC 7644 3.4.2.1). `ne` is the
//! opposite of `eq`, so it also holds where there is no value.

use scim_v2::filter::{AttrExp, CompValue, CompareOp, Filter, ValFilter};
use scim_v2::schema_urns::ENTERPRISE_USER;
use serde_json::{Map, Value};

use super::compare::holds;
use super::error::ScimError;
use super::schema::{Attribute, Kind, Place, USER_SCHEMA, named};

/// Whether the whole resource passes.
///
/// # Errors
/// Fails if the filter asks for an order that does not exist.
pub(super) fn passes(filter: &Filter, resource: &Map<String, Value>) -> Result<bool, ScimError> {
    match filter {
        Filter::Attr(expression) => {
            let path = match expression {
                AttrExp::Present(path) | AttrExp::Comparison(path, ..) => path,
            };
            let Some(place) = USER_SCHEMA.find(path) else {
                return Ok(is_true_without_value(expression));
            };
            compares(expression, &values(resource, place))
        }
        Filter::ValuePath(value_path) => {
            let Some(Place::Attribute {
                in_extension,
                attribute,
                ..
            }) = USER_SCHEMA.find(&value_path.attr)
            else {
                return Ok(false);
            };
            let entries = entries(resource, in_extension, attribute);
            any(entries, |entry| {
                entry_passes(&value_path.filter, entry, attribute)
            })
        }
        Filter::Not(inner) => Ok(!passes(inner, resource)?),
        Filter::And(all) => every(all.iter(), |one| passes(one, resource)),
        Filter::Or(some) => any(some.iter(), |one| passes(one, resource)),
    }
}

/// Whether one entry of a multi-valued `attribute` passes the filter in brackets.
///
/// # Errors
/// Fails if the filter asks for an order that does not exist.
pub(super) fn entry_passes(
    filter: &ValFilter,
    entry: &Value,
    attribute: &Attribute,
) -> Result<bool, ScimError> {
    match filter {
        ValFilter::Attr(expression) => {
            let path = match expression {
                AttrExp::Present(path) | AttrExp::Comparison(path, ..) => path,
            };
            let Some(part) = named(&attribute.parts, &path.name) else {
                return Ok(is_true_without_value(expression));
            };
            let value = entry.get(&part.name).map(|value| (value, part));
            compares(expression, &Vec::from_iter(value))
        }
        ValFilter::Not(inner) => Ok(!entry_passes(inner, entry, attribute)?),
        ValFilter::And(all) => every(all.iter(), |one| entry_passes(one, entry, attribute)),
        ValFilter::Or(some) => any(some.iter(), |one| entry_passes(one, entry, attribute)),
    }
}

/// The values at a place, each with what it is a value of. A multi-valued attribute named without a part
/// stands for the `value` of its entries.
pub(super) fn values<'a>(
    resource: &'a Map<String, Value>,
    place: Place<'a>,
) -> Vec<(&'a Value, &'a Attribute)> {
    let Place::Attribute {
        in_extension,
        attribute,
        part,
    } = place
    else {
        return Vec::new();
    };
    let entries = entries(resource, in_extension, attribute);
    let default = named(&attribute.parts, "value").filter(|_| attribute.is_multi_valued);
    match part.or(default) {
        Some(part) => entries
            .filter_map(|entry| Some((entry.get(&part.name)?, part)))
            .collect(),
        None => entries.map(|entry| (entry, attribute)).collect(),
    }
}

fn entries<'a>(
    resource: &'a Map<String, Value>,
    in_extension: bool,
    attribute: &Attribute,
) -> impl Iterator<Item = &'a Value> {
    let value = if in_extension {
        resource
            .get(ENTERPRISE_USER)
            .and_then(|extension| extension.get(&attribute.name))
    } else {
        resource.get(&attribute.name)
    };
    let (list, one) = match value {
        Some(Value::Array(list)) => (list.as_slice(), None),
        one => (&[][..], one),
    };
    list.iter().chain(one)
}

fn compares(expression: &AttrExp, values: &[(&Value, &Attribute)]) -> Result<bool, ScimError> {
    match expression {
        AttrExp::Present(_) => Ok(!values.is_empty()),
        AttrExp::Comparison(_, CompareOp::Eq, CompValue::Null) => Ok(values.is_empty()),
        AttrExp::Comparison(_, CompareOp::Ne, CompValue::Null) => Ok(!values.is_empty()),
        AttrExp::Comparison(_, CompareOp::Ne, wanted) => {
            every(values.iter(), |(value, attribute)| {
                holds(value, attribute, &CompareOp::Ne, wanted)
            })
        }
        AttrExp::Comparison(_, op, wanted) => any(values.iter(), |(value, attribute)| {
            Ok(attribute.kind != Kind::Complex && holds(value, attribute, op, wanted)?)
        }),
    }
}

fn is_true_without_value(expression: &AttrExp) -> bool {
    compares(expression, &[]).unwrap_or(false)
}

fn any<T>(
    mut items: impl Iterator<Item = T>,
    passes: impl FnMut(T) -> Result<bool, ScimError>,
) -> Result<bool, ScimError> {
    let mut passes = passes;
    items.try_fold(false, |found, item| Ok(found || passes(item)?))
}

fn every<T>(
    mut items: impl Iterator<Item = T>,
    passes: impl FnMut(T) -> Result<bool, ScimError>,
) -> Result<bool, ScimError> {
    let mut passes = passes;
    items.try_fold(true, |all, item| Ok(all && passes(item)?))
}
