//! Each step by itself.

use jiff::Timestamp;

use super::super::record::User;
use super::super::transform::{End, Grouping, IfNoMatch, Pair};
use super::*;

fn apply(transform: &Transform, value: Value) -> Result<Value, Problem> {
    let step = Step::from(transform);
    let after = step.apply(Cow::Owned(value), &Record::new());
    after.map(Cow::into_owned)
}

fn refused(transform: &Transform, value: &str) -> Problem {
    apply(transform, value.into()).unwrap_err()
}

fn text(transform: &Transform, value: impl Into<Value>) -> String {
    apply(transform, value.into()).unwrap().to_string()
}

fn map(pairs: &[(&str, &str)], if_no_match: IfNoMatch) -> Transform {
    let pair = |(from, to): &(&str, &str)| Pair {
        from: (*from).into(),
        to: (*to).into(),
    };
    Transform::ValueMap {
        pairs: pairs.iter().map(pair).collect(),
        if_no_match,
    }
}

#[test]
fn title_case_knows_apostrophes_hyphens_and_other_scripts() {
    let title = Transform::Case {
        to: LetterCase::Title,
    };
    for (given, wanted) in [
        ("SHANE O'BRIEN", "Shane O'Brien"),
        ("rosa’s anne-marie", "Rosa’s Anne-Marie"),
        ("jose\u{301} d'angelo", "Jose\u{301} D'Angelo"),
        ("ΟΔΥΣΣΕΥΣ ελύτης", "Οδυσσευς Ελύτης"),
        ("ნინო", "ნინო"),
        ("محمد علي", "محمد علي"),
        ("'ῆø", "'Η\u{342}ø"),
        ("'Η\u{342}ø", "'Η\u{342}ø"),
        ("ßen 3rd 👩‍💻", "Ssen 3rd 👩‍💻"),
    ] {
        assert_eq!(text(&title, given), wanted);
    }
}

#[test]
fn a_name_of_one_word_has_no_rest() {
    let rest = Transform::NamePart {
        part: NamePart::Rest,
    };
    assert_eq!(apply(&rest, "Rosa".into()), Ok(Value::Empty));
    assert_eq!(text(&rest, " Rosa\u{3000} van der Berg "), "van der Berg");
    assert_eq!(
        text(
            &Transform::NamePart {
                part: NamePart::FirstWord
            },
            "\u{a0}Rosa\tL"
        ),
        "Rosa"
    );
}

#[test]
fn a_date_keeps_its_day_whatever_the_format() {
    let written = Transform::DateFormat {
        from: Some("%d/%m/%Y".into()),
        to: Some("%-d %B %Y".into()),
    };
    assert_eq!(text(&written, "01/12/2026"), "1 December 2026");
    let kept = Transform::DateFormat {
        from: None,
        to: None,
    };
    let midnight: Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
    assert_eq!(
        apply(&kept, Value::Instant(midnight)),
        Ok(Value::Date(jiff::civil::date(2026, 12, 1)))
    );
    assert_eq!(
        apply(&kept, "soon".into()),
        Err(Problem::NotDate {
            pattern: "2026-11-21".into()
        })
    );
}

#[test]
fn a_pattern_with_a_time_of_day_cannot_write_a_date() {
    let hour = Transform::DateFormat {
        from: None,
        to: Some("%H:%M".into()),
    };
    let day = Value::Date(jiff::civil::date(2026, 12, 1));
    assert_eq!(
        apply(&hour, day),
        Err(Problem::BadPattern {
            pattern: "%H:%M".into()
        })
    );
}

#[test]
fn a_value_map_ignores_case_and_outer_white_space() {
    let states = map(
        &[("CA", "California"), ("STRASSE", "street")],
        IfNoMatch::Keep,
    );
    assert_eq!(text(&states, " ca "), "California");
    assert_eq!(text(&states, "Straße"), "street");
    assert_eq!(text(&states, "Oregon"), "Oregon");
    let tags = Value::List(vec!["ca".into(), "NY".into()]);
    assert_eq!(text(&states, tags), "California, NY");
}

#[test]
fn an_unknown_value_is_kept_replaced_or_stops_as_asked() {
    let pairs = [("yes", "Y")];
    assert_eq!(
        text(
            &map(&pairs, IfNoMatch::Default { value: "N".into() }),
            Value::Flag(false)
        ),
        "N"
    );
    assert_eq!(
        apply(&map(&pairs, IfNoMatch::Stop), "maybe".into()),
        Err(Problem::NoMatch)
    );
    assert_eq!(
        apply(&map(&pairs, IfNoMatch::Keep), Value::Number(7.into())),
        Ok(Value::Number(7.into()))
    );
}

#[test]
fn only_a_default_fills_an_empty_value() {
    let steps = [
        Transform::Trim,
        map(&[("", "x")], IfNoMatch::Stop),
        map(&[], IfNoMatch::Default { value: "x".into() }),
    ];
    for step in steps {
        assert_eq!(apply(&step, "  ".into()), Ok(Value::Empty));
    }
    assert_eq!(
        text(
            &Transform::DefaultIfEmpty {
                value: "UTC".into()
            },
            Value::Empty
        ),
        "UTC"
    );
    assert_eq!(
        text(
            &Transform::DefaultIfEmpty {
                value: "UTC".into()
            },
            "Europe/Lisbon"
        ),
        "Europe/Lisbon"
    );
}

#[test]
fn a_name_ends_with_its_last_word() {
    let part = |part| Transform::NamePart { part };
    let name = " Mary Ann van der Berg ";
    assert_eq!(text(&part(NamePart::LastWord), name), "Berg");
    assert_eq!(text(&part(NamePart::AllButLast), name), "Mary Ann van der");
    assert_eq!(text(&part(NamePart::AllButLast), "Rosa"), "Rosa");
    assert_eq!(
        apply(&part(NamePart::LastWord), "Rosa".into()),
        Ok(Value::Empty)
    );
    assert_eq!(
        text(&part(NamePart::Initials), "anne-marie 'lind' élan"),
        "AMLÉ"
    );
}

#[test]
fn a_text_is_split_and_counted_from_either_end() {
    let split = |separator: &str, nth, from| Transform::Split {
        separator: separator.into(),
        nth,
        from,
    };
    let place = "Lisbon, Lisboa , Portugal";
    assert_eq!(text(&split(",", 2, End::Start), place), "Lisboa");
    assert_eq!(text(&split(",", 1, End::End), place), "Portugal");
    assert_eq!(
        apply(&split(",", 4, End::Start), place.into()),
        Ok(Value::Empty)
    );
    let tags = Value::List(vec!["a,b".into(), "c".into()]);
    assert_eq!(text(&split(",", 2, End::Start), tags), "c");
    assert_eq!(text(&split("", 1, End::Start), "whole"), "whole");
}

#[test]
fn numbers_are_read_by_their_decimal_mark() {
    let read = |read| Transform::NumberFormat { read, write: None };
    for (mark, given, wanted) in [
        (DecimalMark::Point, "64,000.50", "64000.5"),
        (DecimalMark::Point, "$ 1,234,567", "1234567"),
        (DecimalMark::Point, "12,34,567.8", "1234567.8"),
        (DecimalMark::Comma, "64.000,50 €", "64000.5"),
        (DecimalMark::Comma, "64 000", "64000"),
        (DecimalMark::Comma, "CHF 64'000", "64000"),
        (DecimalMark::Comma, "64.000", "64000"),
        (DecimalMark::Point, "64.000", "64"),
        (DecimalMark::Point, "\u{2212}15 %", "-15"),
        (DecimalMark::Point, "-$5", "-5"),
    ] {
        assert_eq!(text(&read(mark), given), wanted, "{given}");
    }
    for (mark, given) in [
        (DecimalMark::Point, "64.000,50"),
        (DecimalMark::Point, "12,34"),
        (DecimalMark::Point, "1,234 567"),
        (DecimalMark::Point, "1e5"),
        (DecimalMark::Point, "5k"),
        (DecimalMark::Point, "--5"),
        (DecimalMark::Point, "1,234."),
        (DecimalMark::Comma, ","),
        (DecimalMark::Comma, "1,2,3"),
    ] {
        assert_eq!(
            refused(&read(mark), given),
            Problem::NotNumber { mark },
            "{given}"
        );
    }
}

#[test]
fn numbers_are_written_with_groups_and_rounded_decimals() {
    let write = |decimals, grouping, mark| Transform::NumberFormat {
        read: DecimalMark::Point,
        write: Some(NumberStyle {
            decimals,
            grouping,
            mark,
        }),
    };
    let whole = write(Some(0), Grouping::Comma, DecimalMark::Point);
    assert_eq!(text(&whole, "1234567.5"), "1,234,568");
    assert_eq!(text(&whole, "-0.4"), "0");
    assert_eq!(text(&whole, Value::Number((-999).into())), "-999");
    let money = write(Some(2), Grouping::Point, DecimalMark::Comma);
    assert_eq!(text(&money, "64000.5"), "64.000,50");
    assert_eq!(text(&money, "2.345"), "2,35");
    let plain = write(None, Grouping::None, DecimalMark::Point);
    assert_eq!(text(&plain, "64,000.500"), "64000.5");
}

#[test]
fn a_phone_number_gets_its_country_code() {
    let us = Transform::Phone {
        country: "us".into(),
    };
    assert_eq!(text(&us, "(415) 555-0100"), "+14155550100");
    assert_eq!(text(&us, "tel:+44 20 7946 0018"), "+442079460018");
    assert_eq!(text(&us, "415-555-0100 ext. 12"), "+14155550100 ext. 12");
    assert_eq!(refused(&us, "555-0100"), Problem::NotPhone);
    assert_eq!(refused(&us, "call me"), Problem::NotPhone);
    let nowhere = Transform::Phone {
        country: "XX".into(),
    };
    assert_eq!(text(&nowhere, "+49 30 901820"), "+4930901820");
    assert_eq!(refused(&nowhere, "030 901820"), Problem::NotPhone);
}

#[test]
fn an_address_is_freed_from_names_and_links() {
    for (given, wanted) in [
        (" Rosa.L@Example.COM ", "Rosa.L@example.com"),
        ("Rosa Lindqvist <Rosa@Example.com>", "Rosa@example.com"),
        ("mailto:rosa@example.com?subject=Hi", "rosa@example.com"),
        ("\"Rosa <R>\" <MAILTO:rosa@example.com>", "rosa@example.com"),
        ("Rosa <3", "Rosa <3"),
        ("ümläut", "ümläut"),
    ] {
        assert_eq!(text(&Transform::Email, given), wanted);
    }
}

#[test]
fn a_currency_is_known_by_code_name_and_its_own_symbol() {
    for (given, wanted) in [
        ("eur", "EUR"),
        ("€", "EUR"),
        (" US Dollar ", "USD"),
        ("United States dollar", "USD"),
        ("£", "GBP"),
        ("Swiss franc", "CHF"),
    ] {
        assert_eq!(text(&Transform::Currency, given), wanted);
    }
    assert_eq!(
        refused(&Transform::Currency, "$"),
        Problem::SeveralCurrencies
    );
    assert_eq!(
        refused(&Transform::Currency, "¥"),
        Problem::SeveralCurrencies
    );
    assert_eq!(refused(&Transform::Currency, "shells"), Problem::NoCurrency);
}

#[test]
fn a_country_is_known_by_codes_and_names() {
    let to = |to| Transform::Country { to };
    for given in [
        "de",
        "DEU",
        "Germany",
        "deutschland",
        "The Federal Republic of Germany",
    ] {
        assert_eq!(text(&to(CountryForm::Alpha2), given), "DE", "{given}");
    }
    for given in ["us", "USA", "United States", "The United States of America"] {
        assert_eq!(text(&to(CountryForm::Alpha3), given), "USA", "{given}");
    }
    assert_eq!(text(&to(CountryForm::Name), "VN"), "Viet Nam");
    assert_eq!(text(&to(CountryForm::Alpha2), "England"), "GB");
    assert_eq!(
        refused(&to(CountryForm::Name), "Atlantis"),
        Problem::NoCountry
    );
    assert!(is_country("pt") && !is_country("Portugal") && !is_country("XX"));
}

#[test]
fn a_lever_user_is_known_by_id_address_or_an_unshared_name() {
    let user = |id: &str, name: &str, email: Option<&str>| User {
        id: id.into(),
        name: name.into(),
        email: email.map(Into::into),
    };
    let mut record = Record::new();
    record.set("named", "u-1 u-2 u-3 Ola Berg Ines Duarte");
    record.know_users([
        user("u-1", "Ola Berg", Some("ola@example.com")),
        user("u-2", "Ines Duarte", Some("ines@example.com")),
        user("u-3", "Ines Duarte", None),
    ]);
    let find = |text: &str| {
        let after = Step::UserEmail.apply(Cow::Owned(text.into()), &record);
        after.map(Cow::into_owned)
    };
    assert_eq!(find(" OLA berg"), Ok("ola@example.com".into()));
    assert_eq!(find("u-2"), Ok("ines@example.com".into()));
    assert_eq!(find("Ines@example.com"), Ok("ines@example.com".into()));
    assert_eq!(find("Ines Duarte"), Err(Problem::SeveralUsers));
    assert_eq!(find("u-3"), Err(Problem::NoUserEmail));
    assert_eq!(find("Nobody"), Err(Problem::NoUser));
}
