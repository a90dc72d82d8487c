use super::super::{
    DecimalMark, Fault, LetterCase, NamePart, Pair, RuleProblem, Rules, Schema, SourceGroup,
    TargetField, check,
};
use super::*;

fn field(id: &str, kind: FieldType) -> SourceField {
    SourceField {
        id: id.into(),
        label: id.to_uppercase(),
        group: SourceGroup::Offer,
        kind,
        custom: false,
        example: None,
    }
}

fn rule(source: Source, transforms: Vec<Transform>) -> Rule {
    Rule {
        target: "start".into(),
        source,
        transforms,
        accepts_loss: false,
    }
}

fn lever(id: &str) -> Source {
    Source::Lever { field: id.into() }
}

/// What `check` says of a rule for a field of this type.
fn fault(rule: Rule, to: FieldType) -> Option<Fault> {
    let schema = Schema::new(vec![TargetField::new("start", "Start", "Job", to)]);
    let known = FieldType::ALL.map(|kind| field(&format!("{kind:?}"), kind));
    let problems = check(&Rules { rules: vec![rule] }, &schema, &known).err()?;
    problems.into_iter().find_map(|problem| match problem {
        RuleProblem::Faulty { fault, .. } => Some(fault),
        _ => None,
    })
}

#[test]
fn every_type_fills_its_own_and_can_be_written_as_a_text() {
    for kind in FieldType::ALL {
        assert_eq!(compatible(kind, kind), Compatibility::Exact);
        let written = compatible(kind, FieldType::Text);
        assert!(
            matches!(written, Compatibility::Exact | Compatibility::Converts),
            "{kind:?}"
        );
    }
}

#[test]
fn the_matrix_of_types_is_as_users_are_told() {
    use FieldType::{Date, Email, Flag, Instant, List, Number, Person, Text, TimeZone};
    let lossy = |why: &str| Compatibility::Lossy { why: why.into() };
    let impossible = |why: &str| Compatibility::Impossible { why: why.into() };
    for (from, to, wanted) in [
        (Email, Person, Compatibility::Exact),
        (Text, Date, Compatibility::Converts),
        (Number, List, Compatibility::Converts),
        (Instant, Date, lossy("The time of day is left out.")),
        (
            List,
            Email,
            lossy("Only the first of several values is taken."),
        ),
        (
            Date,
            Instant,
            impossible("A date cannot become a date with a time."),
        ),
        (Date, Number, impossible("A date cannot become a number.")),
        (
            Flag,
            TimeZone,
            impossible("Yes or no cannot become a time zone."),
        ),
    ] {
        assert_eq!(compatible(from, to), wanted, "{from:?} {to:?}");
    }
}

#[test]
fn the_steps_of_a_rule_decide_what_it_can_fill() {
    use FieldType::{Date, Email, Flag, Instant, List, Number, Person, Phone, Text};
    let date = |to: Option<&str>| Transform::DateFormat {
        from: None,
        to: to.map(Into::into),
    };
    let number = Transform::NumberFormat {
        read: DecimalMark::Comma,
        write: None,
    };
    let map = Transform::ValueMap {
        pairs: vec![Pair {
            from: "Yes".into(),
            to: "1".into(),
        }],
        if_no_match: IfNoMatch::Stop,
    };
    let upper = Transform::Case {
        to: LetterCase::Upper,
    };
    let first = Transform::NamePart {
        part: NamePart::FirstWord,
    };
    for (steps, from, wanted) in [
        (vec![date(None)], Instant, Ok(Date)),
        (vec![date(Some("%Y"))], Instant, Ok(Text)),
        (vec![number.clone()], Text, Ok(Number)),
        (vec![upper], Number, Ok(Number)),
        (vec![first], List, Ok(List)),
        (vec![map], Flag, Ok(Text)),
        (
            vec![Transform::UserEmail, Transform::Trim],
            Person,
            Ok(Email),
        ),
        (
            vec![Transform::Trim, date(None)],
            Flag,
            Err("Yes or no is never a date.".to_owned()),
        ),
        (
            vec![number],
            Date,
            Err("A date is never one number.".to_owned()),
        ),
        (vec![Transform::Currency], Phone, Ok(Text)),
    ] {
        assert_eq!(after(&steps, from), wanted, "{steps:?}");
    }
}

#[test]
fn what_is_impossible_is_refused_and_a_loss_needs_consent() {
    use FieldType::{Date, Number};
    assert_eq!(fault(rule(lever("Date"), Vec::new()), Date), None);
    assert_eq!(fault(rule(lever("gone"), Vec::new()), Date), None);
    let said = fault(rule(lever("Flag"), Vec::new()), Date)
        .unwrap()
        .to_string();
    assert_eq!(
        said,
        "Yes or no cannot become a date. Choose another Lever field or add a step."
    );
    let mut moment = rule(lever("Instant"), Vec::new());
    let said = fault(moment.clone(), Date).unwrap().to_string();
    assert_eq!(
        said,
        "The time of day is left out. Accept that, or choose another Lever field."
    );
    moment.accepts_loss = true;
    assert_eq!(fault(moment, Date), None);
    let sum = |fields: &[&str]| Source::Sum {
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    assert_eq!(
        fault(rule(sum(&["Number", "Text"]), Vec::new()), Number),
        None
    );
    let said = fault(rule(sum(&["Number", "Date"]), Vec::new()), Number)
        .unwrap()
        .to_string();
    assert_eq!(
        said,
        "DATE is a date, which cannot be added. Choose another Lever field or add a step."
    );
}

#[test]
fn several_fields_have_the_type_they_share() {
    let known = [
        field("a", FieldType::Date),
        field("b", FieldType::Date),
        field("c", FieldType::Email),
    ];
    let first = |fields: &[&str]| {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        source_type(&Source::FirstOf { fields }, &known)
    };
    assert_eq!(first(&["a", "b"]), Some(FieldType::Date));
    assert_eq!(first(&["a", "c"]), Some(FieldType::Text));
    assert_eq!(first(&["a", "gone"]), None);
}
