//! The people in the HRIS and what happened to their records.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::identifiers::random_id;

/// The attributes of a record by their names in the schema, without `id`, `meta` and `schemas`.
pub(super) type Record = Map<String, Value>;

/// A person's record.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(super) id: String,
    pub(super) record: Record,
    /// Counts the changes; the entity tag of the record.
    pub(super) version: u64,
    /// In milliseconds since 1970 UTC, as every time here.
    pub(super) created_at: i64,
    pub(super) modified_at: i64,
    pub(super) history: Vec<Change>,
}

/// A change of a record.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Change {
    pub(super) at: i64,
    pub(super) what: What,
    pub(super) attributes: Vec<Difference>,
}

/// What kind of request changed a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum What {
    Created,
    Replaced,
    Patched,
}

/// An attribute before and after a change; null where it had no value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Difference {
    pub(super) name: String,
    pub(super) before: Value,
    pub(super) after: Value,
}

/// Why a record cannot be kept.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotUnique {
    #[error("there is a user with the userName {0:?} already")]
    UserName(String),
    #[error("there is a user with the externalId {0:?} already")]
    ExternalId(String),
}

impl Person {
    /// The text of an attribute, `""` where it has none.
    pub(super) fn text(&self, name: &str) -> &str {
        text(&self.record, name)
    }

    /// The record with its id, version and history, for a test.
    pub(super) fn with_history(&self) -> Value {
        json!({
            "id": self.id,
            "version": self.version,
            "record": self.record,
            "history": self.history,
        })
    }
}

/// All people, oldest first.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// By their place in the order of creation.
    people: BTreeMap<u64, Person>,
    places: HashMap<String, u64>,
    by_user_name: HashMap<String, String>,
    by_external_id: HashMap<String, String>,
    last_place: u64,
}

impl People {
    pub(super) fn get(&self, id: &str) -> Option<&Person> {
        self.people.get(self.places.get(id)?)
    }

    pub(crate) fn oldest_first(&self) -> impl DoubleEndedIterator<Item = &Person> {
        self.people.values()
    }

    /// Puts a colleague who was there before the practice world began into the HRIS.
    pub(crate) fn employ(&mut self, id: String, name: &str, email: &str, now: i64) {
        let record = json!({
            "userName": email,
            "displayName": name,
            "name": {"formatted": name},
            "emails": [{"value": email, "type": "work", "primary": true}],
            "active": true,
        });
        if let Value::Object(record) = record {
            self.keep_new(id, record, now);
        }
    }

    /// Keeps a new record made at `now`.
    ///
    /// # Errors
    /// Fails if its `userName` (in any case) or its `externalId` is taken. The latter is stricter than
    /// RFC 7643 3.1 asks: a client that repeats a creation it got no answer to makes nobody twice.
    pub(super) fn create(&mut self, record: Record, now: i64) -> Result<&Person, NotUnique> {
        self.check_unique(&record, None)?;
        Ok(self.keep_new(random_id(), record, now))
    }

    fn keep_new(&mut self, id: String, record: Record, now: i64) -> &Person {
        self.last_place += 1;
        self.places.insert(id.clone(), self.last_place);
        self.index(&record, &id);
        let change = Change {
            at: now,
            what: What::Created,
            attributes: differences(&Record::new(), &record),
        };
        self.people.entry(self.last_place).or_insert(Person {
            id,
            record,
            version: 1,
            created_at: now,
            modified_at: now,
            history: vec![change],
        })
    }

    /// Replaces the record of `id`, unless the new one is the same; `None` if there is none.
    ///
    /// # Errors
    /// Fails if another record has the `userName` or the `externalId`.
    pub(super) fn change(
        &mut self,
        id: &str,
        record: Record,
        what: What,
        now: i64,
    ) -> Result<Option<&Person>, NotUnique> {
        self.check_unique(&record, Some(id))?;
        let Some(place) = self.places.get(id).copied() else {
            return Ok(None);
        };
        let Some(person) = self.people.get_mut(&place) else {
            return Ok(None);
        };
        let attributes = differences(&person.record, &record);
        if attributes.is_empty() {
            return Ok(self.people.get(&place));
        }
        let before = std::mem::replace(&mut person.record, record.clone());
        person.version += 1;
        person.modified_at = now;
        person.history.push(Change {
            at: now,
            what,
            attributes,
        });
        self.unindex(&before);
        self.index(&record, id);
        Ok(self.people.get(&place))
    }

    /// Forgets a person; returns whether there was one.
    pub(super) fn remove(&mut self, id: &str) -> bool {
        let place = self.places.remove(id);
        match place.and_then(|place| self.people.remove(&place)) {
            Some(person) => {
                self.unindex(&person.record);
                true
            }
            None => false,
        }
    }

    fn check_unique(&self, record: &Record, own: Option<&str>) -> Result<(), NotUnique> {
        let is_taken = |holder: Option<&String>| {
            holder
                .map(String::as_str)
                .is_some_and(|holder| Some(holder) != own)
        };
        let user_name = text(record, "userName");
        if is_taken(self.by_user_name.get(&user_name.to_lowercase())) {
            return Err(NotUnique::UserName(user_name.to_owned()));
        }
        let external_id = text(record, "externalId");
        if is_taken(self.by_external_id.get(external_id)) {
            return Err(NotUnique::ExternalId(external_id.to_owned()));
        }
        Ok(())
    }

    fn index(&mut self, record: &Record, id: &str) {
        let user_name = text(record, "userName").to_lowercase();
        self.by_user_name.insert(user_name, id.to_owned());
        let external_id = text(record, "externalId");
        if !external_id.is_empty() {
            self.by_external_id
                .insert(external_id.to_owned(), id.to_owned());
        }
    }

    fn unindex(&mut self, record: &Record) {
        self.by_user_name
            .remove(&text(record, "userName").to_lowercase());
        self.by_external_id.remove(text(record, "externalId"));
    }
}

fn text<'a>(record: &'a Record, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn differences(before: &Record, after: &Record) -> Vec<Difference> {
    let names = after
        .keys()
        .chain(before.keys().filter(|name| !after.contains_key(*name)));
    let value = |record: &Record, name: &str| record.get(name).cloned().unwrap_or_default();
    names
        .map(|name| Difference {
            name: name.clone(),
            before: value(before, name),
            after: value(after, name),
        })
        .filter(|difference| difference.before != difference.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(user_name: &str, external_id: &str) -> Record {
        let record = json!({"userName": user_name, "externalId": external_id});
        record.as_object().expect("an object").clone()
    }

    #[test]
    fn a_user_name_in_any_case_and_an_external_id_are_given_once() {
        let mut people = People::default();
        let id = people
            .create(record("Ana", "1"), 0)
            .expect("nobody yet")
            .id
            .clone();
        let taken = people.create(record("ANA", "2"), 0).map(|one| one.version);
        assert_eq!(taken, Err(NotUnique::UserName("ANA".to_owned())));
        let taken = people.create(record("bo", "1"), 0).map(|one| one.version);
        assert_eq!(taken, Err(NotUnique::ExternalId("1".to_owned())));
        assert!(
            people
                .change(&id, record("ana", "1"), What::Patched, 1)
                .is_ok()
        );
        assert!(people.remove(&id));
        assert!(people.create(record("Ana", "1"), 0).is_ok());
    }

    #[test]
    fn a_change_that_changes_nothing_leaves_no_trace() {
        let mut people = People::default();
        let id = people
            .create(record("ana", "1"), 0)
            .expect("nobody yet")
            .id
            .clone();
        let same = people.change(&id, record("ana", "1"), What::Replaced, 9);
        let person = same.expect("own names are free").expect("a person");
        assert_eq!((person.version, person.modified_at), (1, 0));
        let other = people.change(&id, record("ana", "2"), What::Patched, 9);
        let person = other.expect("own names are free").expect("a person");
        assert_eq!((person.version, person.modified_at), (2, 9));
        let difference = &person.history[1].attributes[0];
        assert_eq!(
            (&difference.before, &difference.after),
            (&json!("1"), &json!("2"))
        );
    }
}
