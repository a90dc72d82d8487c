//! Making and finding offers in the world.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{FieldKind, FormField, NewOffer, Offer, OfferError, OfferField, OfferValue, Revision};
use crate::state::{Opportunity, Posting, World};

impl World {
    /// An offer and the opportunity it belongs to.
    ///
    /// # Errors
    /// If either does not exist.
    pub(crate) fn offer(
        &self,
        opportunity: &str,
        offer: &str,
    ) -> Result<(&Opportunity, &Offer), OfferError> {
        let found = self
            .opportunity(opportunity)
            .ok_or_else(|| OfferError::not_found("opportunities", opportunity))?;
        let mut offers = found.offers.iter();
        let own = offers.find(|one| one.id == offer);
        own.map(|own| (found, own))
            .ok_or_else(|| OfferError::not_found("offers", offer))
    }

    /// Changes an offer. The opportunity's `updatedAt` moves only if the switch says so (LEVER.md 9).
    ///
    /// # Errors
    /// If it does not exist, and whatever `change` refuses.
    pub(crate) fn change_offer<T>(
        &mut self,
        opportunity: &str,
        offer: &str,
        now: i64,
        change: impl FnOnce(&mut Offer) -> Result<T, OfferError>,
    ) -> Result<T, OfferError> {
        let touches = self.switches.offers_touch_opportunity;
        let mut found = self
            .opportunity_mut(opportunity)
            .ok_or_else(|| OfferError::not_found("opportunities", opportunity))?;
        let mut offers = found.offers.iter_mut();
        let own = offers.find(|one| one.id == offer);
        let own = own.ok_or_else(|| OfferError::not_found("offers", offer))?;
        let outcome = change(own)?;
        if touches {
            found.touch(now);
        }
        Ok(outcome)
    }

    /// Makes a draft from the offer form, with `values` by identifier and the rest filled in from the
    /// posting, the requisition and the candidate.
    ///
    /// # Errors
    /// If the opportunity does not exist.
    pub(crate) fn create_offer(
        &mut self,
        opportunity: &str,
        id: String,
        mut values: BTreeMap<String, OfferValue>,
        creator: &str,
        now: i64,
    ) -> Result<String, OfferError> {
        let mut fields = self.blank_offer(opportunity, now)?;
        for row in &mut fields {
            if let Some(value) = values.remove(&row.field.identifier) {
                row.value = value;
            }
        }
        self.add_offer(opportunity, id.clone(), fields, creator, now)?;
        Ok(id)
    }

    /// Adds a draft with exactly these rows.
    ///
    /// # Errors
    /// If the opportunity does not exist.
    pub(crate) fn add_offer(
        &mut self,
        opportunity: &str,
        id: String,
        fields: Vec<OfferField>,
        creator: &str,
        now: i64,
    ) -> Result<(), OfferError> {
        let found = self
            .opportunity(opportunity)
            .ok_or_else(|| OfferError::not_found("opportunities", opportunity))?;
        let posting = self.posting_of(found);
        let new = NewOffer {
            id,
            posting: posting.map(|posting| posting.id.clone()),
            fields,
            chain: self.company.approvals.steps_for(posting),
            creator: creator.to_owned(),
            created_at: now,
        };
        let touches = self.switches.offers_touch_opportunity;
        if let Some(mut found) = self.opportunity_mut(opportunity) {
            found.offers.push(Offer::new(new));
            if touches {
                found.touch(now);
            }
        }
        Ok(())
    }

    /// Takes over changed values of an offer; see [`Offer::modify`].
    ///
    /// # Errors
    /// If it does not exist or was answered.
    pub(crate) fn modify_offer(
        &mut self,
        opportunity: &str,
        offer: &str,
        values: BTreeMap<String, OfferValue>,
        by: &str,
        now: i64,
    ) -> Result<Revision, OfferError> {
        let (_, found) = self.offer(opportunity, offer)?;
        // Changed as a copy, because its values are put into words with the rest of the world.
        let mut changed = found.clone();
        let revision =
            changed.modify(values, by, |field, value| self.in_words(field, value), now)?;
        self.change_offer(opportunity, offer, now, |own| {
            *own = changed;
            Ok(revision)
        })
    }

    /// The rows of a new offer, filled in as far as it is known (PRODUCTS.md 3.4).
    ///
    /// # Errors
    /// If the opportunity does not exist.
    pub(crate) fn blank_offer(
        &self,
        opportunity: &str,
        now: i64,
    ) -> Result<Vec<OfferField>, OfferError> {
        let found = self
            .opportunity(opportunity)
            .ok_or_else(|| OfferError::not_found("opportunities", opportunity))?;
        let rows = self.company.offer_form.blank().map(|row| OfferField {
            value: self.known_value(found, &row.field, now),
            ..row
        });
        Ok(rows.collect())
    }

    /// Reads the answers of a form: one text by identifier of each row that can be filled in.
    ///
    /// # Errors
    /// Names every field whose answer is not of its type.
    pub(crate) fn read_answers<'a>(
        &self,
        rows: &[OfferField],
        answer: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<BTreeMap<String, OfferValue>, OfferError> {
        let mut values = BTreeMap::new();
        let mut problems = Vec::new();
        for field in rows.iter().map(|row| &row.field) {
            let Some(typed) = answer(&field.identifier).filter(|_| field.is_answerable()) else {
                continue;
            };
            match OfferValue::read(self, field, typed) {
                Ok(value) => {
                    values.insert(field.identifier.clone(), value);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(values)
        } else {
            Err(OfferError::Invalid(problems))
        }
    }

    fn posting_of(&self, opportunity: &Opportunity) -> Option<&Posting> {
        let application = opportunity.application.as_ref()?;
        self.company.posting(&application.posting)
    }

    fn known_value(&self, opportunity: &Opportunity, field: &FormField, now: i64) -> OfferValue {
        let posting = self.posting_of(opportunity);
        let requisition = posting.and_then(|posting| posting.requisition.as_deref());
        let band = |member: &str| {
            let requisition = self.company.requisition(requisition?)?;
            requisition.document.get("compensationBand")?[member].as_str()
        };
        // In recorded offers the job posting is the id of the application (LEVER.md 3.3).
        let known = match field.identifier.as_str() {
            "job_posting" => opportunity.application.as_ref().map(|one| one.id.as_str()),
            "job_title" => posting.map(|posting| posting.text.as_str()),
            "requisition" => requisition,
            "candidate_name" => Some(self.contact_of(opportunity).name.as_str()),
            "team" => posting.and_then(|posting| {
                let categories = posting.document.get("categories")?;
                categories.get("team").and_then(Value::as_str)
            }),
            "location/office" => posting.and_then(|posting| posting.location.as_deref()),
            "hiring_manager" => posting.and_then(|posting| posting.hiring_manager.as_deref()),
            "compensation_currency" => band("currency"),
            "salary_interval" => band("interval"),
            "today_date" => return OfferValue::date_at(now),
            _ if field.kind == FieldKind::Checkbox => return OfferValue::Checked(false),
            _ => None,
        };
        let known = known.filter(|text| !text.trim().is_empty());
        known.map_or(OfferValue::Empty, OfferValue::text)
    }
}
