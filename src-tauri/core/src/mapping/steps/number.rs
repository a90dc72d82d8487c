//! Reading and writing numbers.

use iso_currency::Currency;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::mapping::problem::Problem;
use crate::mapping::transform::{DecimalMark, Grouping, NumberStyle};
use crate::mapping::value::Value;

/// The digits of a group of thousands.
const GROUP: usize = 3;

/// Reads a number, and writes it if there is a style to write with.
pub(super) fn format(
    read: DecimalMark,
    write: Option<&NumberStyle>,
    value: &Value,
) -> Result<Value, Problem> {
    let number = match value {
        Value::Number(number) => *number,
        Value::Text(text) => number(read, text).ok_or(Problem::NotNumber { mark: read })?,
        _ => return Err(Problem::NotNumber { mark: read }),
    };
    Ok(match write {
        None => Value::Number(number),
        Some(style) => Value::Text(written(number, style)),
    })
}

/// Reads `64000`, `-64000.50` and `+7`. Thousands separators are refused: `64.000` means two things.
pub(in crate::mapping) fn plain_number(text: &str) -> Option<Decimal> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    text.chars()
        .all(plain)
        .then(|| Decimal::from_str_exact(text).ok())?
}

/// Reads a number as people write it, with a currency or a percent sign around it and marks between the thousands.
fn number(mark: DecimalMark, text: &str) -> Option<Decimal> {
    let text = text.trim();
    if mark == DecimalMark::Point
        && let Some(number) = plain_number(text)
    {
        return Some(number);
    }
    let (sign, text) = signed(text);
    let (further, text) = signed(without_unit(text));
    let decimal_mark = character(mark);
    let (whole, decimals) = match text.split_once(decimal_mark) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    if sign.is_some() && further.is_some() {
        return None;
    }
    let whole = ungrouped(whole, decimal_mark)?;
    if decimals.is_some_and(|decimals| !all_digits(decimals)) {
        return None;
    }
    let sign = sign.or(further).unwrap_or_default();
    let decimals = decimals.unwrap_or("0");
    Decimal::from_str_exact(&format!("{sign}{whole}.{decimals}")).ok()
}

/// A sign before a number, as a minus sign also the one that typographers use.
fn signed(text: &str) -> (Option<&'static str>, &str) {
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        return (Some("-"), rest.trim_start());
    }
    match text.strip_prefix('+') {
        Some(rest) => (Some(""), rest.trim_start()),
        None => (None, text),
    }
}

/// The text without a currency sign, a currency code or a percent sign before or after it.
fn without_unit(text: &str) -> &str {
    let sign = |c: char| matches!(c, '$' | '%' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20cf}');
    let text = text.trim_matches(sign).trim();
    let letters = |code: &str| code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_code =
        |code: &str| letters(code) && Currency::from_code(&code.to_ascii_uppercase()).is_some();
    if let Some((code, rest)) = text.split_at_checked(3)
        && is_code(code)
    {
        return rest.trim();
    }
    if let Some((rest, code)) = text
        .len()
        .checked_sub(3)
        .and_then(|at| text.split_at_checked(at))
        && is_code(code)
    {
        return rest.trim();
    }
    text
}

/// The digits without the marks between thousands. The last group has three digits and those between two or
/// three, as in India; anything else may be another number than it looks.
fn ungrouped(text: &str, decimal_mark: char) -> Option<String> {
    let between = |c: char| c != decimal_mark && (c.is_whitespace() || ",.'\u{2019}_".contains(c));
    let mut marks = text.chars().filter(|c| between(*c));
    let first_mark = marks.next();
    if marks.any(|mark| Some(mark) != first_mark) {
        return None;
    }
    let groups: Vec<&str> = text.split(between).collect();
    if !groups.iter().all(|group| all_digits(group)) {
        return None;
    }
    if let [first, middle @ .., last] = groups.as_slice() {
        let first_fits = (1..=GROUP).contains(&first.len());
        let middle_fits = middle
            .iter()
            .all(|group| (2..=GROUP).contains(&group.len()));
        if !first_fits || !middle_fits || last.len() != GROUP {
            return None;
        }
    }
    Some(groups.concat())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn written(number: Decimal, style: &NumberStyle) -> String {
    let number = match style.decimals {
        None => number.normalize(),
        Some(decimals) => {
            // A decimal holds no more, and panics when it is written with more.
            let decimals = u32::from(decimals).min(Decimal::MAX_SCALE);
            let mut rounded =
                number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
            rounded.rescale(decimals);
            rounded
        }
    };
    let text = number.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let minus = if number.is_sign_negative() && !number.is_zero() {
        "-"
    } else {
        ""
    };
    let mut written = format!("{minus}{}", grouped(whole, style.grouping));
    if !decimals.is_empty() {
        written.push(character(style.mark));
        written.push_str(decimals);
    }
    written
}

fn grouped(digits: &str, grouping: Grouping) -> String {
    let mark = match grouping {
        Grouping::None => return digits.to_owned(),
        Grouping::Comma => ',',
        Grouping::Point => '.',
        Grouping::Space => ' ',
        Grouping::Apostrophe => '\'',
    };
    let mut written = String::with_capacity(digits.len() + digits.len() / GROUP);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(GROUP) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

fn character(mark: DecimalMark) -> char {
    match mark {
        DecimalMark::Point => '.',
        DecimalMark::Comma => ',',
    }
}
