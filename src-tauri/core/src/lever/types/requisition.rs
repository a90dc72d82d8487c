//! The permission to hire, with the customer's own fields.

use serde::Deserialize;

use super::{Expandable, Millis, User, null_is_default};

/// A requisition (LEVER.md 3.10).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requisition {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    /// Its code.
    pub requisition_code: Option<String>,
    /// `open`, `onHold`, `closed` or `draft`.
    pub status: Option<String>,
    /// Whom the hire will report to.
    pub hiring_manager: Option<Expandable<User>>,
    /// Such as `full-time`, in the customer's words.
    pub employment_status: Option<String>,
    /// The place.
    pub location: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// Values of the customer's fields by their id; objects hold subfields.
    #[serde(default, deserialize_with = "null_is_default")]
    pub custom_fields: serde_json::Map<String, serde_json::Value>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}

/// A field that the customer added to requisitions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RequisitionField {
    /// A name in snake case.
    pub id: String,
    /// The label.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// `number`, `text`, `date`, `object` or `dropdown`.
    #[serde(rename = "type", default, deserialize_with = "null_is_default")]
    pub kind: String,
    /// The parts of an `object`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub subfields: Vec<Subfield>,
}

/// A part of a requisition field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Subfield {
    /// A name in snake case.
    pub id: String,
    /// The label.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// As on the field.
    #[serde(rename = "type", default, deserialize_with = "null_is_default")]
    pub kind: String,
}
