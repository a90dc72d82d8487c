//! How many candidates a mapping of 20 fields with transforms takes in a second on one core, once it is worked out.
//! The figure stands beside what the mapping screen promises (200,000), and beside copying the values of the same
//! records, which is the least that any mapping does. Nothing is asserted.

use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use fulcrum_core::mapping::{
    Compiled, CountryForm, DecimalMark, End, FieldType, IfNoMatch, LetterCase, NamePart, Pair,
    Record, Rule, Rules, Schema, Source, TargetField, Transform, Value,
};
use jiff::civil::date;

/// Candidates whose values differ, so that no branch is always taken the same way.
const CANDIDATES: usize = 24;
/// Rounds over all of them, of which the quickest counts. Each is shorter than the slice that the system gives to a
/// program, so that some round is undisturbed on any machine.
const ROUNDS: usize = 20_000;
/// What the mapping screen promises for each second.
const PROMISED: f64 = 200_000.0;

fn main() -> io::Result<()> {
    let records: Vec<Record> = (0..CANDIDATES).map(candidate).collect();
    let schema = schema();
    let mapping = Compiled::new(&rules(), &schema);
    let blocked = records
        .iter()
        .find(|record| !mapping.run(record).blockers().is_empty());
    assert!(blocked.is_none(), "every candidate can be imported");

    let ours = quickest(|| {
        for record in &records {
            black_box(mapping.run(black_box(record)));
        }
    });
    let preview = quickest(|| {
        for record in &records {
            black_box(mapping.preview(black_box(record)));
        }
    });
    let copying = quickest(|| {
        for record in &records {
            black_box(
                black_box(record)
                    .iter()
                    .map(|(_, value)| value.text())
                    .collect::<Vec<_>>(),
            );
        }
    });
    figure("mapping.run", ours, "copying", copying)?;
    figure("mapping.preview", preview, "copying", copying)
}

/// Prints candidates a second, and what share of the promise that is.
fn figure(name: &str, took: Duration, beside: &str, least: Duration) -> io::Result<()> {
    let rate = |took: Duration| CANDIDATES as f64 / took.as_secs_f64();
    writeln!(
        io::stdout(),
        "bench {name} {:.0} 1/s fields=20 ratio={:.2} against=promised:{PROMISED:.0} {beside}={:.0}",
        rate(took),
        rate(took) / PROMISED,
        rate(least),
    )
}

fn quickest(run: impl Fn()) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let began = now();
        run();
        began.elapsed()
    });
    rounds.min().unwrap_or_default()
}

/// Twenty fields of a person of the types that people have.
fn schema() -> Schema {
    let kinds = [
        ("first_name", FieldType::Text),
        ("last_name", FieldType::Text),
        ("initials", FieldType::Text),
        ("email", FieldType::Email),
        ("timezone", FieldType::TimeZone),
        ("title", FieldType::Text),
        ("department", FieldType::Text),
        ("team", FieldType::Text),
        ("employment", FieldType::Choice),
        ("start", FieldType::Date),
        ("start_text", FieldType::Text),
        ("city", FieldType::Text),
        ("state", FieldType::Text),
        ("country", FieldType::Text),
        ("pay", FieldType::Number),
        ("currency", FieldType::Text),
        ("bonus", FieldType::Number),
        ("manager", FieldType::Person),
        ("remote", FieldType::Flag),
        ("welcome", FieldType::Text),
    ];
    let field = |(id, kind)| TargetField {
        options: vec!["Full-time".into(), "Part-time".into()],
        ..TargetField::new(id, id, "Fields", kind).required()
    };
    Schema::new(kinds.map(field).into())
}

fn rules() -> Rules {
    Rules {
        rules: names()
            .into_iter()
            .chain(job())
            .chain(place_and_pay())
            .collect(),
    }
}

fn rule(target: &str, source: Source, transforms: &[Transform]) -> Rule {
    Rule {
        target: target.into(),
        source,
        transforms: transforms.into(),
        accepts_loss: false,
    }
}

fn lever(field: &str) -> Source {
    Source::Lever {
        field: field.into(),
    }
}

fn ids(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| (*field).to_owned()).collect()
}

fn names() -> Vec<Rule> {
    let part = |part| Transform::NamePart { part };
    let zone = Source::Constant {
        value: "Europe/Lisbon".into(),
    };
    let greeting = Source::Template {
        text: "Welcome, {{name}}, to {{team}}".into(),
    };
    let lower = Transform::Case {
        to: LetterCase::Lower,
    };
    vec![
        rule(
            "first_name",
            lever("name"),
            &[Transform::Trim, part(NamePart::FirstWord)],
        ),
        rule(
            "last_name",
            lever("name"),
            &[Transform::Trim, part(NamePart::Rest)],
        ),
        rule("initials", lever("name"), &[part(NamePart::Initials)]),
        rule("email", lever("email"), &[Transform::Email]),
        rule("timezone", zone, &[]),
        rule("manager", lever("manager"), &[lower]),
        rule("welcome", greeting, &[Transform::Trim]),
    ]
}

fn job() -> Vec<Rule> {
    let titles = Source::FirstOf {
        fields: ids(&["headline", "title"]),
    };
    let title = Transform::Case {
        to: LetterCase::Title,
    };
    let platform = Transform::DefaultIfEmpty {
        value: "Platform".into(),
    };
    let written = Transform::DateFormat {
        from: None,
        to: Some("%d.%m.%Y".into()),
    };
    vec![
        rule("title", titles, &[Transform::Trim]),
        rule("department", lever("department"), &[title]),
        rule("team", lever("team"), &[platform]),
        rule("employment", lever("commitment"), &[Transform::Trim]),
        rule("start", lever("start"), &[]),
        rule("start_text", lever("start"), &[written]),
        rule("remote", lever("remote"), &[]),
    ]
}

fn place_and_pay() -> Vec<Rule> {
    let city = Transform::Split {
        separator: ",".into(),
        nth: 1,
        from: End::Start,
    };
    let states = Transform::ValueMap {
        pairs: STATES
            .map(|(from, to)| Pair {
                from: from.into(),
                to: to.into(),
            })
            .into(),
        if_no_match: IfNoMatch::Stop,
    };
    let alpha_2 = Transform::Country {
        to: CountryForm::Alpha2,
    };
    let number = Transform::NumberFormat {
        read: DecimalMark::Point,
        write: None,
    };
    let bonuses = Source::Sum {
        fields: ids(&["bonus", "signing"]),
    };
    vec![
        rule("city", lever("location"), &[city]),
        rule("state", lever("state"), &[Transform::Trim, states]),
        rule("country", lever("country"), &[alpha_2]),
        rule("pay", lever("pay"), &[number]),
        rule("currency", lever("currency"), &[Transform::Currency]),
        rule("bonus", bonuses, &[]),
    ]
}

const STATES: [(&str, &str); 4] = [
    ("CA", "California"),
    ("NY", "New York"),
    ("OR", "Oregon"),
    ("TX", "Texas"),
];

fn candidate(place: usize) -> Record {
    let of = |list: &[&str]| list[place % list.len()].to_owned();
    let mut record = Record::new();
    record.set(
        "name",
        of(&[
            "Rosa Lindqvist",
            " Anne-Marie  van der Berg",
            "Zoë O’Neill",
            "Ola Berg ",
        ]),
    );
    record.set("email", format!("Person.{place}@Example.COM"));
    record.set("headline", of(&["", "", "Baker"]));
    record.set("title", "Senior Software Engineer");
    record.set("department", of(&["product engineering", "SALES"]));
    record.set("team", of(&["Platform", "", "Growth"]));
    record.set("commitment", of(&["full-time", "Part-Time "]));
    let day = i8::try_from(place % 28).unwrap_or_default() + 1;
    record.set("start", Value::Date(date(2026, 12, day)));
    record.set("location", of(&["Lisbon, Portugal", "Oakland, California"]));
    record.set("state", STATES[place % STATES.len()].0);
    record.set("country", of(&["Portugal", "us", "Germany"]));
    record.set("pay", of(&["64,000.50", "$71,200", "58000"]));
    record.set("currency", of(&["EUR", "US Dollar", "€"]));
    record.set("bonus", Value::Number(5_000.into()));
    record.set("signing", of(&["", "2500"]));
    record.set("manager", "Ines.Duarte@example.com");
    record.set("remote", Value::Flag(place.is_multiple_of(2)));
    // A requisition and an offer bring many fields that no rule reads.
    for field in 0..80 {
        record.set(
            format!("custom.field_{field}"),
            "a value that is not mapped",
        );
    }
    record
}

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "benchmarks measure")]
fn now() -> Instant {
    Instant::now()
}
