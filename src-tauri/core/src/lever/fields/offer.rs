//! The fields of the offer form whose identifiers are known for every account (LEVER.md 4).

use super::Field;
use crate::lever::parts::Part;
use crate::mapping::{FieldType, SourceGroup};

/// Declares fields of the offer form by identifier, label and type. `User` stands for the id of a user, shown
/// by name.
macro_rules! offer_fields {
    ($($identifier:literal, $label:literal, $kind:ident $(, $masked:ident)?;)*) => {
        /// The identifiers that are standard; every other is the customer's own.
        pub(in crate::lever) const IDENTIFIERS: &[&str] = &[$($identifier),*];

        pub(super) const FIELDS: &[Field] = &[$(offer_fields!(@$kind $identifier, $label)$(.$masked())?),*];
    };
    (@User $identifier:literal, $label:literal) => {
        Field::new(
            SourceGroup::Offer, concat!("offer.", $identifier), $label, FieldType::Text,
            |facts| facts.name(facts.offer_user_id($identifier)),
        ).needs(&[Part::Users])
    };
    (@$kind:ident $identifier:literal, $label:literal) => {
        Field::new(
            SourceGroup::Offer, concat!("offer.", $identifier), $label, FieldType::$kind,
            |facts| facts.offer_value($identifier, FieldType::$kind),
        )
    };
}

offer_fields! {
    "job_title", "Job title", Text;
    "job_posting", "Job posting", Text;
    "requisition", "Requisition", Text;
    "candidate_name", "Candidate name", Text;
    "team", "Team", Text;
    "location/office", "Office location", Text;
    "salary_amount", "Offered compensation amount", Number, masked;
    "compensation_currency", "Compensation currency", Text;
    "salary_interval", "Type of earnings", Text;
    "hiring_manager", "Hiring manager", User;
    "direct_manager", "Direct manager", User;
    "today_date", "Today's date", Date;
    "anticipated_start_date", "Anticipated start date", Date;
    "offer_expiration_date", "Offer expiration date", Date;
    "offered_equity", "Offered equity", Text, masked;
    "company_signature_1", "Company signature 1", Text;
    "candidate_signature", "Candidate signature", Text;
}
