//! A record as a client sent it, made into one that can be kept.

use scim_v2::schema_urns::{ENTERPRISE_USER, USER};
use serde_json::{Map, Value};

use super::error::ScimError;
use super::schema::{Access, Attribute, Kind, USER_SCHEMA, is_extension, named};
use crate::hris::people::Record;

/// The attributes of `sent` by their names in the schema. What is read-only is left out, and so is what
/// has no value: null, and a list without entries (RFC 7643 2.5). A password is forgotten at once.
///
/// # Errors
/// Fails on an attribute that a user does not have, a value of the wrong kind, a missing `userName` and
/// more than one primary value.
pub(super) fn record(sent: Map<String, Value>) -> Result<Record, ScimError> {
    let mut record = Record::new();
    for (name, value) in sent {
        if name.eq_ignore_ascii_case("schemas") {
            check_schemas(&value)?;
        } else if is_extension(&name) {
            let Value::Object(extension) = value else {
                return Err(wrong(ENTERPRISE_USER, "an object"));
            };
            let extension = attributes(extension, &USER_SCHEMA.enterprise)?;
            if !extension.is_empty() {
                record.insert(ENTERPRISE_USER.to_owned(), Value::Object(extension));
            }
        } else {
            let one = Map::from_iter([(name, value)]);
            record.extend(attributes(one, &USER_SCHEMA.core)?);
        }
    }
    match record.get("userName").and_then(Value::as_str) {
        Some(name) if !name.trim().is_empty() => Ok(record),
        _ => Err(ScimError::InvalidValue("userName is required".to_owned())),
    }
}

fn check_schemas(schemas: &Value) -> Result<(), ScimError> {
    let names = schemas.as_array().into_iter().flatten();
    let mut names = names.filter_map(Value::as_str);
    if names.any(|name| name.eq_ignore_ascii_case(USER)) {
        Ok(())
    } else {
        Err(ScimError::InvalidValue(format!("schemas must name {USER}")))
    }
}

fn attributes(sent: Map<String, Value>, known: &[Attribute]) -> Result<Record, ScimError> {
    let mut kept = Record::new();
    for (name, value) in sent {
        let attribute = named(known, &name)
            .ok_or_else(|| ScimError::InvalidSyntax(format!("a user has no attribute {name:?}")))?;
        if attribute.access != Access::ReadWrite {
            continue;
        }
        if let Some(value) = checked(value, attribute)? {
            kept.insert(attribute.name.clone(), value);
        }
    }
    Ok(kept)
}

fn checked(value: Value, attribute: &Attribute) -> Result<Option<Value>, ScimError> {
    match value {
        Value::Null => Ok(None),
        Value::Array(values) if attribute.is_multi_valued => {
            let values = values.into_iter().map(|value| single(value, attribute));
            let values = values.collect::<Result<Vec<Option<Value>>, ScimError>>()?;
            let values: Vec<Value> = values.into_iter().flatten().collect();
            if values
                .iter()
                .filter(|value| value["primary"] == true)
                .count()
                > 1
            {
                let text = format!("{} has more than one primary value", attribute.name);
                return Err(ScimError::InvalidValue(text));
            }
            Ok((!values.is_empty()).then_some(Value::Array(values)))
        }
        _ if attribute.is_multi_valued => Err(wrong(&attribute.name, "a list")),
        value => single(value, attribute),
    }
}

fn single(value: Value, attribute: &Attribute) -> Result<Option<Value>, ScimError> {
    match (attribute.kind, value) {
        (Kind::Complex, Value::Object(parts)) => {
            let parts = attributes(parts, &attribute.parts)?;
            Ok((!parts.is_empty()).then_some(Value::Object(parts)))
        }
        (Kind::Complex, _) => Err(wrong(&attribute.name, "an object")),
        (Kind::Boolean, value @ Value::Bool(_)) => Ok(Some(value)),
        (Kind::Boolean, _) => Err(wrong(&attribute.name, "true or false")),
        (Kind::Text | Kind::Moment, value @ Value::String(_)) => Ok(Some(value)),
        (Kind::Text | Kind::Moment, _) => Err(wrong(&attribute.name, "text")),
    }
}

fn wrong(name: &str, expected: &str) -> ScimError {
    ScimError::InvalidValue(format!("{name} must be {expected}"))
}
