//! Pages of a list: `limit`, and an `offset` that names the first item of the next page (LEVER.md 2.3).

use std::cmp::Ordering;

use serde_json::{Number, Value, json};
use url::form_urlencoded;

use super::answer::Answer;
use super::error::{ApiError, ApiResult};
use super::params::Params;

const MAX_LIMIT: usize = 100;

/// How one part of a list's sort key is ordered and written in its token.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    /// A number, smallest first.
    Ascending,
    /// A time in milliseconds, newest first.
    Newest,
    /// A text, in alphabetical order.
    Text,
}

/// One part of the sort key of an item.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Ascending(f64),
    Newest(i64),
    Text(String),
}

/// The place of an item in its list.
pub(super) type Key = Vec<Part>;

/// Where items are sorted by creation, newest first, as users and postings are.
pub(super) const BY_CREATION: &[Column] = &[Column::Newest, Column::Text];
/// Where items keep the order they are kept in.
pub(super) const BY_PLACE: &[Column] = &[Column::Ascending, Column::Text];

/// The key for `BY_CREATION`.
pub(super) fn creation_key(created_at: i64, id: &str) -> Key {
    vec![Part::Newest(created_at), Part::Text(id.to_owned())]
}

/// The list answer: sorts `rows`, cuts out the page that was asked for, and renders its items.
pub(super) fn answer<T>(
    params: &Params,
    columns: &[Column],
    mut rows: Vec<(Key, T)>,
    render: impl Fn(T) -> Value,
) -> ApiResult {
    let rows_from = |from: Option<Key>| {
        rows.sort_by(|(one, _), (other, _)| compare(one, other));
        let start = from.map_or(0, |from| {
            rows.partition_point(|(key, _)| compare(key, &from) == Ordering::Less)
        });
        rows.into_iter().skip(start)
    };
    answer_in_order(params, columns, rows_from, render)
}

/// The list answer for a list that is kept in order: `rows_from` gives its rows from the first one
/// whose key is not before the given key, without a key from the start.
pub(super) fn answer_in_order<T, R: Iterator<Item = (Key, T)>>(
    params: &Params,
    columns: &[Column],
    rows_from: impl FnOnce(Option<Key>) -> R,
    render: impl Fn(T) -> Value,
) -> ApiResult {
    let limit = limit_of(params)?;
    let from = match params.first("offset") {
        Some(token) => Some(parse_token(token, columns).ok_or(ApiError::InvalidOffset)?),
        None => None,
    };
    let mut rows = rows_from(from);
    let page = rows.by_ref().take(limit);
    let data: Vec<Value> = page.map(|(_, item)| render(item)).collect();
    Ok(Answer::bare(match rows.next() {
        Some((next, _)) => json!({"data": data, "next": write_token(&next), "hasNext": true}),
        None => json!({"data": data, "hasNext": false}),
    }))
}

/// The list answer for items whose key is `place`: creation time and id, newest first.
pub(super) fn newest_first<'a, T: 'a>(
    params: &Params,
    items: impl IntoIterator<Item = &'a T>,
    place: impl Fn(&T) -> (i64, String),
    render: impl Fn(&T) -> Value,
) -> ApiResult {
    let rows = items.into_iter().map(|item| {
        let (created_at, id) = place(item);
        (creation_key(created_at, &id), item)
    });
    answer(params, BY_CREATION, rows.collect(), render)
}

/// The list answer for items whose key is `place`: text and id, in alphabetical order.
pub(super) fn by_text<'a, T: 'a>(
    params: &Params,
    items: impl IntoIterator<Item = &'a T>,
    place: impl Fn(&T) -> (String, String),
    render: impl Fn(&T) -> Value,
) -> ApiResult {
    let rows = items.into_iter().map(|item| {
        let (text, id) = place(item);
        (vec![Part::Text(text), Part::Text(id)], item)
    });
    answer(
        params,
        &[Column::Text, Column::Text],
        rows.collect(),
        render,
    )
}

/// The list answer for items that are listed in the order they are given.
pub(super) fn in_given_order(params: &Params, items: Vec<Value>) -> ApiResult {
    let place = |(place, item): (usize, Value)| {
        let id = item["id"].as_str().or_else(|| item["text"].as_str());
        let id = Part::Text(id.unwrap_or_default().to_owned());
        (vec![Part::Ascending(place as f64), id], item)
    };
    let rows = items.into_iter().enumerate().map(place).collect();
    answer(params, BY_PLACE, rows, |item| item)
}

fn limit_of(params: &Params) -> Result<usize, ApiError> {
    match params.number("limit")? {
        None => Ok(MAX_LIMIT),
        Some(limit) => usize::try_from(limit)
            .ok()
            .filter(|limit| (1..=MAX_LIMIT).contains(limit))
            .ok_or_else(|| ApiError::bad_request("limit must be between 1 and 100")),
    }
}

fn compare(one: &[Part], other: &[Part]) -> Ordering {
    let parts = one
        .iter()
        .zip(other)
        .map(|(one, other)| match (one, other) {
            (Part::Ascending(one), Part::Ascending(other)) => one.total_cmp(other),
            (Part::Newest(one), Part::Newest(other)) => other.cmp(one),
            (Part::Text(one), Part::Text(other)) => one.cmp(other),
            // Keys of one list have the same columns, and tokens are parsed by those columns.
            (Part::Ascending(_) | Part::Newest(_) | Part::Text(_), _) => Ordering::Equal,
        });
    parts.fold(Ordering::Equal, Ordering::then)
}

/// A percent-encoded JSON array, as Lever sends it inside the JSON answer.
fn write_token(key: &[Part]) -> String {
    let parts = key.iter().map(|part| match part {
        // Ranks such as 3 are written without a decimal point, 105.5 with one.
        Part::Ascending(number) if number.fract() == 0.0 => Value::from(*number as i64),
        Part::Ascending(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Part::Newest(time) => Value::from(*time),
        Part::Text(text) => Value::from(text.as_str()),
    });
    let array = Value::Array(parts.collect()).to_string();
    // The form encoding writes a space as a plus sign, which a decoder of plain percent-encoding keeps.
    form_urlencoded::byte_serialize(array.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

/// Reads a token that reaches us decoded once or twice (LEVER.md 2.3).
fn parse_token(token: &str, columns: &[Column]) -> Option<Key> {
    let decoded = if token.starts_with('[') {
        token.to_owned()
    } else {
        let pair = form_urlencoded::parse(token.as_bytes()).next()?;
        pair.0.into_owned()
    };
    let values: Vec<Value> = serde_json::from_str(&decoded).ok()?;
    if values.len() != columns.len() {
        return None;
    }
    let parts = columns
        .iter()
        .zip(&values)
        .map(|(column, value)| match column {
            Column::Ascending => value.as_f64().map(Part::Ascending),
            Column::Newest => value.as_i64().map(Part::Newest),
            Column::Text => value.as_str().map(|text| Part::Text(text.to_owned())),
        });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPPORTUNITIES: &[Column] = &[Column::Ascending, Column::Newest, Column::Text];

    fn key(rank: f64, advanced: i64, id: &str) -> Key {
        vec![
            Part::Ascending(rank),
            Part::Newest(advanced),
            Part::Text(id.into()),
        ]
    }

    #[test]
    fn a_token_looks_like_levers() {
        let id = "3f0c5a4e-7a53-4a8e-9d0a-0c2f7a1b1001";
        let token = write_token(&key(3.0, 1_491_435_120_000, id));
        assert_eq!(token, format!("%5B3%2C1491435120000%2C%22{id}%22%5D"));
    }

    #[test]
    fn a_token_is_read_after_one_and_after_two_decodings() {
        let wanted = key(105.5, 7, "a b&c");
        let once = write_token(&wanted);
        assert_eq!(parse_token(&once, OPPORTUNITIES), Some(wanted.clone()));
        assert_eq!(
            parse_token(r#"[105.5,7,"a b&c"]"#, OPPORTUNITIES),
            Some(wanted)
        );
    }

    #[test]
    fn anything_that_lever_did_not_hand_out_is_no_token() {
        for hostile in [
            "",
            "0",
            "%5B",
            "[1]",
            r#"["x",1,"y"]"#,
            "[1,2,3]",
            "%FF%FE",
            "null",
        ] {
            assert_eq!(parse_token(hostile, OPPORTUNITIES), None, "{hostile}");
        }
    }
}
