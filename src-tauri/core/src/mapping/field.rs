//! The two sides of a mapping: what Lever offers and what a person has.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Any text.
    Text,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A decimal number.
    Number,
    /// A day without a time; never shifted by a time zone.
    Date,
    /// A moment in time.
    Instant,
    /// Yes or no.
    Flag,
    /// Several texts.
    List,
    /// A name from the IANA time-zone database.
    TimeZone,
}

/// Where a Lever field is grouped in the dropdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceGroup {
    /// The opportunity itself.
    Opportunity,
    /// The contact behind it.
    Contact,
    /// The application and its questions.
    Application,
    /// The posting applied to.
    Posting,
    /// The requisition, with the customer's own fields.
    Requisition,
    /// The offer form, by identifier.
    Offer,
    /// Worked out from other fields.
    Derived,
}

/// A field that Lever can tell us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceField {
    /// The stable id that rules refer to, for example `offer.salary_amount`.
    pub id: String,
    /// The label as Lever shows it.
    pub label: String,
    /// Its group.
    pub group: SourceGroup,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether the customer made the field.
    pub custom: bool,
    /// A value seen for it, cut to a short line; none if no sample was found.
    pub example: Option<String>,
}

/// A field of a person in Fulcrum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonField {
    /// The stable id, for example `first_name`.
    pub id: &'static str,
    /// The label on screen.
    pub label: &'static str,
    /// The heading it stands under.
    pub group: &'static str,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether an import needs it (PRODUCTS.md SO-11).
    pub required: bool,
    /// Whether it is masked on screen until revealed.
    pub masked: bool,
}

const fn field(
    id: &'static str,
    label: &'static str,
    group: &'static str,
    kind: FieldType,
) -> PersonField {
    PersonField {
        id,
        label,
        group,
        kind,
        required: false,
        masked: false,
    }
}

const fn required(field: PersonField) -> PersonField {
    PersonField {
        required: true,
        ..field
    }
}

const fn masked(field: PersonField) -> PersonField {
    PersonField {
        masked: true,
        ..field
    }
}

/// The fields every person has, in the order of the screens.
pub const PERSON_FIELDS: &[PersonField] = &[
    required(field("first_name", "First name", "Name", FieldType::Text)),
    required(field("last_name", "Last name", "Name", FieldType::Text)),
    field("preferred_name", "Preferred name", "Name", FieldType::Text),
    required(field(
        "personal_email",
        "Personal e-mail",
        "Contact",
        FieldType::Email,
    )),
    field("work_email", "Work e-mail", "Contact", FieldType::Email),
    field("phone", "Phone", "Contact", FieldType::Phone),
    required(field(
        "timezone",
        "Time zone",
        "Contact",
        FieldType::TimeZone,
    )),
    field("job_title", "Job title", "Job", FieldType::Text),
    field("department", "Department", "Job", FieldType::Text),
    field("team", "Team", "Job", FieldType::Text),
    field("employment_type", "Employment type", "Job", FieldType::Text),
    field("start_date", "Start date", "Job", FieldType::Date),
    field("manager_email", "Manager's e-mail", "Job", FieldType::Email),
    field("cost_center", "Cost center", "Job", FieldType::Text),
    field("location", "Location", "Place", FieldType::Text),
    field("state", "State or region", "Place", FieldType::Text),
    field("country", "Country", "Place", FieldType::Text),
    masked(field("pay_amount", "Pay", "Pay", FieldType::Number)),
    field("pay_currency", "Pay currency", "Pay", FieldType::Text),
    field("pay_interval", "Pay period", "Pay", FieldType::Text),
];

/// The person field with this id.
pub fn person_field(id: &str) -> Option<&'static PersonField> {
    PERSON_FIELDS.iter().find(|field| field.id == id)
}
