//! What holds for every mapping and every candidate.

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::*;

fn people() -> Schema {
    Schema::of_people([])
}

/// Names, right-to-left text, emoji, broken patterns and lookalikes of dates and numbers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => line(),
        1 => (0_usize..3).prop_map(|times| "many words ".repeat(times * 20_000)),
    ]
}

/// The same of a length that fields usually have.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\PC\\s]{0,40}",
        "\\p{Hebrew}{0,8}[ \u{202e}]\\p{Arabic}{0,8}",
        Just("👩‍👩‍👧‍👦 Zoë O’Neill-ßmith".to_owned()),
        "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}",
        "-?[0-9]{1,40}(\\.[0-9]{0,40})?",
    ]
}

fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![text(), "(%[-_0^#]?[0-9]{0,12}[a-zA-Z%.:]{1,2}.?){0,6}"]
}

fn value(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Value> {
    let seconds = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    let date = (-9999_i16..=9999, 1_i8..=12, 1_i8..=28);
    prop_oneof![
        Just(Value::Empty),
        text().prop_map(Value::Text),
        any::<(i64, u8)>()
            .prop_map(|(n, scale)| Value::Number(Decimal::new(n, u32::from(scale % 29)))),
        date.prop_map(|(y, m, d)| Date::new(y, m, d).map_or(Value::Empty, Value::Date)),
        seconds.prop_map(|s| Timestamp::from_second(s).map_or(Value::Empty, Value::Instant)),
        any::<bool>().prop_map(Value::Flag),
        vec(text(), 0..4).prop_map(Value::List),
    ]
}

fn if_no_match() -> impl Strategy<Value = IfNoMatch> {
    prop_oneof![
        Just(IfNoMatch::Keep),
        text().prop_map(|value| IfNoMatch::Default { value }),
        Just(IfNoMatch::Stop),
    ]
}

fn transform() -> impl Strategy<Value = Transform> {
    let case = prop_oneof![
        Just(LetterCase::Upper),
        Just(LetterCase::Lower),
        Just(LetterCase::Title)
    ];
    let part = select(vec![
        NamePart::FirstWord,
        NamePart::Rest,
        NamePart::LastWord,
        NamePart::AllButLast,
        NamePart::Initials,
    ]);
    let pair = (text(), text()).prop_map(|(from, to)| Pair { from, to });
    prop_oneof![
        Just(Transform::Trim),
        case.prop_map(|to| Transform::Case { to }),
        part.prop_map(|part| Transform::NamePart { part }),
        (text(), 0_u32..5, end()).prop_map(|(separator, nth, from)| Transform::Split {
            separator,
            nth,
            from
        }),
        (option::of(pattern()), option::of(pattern()))
            .prop_map(|(from, to)| Transform::DateFormat { from, to }),
        (mark(), option::of(style()))
            .prop_map(|(read, write)| Transform::NumberFormat { read, write }),
        prop_oneof!["[A-Z]{2}", text()].prop_map(|country| Transform::Phone { country }),
        Just(Transform::Email),
        Just(Transform::Currency),
        country_form().prop_map(|to| Transform::Country { to }),
        Just(Transform::UserEmail),
        text().prop_map(|value| Transform::DefaultIfEmpty { value }),
        (vec(pair, 0..4), if_no_match())
            .prop_map(|(pairs, if_no_match)| Transform::ValueMap { pairs, if_no_match }),
    ]
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![Just(End::Start), Just(End::End)]
}

fn mark() -> impl Strategy<Value = DecimalMark> {
    prop_oneof![Just(DecimalMark::Point), Just(DecimalMark::Comma)]
}

fn style() -> impl Strategy<Value = NumberStyle> {
    let grouping = select(vec![
        Grouping::None,
        Grouping::Comma,
        Grouping::Point,
        Grouping::Space,
        Grouping::Apostrophe,
    ]);
    (option::of(any::<u8>()), grouping, mark()).prop_map(|(decimals, grouping, mark)| NumberStyle {
        decimals,
        grouping,
        mark,
    })
}

fn country_form() -> impl Strategy<Value = CountryForm> {
    select(vec![
        CountryForm::Name,
        CountryForm::Alpha2,
        CountryForm::Alpha3,
    ])
}

fn source() -> impl Strategy<Value = Source> {
    let fields = || vec("[a-d]", 0..4);
    let template = prop_oneof![text(), "([a-z ]|\\\\|\\{\\{[a-d ]?\\}\\}|\\{|\\}){0,9}"];
    prop_oneof![
        4 => "[a-d]".prop_map(|field| Source::Lever { field }),
        1 => text().prop_map(|value| Source::Constant { value }),
        1 => fields().prop_map(|fields| Source::FirstOf { fields }),
        1 => (fields(), text()).prop_map(|(fields, separator)| Source::Join { fields, separator }),
        1 => template.prop_map(|text| Source::Template { text }),
        1 => fields().prop_map(|fields| Source::Sum { fields }),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    let ids: Vec<String> = people()
        .fields()
        .iter()
        .map(|field| field.id.clone())
        .collect();
    let target = prop_oneof![9 => select(ids), 1 => text()];
    let rule =
        (target, source(), vec(transform(), 0..5)).prop_map(|(target, source, transforms)| Rule {
            target,
            source,
            transforms,
            accepts_loss: false,
        });
    vec(rule, 0..6).prop_map(|rules| Rules { rules })
}

fn record() -> impl Strategy<Value = Record> {
    record_of(|| text().boxed())
}

/// A record whose texts are of a usual length.
fn usual_record() -> impl Strategy<Value = Record> {
    record_of(|| line().boxed())
}

fn record_of(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Record> {
    btree_map("[a-c]", value(text), 0..3).prop_map(|values| {
        let mut record = Record::new();
        values
            .into_iter()
            .for_each(|(field, value)| record.set(field, value));
        record
    })
}

fn through(transforms: Vec<Transform>, value: &str) -> Option<String> {
    let source = Source::Constant {
        value: value.to_owned(),
    };
    let rule = Rule {
        target: "preferred_name".to_owned(),
        source,
        transforms,
        accepts_loss: false,
    };
    evaluate(&Rules { rules: vec![rule] }, &Record::new(), &people())
        .outcomes
        .remove(0)
        .value
}

fn imports_what_it_previews(rules: &Rules, records: &[Record]) -> Result<(), TestCaseError> {
    let compiled = Compiled::new(rules, &people());
    for record in records {
        let previewed = compiled.preview(record);
        let run = compiled.run(record);
        prop_assert_eq!(&previewed, &evaluate(rules, record, &people()));
        prop_assert_eq!(previewed.blockers.as_slice(), run.blockers());
        prop_assert_eq!(
            previewed.values().collect::<Vec<_>>(),
            run.values().collect::<Vec<_>>()
        );
        let problems = previewed.outcomes.iter();
        let problems = problems
            .filter_map(|outcome| Some((outcome.target.as_str(), outcome.problem.as_ref()?)));
        prop_assert_eq!(
            problems.collect::<Vec<_>>(),
            run.problems().collect::<Vec<_>>()
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn ten_thousand_candidates_are_imported_as_they_are_previewed(rules in rules(), records in vec(usual_record(), 100)) {
        imports_what_it_previews(&rules, &records)?;
    }
}

proptest! {
    #[test]
    fn every_mapping_gives_every_candidate_the_same_stated_outcome_twice(rules in rules(), record in record()) {
        let first = evaluate(&rules, &record, &people());
        prop_assert_eq!(&first, &evaluate(&rules, &record, &people()));
        prop_assert_eq!(first.outcomes.len(), rules.rules.len());
        for (rule, outcome) in rules.rules.iter().zip(&first.outcomes) {
            prop_assert_eq!(outcome.steps.len(), rule.transforms.len());
            prop_assert!(outcome.value.is_none() || outcome.problem.is_none());
            prop_assert!(outcome.value.as_deref().is_none_or(|value| !value.trim().is_empty()));
        }
    }

    #[test]
    fn a_compiled_mapping_imports_what_it_previews(rules in rules(), records in vec(record(), 1..4)) {
        imports_what_it_previews(&rules, &records)?;
    }

    #[test]
    fn an_importable_candidate_has_every_required_field(rules in rules(), record in record()) {
        let evaluation = evaluate(&rules, &record, &people());
        if evaluation.blockers.is_empty() {
            for field in people().fields().iter().filter(|field| field.required) {
                prop_assert!(evaluation.values().any(|(target, _)| target == field.id));
            }
        }
    }

    #[test]
    fn checking_and_describing_survive_every_mapping(rules in rules()) {
        let _ = check(&rules, &people(), &[]);
        for rule in &rules.rules {
            prop_assert!(!describe(rule, str::to_uppercase).is_empty());
        }
    }

    #[test]
    fn first_word_and_rest_make_up_the_trimmed_name(name in "[\\PC\\s]{0,60}") {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let part = |part| through(vec![Transform::NamePart { part }], &name);
        let both: Vec<_> = [part(NamePart::FirstWord), part(NamePart::Rest)].into_iter().flatten().collect();
        prop_assert_eq!(both.join(" "), name);
    }

    #[test]
    fn trimming_twice_changes_nothing_more(name in text()) {
        let once = through(vec![Transform::Trim], &name);
        prop_assert_eq!(&once, &through(vec![Transform::Trim, Transform::Trim], &name));
    }

    #[test]
    fn title_case_twice_changes_nothing_more(name in "[\\p{L}\\p{M}' -]{0,30}") {
        let title = Transform::Case { to: LetterCase::Title };
        prop_assert_eq!(through(vec![title.clone()], &name), through(vec![title.clone(), title], &name));
    }

    #[test]
    fn a_value_map_that_keeps_the_rest_can_run_twice(name in "[a-d]{0,2}", keys in vec("[a-d]{1,2}", 0..8)) {
        let pairs = keys.into_iter().map(|from| Pair { to: format!("{from}!"), from }).collect();
        let map = Transform::ValueMap { pairs, if_no_match: IfNoMatch::Keep };
        prop_assert_eq!(through(vec![map.clone()], &name), through(vec![map.clone(), map], &name));
    }

    #[test]
    fn a_saved_date_format_reads_what_it_writes(pattern in pattern(), (y, m, d) in (2000_i16..=2060, 1_i8..=12, 1_i8..=28)) {
        let rule = Rule {
            target: "start_date".to_owned(),
            source: Source::Lever { field: "a".to_owned() },
            transforms: vec![Transform::DateFormat { from: None, to: Some(pattern.clone()) }],
            accepts_loss: false,
        };
        let saved = check(&Rules { rules: vec![rule.clone()] }, &people(), &[]).err().is_some_and(|problems| {
            problems.iter().all(|problem| problem.target() != Some("start_date"))
        });
        let mut record = Record::new();
        record.set("a", Value::Date(Date::new(y, m, d).unwrap()));
        let outcome = evaluate(&Rules { rules: vec![rule] }, &record, &people()).outcomes.remove(0);
        if saved {
            let refused = Some(Problem::BadPattern { pattern });
            prop_assert_ne!(outcome.problem, refused);
        }
    }
}
