//! How often suggestions are right: sixty pairs of fields, and fields for which there is nothing, in one invented
//! account. A suggestion is right if its Lever field is, and if the steps that come with it give the right value.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use fulcrum_core::lever::standard_fields;
use fulcrum_core::mapping::{
    FieldType, Record, Rules, Schema, SourceField, SourceGroup, Suggestion, TargetField, User,
    Value, evaluate, suggest,
};
use serde::Deserialize;
use toml::Value as Toml;

/// Of a hundred suggestions so many must be right.
const RIGHT: f64 = 95.0;
/// Of a hundred pairs so many must be found.
const FOUND: f64 = 80.0;

#[derive(Deserialize)]
struct AccountFile {
    standard: BTreeMap<String, Vec<Toml>>,
    users: BTreeMap<String, String>,
    field: Vec<OwnField>,
}

#[derive(Deserialize)]
struct OwnField {
    id: String,
    label: String,
    group: SourceGroup,
    #[serde(rename = "type")]
    kind: FieldType,
    values: Vec<Toml>,
}

#[derive(Deserialize)]
struct PairsFile {
    people: Vec<Pair>,
    offers: Vec<Pair>,
    nothing: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    of: Option<String>,
    #[serde(default)]
    label: String,
    #[serde(rename = "type")]
    kind: Option<FieldType>,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    lever: Vec<String>,
    #[serde(default)]
    gives: String,
}

impl Pair {
    fn target(&self) -> String {
        self.of.clone().unwrap_or_else(|| self.label.to_lowercase())
    }

    fn own(&self) -> Option<TargetField> {
        Some(TargetField {
            options: self.options.clone(),
            custom: true,
            ..TargetField::new(&self.target(), &self.label, "Own", self.kind?)
        })
    }
}

struct Account {
    fields: Vec<SourceField>,
    records: Vec<Record>,
}

impl Account {
    fn read() -> Self {
        let file: AccountFile = toml::from_str(include_str!("account.toml")).unwrap();
        let mut fields = standard_fields();
        let mut records: Vec<Record> = Vec::new();
        for field in &fields {
            let values = file.standard.get(&field.id).cloned();
            fill(&mut records, &field.id, &values.unwrap_or_default());
        }
        for own in file.field {
            fill(&mut records, &own.id, &own.values);
            fields.push(SourceField {
                id: own.id,
                label: own.label,
                group: own.group,
                kind: own.kind,
                custom: true,
                example: None,
            });
        }
        let user = |(email, name): (&String, &String)| User {
            id: email.clone(),
            name: name.clone(),
            email: Some(email.clone()),
        };
        for record in &mut records {
            record.know_users(file.users.iter().map(user));
        }
        Self { fields, records }
    }

    /// What the first candidate with a value gets from it.
    fn gives(&self, suggestion: &Suggestion, schema: &Schema) -> Option<String> {
        let rules = Rules {
            rules: vec![suggestion.rule.clone()],
        };
        let mut given = self
            .records
            .iter()
            .map(|record| evaluate(&rules, record, schema));
        given.find_map(|mut evaluation| evaluation.outcomes.remove(0).value)
    }
}

fn fill(records: &mut Vec<Record>, id: &str, values: &[Toml]) {
    const CANDIDATES: usize = 3;
    records.resize_with(CANDIDATES, Record::new);
    for (place, record) in records.iter_mut().enumerate() {
        record.set(id, values.get(place).map_or(Value::Empty, value));
    }
}

fn value(toml: &Toml) -> Value {
    match toml {
        Toml::String(text) => Value::from(text.as_str()),
        Toml::Integer(_) | Toml::Float(_) => Value::Number(toml.to_string().parse().unwrap()),
        Toml::Boolean(flag) => Value::Flag(*flag),
        Toml::Datetime(at) if at.time.is_some() => Value::Instant(at.to_string().parse().unwrap()),
        Toml::Datetime(day) => Value::Date(day.to_string().parse().unwrap()),
        Toml::Array(items) => Value::List(
            items
                .iter()
                .map(|item| item.as_str().unwrap().to_owned())
                .collect(),
        ),
        Toml::Table(_) => panic!("no field has a table"),
    }
}

/// Suggestions by the field that they fill, with what they give.
fn suggested(account: &Account, schema: &Schema) -> HashMap<String, (String, Option<String>)> {
    let suggestions = suggest(schema, &account.fields, &account.records).into_iter();
    let told = suggestions.map(|one| {
        let field = one.rule.source.fields().remove(0);
        (
            one.rule.target.clone(),
            (field, account.gives(&one, schema)),
        )
    });
    told.collect()
}

#[test]
fn suggestions_are_right_and_most_of_the_sixty_pairs_are_found() {
    let account = Account::read();
    let pairs: PairsFile = toml::from_str(include_str!("pairs.toml")).unwrap();
    assert_eq!(pairs.people.len() + pairs.offers.len(), 60);
    let own = pairs
        .people
        .iter()
        .chain(&pairs.nothing)
        .filter_map(Pair::own);
    let people = suggested(&account, &Schema::of_people(own));
    let offers = suggested(&account, &Schema::of_offers());

    let (mut found, mut wrong) = (0, Vec::new());
    let wanted = pairs.people.iter().map(|pair| (pair, &people));
    let wanted = wanted.chain(pairs.offers.iter().map(|pair| (pair, &offers)));
    let mut missing = Vec::new();
    for (pair, suggestions) in wanted {
        match suggestions.get(&pair.target()) {
            None => missing.push(pair.target()),
            Some((field, given))
                if pair.lever.contains(field) && given.as_ref() == Some(&pair.gives) =>
            {
                found += 1
            }
            Some(other) => wrong.push((pair.target(), other)),
        }
    }
    let nothing = pairs.nothing.iter().map(Pair::target);
    wrong.extend(nothing.filter_map(|target| Some((target.clone(), people.get(&target)?))));

    let suggested = people.len() + offers.len();
    assert_eq!(suggested, found + wrong.len(), "every suggestion is judged");
    let right = 100.0 * found as f64 / suggested as f64;
    let share = 100.0 * f64::from(u32::try_from(found).unwrap()) / 60.0;
    let figures = format!(
        "of {suggested} suggestions {found} are right ({right:.1} %); of 60 pairs {found} are found ({share:.1} %)\n\
         wrong: {wrong:#?}\nmissing: {missing:?}"
    );
    writeln!(io::stderr(), "{figures}").unwrap();
    assert!(right >= RIGHT && share >= FOUND, "{figures}");
}
