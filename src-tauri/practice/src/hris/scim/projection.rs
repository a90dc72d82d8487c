//! Which attributes an answer has (RFC 7644 3.9).

use scim_v2::filter::PatchPath;
use scim_v2::schema_urns::ENTERPRISE_USER;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::ScimError;
use super::schema::{Place, USER_SCHEMA};

/// The attributes that a request asks for, or asks to leave out.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Selection {
    attributes: Option<String>,
    excluded_attributes: Option<String>,
}

impl Selection {
    /// A selection by two lists of names with commas between them.
    pub(super) fn new(attributes: Option<String>, excluded_attributes: Option<String>) -> Self {
        Self {
            attributes,
            excluded_attributes,
        }
    }

    /// The resource with no more than what is asked for. `schemas` and `id` are always there
    /// (RFC 7643 3.1 and 7).
    ///
    /// # Errors
    /// Fails if both lists are given, or if a name is no attribute path.
    pub(super) fn apply(&self, mut resource: Map<String, Value>) -> Result<Value, ScimError> {
        let named = |list: &Option<String>| list.clone().filter(|list| !list.trim().is_empty());
        match (named(&self.attributes), named(&self.excluded_attributes)) {
            (Some(_), Some(_)) => Err(ScimError::InvalidValue(
                "attributes and excludedAttributes exclude each other".to_owned(),
            )),
            (None, None) => Ok(Value::Object(resource)),
            (Some(wanted), None) => {
                let mut kept = Map::new();
                for name in ["schemas", "id"] {
                    kept.extend(
                        resource
                            .get(name)
                            .map(|value| (name.to_owned(), value.clone())),
                    );
                }
                for place in places(&wanted)? {
                    keep(&resource, &mut kept, place);
                }
                Ok(Value::Object(kept))
            }
            (None, Some(unwanted)) => {
                for place in places(&unwanted)? {
                    leave_out(&mut resource, place);
                }
                Ok(Value::Object(resource))
            }
        }
    }
}

/// Where the names in a list lead; names that users do not have are passed over.
fn places(names: &str) -> Result<Vec<Place<'static>>, ScimError> {
    let mut places = Vec::new();
    for name in names.split(',').map(str::trim) {
        match name.parse() {
            Ok(PatchPath::Attr(path)) => places.extend(USER_SCHEMA.find(&path)),
            _ => {
                let text = format!("{name:?} is no name of an attribute");
                return Err(ScimError::InvalidValue(text));
            }
        }
    }
    Ok(places)
}

fn keep(from: &Map<String, Value>, to: &mut Map<String, Value>, place: Place<'_>) {
    let (in_extension, attribute, part) = match place {
        Place::Extension => {
            let extension = from.get(ENTERPRISE_USER).cloned();
            to.extend(extension.map(|extension| (ENTERPRISE_USER.to_owned(), extension)));
            return;
        }
        Place::Attribute {
            in_extension,
            attribute,
            part,
        } => (in_extension, attribute, part),
    };
    let holder = if in_extension {
        from.get(ENTERPRISE_USER).and_then(Value::as_object)
    } else {
        Some(from)
    };
    let Some(value) = holder.and_then(|holder| holder.get(&attribute.name)) else {
        return;
    };
    let value = match part {
        None => value.clone(),
        Some(part) => only(value, &part.name),
    };
    let kept = if in_extension {
        let extension = to
            .entry(ENTERPRISE_USER)
            .or_insert_with(|| Value::Object(Map::new()));
        extension.as_object_mut()
    } else {
        Some(to)
    };
    if let Some(kept) = kept {
        match kept.get_mut(&attribute.name) {
            Some(before) => join(before, value),
            None => {
                kept.insert(attribute.name.clone(), value);
            }
        }
    }
}

/// The value, or each of its entries, with one part only.
fn only(value: &Value, part: &str) -> Value {
    match value {
        Value::Array(entries) => entries.iter().map(|entry| only(entry, part)).collect(),
        Value::Object(parts) => {
            let part = parts.get_key_value(part);
            Value::Object(
                part.map(|(name, value)| (name.clone(), value.clone()))
                    .into_iter()
                    .collect(),
            )
        }
        _ => Value::Null,
    }
}

/// Adds further parts of the same value, as for `name.givenName,name.familyName`.
fn join(before: &mut Value, more: Value) {
    match (before, more) {
        (Value::Object(before), Value::Object(more)) => before.extend(more),
        (Value::Array(before), Value::Array(more)) => {
            before
                .iter_mut()
                .zip(more)
                .for_each(|(before, more)| join(before, more));
        }
        (before, more) => *before = more,
    }
}

fn leave_out(resource: &mut Map<String, Value>, place: Place<'_>) {
    let (in_extension, attribute, part) = match place {
        Place::Extension => {
            resource.remove(ENTERPRISE_USER);
            return;
        }
        Place::Attribute {
            in_extension,
            attribute,
            part,
        } => (in_extension, attribute, part),
    };
    if ["schemas", "id"].contains(&attribute.name.as_str()) {
        return;
    }
    let holder = if in_extension {
        resource
            .get_mut(ENTERPRISE_USER)
            .and_then(Value::as_object_mut)
    } else {
        Some(resource)
    };
    let Some(holder) = holder else { return };
    match (part, holder.get_mut(&attribute.name)) {
        (None, _) => {
            holder.remove(&attribute.name);
        }
        (Some(part), Some(Value::Object(whole))) => {
            whole.remove(&part.name);
        }
        (Some(part), Some(Value::Array(entries))) => {
            for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
                entry.remove(&part.name);
            }
        }
        (Some(_), _) => {}
    }
}
