//! Which values have a pair in a value map, and what pairs the others could get.

use serde::Serialize;
use ts_rs::TS;

use super::schema::TargetField;
use super::seen::{Counted, Seen};
use super::steps::country_named;
use super::text::folded;
use super::transform::{CountryForm, Pair};
use super::us_states::us_state;

/// A value that arrives at a value map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Paired {
    /// The value, and how often it arrived.
    pub value: Counted,
    /// What the map makes of it; none if no pair has it.
    pub to: Option<String>,
    /// What it could become, where no pair has it.
    pub suggestion: Option<PairSuggestion>,
}

/// A pair that a value could get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PairSuggestion {
    /// The value to use.
    pub to: String,
    /// Why, in a few words.
    pub why: String,
}

/// Looks for each value in the pairs, and suggests something for those in none: the options of the field that mean
/// the same, or else the names (or codes, if the pairs have those) of US states or countries.
pub fn pair_up(seen: &Seen, pairs: &[Pair], target: &TargetField) -> Vec<Paired> {
    let words = Words::of(seen, pairs, target);
    let paired = seen.values.iter().map(|value| {
        let wanted = folded(&value.text);
        let pair = pairs.iter().find(|pair| folded(&pair.from) == wanted);
        Paired {
            to: pair.map(|pair| pair.to.clone()),
            suggestion: match pair {
                Some(_) => None,
                None => words.suggest(&value.text, target),
            },
            value: value.clone(),
        }
    });
    paired.collect()
}

/// How many of a hundred values that arrived have a pair, rounded down so that 100 means all; none if no value
/// arrived.
pub fn coverage(paired: &[Paired]) -> Option<usize> {
    let count = |paired: &Paired| paired.value.count;
    let all: usize = paired.iter().map(count).sum();
    let known = paired.iter().filter(|one| one.to.is_some()).map(count);
    (all > 0).then(|| known.sum::<usize>() * 100 / all)
}

/// What the values are written in, and what they would be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Options,
    States(Form),
    Countries(Form),
    /// Nothing that is known here.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Code,
    Name,
}

impl Words {
    /// The options of the field if it has some. Else states or countries: what its name says, or what most values
    /// are; `CA` alone may be California or Canada.
    fn of(seen: &Seen, pairs: &[Pair], target: &TargetField) -> Self {
        if !target.options.is_empty() {
            return Self::Options;
        }
        let texts = || seen.values.iter().map(|value| value.text.as_str());
        let states = texts().filter(|text| us_state(text).is_some()).count();
        let countries = texts().filter(|text| country(text).is_some()).count();
        let named = |words: &[&str]| {
            let label = folded(&target.label).into_owned();
            let mut parts = label.split(|c: char| !c.is_alphanumeric());
            parts.any(|part| words.contains(&part))
        };
        let most = |hits: usize, others: usize| hits > others && hits * 2 >= seen.values.len();
        if named(&["country"]) {
            return Self::Countries(form(pairs, country));
        }
        if named(&["state", "region"]) || most(states, countries) {
            return Self::States(form(pairs, us_state));
        }
        if most(countries, states) {
            return Self::Countries(form(pairs, country));
        }
        Self::Unknown
    }

    fn suggest(self, text: &str, target: &TargetField) -> Option<PairSuggestion> {
        let (to, why) = match self {
            Self::Options => return option(text, &target.options),
            Self::States(form) => (written(form, us_state(text)?), "US state"),
            Self::Countries(form) => (written(form, country(text)?), "Country"),
            Self::Unknown => return None,
        };
        Some(suggestion(to, why))
    }
}

/// Codes where the pairs that are there already end in codes; names otherwise.
fn form(pairs: &[Pair], known: fn(&str) -> Option<(&'static str, &'static str)>) -> Form {
    let ends_in_code = |pair: &Pair| {
        known(&pair.to).is_some_and(|(code, _)| code.eq_ignore_ascii_case(pair.to.trim()))
    };
    if pairs.iter().any(ends_in_code) {
        Form::Code
    } else {
        Form::Name
    }
}

fn written(form: Form, (code, name): (&'static str, &'static str)) -> &'static str {
    match form {
        Form::Code => code,
        Form::Name => name,
    }
}

fn country(text: &str) -> Option<(&'static str, &'static str)> {
    let code = country_named(CountryForm::Alpha2, text).ok()?;
    let name = country_named(CountryForm::Name, text).ok()?;
    Some((code, name))
}

fn suggestion(to: &str, why: &str) -> PairSuggestion {
    PairSuggestion {
        to: to.to_owned(),
        why: why.to_owned(),
    }
}

/// The option that is written alike, is the same state or country, or means the same.
fn option(text: &str, options: &[String]) -> Option<PairSuggestion> {
    let find = |same: &dyn Fn(&str) -> bool| options.iter().find(|option| same(option));
    let alike = letters(text);
    if let Some(option) = find(&|option| letters(option) == alike) {
        return Some(suggestion(option, "Same words"));
    }
    if let Some(state) = us_state(text)
        && let Some(option) = find(&|option| us_state(option) == Some(state))
    {
        return Some(suggestion(option, "US state"));
    }
    if let Some(known) = country(text)
        && let Some(option) = find(&|option| country(option) == Some(known))
    {
        return Some(suggestion(option, "Country"));
    }
    let meant = MEANINGS.iter().find(|words| words.contains(&&*alike))?;
    let option = find(&|option| meant.contains(&&*letters(option)))?;
    Some(suggestion(option, "Same meaning"))
}

/// The letters and digits alone, so that `On-site` and `onsite` are alike.
fn letters(text: &str) -> String {
    let folded = folded(text);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words that mean the same, by their letters: Lever's intervals of pay (LEVER.md 2.5), and what people call the usual
/// kinds of employment.
const MEANINGS: [&[&str]; 9] = [
    &[
        "peryearsalary",
        "peryear",
        "annual",
        "annually",
        "year",
        "yearly",
    ],
    &["permonthsalary", "permonth", "month", "monthly"],
    &["perweeksalary", "perweek", "week", "weekly"],
    &["perdaywage", "perday", "day", "daily"],
    &["perhourwage", "perhour", "hour", "hourly"],
    &["fulltime", "ft", "permanent", "regular"],
    &["parttime", "pt"],
    &["intern", "internship", "trainee", "workingstudent"],
    &[
        "contract",
        "contractor",
        "freelance",
        "freelancer",
        "temporary",
    ],
];

#[cfg(test)]
mod tests {
    use super::super::FieldType;
    use super::*;

    fn field(label: &str, options: &[&str]) -> TargetField {
        TargetField {
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            ..TargetField::new("target", label, "Place", FieldType::Text)
        }
    }

    fn seen_once(values: &[&str]) -> Seen {
        let values = values.iter().map(|text| Counted {
            text: (*text).to_owned(),
            count: 1,
        });
        Seen {
            values: values.collect(),
            ..Seen::default()
        }
    }

    fn pair(from: &str, to: &str) -> Pair {
        Pair {
            from: from.into(),
            to: to.into(),
        }
    }

    fn suggested(values: &[&str], pairs: &[Pair], target: &TargetField) -> Vec<Option<String>> {
        let paired = pair_up(&seen_once(values), pairs, target);
        let suggested = paired.into_iter().map(|one| Some(one.suggestion?.to));
        suggested.collect()
    }

    fn texts(texts: &[Option<&str>]) -> Vec<Option<String>> {
        texts.iter().map(|text| text.map(str::to_owned)).collect()
    }

    #[test]
    fn a_code_becomes_what_the_field_is_named_after() {
        let values = ["CA", "de", "Bavaria"];
        assert_eq!(
            suggested(&values, &[], &field("State or region", &[])),
            texts(&[Some("California"), Some("Delaware"), None])
        );
        assert_eq!(
            suggested(&values, &[], &field("Country", &[])),
            texts(&[Some("Canada"), Some("Germany"), None])
        );
        assert_eq!(
            suggested(&["CA"], &[], &field("Office", &[])),
            texts(&[None])
        );
        assert_eq!(
            suggested(&["CA", "NJ", "TX"], &[], &field("Office", &[])),
            texts(&[Some("California"), Some("New Jersey"), Some("Texas")])
        );
    }

    #[test]
    fn suggestions_are_written_like_the_pairs_that_are_there() {
        let pairs = [pair("Portugal", "PT")];
        let found = suggested(&["Portugal", "Germany"], &pairs, &field("Country", &[]));
        assert_eq!(found, texts(&[None, Some("DE")]));
    }

    #[test]
    fn options_of_the_field_come_before_everything_else() {
        let period = field("Pay period", &["Annual", "Hourly"]);
        assert_eq!(
            suggested(&["per-year-salary", "HOURLY", "one-time"], &[], &period),
            texts(&[Some("Annual"), Some("Hourly"), None])
        );
        let state = field("State", &["US-CA", "Texas"]);
        assert_eq!(
            suggested(&["TX", "CA"], &[], &state),
            texts(&[Some("Texas"), None])
        );
    }

    #[test]
    fn coverage_weighs_each_value_by_how_often_it_came_and_is_full_only_when_it_is() {
        let mut seen = seen_once(&["CA", "NY"]);
        seen.values[0].count = 199;
        let of = |pairs: &[Pair]| coverage(&pair_up(&seen, pairs, &field("State", &[])));
        assert_eq!(of(&[]), Some(0));
        assert_eq!(of(&[pair(" ca ", "California")]), Some(99));
        assert_eq!(of(&[pair("ca", "x"), pair("ny", "y")]), Some(100));
        assert_eq!(coverage(&[]), None);
    }
}
