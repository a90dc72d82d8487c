//! Whether the steps of a rule can be used.

use std::collections::HashSet;

use jiff::civil::{Date, date};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::fault::{Fault, MOST_DECIMALS, MOST_PAIRS, MOST_TRANSFORMS, short};
use crate::mapping::steps::{is_country, write_date};
use crate::mapping::text::folded;
use crate::mapping::transform::{DecimalMark, Grouping, IfNoMatch, NumberStyle, Pair, Transform};

/// A day whose year, month and day cannot be taken for one another.
const SAMPLE_DAY: Date = date(2026, 11, 21);

/// What is wrong with the first step that cannot be used.
pub(super) fn transforms(transforms: &[Transform]) -> Result<(), Fault> {
    if transforms.len() > MOST_TRANSFORMS {
        return Err(Fault::TooManyTransforms);
    }
    transforms.iter().try_for_each(transform)
}

fn transform(transform: &Transform) -> Result<(), Fault> {
    match transform {
        Transform::Trim
        | Transform::Case { .. }
        | Transform::NamePart { .. }
        | Transform::Email
        | Transform::Currency
        | Transform::Country { .. }
        | Transform::UserEmail
        | Transform::NumberFormat { write: None, .. } => Ok(()),
        Transform::Split { separator, nth, .. } => match (separator.as_str(), nth) {
            ("", _) => Err(Fault::NoSeparator),
            (_, 0) => Err(Fault::NoPart),
            (separator, _) => short(separator),
        },
        Transform::NumberFormat {
            write: Some(style), ..
        } => number_style(style),
        Transform::Phone { country } if is_country(country) => Ok(()),
        Transform::Phone { .. } => Err(Fault::NoCountry),
        Transform::DefaultIfEmpty { value } => short(value),
        Transform::DateFormat { from, to } => {
            from.as_deref().map_or(Ok(()), readable)?;
            to.as_deref().map_or(Ok(()), writable)
        }
        Transform::ValueMap { pairs, if_no_match } => {
            value_map(pairs)?;
            match if_no_match {
                IfNoMatch::Default { value } => short(value),
                IfNoMatch::Keep | IfNoMatch::Stop => Ok(()),
            }
        }
    }
}

fn number_style(style: &NumberStyle) -> Result<(), Fault> {
    if style
        .decimals
        .is_some_and(|decimals| decimals > MOST_DECIMALS)
    {
        return Err(Fault::TooManyDecimals);
    }
    match (style.grouping, style.mark) {
        (Grouping::Comma, DecimalMark::Comma) | (Grouping::Point, DecimalMark::Point) => {
            Err(Fault::SameMarks)
        }
        _ => Ok(()),
    }
}

fn value_map(pairs: &[Pair]) -> Result<(), Fault> {
    if pairs.len() > MOST_PAIRS {
        return Err(Fault::TooManyPairs);
    }
    let mut seen = HashSet::new();
    pairs.iter().try_for_each(|pair| {
        short(&pair.from)?;
        short(&pair.to)?;
        let key = folded(&pair.from).into_owned();
        if key.is_empty() {
            return Err(Fault::EmptyKey);
        }
        if seen.insert(key) {
            Ok(())
        } else {
            Err(Fault::RepeatedKey)
        }
    })
}

/// A pattern reads dates if it reads back the sample day as it writes it; it may hold a time of day as well.
fn readable(pattern: &str) -> Result<(), Fault> {
    short(pattern)?;
    let evening = SAMPLE_DAY.at(20, 14, 5, 0).to_zoned(TimeZone::UTC).ok();
    let written = evening.and_then(|evening| strtime::format(pattern, &evening).ok());
    let read = written.and_then(|text| Date::strptime(pattern, &text).ok());
    if read == Some(SAMPLE_DAY) {
        Ok(())
    } else {
        Err(bad(pattern))
    }
}

fn writable(pattern: &str) -> Result<(), Fault> {
    short(pattern)?;
    let written = write_date(pattern, SAMPLE_DAY).ok();
    let filled = written.is_some_and(|text| !text.trim().is_empty());
    if filled { Ok(()) } else { Err(bad(pattern)) }
}

fn bad(pattern: &str) -> Fault {
    Fault::BadPattern {
        pattern: pattern.to_owned(),
    }
}
