//! Small changes to a document, every one that there is.

use serde_json::{Value, json};

/// A change and the document with it.
pub(super) struct Mutant {
    /// Which change, at which place.
    pub(super) what: String,
    /// Whether the document says the same in other words, or less where less is documented: then it must be read.
    pub(super) is_tolerable: bool,
    pub(super) document: Value,
}

/// What a document cannot be without: what it is, and what says which.
const NEEDED: [&str; 4] = ["data", "id", "noteId", "stages"];

/// Cuts each list after its first item: the others are of the same shape.
pub(super) fn shorten(document: &mut Value) {
    match document {
        Value::Array(items) => {
            items.truncate(1);
            items.iter_mut().for_each(shorten);
        }
        Value::Object(members) => members.values_mut().for_each(shorten),
        _ => {}
    }
}

/// Every mutant of a document that is [shortened](shorten).
pub(super) fn mutants(document: &Value) -> Vec<Mutant> {
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    places
        .iter()
        .flat_map(|place| {
            let value = document.pointer(place).expect("the place was found in it");
            at(document, place, value)
        })
        .collect()
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{place}/{key}"), places);
            }
        }
        Value::Array(items) => {
            if let Some(first) = items.first() {
                collect(first, format!("{place}/0"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

fn at(document: &Value, place: &str, value: &Value) -> Vec<Mutant> {
    let (parent, key) = place.rsplit_once('/').unwrap_or_default();
    let is_member = document.pointer(parent).is_some_and(Value::is_object) && !place.is_empty();
    let needed = !is_member || NEEDED.contains(&key);
    let mutant = |what: &str, is_tolerable: bool, change: &dyn Fn(&mut Value)| {
        let mut document = document.clone();
        change(&mut document);
        Mutant {
            what: format!("{what} at {place:?}"),
            is_tolerable,
            document,
        }
    };
    let put = |what: &str, is_tolerable: bool, new: Value| {
        mutant(what, is_tolerable, &|document| {
            if let Some(old) = document.pointer_mut(place) {
                *old = new.clone();
            }
        })
    };
    let mut found = vec![put("null", !needed, Value::Null)];
    if is_member {
        found.push(mutant("nothing", !needed, &|document| {
            if let Some(Value::Object(members)) = document.pointer_mut(parent) {
                members.remove(key);
            }
        }));
    }
    match value {
        Value::Number(number) => {
            found.push(put("a text for a number", true, number.to_string().into()));
        }
        Value::Bool(flag) => found.push(put("a text for a flag", true, flag.to_string().into())),
        Value::String(text) => match text.parse::<i64>() {
            Ok(number) => found.push(put("a number for digits", true, number.into())),
            Err(_) => {
                found.push(put("a number for a text", true, 7.into()));
                found.push(put("a value nobody knows", true, "brand-new-value".into()));
            }
        },
        Value::Object(_) => found.push(mutant("a key nobody knows", true, &|document| {
            document
                .pointer_mut(place)
                .expect("the place was found in it")["brandNew"] = json!({"a": [1, null]});
        })),
        Value::Array(_) | Value::Null => {}
    }
    let others = [json!([[{}]]), json!({"": "\u{0}"}), json!(-1.5e300)];
    found.extend(others.map(|other| put(&format!("{other}"), false, other)));
    found
}
