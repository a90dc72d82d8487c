//! Reading the world: the joins that more than one page or endpoint needs.

use serde_json::Value;

use super::{
    ChangeError, Contact, Contacts, Details, Opportunities, Opportunity, OpportunityMut, World,
};

impl World {
    /// Forgets every contact and opportunity, without an event.
    pub(crate) fn clear_candidates(&mut self) {
        self.contacts = Contacts::default();
        self.opportunities = Opportunities::new(&self.company.stages);
    }

    /// A living opportunity; deleted ones are found only in the deleted list.
    pub(crate) fn opportunity(&self, id: &str) -> Option<&Opportunity> {
        self.opportunities
            .get(id)
            .filter(|opportunity| opportunity.deleted.is_none())
    }

    /// A living opportunity, for a change.
    pub(crate) fn opportunity_mut(&mut self, id: &str) -> Option<OpportunityMut<'_>> {
        self.opportunities
            .get_mut(id)
            .filter(|opportunity| opportunity.deleted.is_none())
    }

    /// A living opportunity that is to be changed.
    pub(crate) fn profile_mut(&mut self, id: &str) -> Result<OpportunityMut<'_>, ChangeError> {
        self.opportunity_mut(id)
            .ok_or_else(|| ChangeError::not_found("opportunities", id))
    }

    /// The person behind an opportunity.
    pub(crate) fn contact_of(&self, opportunity: &Opportunity) -> &Contact {
        self.contacts
            .get(&opportunity.contact)
            .expect("every opportunity is created together with its contact")
    }

    /// An opportunity joined with its contact, as the API answers it.
    pub(crate) fn opportunity_json(
        &self,
        opportunity: &Opportunity,
        details: Details,
        web: &str,
    ) -> Value {
        opportunity.to_json(self.contact_of(opportunity), details, web)
    }

    /// Ids of all living opportunities of a contact.
    pub(crate) fn opportunities_of(&self, contact: &str) -> Vec<String> {
        let siblings = self.opportunities.of_contact(contact);
        siblings.map(|opportunity| opportunity.id.clone()).collect()
    }
}
