//! Taking everything personal out of a profile (PRODUCTS.md 3.3, L18, L19).

use super::{ChangeError, Contact, ReasonType, World};

impl World {
    /// Whether an opportunity is archived for a reason that is no hire.
    fn is_archived_not_hired(&self, id: &str) -> bool {
        let archived = self.opportunity(id).and_then(|one| one.archived.as_ref());
        let reason = archived.and_then(|archived| self.company.reason(&archived.reason));
        reason.is_some_and(|reason| reason.kind == ReasonType::NonHired)
    }

    /// Whether a person can be anonymised: all of their opportunities are archived, and none is a hire.
    pub(crate) fn can_anonymise(&self, contact: &Contact) -> bool {
        let opportunities = self.opportunities_of(&contact.id);
        !contact.is_anonymized
            && opportunities
                .iter()
                .all(|id| self.is_archived_not_hired(id))
    }

    /// Takes name, contact details, notes, forms, resumes, files, interviews, referrals, offers and
    /// answers from a person and their opportunities. Stages, postings, origins and dates stay, so that
    /// counts stay what they were.
    pub(crate) fn anonymise(&mut self, id: &str, now: i64) -> Result<(), ChangeError> {
        let opportunity = self
            .opportunity(id)
            .ok_or_else(|| ChangeError::not_found("opportunities", id))?;
        let contact = self.contact_of(opportunity);
        if !self.can_anonymise(contact) {
            let text =
                "Only a candidate who is archived everywhere and was not hired can be anonymised.";
            return Err(ChangeError::invalid(text));
        }
        let contact = contact.id.clone();
        self.update_contact(&contact, |contact| {
            *contact = Contact {
                id: contact.id.clone(),
                is_anonymized: true,
                ..Contact::default()
            };
        });
        for sibling in self.opportunities_of(&contact) {
            if let Some(mut opportunity) = self.opportunity_mut(&sibling) {
                opportunity.notes.clear();
                opportunity.forms.clear();
                opportunity.resumes.clear();
                opportunity.files.clear();
                opportunity.panels.clear();
                opportunity.referrals.clear();
                opportunity.offers.clear();
                // Its lines hold old tags and links, which can name a person.
                opportunity.story.clear();
                opportunity.tags.clear();
                if let Some(application) = &mut opportunity.application {
                    application.custom_questions.clear();
                }
            }
            self.tell(&sibling, "Anonymised", None, None, now);
        }
        self.contact_changed(&contact, now);
        Ok(())
    }
}
