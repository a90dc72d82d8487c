//! What Lever wraps its answers in (LEVER.md 2.2).

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::endpoint::Endpoint;
use super::error::Error;
use super::types::lenient;

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items, in Lever's order.
    pub items: Vec<T>,
    /// The cursor of the next page, to be passed back as it is; none on the last page.
    pub next: Option<String>,
}

/// Reads one object: `{"data": {…}}`, twice wrapped as in some documented answers, or bare.
pub(super) fn one<T: DeserializeOwned>(
    endpoint: &'static Endpoint,
    body: &[u8],
) -> Result<T, Error> {
    typed(endpoint, unwrapped(endpoint, body)?, "data")
}

/// Reads one page: `{"data": […], "next": "…", "hasNext": true}`, where everything but `data` may be absent, and
/// which may itself stand under `data`. Some lists are documented or seen in other shapes: a lone object counts
/// as a list of one, as in `/archive_reasons?type=hired`, a bare list as a page, and a list under a name of its
/// own as the list, as in `/disposition_stages`.
pub(super) fn page<T: DeserializeOwned>(
    endpoint: &'static Endpoint,
    body: &[u8],
) -> Result<Page<T>, Error> {
    let mut value = unwrapped(endpoint, body)?;
    let ended = value.get("hasNext").and_then(Value::as_bool) == Some(false);
    let next = value
        .get("next")
        .and_then(Value::as_str)
        .filter(|next| !ended && !next.is_empty());
    let next = next.map(str::to_owned);
    let data = value.get_mut("data").map(Value::take).unwrap_or(value);
    let Some(items) = items(data) else {
        return Err(unexpected(
            endpoint,
            "expected a list under `data`".to_owned(),
        ));
    };
    let items = items
        .into_iter()
        .enumerate()
        .map(|(place, item)| typed(endpoint, item, &format!("data[{place}]")))
        .collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// The answer without the objects that stand alone under `data`.
fn unwrapped(endpoint: &'static Endpoint, body: &[u8]) -> Result<Value, Error> {
    let mut value = json(endpoint, body)?;
    while let Some(inner) = value.get_mut("data").filter(|inner| inner.is_object()) {
        value = inner.take();
    }
    Ok(value)
}

fn items(data: Value) -> Option<Vec<Value>> {
    match data {
        Value::Array(items) => Some(items),
        object if object.get("id").is_some() => Some(vec![object]),
        Value::Object(members) => {
            let mut lists = members.into_iter().filter_map(|(_, member)| match member {
                Value::Array(items) => Some(items),
                _ => None,
            });
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

fn json(endpoint: &'static Endpoint, body: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(body).map_err(|error| {
        let html = body.trim_ascii_start().starts_with(b"<");
        let what = if html { "HTML" } else { "not JSON" };
        let detail = format!("{what} at line {} column {}", error.line(), error.column());
        Error::NotJson {
            thing: endpoint.thing,
            detail,
        }
    })
}

/// Reads what stands at `place` of the answer.
fn typed<T: DeserializeOwned>(
    endpoint: &'static Endpoint,
    value: Value,
    place: &str,
) -> Result<T, Error> {
    lenient(value).map_err(|error| {
        let place = below(place, error.path());
        let shape = shape(&error.inner().to_string());
        unexpected(endpoint, format!("{place}: {shape}"))
    })
}

/// The whole place, in which only names that look like Lever's own are told: the others are data too.
fn below(place: &str, path: &Path) -> String {
    let mut place = place.to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => place.push_str(&format!("[{index}]")),
            Segment::Map { key } if is_name(key) => place.push_str(&format!(".{key}")),
            Segment::Map { .. } | Segment::Enum { .. } | Segment::Unknown => place.push_str(".…"),
        }
    }
    place
}

fn is_name(key: &str) -> bool {
    key.len() <= 40 && key.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

fn unexpected(endpoint: &'static Endpoint, detail: String) -> Error {
    Error::Unexpected {
        thing: endpoint.thing,
        detail,
    }
}

/// What was expected, without the value that came instead: it may be personal.
fn shape(message: &str) -> String {
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None if message.starts_with("missing field") => message.to_owned(),
        None => "a value of another kind".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::endpoint::STAGES;
    use super::super::types::Stage;
    use super::*;

    #[test]
    fn one_object_may_be_wrapped_once_twice_or_not_at_all() {
        for body in [
            r#"{"id": "offer", "text": "Offer"}"#,
            r#"{"data": {"id": "offer", "text": "Offer"}}"#,
            r#"{"data": {"data": {"id": "offer", "text": "Offer"}}}"#,
        ] {
            assert_eq!(
                one::<Stage>(&STAGES, body.as_bytes()).unwrap().text,
                "Offer"
            );
        }
    }

    #[test]
    fn a_list_may_be_wrapped_twice_alone_bare_or_under_a_name_of_its_own() {
        for body in [
            r#"{"data": [{"id": "offer"}], "hasNext": false}"#,
            r#"{"data": {"data": [{"id": "offer"}], "hasNext": false}}"#,
            r#"{"data": {"id": "offer"}}"#,
            r#"[{"id": "offer"}]"#,
            r#"{"data": {"stages": [{"id": "offer"}]}}"#,
        ] {
            let page = page::<Stage>(&STAGES, body.as_bytes()).unwrap();
            assert_eq!((page.items.len(), page.next), (1, None), "{body}");
        }
    }

    #[test]
    fn the_last_page_has_no_cursor_even_if_one_is_sent() {
        let next = |body: &str| page::<Stage>(&STAGES, body.as_bytes()).unwrap().next;
        assert_eq!(
            next(r#"{"data": [], "hasNext": true, "next": "%5B1%5D"}"#).as_deref(),
            Some("%5B1%5D")
        );
        assert_eq!(next(r#"{"data": [], "next": "a"}"#).as_deref(), Some("a"));
        assert_eq!(next(r#"{"data": [], "hasNext": false, "next": "a"}"#), None);
        assert_eq!(next(r#"{"data": [], "hasNext": true, "next": ""}"#), None);
        assert_eq!(next(r#"{"data": [], "hasNext": true}"#), None);
    }

    #[test]
    fn an_answer_of_another_shape_is_described_by_place_and_without_its_values() {
        let error = one::<Stage>(
            &STAGES,
            br#"{"data": {"id": "offer", "text": ["rosa@example.com"]}}"#,
        );
        let wanted = |detail: &str| Error::Unexpected {
            thing: "the stages",
            detail: detail.to_owned(),
        };
        assert_eq!(error, Err(wanted("data.text: expected a string")));
        let error = page::<Stage>(&STAGES, br#"{"data": [{"id": "a"}, {"id": {"rosa": 1}}]}"#);
        assert_eq!(error, Err(wanted("data[1].id: expected a string")));
        let error = page::<Stage>(&STAGES, br#"{"data": "rosa@example.com"}"#);
        assert_eq!(
            error,
            Err(unexpected(&STAGES, "expected a list under `data`".into()))
        );
        assert!(page::<Stage>(&STAGES, b"{}").is_err());
        assert!(page::<Stage>(&STAGES, "[".repeat(100_000).as_bytes()).is_err());
    }
}
