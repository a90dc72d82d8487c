//! The person behind one or more opportunities (LEVER.md 3.2).

use std::collections::HashMap;

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
    by_id: HashMap<String, Contact>,
    /// Canonical address to contact id. Kept because every new candidate is matched by e-mail.
    by_email: HashMap<String, String>,
}

impl Contacts {
    pub(crate) fn get(&self, id: &str) -> Option<&Contact> {
        self.by_id.get(id)
    }

    pub(crate) fn insert(&mut self, contact: Contact) {
        self.index(&contact);
        self.by_id.insert(contact.id.clone(), contact);
    }

    /// Changes a contact and returns it as it is then, or `None` if there is no such contact.
    pub(crate) fn update(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Contact),
    ) -> Option<&Contact> {
        let mut contact = self.by_id.remove(id)?;
        self.by_email.retain(|_, owner| owner != id);
        change(&mut contact);
        self.insert(contact);
        self.by_id.get(id)
    }

    /// The contact that has one of `emails`.
    pub(crate) fn with_any_email(&self, emails: &[String]) -> Option<&Contact> {
        let mut owners = emails
            .iter()
            .filter_map(|email| self.by_email.get(&canonical_email(email)));
        self.by_id.get(owners.next()?)
    }

    fn index(&mut self, contact: &Contact) {
        for email in &contact.emails {
            let owner = self.by_email.entry(canonical_email(email));
            owner.or_insert_with(|| contact.id.clone());
        }
    }
}

fn canonical_email(email: &str) -> String {
    email.trim().to_lowercase()
}
