//! Enums as they stand in a column: the name they have in JSON, without the quotes.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// An enum's name.
pub(crate) fn name<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(name) => Ok(name),
        other => Err(StoreError::Value(other.to_string())),
    }
}

/// The value that a name stands for.
pub(crate) fn named<T: DeserializeOwned>(name: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_value(serde_json::Value::String(
        name.to_owned(),
    ))?)
}
