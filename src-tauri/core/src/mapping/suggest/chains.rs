//! The steps with which a Lever field could fill a field, the plainest first.

use super::account::Field;
use super::concepts::{Concept, Values};
use crate::mapping::field::FieldType;
use crate::mapping::pairing::pair_up;
use crate::mapping::schema::TargetField;
use crate::mapping::steps::country_named;
use crate::mapping::transform::{
    CountryForm, DecimalMark, End, IfNoMatch, NamePart, Pair, Transform,
};

use super::names::Name;

/// How people write dates, where Lever has them as text.
const DATES: [&str; 5] = ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"];

/// Each chain of steps that may be needed.
pub(super) fn chains(
    target: &TargetField,
    concept: Option<&Concept>,
    field: &Field<'_>,
    part: Option<NamePart>,
) -> Vec<Vec<Transform>> {
    let mut meant: Vec<Transform> = part
        .map(|part| Transform::NamePart { part })
        .into_iter()
        .collect();
    if target.options.is_empty() {
        meant.extend(concept.and_then(|concept| rewritten(concept.values, target, field)));
    }
    let fitted = fitting(target, field).into_iter();
    fitted
        .map(|more| meant.iter().cloned().chain(more).collect())
        .collect()
}

/// What the values need to be written as the field is meant; none if they are already.
fn rewritten(values: Values, target: &TargetField, field: &Field<'_>) -> Option<Transform> {
    let texts = || field.seen.values.iter().map(|value| value.text.as_str());
    match values {
        Values::Any => None,
        Values::City => texts()
            .any(|text| text.contains(','))
            .then(|| Transform::Split {
                separator: ",".into(),
                nth: 1,
                from: End::Start,
            }),
        Values::Region => {
            let pairs = pairs(target, field);
            (!pairs.is_empty()).then_some(Transform::ValueMap {
                pairs,
                if_no_match: IfNoMatch::Keep,
            })
        }
        Values::Country => {
            let code = Name::of(&target.label).has("code");
            let to = if code {
                CountryForm::Alpha2
            } else {
                CountryForm::Name
            };
            let other = |text: &str| country_named(to, text).is_ok_and(|name| name != text);
            texts().any(other).then_some(Transform::Country { to })
        }
        Values::Currency => {
            let is_code =
                |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            (!texts().all(is_code)).then_some(Transform::Currency)
        }
    }
}

/// What the type of the field may need besides.
fn fitting(target: &TargetField, field: &Field<'_>) -> Vec<Vec<Transform>> {
    let number = |read| Transform::NumberFormat { read, write: None };
    let date = |from: Option<&str>| Transform::DateFormat {
        from: from.map(str::to_owned),
        to: None,
    };
    let mut chains = vec![Vec::new()];
    match (field.field.kind, target.kind) {
        (FieldType::Instant, FieldType::Date) => chains = vec![vec![date(None)]],
        (FieldType::Text, FieldType::Date) => {
            chains.extend(DATES.map(|pattern| vec![date(Some(pattern))]))
        }
        (FieldType::Text, FieldType::Number) => {
            chains.extend([DecimalMark::Point, DecimalMark::Comma].map(|mark| vec![number(mark)]));
        }
        (FieldType::Text, FieldType::Email | FieldType::Person) => {
            chains.extend([vec![Transform::Email], vec![Transform::UserEmail]]);
        }
        (_, FieldType::Choice) => {
            let pairs = pairs(target, field);
            if !pairs.is_empty() {
                let if_no_match = IfNoMatch::Stop;
                chains.push(vec![Transform::ValueMap { pairs, if_no_match }]);
            }
        }
        _ => {}
    }
    chains
}

/// The pairs for the values that were seen.
fn pairs(target: &TargetField, field: &Field<'_>) -> Vec<Pair> {
    let paired = pair_up(&field.seen, &[], target).into_iter();
    let pairs = paired.filter_map(|one| {
        let to = one.suggestion?.to;
        (to != one.value.text).then_some(Pair {
            from: one.value.text,
            to,
        })
    });
    pairs.collect()
}
