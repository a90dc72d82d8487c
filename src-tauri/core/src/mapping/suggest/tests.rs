use super::*;
use crate::mapping::field::{FieldType, SourceGroup};
use crate::mapping::transform::{NamePart, Transform};
use crate::mapping::value::Value;

fn lever(id: &str, label: &str, kind: FieldType) -> SourceField {
    let own = id.contains("custom");
    let group = match id.split('.').next() {
        Some("offer") => SourceGroup::Offer,
        Some("requisition") => SourceGroup::Requisition,
        Some("posting") => SourceGroup::Posting,
        _ => SourceGroup::Opportunity,
    };
    SourceField {
        id: id.into(),
        label: label.into(),
        group,
        kind,
        custom: own,
        example: None,
    }
}

fn field(label: &str, kind: FieldType) -> TargetField {
    TargetField::new(&label.to_lowercase(), label, "Fields", kind)
}

fn suggested(
    target: TargetField,
    fields: &[SourceField],
    records: &[Record],
) -> Option<Suggestion> {
    suggest(&Schema::new(vec![target]), fields, records).pop()
}

fn record(field: &str, value: impl Into<Value>) -> Record {
    let mut record = Record::new();
    record.set(field, value);
    record
}

fn source_of(suggestion: Option<Suggestion>) -> Option<String> {
    Some(suggestion?.rule.source.fields().remove(0))
}

#[test]
fn a_full_name_is_cut_where_lever_has_no_first_name() {
    let name = lever("opportunity.name", "Name", FieldType::Text);
    let found = suggested(field("Given name", FieldType::Text), &[name], &[]).unwrap();
    let part = NamePart::FirstWord;
    assert_eq!(found.rule.transforms, [Transform::NamePart { part }]);
    assert_eq!(found.reason, Reason::KnownAlias);
    assert_eq!(found.words, "Known alias of “Given name”");
    assert!(!found.exact);
}

#[test]
fn a_moment_becomes_a_day_without_a_loss_to_accept() {
    let signed = lever("offer_signed_at", "Offer signed", FieldType::Instant);
    let found = suggested(field("Offer signed", FieldType::Date), &[signed], &[]).unwrap();
    assert!(matches!(
        found.rule.transforms[..],
        [Transform::DateFormat { .. }]
    ));
    assert!(!found.rule.accepts_loss);
}

#[test]
fn only_one_namesake_is_exact() {
    let of_offer = lever("offer.custom_badge", "Badge color", FieldType::Text);
    let of_requisition = lever("requisition.custom.badge", "Badge color", FieldType::Text);
    let badge = || field("Badge colour", FieldType::Text);
    let alone = suggested(badge(), std::slice::from_ref(&of_requisition), &[]).unwrap();
    assert_eq!((alone.reason, alone.exact), (Reason::SameName, true));
    let first = suggested(badge(), &[of_requisition, of_offer], &[]).unwrap();
    assert!(!first.exact, "it may be the other one");
    assert_eq!(
        source_of(Some(first)).as_deref(),
        Some("offer.custom_badge")
    );
}

#[test]
fn values_that_never_fit_speak_against_a_name() {
    let desk = lever("requisition.custom.desk", "Desk", FieldType::Text);
    let said = |text: &str| record("requisition.custom.desk", text);
    let number = || field("Desk", FieldType::Number);
    let fields = std::slice::from_ref(&desk);
    assert_eq!(
        suggested(number(), fields, &[said("by the window"), said("n/a")]),
        None
    );
    let mostly = suggested(number(), fields, &[said("12"), said("14"), said("n/a")]).unwrap();
    assert!(!mostly.exact);
    assert_eq!(mostly.example.as_deref(), Some("12"));
}

#[test]
fn a_type_that_can_never_fit_is_not_suggested_and_a_loss_neither() {
    let flag = lever("requisition.custom.start", "Start date", FieldType::Flag);
    assert_eq!(
        suggested(field("Start date", FieldType::Date), &[flag], &[]),
        None
    );
    let several = lever("requisition.custom.desk", "Desk", FieldType::List);
    assert_eq!(
        suggested(field("Desk", FieldType::Number), &[several], &[]),
        None
    );
}

#[test]
fn a_day_that_may_be_read_in_two_ways_is_not_guessed() {
    let born = lever("requisition.custom.born", "Birthday", FieldType::Text);
    let said = |text: &str| record("requisition.custom.born", text);
    let fields = std::slice::from_ref(&born);
    let day = || field("Birthday", FieldType::Date);
    assert_eq!(suggested(day(), fields, &[said("03/04/1991")]), None);
    let found = suggested(day(), fields, &[said("03/04/1991"), said("28/02/1988")]).unwrap();
    assert_eq!(found.example.as_deref(), Some("1991-04-03"));
}

#[test]
fn nothing_is_suggested_for_what_only_sounds_alike() {
    let fields = [
        lever("opportunity.emails.first", "E-mail", FieldType::Email),
        lever("posting.state", "State", FieldType::Text),
        lever("opportunity.phones.first", "Phone", FieldType::Phone),
    ];
    for (label, kind) in [
        ("Work e-mail", FieldType::Email),
        ("State", FieldType::Text),
        ("Manager’s phone", FieldType::Phone),
        ("", FieldType::Text),
    ] {
        assert_eq!(suggested(field(label, kind), &fields, &[]), None, "{label}");
    }
}

#[test]
fn options_that_are_the_values_of_a_field_suggest_it_whatever_it_is_called() {
    let laptop = lever("requisition.custom.machine", "Hardware", FieldType::Text);
    let records = ["mac", "Linux", "Linux"].map(|text| record("requisition.custom.machine", text));
    let system = TargetField {
        options: ["Linux", "Mac", "Windows"].map(str::to_owned).into(),
        ..field("Operating system", FieldType::Choice)
    };
    let found = suggested(system, &[laptop], &records).unwrap();
    assert_eq!(
        (found.reason, found.words.as_str()),
        (Reason::SameValues, "Same values")
    );
    assert!(found.score >= THRESHOLD && !found.exact);
}

#[test]
fn a_time_zone_is_known_by_its_type_alone() {
    let zone = lever(
        "application.timezone",
        "Time zone of the browser",
        FieldType::TimeZone,
    );
    let found = suggested(field("Where they are", FieldType::TimeZone), &[zone], &[]).unwrap();
    assert_eq!(
        (found.reason, found.words.as_str()),
        (Reason::SameType, "Holds a time zone")
    );
}

#[test]
fn every_suggestion_can_be_saved_as_it_is() {
    let fields = [
        lever("derived.first_name", "First name", FieldType::Text),
        lever("offer_signed_at", "Offer signed", FieldType::Instant),
        lever("offer.direct_manager", "Direct manager", FieldType::Text),
        lever("offer.custom_hours", "Weekly hours", FieldType::Text),
    ];
    for schema in [Schema::of_people([]), Schema::of_offers()] {
        let rules = suggest(&schema, &fields, &[])
            .into_iter()
            .map(|one| one.rule);
        let rules = crate::mapping::Rules {
            rules: rules.collect(),
        };
        let problems = crate::mapping::check(&rules, &schema, &fields)
            .err()
            .unwrap_or_default();
        let faulty = |problem: &crate::mapping::RuleProblem| {
            !matches!(problem, crate::mapping::RuleProblem::Unmapped { .. })
        };
        assert!(!problems.iter().any(faulty), "{problems:?}");
    }
}
