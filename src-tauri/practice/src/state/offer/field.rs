//! The rows of the offer form: which fields exist, and which of them can go (LEVER.md 4).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::OfferValue;

/// What a field holds. The first eight are those a customer can add (PRODUCTS.md 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FieldKind {
    Text,
    TextArea,
    Checkbox,
    Date,
    Currency,
    Number,
    UserDropdown,
    Dropdown,
    /// The candidate's application to a posting.
    JobPosting,
    Requisition,
    CurrencyCode,
    EarningsType,
    /// A number of shares, or a text such as a percentage.
    Equity,
    /// Filled in by signing, never by hand.
    Signature,
}

impl FieldKind {
    /// The types of *Add Field* (PRODUCTS.md 3.5).
    pub(crate) const CUSTOM: [Self; 8] = [
        Self::Text,
        Self::TextArea,
        Self::Checkbox,
        Self::Date,
        Self::Currency,
        Self::Number,
        Self::UserDropdown,
        Self::Dropdown,
    ];

    /// The type as the editor writes it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::TextArea => "Text area",
            Self::Checkbox => "Checkbox",
            Self::Date => "Date",
            Self::Currency => "Currency",
            Self::Number => "Number",
            Self::UserDropdown => "User drop-down",
            Self::Dropdown => "Drop-down",
            Self::JobPosting => "Posting",
            Self::Requisition => "Requisition",
            Self::CurrencyCode => "Currency code",
            Self::EarningsType => "Type of earnings",
            Self::Equity => "Number or text",
            Self::Signature => "Signature",
        }
    }
}

/// One row of the offer form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormField {
    pub(crate) identifier: String,
    pub(crate) text: String,
    pub(crate) kind: FieldKind,
    /// The choices of a drop-down that the customer made.
    pub(crate) options: Vec<String>,
    /// Whether a change after approval must be approved again.
    pub(crate) needs_reapproval: bool,
}

impl FormField {
    /// Whether this row must stay on the form (LEVER.md 4).
    pub(crate) fn is_fixed(&self) -> bool {
        FIXED.contains(&self.identifier.as_str())
    }

    /// Whether the customer added this row.
    pub(crate) fn is_custom(&self) -> bool {
        self.identifier.starts_with("custom_")
    }

    /// Whether a person fills it in: the application is set by Lever, signatures by signing.
    pub(crate) fn is_answerable(&self) -> bool {
        !matches!(self.kind, FieldKind::JobPosting | FieldKind::Signature)
    }

    /// Whether an offer without a value here cannot leave the draft.
    pub(crate) fn is_required(&self) -> bool {
        REQUIRED.contains(&self.identifier.as_str())
    }

    /// One of Lever's own fields, as it is before the customer changes anything.
    pub(crate) fn standard(identifier: &str) -> Option<Self> {
        let (identifier, text, kind) = STANDARD.iter().find(|(own, ..)| *own == identifier)?;
        Some(Self {
            identifier: (*identifier).to_owned(),
            text: (*text).to_owned(),
            kind: *kind,
            options: Vec::new(),
            needs_reapproval: NEEDS_REAPPROVAL.contains(identifier),
        })
    }
}

/// A row of the offer form with its value. The row is kept as it was when the offer was made, so an
/// offer outlives every change of the form.
#[derive(Clone, Debug)]
pub(crate) struct OfferField {
    pub(crate) field: Arc<FormField>,
    pub(crate) value: OfferValue,
}

/// Fields that a customer cannot remove (LEVER.md 4, H-20087339740701).
const FIXED: [&str; 7] = [
    "job_posting",
    "job_title",
    "requisition",
    "candidate_name",
    "salary_amount",
    "compensation_currency",
    "salary_interval",
];

/// Without these an offer says nothing; which ones Lever itself insists on is not documented.
const REQUIRED: [&str; 3] = ["job_title", "candidate_name", "salary_amount"];

/// Which of Lever's own fields ask for approval again at first; the customer can change it.
const NEEDS_REAPPROVAL: [&str; 5] = [
    "job_title",
    "salary_amount",
    "compensation_currency",
    "salary_interval",
    "offered_equity",
];

/// Lever's own fields with the labels and types of LEVER.md 4, in the order of that table.
pub(crate) const STANDARD: [(&str, &str, FieldKind); 17] = [
    ("job_posting", "Job posting", FieldKind::JobPosting),
    ("job_title", "Job title", FieldKind::Text),
    ("requisition", "Requisition", FieldKind::Requisition),
    ("candidate_name", "Candidate name", FieldKind::Text),
    ("team", "Team", FieldKind::Text),
    ("location/office", "Office location", FieldKind::Text),
    (
        "salary_amount",
        "Offered compensation amount",
        FieldKind::Currency,
    ),
    (
        "compensation_currency",
        "Compensation currency",
        FieldKind::CurrencyCode,
    ),
    (
        "salary_interval",
        "Type of earnings",
        FieldKind::EarningsType,
    ),
    ("hiring_manager", "Hiring manager", FieldKind::UserDropdown),
    ("direct_manager", "Direct manager", FieldKind::UserDropdown),
    ("today_date", "Today's date", FieldKind::Date),
    (
        "anticipated_start_date",
        "Anticipated start date",
        FieldKind::Date,
    ),
    (
        "offer_expiration_date",
        "Offer expiration date",
        FieldKind::Date,
    ),
    ("offered_equity", "Offered equity", FieldKind::Equity),
    (
        "company_signature_1",
        "Company signature 1",
        FieldKind::Signature,
    ),
    (
        "candidate_signature",
        "Candidate signature",
        FieldKind::Signature,
    ),
];
