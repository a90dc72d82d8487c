//! Reading the world: the joins that more than one page or endpoint needs.

use serde_json::Value;

use super::{Contact, Details, Opportunity, World};

impl World {
    /// A living opportunity; deleted ones are found only in the deleted list.
    pub(crate) fn opportunity(&self, id: &str) -> Option<&Opportunity> {
        self.opportunities
            .get(id)
            .filter(|opportunity| opportunity.deleted.is_none())
    }

    pub(crate) fn opportunity_mut(&mut self, id: &str) -> Option<&mut Opportunity> {
        self.opportunities
            .get_mut(id)
            .filter(|opportunity| opportunity.deleted.is_none())
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

    /// The rank by which `GET /opportunities` sorts (LEVER.md 2.3).
    pub(crate) fn stage_rank(&self, opportunity: &Opportunity) -> f64 {
        self.company
            .stage(&opportunity.stage)
            .map_or(f64::MAX, |stage| stage.rank)
    }

    /// Ids of all living opportunities of a contact.
    pub(crate) fn opportunities_of(&self, contact: &str) -> Vec<String> {
        self.opportunities
            .values()
            .filter(|opportunity| opportunity.contact == contact && opportunity.deleted.is_none())
            .map(|opportunity| opportunity.id.clone())
            .collect()
    }
}
