//! The 20 rows of the article's table, each with the rule that fills it where nobody chose another.

use std::collections::HashSet;

use serde::Serialize;
use ts_rs::TS;

use super::company::{CONNECTION_OWNER, CURRENCY, TWO_MONTHS};
use crate::mapping::rule::{Rule, Rules};
use crate::mapping::source::Source;
use crate::mapping::transform::{IfNoMatch, NamePart, Pair, Transform};

/// What kind of row it is (SCREENS.md Q1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// One of Lever's own fields.
    Direct,
    /// Worked out from what Lever says.
    Derived,
    /// The same for every letter.
    Constant,
    /// A field that the customer adds to the offer form.
    Custom,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfferRow {
    /// The id of the field in the letter.
    pub target: String,
    /// What kind of row it is.
    pub kind: RowKind,
    /// Its rule in words.
    pub words: String,
    /// Its rule; none if the offer form has none of the fields that it reads.
    pub standard: Option<Rule>,
    /// The identifiers that the rule would read and the offer form lacks.
    pub lacking: Vec<String>,
}

/// What a letter has and Lever cannot fill, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct NotSupported {
    /// Its name in the letter.
    pub label: &'static str,
    /// Why, in words.
    pub why: &'static str,
}

/// What the article names as not supported.
pub const NOT_SUPPORTED: [NotSupported; 2] = [
    NotSupported {
        label: "Equity value",
        why: "Lever's offer form has no standard field for it.",
    },
    NotSupported {
        label: "Target commission",
        why: "Lever's offer form has no standard field for it.",
    },
];

impl Rules {
    /// The rules of the rows that have one. `known` are the ids of the fields that Lever offers.
    pub fn of_offers(known: &HashSet<String>) -> Self {
        let rules = offer_rows(known)
            .into_iter()
            .filter_map(|row| row.standard)
            .collect();
        Self { rules }
    }
}

/// The rows in the article's order (PRODUCTS.md AG-15). `known` are the ids of the fields that Lever offers: of some
/// identifiers of the article no public source knows how Lever writes them, so they are looked for (LEVER.md 4).
pub fn offer_rows(known: &HashSet<String>) -> Vec<OfferRow> {
    let form = Form(known);
    let mut rows = pay(&form);
    rows.extend(candidate(&form));
    rows.extend(job(&form));
    rows.extend(terms(&form));
    rows
}

fn pay(form: &Form<'_>) -> Vec<OfferRow> {
    let period = value_map(
        &[("per-year-salary", "Annual"), ("per-hour-wage", "Hourly")],
        IfNoMatch::Stop,
    );
    vec![
        row("assignee", RowKind::Derived)
            .first_of(form, &["recruiter_email"], &[CREATOR, "owner.email", CONNECTION_OWNER])
            .says("The colleague with the recruiter's e-mail address: recruiter_email in the offer form, or else whoever made the offer, or else the owner of the opportunity. Where nobody is found, whoever connected Lever, and the letter says so."),
        row("base_salary", RowKind::Direct).reads("offer.salary_amount").says("As in Lever."),
        row("base_salary_pay_period", RowKind::Direct)
            .reads("offer.salary_interval")
            .does(period)
            .says("Annual or hourly. Any other period in Lever holds the letter and asks."),
        row("benefit_package", RowKind::Constant)
            .constant("Default")
            .says("Always the default package. Another one is chosen in the letter."),
    ]
}

fn candidate(form: &Form<'_>) -> Vec<OfferRow> {
    let part = |part| Transform::NamePart { part };
    let address = |target: &'static str| {
        row(target, RowKind::Direct)
            .finds(form, target)
            .says("As in Lever.")
    };
    vec![
        address("candidate_address_line_1"),
        address("candidate_address_line_2"),
        row("candidate_first_name", RowKind::Derived)
            .reads("opportunity.name")
            .does(Transform::Trim)
            .does(part(NamePart::FirstWord))
            .says("The first part of the candidate's name."),
        row("candidate_last_name", RowKind::Derived)
            .reads("opportunity.name")
            .does(Transform::Trim)
            .does(part(NamePart::Rest))
            .says("All but the first part of the candidate's name."),
        row("candidate_email", RowKind::Derived)
            .reads("opportunity.emails.first")
            .says("The first e-mail address of the candidate in Lever."),
    ]
}

fn job(form: &Form<'_>) -> Vec<OfferRow> {
    vec![
        row("currency", RowKind::Direct)
            .first_of(form, &["compensation_currency"], &[CURRENCY])
            .does(Transform::Currency)
            .says("As in Lever, or else your company's default currency."),
        row("display_location", RowKind::Direct)
            .finds(form, "location_office")
            .says("Free text, as the candidate sees it."),
        row("type_of_shares", RowKind::Direct)
            .finds(form, "equity_type")
            .says("As in Lever."),
        row("job_title", RowKind::Direct)
            .reads("offer.job_title")
            .says("As in Lever."),
        row("number_of_shares", RowKind::Direct)
            .reads("offer.offered_equity")
            .says("As in Lever, where it is a number. A percentage is left out."),
    ]
}

fn terms(form: &Form<'_>) -> Vec<OfferRow> {
    let status = value_map(
        &[
            ("signed", "Accepted"),
            ("denied", "Declined"),
            ("declined", "Declined"),
            ("draft", "Published"),
            ("approval-sent", "Published"),
            ("approved", "Published"),
            ("sent", "Published"),
            ("sent-manually", "Published"),
            ("opened", "Published"),
        ],
        IfNoMatch::Keep,
    );
    vec![
        row("sign_on_bonus", RowKind::Derived)
            .sum(form, &["offered_bonus", "offered_starting/signing_bonus"])
            .says("Offered bonus and starting or signing bonus, added where both are filled in."),
        row("start_date", RowKind::Direct)
            .reads("offer.anticipated_start_date")
            .says("As in Lever."),
        row("status", RowKind::Derived)
            .reads("offer_status")
            .does(status)
            .says("Accepted once the offer is signed, declined once it is denied, published before that. A state that Lever adds is shown as it is, with a warning."),
        row("target_bonus_amount", RowKind::Direct)
            .finds(form, "offered_annual_bonus")
            .says("As in Lever."),
        row("target_bonus_percent", RowKind::Custom)
            .finds(form, "target_bonus_percent")
            .says("A field of your own: add it to the offer form in Lever with Target Bonus Percent as its description and Number as its type."),
        row("expires", RowKind::Direct)
            .first_of(form, &["offer_expiration_date"], &[TWO_MONTHS])
            .says("As in Lever, or else two calendar months after the offer was made, in your company's time zone."),
    ]
}

fn value_map(pairs: &[(&str, &str)], if_no_match: IfNoMatch) -> Transform {
    let pairs = pairs.iter().map(|(from, to)| Pair {
        from: (*from).to_owned(),
        to: (*to).to_owned(),
    });
    Transform::ValueMap {
        pairs: pairs.collect(),
        if_no_match,
    }
}

/// A row being put together.
struct Drawn {
    row: OfferRow,
    source: Option<Source>,
    steps: Vec<Transform>,
}

fn row(target: &str, kind: RowKind) -> Drawn {
    Drawn {
        row: OfferRow {
            target: target.to_owned(),
            kind,
            words: String::new(),
            standard: None,
            lacking: Vec::new(),
        },
        source: None,
        steps: Vec::new(),
    }
}

impl Drawn {
    /// A field that every Lever has.
    fn reads(mut self, field: &str) -> Self {
        self.source = Some(Source::Lever {
            field: field.to_owned(),
        });
        self
    }

    fn constant(mut self, value: &str) -> Self {
        self.source = Some(Source::Constant {
            value: value.to_owned(),
        });
        self
    }

    /// A field of the offer form that may have another identifier, or be missing.
    fn finds(mut self, form: &Form<'_>, identifier: &str) -> Self {
        let found = self.look_for(form, &[identifier]).into_iter().next();
        self.source = found.map(|field| Source::Lever { field });
        self
    }

    /// The first filled one of such fields and of others that are always there.
    fn first_of(mut self, form: &Form<'_>, identifiers: &[&str], others: &[&str]) -> Self {
        let mut fields = self.look_for(form, identifiers);
        fields.extend(others.iter().map(|field| (*field).to_owned()));
        self.row.lacking.clear();
        self.source = Some(Source::FirstOf { fields });
        self
    }

    /// All such fields, added; those that are missing add nothing.
    fn sum(mut self, form: &Form<'_>, identifiers: &[&str]) -> Self {
        let fields = self.look_for(form, identifiers);
        self.source = (!fields.is_empty()).then_some(Source::Sum { fields });
        self
    }

    fn does(mut self, step: Transform) -> Self {
        self.steps.push(step);
        self
    }

    fn says(self, words: &str) -> OfferRow {
        let Self { row, source, steps } = self;
        OfferRow {
            standard: source.map(|source| Rule {
                target: row.target.clone(),
                source,
                transforms: steps,
                accepts_loss: false,
            }),
            words: words.to_owned(),
            ..row
        }
    }

    fn look_for(&mut self, form: &Form<'_>, identifiers: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for identifier in identifiers {
            match form.find(identifier) {
                Some(field) => found.push(field),
                None => self.row.lacking.push((*identifier).to_owned()),
            }
        }
        found
    }
}

/// The fields of the offer form.
struct Form<'a>(&'a HashSet<String>);

impl Form<'_> {
    /// The id of the field with this identifier, or with one that differs only in how it is written: customers'
    /// fields begin with `custom_`, and Lever writes the office as `location/office` (LEVER.md 4).
    fn find(&self, identifier: &str) -> Option<String> {
        let exact = format!("{PREFIX}{identifier}");
        if self.0.contains(&exact) {
            return Some(exact);
        }
        let wanted = bare(identifier);
        let alike = self.0.iter().filter(|id| {
            let own = id.strip_prefix(PREFIX);
            own.is_some_and(|own| bare(own) == wanted)
        });
        alike.min().cloned()
    }
}

const PREFIX: &str = "offer.";

/// Who made the offer.
const CREATOR: &str = "derived.offer_creator_email";

/// The identifier without the mark of customers' fields, and with one way of dividing words.
fn bare(identifier: &str) -> String {
    let own = identifier.strip_prefix("custom_").unwrap_or(identifier);
    let words = own.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

#[cfg(test)]
mod tests;
