//! The contact behind the opportunity (LEVER.md 3.2).

use super::Field;
use crate::lever::facts::Facts;
use crate::lever::types::Contact;
use crate::mapping::FieldType::{Email, Phone, Text};
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
    field("contact.phones.first", "Phone", Phone, |facts| {
        of(facts, |contact| contact.phones.first()?.value.as_deref())
    }),
    field("contact.location", "Location", Text, |facts| {
        of(facts, |contact| contact.location.as_deref())
    }),
];
