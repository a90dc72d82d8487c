//! Changes of a person's own details, which show on all of their opportunities.

use super::{Contact, EventName, Phone, World};

impl World {
    /// Adds a contact, whom searches find from then on.
    pub(crate) fn insert_contact(&mut self, contact: Contact) {
        self.opportunities.rename_contact(&contact);
        self.contacts.insert(contact);
    }

    /// Changes a contact, also for searches, and returns it as it is then; `None` if there is no such
    /// contact.
    pub(crate) fn update_contact(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Contact),
    ) -> Option<&Contact> {
        let contact = self.contacts.update(id, change)?;
        self.opportunities.rename_contact(contact);
        Some(contact)
    }

    /// Changes a contact, tells what changed in the story of each of their opportunities, and returns the
    /// contact as it is then; `None` if there is no such contact.
    pub(crate) fn edit_contact(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Contact),
        now: i64,
    ) -> Option<&Contact> {
        let before = details(self.contacts.get(id)?);
        let after = details(self.update_contact(id, change)?);
        for opportunity in self.opportunities_of(id) {
            for ((what, from), (_, to)) in before.iter().zip(&after) {
                if from != to {
                    self.tell(&opportunity, what, from.clone(), to.clone(), now);
                }
            }
        }
        self.contact_changed(id, now);
        self.contacts.get(id)
    }

    /// Marks all opportunities of a contact as updated and fires `contactUpdated`.
    pub(crate) fn contact_changed(&mut self, contact: &str, now: i64) {
        for opportunity in self.opportunities_of(contact) {
            if let Some(mut opportunity) = self.opportunity_mut(&opportunity) {
                opportunity.touch(now);
            }
        }
        self.announce_contact(EventName::ContactUpdated, contact, now);
    }
}

/// What the story tells of a contact, in words.
fn details(contact: &Contact) -> [(&'static str, Option<String>); 5] {
    let words = |text: String| (!text.is_empty()).then_some(text);
    let phones = contact
        .phones
        .iter()
        .map(|Phone { value, .. }| value.as_str());
    [
        ("Name", words(contact.name.clone())),
        ("Headline", words(contact.headline.clone())),
        ("Location", words(contact.location.clone())),
        ("E-mail", words(contact.emails.join(", "))),
        ("Phone", words(phones.collect::<Vec<_>>().join(", "))),
    ]
}
