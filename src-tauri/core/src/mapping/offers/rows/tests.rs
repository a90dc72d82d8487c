use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::*;
use crate::mapping::{
    Company, Record, Schema, SourceField, Value, check, company_fields, evaluate, offer_notes,
};

/// The identifiers of LEVER.md 4, as ids of fields.
const STANDARD: [&str; 13] = [
    "offer.salary_amount",
    "offer.salary_interval",
    "offer.job_title",
    "offer.compensation_currency",
    "offer.location/office",
    "offer.offered_equity",
    "offer.anticipated_start_date",
    "offer.offer_expiration_date",
    "offer_status",
    "opportunity.name",
    "opportunity.emails.first",
    "owner.email",
    "derived.offer_creator_email",
];

/// Those of the article that no public source knows, as a customer's own fields would have them.
const OF_THE_ARTICLE: [&str; 8] = [
    "offer.recruiter_email",
    "offer.custom_candidate_address_line_1",
    "offer.custom_candidate_address_line_2",
    "offer.custom_equity_type",
    "offer.offered_bonus",
    "offer.offered_starting/signing_bonus",
    "offer.offered_annual_bonus",
    "offer.custom_target_bonus_percent",
];

fn known(further: &[&str]) -> HashSet<String> {
    let ids = STANDARD.iter().chain(further);
    ids.map(|id| (*id).to_owned()).collect()
}

fn company() -> Company {
    Company {
        currency: Some("EUR".into()),
        zone: TimeZone::get("Europe/Lisbon").unwrap(),
        connection_owner: Some("ines@example.com".into()),
    }
}

/// An offer in which every field of the article is filled in.
fn offer() -> Record {
    let mut record = Record::new();
    let texts = [
        ("offer.recruiter_email", "ola@example.com"),
        ("owner.email", "owner@example.com"),
        ("derived.offer_creator_email", "maker@example.com"),
        ("offer.salary_interval", "per-year-salary"),
        ("offer.custom_candidate_address_line_1", "Rua do Sol 7"),
        ("offer.custom_candidate_address_line_2", "3.º Esq."),
        ("opportunity.name", " Mary Ann  van der Berg "),
        ("opportunity.emails.first", "mary@example.com"),
        ("offer.compensation_currency", "usd"),
        ("offer.location/office", "Lisbon, or wherever you like"),
        ("offer.custom_equity_type", "ISO"),
        ("offer.job_title", "Data Engineer"),
        ("offer.offered_equity", "1200"),
        ("offer_status", "sent-manually"),
    ];
    for (id, text) in texts {
        record.set(id, text);
    }
    let numbers = [
        ("offer.salary_amount", "64000.50"),
        ("offer.offered_bonus", "5000"),
        ("offer.offered_starting/signing_bonus", "2500"),
        ("offer.offered_annual_bonus", "6400"),
        ("offer.custom_target_bonus_percent", "12.5"),
    ];
    for (id, number) in numbers {
        record.set(id, Value::Number(number.parse().unwrap()));
    }
    for (id, day) in [
        ("offer.anticipated_start_date", "2026-12-01"),
        ("offer.offer_expiration_date", "2026-11-30"),
    ] {
        record.set(id, Value::Date(day.parse().unwrap()));
    }
    record.set(
        "offer_created_at",
        Value::Instant("2026-09-30T23:30:00Z".parse().unwrap()),
    );
    record.know_company(&company());
    record
}

/// What the standard rules make of a field, or why they make nothing of it.
fn letter(record: &Record, target: &str) -> Result<Option<String>, String> {
    let rules = Rules::of_offers(&known(&OF_THE_ARTICLE));
    let outcomes = evaluate(&rules, record, &Schema::of_offers()).outcomes;
    let outcome = outcomes
        .into_iter()
        .find(|outcome| outcome.target == target);
    let outcome = outcome.unwrap_or_else(|| panic!("{target} has no rule"));
    match outcome.problem {
        Some(problem) => Err(problem.to_string()),
        None => Ok(outcome.value),
    }
}

#[test]
fn each_of_the_twenty_rows_is_filled_by_its_rule() {
    use RowKind::{Constant, Custom, Derived, Direct};
    let rows = [
        ("assignee", Derived, "ola@example.com"),
        ("base_salary", Direct, "64000.5"),
        ("base_salary_pay_period", Direct, "Annual"),
        ("benefit_package", Constant, "Default"),
        ("candidate_address_line_1", Direct, "Rua do Sol 7"),
        ("candidate_address_line_2", Direct, "3.º Esq."),
        ("candidate_first_name", Derived, "Mary"),
        ("candidate_last_name", Derived, "Ann van der Berg"),
        ("candidate_email", Derived, "mary@example.com"),
        ("currency", Direct, "USD"),
        ("display_location", Direct, "Lisbon, or wherever you like"),
        ("type_of_shares", Direct, "ISO"),
        ("job_title", Direct, "Data Engineer"),
        ("number_of_shares", Direct, "1200"),
        ("sign_on_bonus", Derived, "7500"),
        ("start_date", Direct, "2026-12-01"),
        ("status", Derived, "Published"),
        ("target_bonus_amount", Direct, "6400"),
        ("target_bonus_percent", Custom, "12.5"),
        ("expires", Direct, "2026-11-30"),
    ];
    let listed = offer_rows(&known(&OF_THE_ARTICLE));
    let schema = Schema::of_offers();
    assert_eq!(
        (rows.len(), listed.len(), schema.fields().len()),
        (20, 20, 20)
    );
    for (place, (target, kind, value)) in rows.into_iter().enumerate() {
        let row = &listed[place];
        assert_eq!((row.target.as_str(), row.kind), (target, kind));
        assert_eq!(schema.fields()[place].id, target);
        assert!(row.lacking.is_empty() && !row.words.is_empty(), "{target}");
        assert_eq!(
            letter(&offer(), target),
            Ok(Some(value.to_owned())),
            "{target}"
        );
    }
}

#[test]
fn what_lever_leaves_out_comes_from_the_company_and_is_noted() {
    let mut record = offer();
    for empty in [
        "offer.recruiter_email",
        "derived.offer_creator_email",
        "owner.email",
        "offer.compensation_currency",
        "offer.offer_expiration_date",
    ] {
        record.set(empty, Value::Empty);
    }
    let filled = |target| letter(&record, target).unwrap().unwrap();
    assert_eq!(filled("assignee"), "ines@example.com");
    assert_eq!(filled("currency"), "EUR");
    assert_eq!(filled("expires"), "2026-12-01");
    let notes = offer_notes(&Rules::of_offers(&known(&OF_THE_ARTICLE)), &record);
    let noted: Vec<_> = notes.keys().map(String::as_str).collect();
    let expected = [
        "assignee",
        "candidate_first_name",
        "candidate_last_name",
        "currency",
        "expires",
        "sign_on_bonus",
    ];
    assert_eq!(noted, expected);
    assert!(notes["assignee"].contains("whoever connected Lever"));
}

#[test]
fn a_letter_goes_to_the_recruiter_else_to_who_made_the_offer_else_to_the_owner_else_to_who_connected()
 {
    let mut record = offer();
    let assignees = [
        ("offer.recruiter_email", "ola@example.com"),
        ("derived.offer_creator_email", "maker@example.com"),
        ("owner.email", "owner@example.com"),
        ("company.connection_owner", "ines@example.com"),
    ];
    for (field, assignee) in assignees {
        assert_eq!(letter(&record, "assignee").unwrap().unwrap(), assignee);
        record.set(field, Value::Empty);
    }
}

#[test]
fn nothing_is_noted_about_a_plain_offer() {
    let mut record = offer();
    record.set("opportunity.name", "Rosa Lindqvist");
    record.set("offer.offered_bonus", Value::Empty);
    let notes = offer_notes(&Rules::of_offers(&known(&OF_THE_ARTICLE)), &record);
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn every_status_of_lever_is_one_of_the_three_and_another_one_is_said() {
    let lever = [
        ("signed", "Accepted"),
        ("denied", "Declined"),
        ("draft", "Published"),
        ("approval-sent", "Published"),
        ("approved", "Published"),
        ("sent", "Published"),
        ("sent-manually", "Published"),
        ("opened", "Published"),
    ];
    let mut record = offer();
    for (status, shown) in lever {
        record.set("offer_status", status);
        assert_eq!(
            letter(&record, "status"),
            Ok(Some(shown.to_owned())),
            "{status}"
        );
    }
    record.set("offer_status", "withdrawn");
    let said = letter(&record, "status").unwrap_err();
    assert!(said.contains("Published, Accepted, Declined"), "{said}");
}

#[test]
fn what_a_letter_cannot_hold_is_said_and_not_guessed() {
    let mut record = offer();
    record.set("offer.salary_interval", "per-month-salary");
    record.set("offer.offered_equity", "0.05%");
    assert!(
        letter(&record, "base_salary_pay_period")
            .unwrap_err()
            .contains("no pair")
    );
    assert!(
        letter(&record, "number_of_shares")
            .unwrap_err()
            .contains("not a number")
    );
}

#[test]
fn rows_whose_fields_the_offer_form_lacks_have_no_rule_and_say_which() {
    let rows = offer_rows(&known(&[]));
    let without: Vec<_> = rows
        .iter()
        .filter(|row| row.standard.is_none())
        .map(|row| (row.target.as_str(), row.lacking.join(" ")))
        .collect();
    let lacking = |target, identifiers: &str| (target, identifiers.to_owned());
    assert_eq!(
        without,
        [
            lacking("candidate_address_line_1", "candidate_address_line_1"),
            lacking("candidate_address_line_2", "candidate_address_line_2"),
            lacking("type_of_shares", "equity_type"),
            lacking(
                "sign_on_bonus",
                "offered_bonus offered_starting/signing_bonus"
            ),
            lacking("target_bonus_amount", "offered_annual_bonus"),
            lacking("target_bonus_percent", "target_bonus_percent"),
        ]
    );
}

#[test]
fn the_standard_rules_can_be_saved() {
    use crate::mapping::{FieldType, SourceGroup};
    let kind_of = |id: &str| match id {
        id if id.contains("email") => FieldType::Email,
        id if id.ends_with("_date") => FieldType::Date,
        id if id.contains("bonus") || id.contains("amount") => FieldType::Number,
        _ => FieldType::Text,
    };
    let mut fields = company_fields();
    fields.extend(known(&OF_THE_ARTICLE).into_iter().map(|id| SourceField {
        kind: kind_of(&id),
        label: id.clone(),
        id,
        group: SourceGroup::Offer,
        custom: false,
        example: None,
    }));
    let ids = fields.iter().map(|field| field.id.clone()).collect();
    assert_eq!(
        check(&Rules::of_offers(&ids), &Schema::of_offers(), &fields),
        Ok(())
    );
}
