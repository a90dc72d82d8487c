use super::super::{IfNoMatch, Pair, Transform};
use super::*;

fn constant(target: &str, value: &str) -> Rule {
    let source = Source::Constant {
        value: value.into(),
    };
    Rule {
        target: target.into(),
        source,
        transforms: Vec::new(),
        accepts_loss: false,
    }
}

fn with(transform: Transform) -> Rules {
    let mut rules = complete();
    rules.rules[0].transforms.push(transform);
    rules
}

fn complete() -> Rules {
    let schema = Schema::of_people([]);
    let required = schema.fields().iter().filter(|field| field.required);
    Rules {
        rules: required.map(|field| constant(&field.id, "x")).collect(),
    }
}

fn said(rules: &Rules) -> Vec<String> {
    check(rules, &Schema::of_people([]), &[])
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn pair(from: &str) -> Pair {
    Pair {
        from: from.into(),
        to: "y".into(),
    }
}

fn map(pairs: Vec<Pair>) -> Transform {
    Transform::ValueMap {
        pairs,
        if_no_match: IfNoMatch::Keep,
    }
}

#[test]
fn a_mapping_of_every_required_field_can_be_saved() {
    assert_eq!(check(&complete(), &Schema::of_people([]), &[]), Ok(()));
}

#[test]
fn every_unmapped_required_field_is_named() {
    assert_eq!(
        said(&Rules::default()),
        [
            "Map First name: it is required.",
            "Map Last name: it is required.",
            "Map Personal e-mail: it is required.",
            "Map Time zone: it is required.",
        ]
    );
}

#[test]
fn unknown_and_repeated_targets_are_refused() {
    let mut rules = complete();
    rules.rules.push(constant("first_name", "y"));
    rules.rules.push(constant("shoe_size", "43"));
    assert_eq!(
        said(&rules),
        [
            "Two rules set First name. Keep one.",
            "People have no field “shoe_size”."
        ]
    );
}

#[test]
fn a_value_map_needs_distinct_keys() {
    assert_eq!(
        said(&with(map(vec![pair("CA"), pair(" ")]))),
        ["First name: Fill in or remove the pair without a value from Lever."]
    );
    assert_eq!(
        said(&with(map(vec![pair("CA"), pair(" ca ")]))),
        ["First name: Two pairs of the value map have the same value from Lever."]
    );
    assert_eq!(
        said(&with(map(vec![pair("x"); MOST_PAIRS + 1]))),
        ["First name: A value map holds 10000 pairs at most."]
    );
}

#[test]
fn patterns_must_read_and_write_whole_dates() {
    let format = |from: Option<&str>, to: Option<&str>| {
        check(
            &with(Transform::DateFormat {
                from: from.map(Into::into),
                to: to.map(Into::into),
            }),
            &Schema::of_people([]),
            &[],
        )
    };
    for from in ["%d/%m/%Y", "%B %d, %Y", "%Y-%m-%dT%H:%M:%S", "%d.%m.%y"] {
        assert_eq!(format(Some(from), None), Ok(()), "{from}");
    }
    for from in ["", "%Y", "%m/%Y", "%H:%M", "%Q", "%", "day %d"] {
        assert!(format(Some(from), None).is_err(), "{from}");
    }
    assert_eq!(format(None, Some("%-d %b %Y")), Ok(()));
    for to in ["", " ", "%H", "%Q", "%"] {
        assert!(format(None, Some(to)).is_err(), "{to}");
    }
}

#[test]
fn size_limits_are_counted_in_characters() {
    let text = |length: usize| {
        with(Transform::DefaultIfEmpty {
            value: "é".repeat(length),
        })
    };
    assert_eq!(
        check(&text(LONGEST_TEXT), &Schema::of_people([]), &[]),
        Ok(())
    );
    assert_eq!(
        said(&text(LONGEST_TEXT + 1)),
        ["First name: A text is longer than 1000 characters."]
    );
    let many = Rules {
        rules: vec![constant("team", "x"); MOST_RULES + 1],
    };
    assert_eq!(said(&many), ["A mapping holds 200 rules at most."]);
    let mut steps = complete();
    steps.rules[0].transforms = vec![Transform::Trim; MOST_TRANSFORMS + 1];
    assert_eq!(said(&steps), ["First name: A rule holds 20 steps at most."]);
}
