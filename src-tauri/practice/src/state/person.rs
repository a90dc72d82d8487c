//! The person behind one or more opportunities (LEVER.md 3.2).

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A phone number; `type` may be absent (LEVER.md 3.1).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Phone {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    pub(crate) value: String,
}

/// A person's own details, shared by all of their opportunities.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contact {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) headline: String,
    pub(crate) location: String,
    pub(crate) emails: Vec<String>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) links: Vec<String>,
    pub(crate) is_anonymized: bool,
}

impl Contact {
    /// The contact as `GET /contacts/:id` answers it.
    pub(crate) fn to_json(&self) -> Value {
        let mut document = self.to_update_answer();
        if let Some(members) = document.as_object_mut() {
            members.insert("isAnonymized".into(), self.is_anonymized.into());
            members.insert(
                "dataProtection".into(),
                json!({"interviewIntelligence": {"allowed": true, "expiresAt": null}}),
            );
        }
        document
    }

    /// The contact as PUT answers it: without `isAnonymized` and `dataProtection` (LEVER.md 3.2).
    pub(crate) fn to_update_answer(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "headline": self.headline,
            "location": {"name": self.location},
            "emails": self.emails,
            "phones": self.phones,
        })
    }

    /// Whether one of the addresses equals `email` in canonical form (LEVER.md 2.6).
    pub(crate) fn has_email(&self, email: &str) -> bool {
        let wanted = canonical_email(email);
        self.emails.iter().any(|own| canonical_email(own) == wanted)
    }
}

/// All contacts, found by id and by e-mail address.
#[derive(Default)]
pub(crate) struct Contacts {
    by_id: HashMap<Arc<str>, Contact>,
    /// Canonical address to contact ids, the one that had it first in front. Kept because every
    /// new candidate is matched by e-mail.
    by_email: HashMap<String, Vec<Arc<str>>>,
}

impl Contacts {
    pub(crate) fn get(&self, id: &str) -> Option<&Contact> {
        self.by_id.get(id)
    }

    /// Adds a contact; elsewhere through [`World::insert_contact`](super::World::insert_contact).
    pub(super) fn insert(&mut self, contact: Contact) {
        let id: Arc<str> = contact.id.as_str().into();
        self.index(&id, &contact);
        self.by_id.insert(id, contact);
    }

    /// Changes a contact and returns it as it is then, or `None` if there is no such contact; elsewhere
    /// through [`World::update_contact`](super::World::update_contact).
    pub(super) fn update(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Contact),
    ) -> Option<&Contact> {
        let (id, mut contact) = self.by_id.remove_entry(id)?;
        let emails_before = contact.emails.clone();
        change(&mut contact);
        if contact.emails != emails_before {
            self.forget(&id, &emails_before);
            self.index(&id, &contact);
        }
        Some(self.by_id.entry(id).or_insert(contact))
    }

    /// The contact that has one of `emails`.
    pub(crate) fn with_any_email(&self, emails: &[String]) -> Option<&Contact> {
        let mut owners = emails
            .iter()
            .filter_map(|email| self.by_email.get(&canonical_email(email))?.first());
        self.by_id.get(owners.next()?)
    }

    /// Ids of the contacts that have this address.
    pub(crate) fn ids_with_email(&self, email: &str) -> &[Arc<str>] {
        let owners = self.by_email.get(&canonical_email(email));
        owners.map_or(&[], Vec::as_slice)
    }

    fn index(&mut self, id: &Arc<str>, contact: &Contact) {
        for email in &contact.emails {
            let owners = self.by_email.entry(canonical_email(email)).or_default();
            owners.push(Arc::clone(id));
        }
    }

    fn forget(&mut self, id: &Arc<str>, emails: &[String]) {
        for email in emails {
            let email = canonical_email(email);
            if let Some(owners) = self.by_email.get_mut(&email) {
                owners.retain(|owner| owner != id);
                if owners.is_empty() {
                    self.by_email.remove(&email);
                }
            }
        }
    }
}

fn canonical_email(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(id: &str, email: &str) -> Contact {
        Contact {
            id: id.to_owned(),
            emails: vec![email.to_owned()],
            ..Contact::default()
        }
    }

    #[test]
    fn an_address_that_one_contact_gives_up_still_leads_to_the_other_that_has_it() {
        let mut contacts = Contacts::default();
        contacts.insert(contact("first", "rosa@example.com"));
        contacts.insert(contact("second", "Rosa@Example.com"));
        let found = |contacts: &Contacts, email: &str| {
            let found = contacts.with_any_email(&[email.to_owned()]);
            found.map(|contact| contact.id.clone())
        };
        assert_eq!(
            found(&contacts, "ROSA@example.com").as_deref(),
            Some("first")
        );
        let moved = vec!["new@example.com".to_owned()];
        contacts.update("first", |one| one.emails = moved);
        assert_eq!(
            found(&contacts, "rosa@example.com").as_deref(),
            Some("second")
        );
        assert_eq!(
            found(&contacts, "new@example.com").as_deref(),
            Some("first")
        );
    }
}
