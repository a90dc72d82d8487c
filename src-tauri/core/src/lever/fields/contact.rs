//! The contact behind the opportunity (LEVER.md 3.2).

use super::{Field, numbers};
use crate::lever::facts::Facts;
use crate::lever::types::Contact;
use crate::mapping::FieldType::{Email, List, Phone, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Contact, id, label, kind, read)
}

fn of<'a>(facts: &'a Facts, part: fn(&'a Contact) -> Option<&'a str>) -> Value {
    facts.contact.as_ref().and_then(part).into()
}

pub(super) const FIELDS: &[Field] = &[
    field("contact.name", "Name", Text, |facts| {
        of(facts, |contact| Some(&contact.name))
    }),
    field("contact.emails.first", "E-mail", Email, |facts| {
        of(facts, |contact| contact.emails.first().map(String::as_str))
    }),
    field("contact.emails", "All e-mails", List, |facts| {
        let emails = facts.contact.as_ref().map(|contact| contact.emails.clone());
        Value::List(emails.unwrap_or_default())
    }),
    field("contact.phones.first", "Phone", Phone, |facts| {
        of(facts, |contact| contact.phones.first()?.value.as_deref())
    }),
    field("contact.phones", "All phones", List, |facts| {
        let contact = facts.contact.as_ref();
        contact.map_or(Value::Empty, |contact| numbers(&contact.phones))
    }),
    field("contact.headline", "Headline", Text, |facts| {
        of(facts, |contact| Some(&contact.headline))
    }),
    field("contact.id", "Contact id", Text, |facts| {
        of(facts, |contact| Some(&contact.id))
    }),
    field("contact.location", "Location", Text, |facts| {
        of(facts, |contact| contact.location.as_deref())
    }),
];
