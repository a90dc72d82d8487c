//! PATCH (RFC 7644 3.5.2): a record with operations done to it.

use scim_v2::filter::{AttrPath, PatchPath, PatchValuePath};
use scim_v2::models::others::{OperationTarget, PatchOp, PatchOperation};
use scim_v2::schema_urns::{ENTERPRISE_USER, PATCH_OP};
use serde_json::{Map, Value};

use super::error::ScimError;
use super::filter::entry_passes;
use super::schema::{Access, Attribute, Kind, Place, USER_SCHEMA, is_extension};
use super::validate;
use crate::hris::people::Record;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Add,
    Replace,
}

/// The record after every operation of `body`, in order; all of them or none.
///
/// # Errors
/// Fails as RFC 7644 table 9 says: `invalidSyntax`, `invalidPath`, `noTarget`, `mutability`,
/// `invalidValue`.
pub(super) fn patched(record: &Record, body: Value) -> Result<Record, ScimError> {
    let mut record = record.clone();
    for operation in parse(body)? {
        match operation {
            PatchOperation::Add(target) => apply(&mut record, Way::Add, target)?,
            PatchOperation::Replace(target) => apply(&mut record, Way::Replace, target)?,
            PatchOperation::Remove { path, .. } => remove(&mut record, &path)?,
        }
    }
    validate::record(record)
}

fn parse(body: Value) -> Result<Vec<PatchOperation>, ScimError> {
    let operations = body["Operations"].as_array().into_iter().flatten();
    for operation in operations {
        let is_removal = operation["op"]
            .as_str()
            .is_some_and(|op| op.eq_ignore_ascii_case("remove"));
        if is_removal && operation.get("path").is_none() {
            return Err(ScimError::NoTarget("a removal needs a path".to_owned()));
        }
        if let Some(path) = operation.get("path").and_then(Value::as_str) {
            parse_path(path)?;
        }
    }
    let patch: PatchOp = serde_json::from_value(body)
        .map_err(|error| ScimError::InvalidSyntax(format!("that is no PATCH: {error}")))?;
    if !patch.schemas.iter().any(|schema| schema == PATCH_OP) {
        return Err(ScimError::InvalidSyntax(format!(
            "schemas must name {PATCH_OP}"
        )));
    }
    Ok(patch.operations)
}

fn parse_path(path: &str) -> Result<PatchPath, ScimError> {
    path.parse()
        .map_err(|error| ScimError::InvalidPath(format!("{path:?} is no path: {error}")))
}

fn apply(record: &mut Record, way: Way, target: OperationTarget) -> Result<(), ScimError> {
    match target {
        OperationTarget::WithPath { path, value } => {
            let value = value.ok_or_else(|| {
                ScimError::InvalidSyntax(
                    "an operation that adds or replaces needs a value".to_owned(),
                )
            })?;
            set(record, way, &path, value)
        }
        OperationTarget::WithoutPath { value } => {
            for (name, value) in value {
                if name.eq_ignore_ascii_case("schemas") {
                    continue;
                }
                set(record, way, &parse_path(&name)?, value)?;
            }
            Ok(())
        }
    }
}

fn set(record: &mut Record, way: Way, path: &PatchPath, value: Value) -> Result<(), ScimError> {
    match path {
        PatchPath::Attr(path) => set_attribute(record, way, path, value),
        PatchPath::Value(path) => set_entries(record, way, path, value),
    }
}

fn set_attribute(
    record: &mut Record,
    way: Way,
    path: &AttrPath,
    value: Value,
) -> Result<(), ScimError> {
    let (in_extension, attribute, part) = match find(path)? {
        Place::Attribute {
            in_extension,
            attribute,
            part,
        } => (in_extension, attribute, part),
        Place::Extension => {
            let Value::Object(parts) = value else {
                return Err(ScimError::InvalidValue(format!(
                    "{ENTERPRISE_USER} must be an object"
                )));
            };
            extension(record).extend(parts);
            return Ok(());
        }
    };
    let holder = if in_extension {
        extension(record)
    } else {
        record
    };
    let Some(part) = part else {
        let old = holder.remove(&attribute.name);
        let new = match way {
            Way::Add => added(attribute, old, value),
            Way::Replace => value,
        };
        holder.insert(attribute.name.clone(), new);
        return Ok(());
    };
    match holder.get_mut(&attribute.name) {
        Some(Value::Array(entries)) if !entries.is_empty() => {
            for entry in entries {
                put(entry, attribute, &part.name, value.clone())?;
            }
            Ok(())
        }
        _ if attribute.is_multi_valued => Err(ScimError::NoTarget(format!(
            "there are no {} to change",
            attribute.name
        ))),
        _ => {
            let whole = holder.entry(attribute.name.clone()).or_insert_with(empty);
            put(whole, attribute, &part.name, value)
        }
    }
}

/// What an attribute is after `value` was added to `old` (RFC 7644 3.5.2.1).
fn added(attribute: &Attribute, old: Option<Value>, value: Value) -> Value {
    match (old, value) {
        (Some(Value::Array(mut entries)), value) if attribute.is_multi_valued => {
            let new = match value {
                Value::Array(new) => new,
                one => vec![one],
            };
            for one in new {
                if entries.contains(&one) {
                    continue;
                }
                if one["primary"] == true {
                    lower(&mut entries);
                }
                entries.push(one);
            }
            Value::Array(entries)
        }
        (None, one @ Value::Object(_)) if attribute.is_multi_valued => Value::Array(vec![one]),
        (Some(Value::Object(mut old)), Value::Object(new)) if attribute.kind == Kind::Complex => {
            old.extend(new);
            Value::Object(old)
        }
        (_, value) => value,
    }
}

fn set_entries(
    record: &mut Record,
    way: Way,
    path: &PatchValuePath,
    value: Value,
) -> Result<(), ScimError> {
    let (entries, attribute) = entries(record, path)?;
    let chosen = chosen(entries, attribute, path)?;
    if chosen.is_empty() {
        return Err(ScimError::NoTarget(format!(
            "no entry of {} matches",
            attribute.name
        )));
    }
    let makes_primary = match &path.sub_attr {
        Some(part) => part.eq_ignore_ascii_case("primary") && value == true,
        None => value["primary"] == true,
    };
    if makes_primary {
        lower(entries);
    }
    for index in chosen {
        let entry = &mut entries[index];
        match (&path.sub_attr, way, &value) {
            (Some(part), ..) => {
                put(entry, attribute, part_name(attribute, part)?, value.clone())?;
            }
            (None, Way::Add, Value::Object(parts)) => {
                if let Some(entry) = entry.as_object_mut() {
                    entry.extend(parts.clone());
                }
            }
            (None, ..) => *entry = value.clone(),
        }
    }
    Ok(())
}

fn remove(record: &mut Record, path: &PatchPath) -> Result<(), ScimError> {
    let path = match path {
        PatchPath::Attr(path) => path,
        PatchPath::Value(path) => return remove_entries(record, path),
    };
    let (in_extension, attribute, part) = match find(path)? {
        Place::Attribute {
            in_extension,
            attribute,
            part,
        } => (in_extension, attribute, part),
        Place::Extension => {
            record.remove(ENTERPRISE_USER);
            return Ok(());
        }
    };
    if attribute.name == "userName" {
        return Err(ScimError::Mutability("userName is required and".to_owned()));
    }
    let holder = if in_extension {
        extension(record)
    } else {
        record
    };
    match (part, holder.get_mut(&attribute.name)) {
        (None, _) => {
            holder.remove(&attribute.name);
        }
        (Some(part), Some(Value::Array(entries))) => {
            for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
                entry.remove(&part.name);
            }
        }
        (Some(part), Some(Value::Object(whole))) => {
            whole.remove(&part.name);
        }
        (Some(_), _) => {}
    }
    Ok(())
}

fn remove_entries(record: &mut Record, path: &PatchValuePath) -> Result<(), ScimError> {
    let (entries, attribute) = entries(record, path)?;
    let chosen = chosen(entries, attribute, path)?;
    for index in chosen.into_iter().rev() {
        match &path.sub_attr {
            None => {
                entries.remove(index);
            }
            Some(part) => {
                let part = part_name(attribute, part)?;
                if let Some(entry) = entries[index].as_object_mut() {
                    entry.remove(part);
                }
            }
        }
    }
    Ok(())
}

fn find(path: &AttrPath) -> Result<Place<'static>, ScimError> {
    let place = USER_SCHEMA.find(path);
    let place =
        place.ok_or_else(|| ScimError::InvalidPath(format!("a user has no attribute {path}")))?;
    if let Place::Attribute {
        attribute, part, ..
    } = place
        && let Some(fixed) = [Some(attribute), part]
            .into_iter()
            .flatten()
            .find(|one| one.access == Access::ReadOnly)
    {
        return Err(ScimError::Mutability(fixed.name.clone()));
    }
    Ok(place)
}

/// The entries of the multi-valued attribute that a path with a filter names.
fn entries<'a>(
    record: &'a mut Record,
    path: &PatchValuePath,
) -> Result<(&'a mut Vec<Value>, &'static Attribute), ScimError> {
    let Place::Attribute { attribute, .. } = find(&path.attr)? else {
        return Err(ScimError::InvalidPath(format!(
            "{} has no entries",
            path.attr
        )));
    };
    if !attribute.is_multi_valued {
        return Err(ScimError::InvalidPath(format!(
            "{} has no entries",
            attribute.name
        )));
    }
    let list = record
        .entry(attribute.name.clone())
        .or_insert_with(|| Value::Array(Vec::new()));
    match list {
        Value::Array(entries) => Ok((entries, attribute)),
        _ => Err(ScimError::InvalidValue(format!(
            "{} must be a list",
            attribute.name
        ))),
    }
}

fn chosen(
    entries: &[Value],
    attribute: &Attribute,
    path: &PatchValuePath,
) -> Result<Vec<usize>, ScimError> {
    let mut chosen = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry_passes(&path.filter, entry, attribute)? {
            chosen.push(index);
        }
    }
    Ok(chosen)
}

fn part_name<'a>(attribute: &'a Attribute, part: &str) -> Result<&'a str, ScimError> {
    let found = super::schema::named(&attribute.parts, part);
    let found = found.ok_or_else(|| {
        ScimError::InvalidPath(format!("{} has no part {part:?}", attribute.name))
    })?;
    Ok(&found.name)
}

/// Sets a part of a complex value; an operation before may have put something else in its place.
fn put(
    whole: &mut Value,
    attribute: &Attribute,
    part: &str,
    value: Value,
) -> Result<(), ScimError> {
    let Value::Object(parts) = whole else {
        let text = format!("{} must be an object", attribute.name);
        return Err(ScimError::InvalidValue(text));
    };
    parts.insert(part.to_owned(), value);
    Ok(())
}

/// Takes the mark of the primary value off every entry, because another one gets it.
fn lower(entries: &mut [Value]) {
    for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
        entry.remove("primary");
    }
}

/// The enterprise extension of a record, made if it is not there.
fn extension(record: &mut Record) -> &mut Map<String, Value> {
    let name = record.keys().find(|name| is_extension(name)).cloned();
    let name = name.unwrap_or_else(|| ENTERPRISE_USER.to_owned());
    let extension = record.entry(name).or_insert_with(empty);
    if !extension.is_object() {
        *extension = empty();
    }
    extension
        .as_object_mut()
        .expect("it was made an object above if it was none")
}

fn empty() -> Value {
    Value::Object(Map::new())
}
