//! The fields that Lever offers to a mapping, and the types on both of its sides.

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
    /// One of a list of values.
    Choice,
    /// A colleague, known by their e-mail address.
    Person,
}

impl FieldType {
    /// Every type, in the order of their declaration.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Email,
        Self::Phone,
        Self::Number,
        Self::Date,
        Self::Instant,
        Self::Flag,
        Self::List,
        Self::TimeZone,
        Self::Choice,
        Self::Person,
    ];
}

impl FieldType {
    /// The type in words, with its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Instant => "a date with a time",
            Self::Flag => "yes or no",
            Self::List => "a list",
            Self::TimeZone => "a time zone",
            Self::Choice => "a choice",
            Self::Person => "a colleague",
        }
    }
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
    /// The forms on the candidate's profile, by question.
    Form,
    /// Who referred the candidate.
    Referral,
    /// Worked out from other fields.
    Derived,
    /// The settings of the company, for offers.
    Company,
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
