//! The fields of an offer letter that a mapping fills: the 20 rows of the article, in its order and words.

mod company;
mod notes;
mod rows;

pub use company::{Company, company_fields};
pub use notes::offer_notes;
pub use rows::{NOT_SUPPORTED, NotSupported, OfferRow, RowKind, offer_rows};

use super::field::FieldType;
use super::schema::{Schema, TargetField};

impl Schema {
    /// The fields of an offer letter (PRODUCTS.md AG-15, the article's table).
    pub fn of_offers() -> Self {
        use FieldType::{Date, Email, Number, Person, Text};
        let field = |id, label, kind| TargetField::new(id, label, "Offer letter", kind);
        let choice = |id, label, options: &[&str]| TargetField {
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            ..field(id, label, FieldType::Choice)
        };
        Self::new(vec![
            field("assignee", "Assignee", Person),
            field("base_salary", "Base salary", Number).masked(),
            choice(
                "base_salary_pay_period",
                "Base salary pay period",
                &["Annual", "Hourly"],
            ),
            field("benefit_package", "Benefit package", Text),
            field("candidate_address_line_1", "Candidate address line 1", Text),
            field("candidate_address_line_2", "Candidate address line 2", Text),
            field("candidate_first_name", "Candidate first name", Text).required(),
            field("candidate_last_name", "Candidate last name", Text),
            field("candidate_email", "Candidate email", Email).required(),
            field("currency", "Currency", Text),
            field("display_location", "Display Location", Text),
            field("type_of_shares", "Type of shares", Text),
            field("job_title", "Job title", Text),
            field("number_of_shares", "Number of shares", Number),
            field("sign_on_bonus", "Sign-on bonus", Number).masked(),
            field("start_date", "Start date", Date),
            choice("status", "Status", &["Published", "Accepted", "Declined"]).required(),
            field("target_bonus_amount", "Target Bonus Amount", Number).masked(),
            field("target_bonus_percent", "Target bonus %", Number).masked(),
            field("expires", "Expires (valid until date)", Date),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_the_twenty_rows_of_the_article() {
        assert_eq!(Schema::of_offers().fields().len(), 20);
    }
}
