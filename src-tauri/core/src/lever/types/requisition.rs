//! The permission to hire, with the customer's own fields.

use std::fmt;

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{Confidentiality, Expandable, Id, Millis, PayRange, User};

/// A requisition (LEVER.md 3.10).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requisition {
    /// Its id.
    pub id: Id<Requisition>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its code.
    pub requisition_code: Option<String>,
    /// How far it is.
    pub status: Option<RequisitionStatus>,
    /// Who may see it.
    pub confidentiality: Option<Confidentiality>,
    /// How many may be hired.
    pub headcount_total: Option<Headcount>,
    /// How many are hired.
    pub headcount_hired: Option<u64>,
    /// Whom the hire will report to.
    pub hiring_manager: Option<Expandable<User>>,
    /// What it pays.
    pub compensation_band: Option<PayRange>,
    /// Such as `full-time`, in the customer's words.
    pub employment_status: Option<String>,
    /// The place.
    pub location: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// Values of the customer's fields by their id; objects hold subfields.
    #[serde(default)]
    pub custom_fields: serde_json::Map<String, serde_json::Value>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}

open_enum! {
    /// How far a requisition is (LEVER.md 3.10).
    RequisitionStatus {
        /// Hires count against it.
        Open = "open",
        /// Paused.
        OnHold = "onHold",
        /// Filled or given up.
        Closed = "closed",
        /// Not finished.
        Draft = "draft",
    }
}

/// How many may be hired: a number, or the word `unlimited` in its place (LEVER.md 2.5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Headcount {
    /// So many.
    Limited(u64),
    /// As many as are found.
    Unlimited,
    /// What Lever says instead.
    Other(String),
}

impl fmt::Display for Headcount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limited(number) => write!(out, "{number}"),
            Self::Unlimited => out.write_str("unlimited"),
            Self::Other(text) => out.write_str(text),
        }
    }
}

impl From<String> for Headcount {
    fn from(text: String) -> Self {
        match text.parse() {
            Ok(number) => Self::Limited(number),
            Err(_) if text == "unlimited" => Self::Unlimited,
            Err(_) => Self::Other(text),
        }
    }
}

/// A field that the customer added to requisitions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RequisitionField {
    /// A name in snake case.
    pub id: Id<RequisitionField>,
    /// The label.
    #[serde(default)]
    pub text: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Option<RequisitionFieldKind>,
    /// The parts of an `object`.
    #[serde(default)]
    pub subfields: Vec<Subfield>,
}

/// A part of a requisition field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Subfield {
    /// A name in snake case.
    pub id: String,
    /// The label.
    #[serde(default)]
    pub text: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Option<RequisitionFieldKind>,
}

open_enum! {
    /// What a requisition field holds (LEVER.md 3.10).
    RequisitionFieldKind {
        /// A number.
        Number = "number",
        /// A text.
        Text = "text",
        /// A day.
        Date = "date",
        /// Subfields.
        Object = "object",
        /// One of its options.
        Dropdown = "dropdown",
    }
}
