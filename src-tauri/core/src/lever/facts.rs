//! Everything that was read about one candidate, before it becomes fields.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::hired::Hired;
use super::types::{
    Application, Contact, Form, Identified, Offer, Opportunity, Posting, Referral, Requisition,
    Stage, User,
};
use super::value::{day, typed};
use crate::mapping::{FieldType, Value};

/// Everything that was read about one candidate; parts that do not exist or may not be read are none.
pub(super) struct Facts {
    pub(super) opportunity: Opportunity,
    pub(super) hired: Hired,
    /// The day on which Lever was read, in UTC.
    pub(super) read_on: Date,
    pub(super) contact: Option<Contact>,
    pub(super) application: Option<Application>,
    pub(super) offer: Option<Offer>,
    /// The filled profile forms.
    pub(super) forms: Vec<Form>,
    pub(super) referrals: Vec<Referral>,
    pub(super) posting: Option<Posting>,
    pub(super) requisition: Option<Requisition>,
    /// Colleagues who are named somewhere, by id.
    pub(super) users: HashMap<String, User>,
}

impl Facts {
    /// What the opportunity itself tells, read at `now`.
    pub(super) fn of(opportunity: Opportunity, hired: Hired, now: Timestamp) -> Self {
        let application = opportunity
            .applications
            .first()
            .and_then(|found| found.object())
            .cloned();
        let owner = opportunity
            .owner
            .as_ref()
            .and_then(|owner| owner.object())
            .cloned();
        let contact = opportunity
            .contact
            .as_ref()
            .and_then(|contact| contact.object())
            .cloned();
        Self {
            hired,
            read_on: day(now),
            contact,
            application,
            offer: None,
            forms: Vec::new(),
            referrals: Vec::new(),
            posting: None,
            requisition: None,
            users: owner
                .into_iter()
                .map(|owner| (owner.id.to_string(), owner))
                .collect(),
            opportunity,
        }
    }

    pub(super) fn stage(&self) -> Option<&Stage> {
        self.opportunity.stage.as_ref()?.object()
    }

    pub(super) fn owner(&self) -> Option<&User> {
        self.users.get(self.opportunity.owner.as_ref()?.id())
    }

    /// The hiring manager at the time of the hire, or else of the requisition as it is now.
    pub(super) fn requisition_manager_id(&self) -> Option<&str> {
        let hire = self
            .application
            .as_ref()
            .and_then(|found| found.requisition_for_hire.as_ref());
        let on_hire = hire.and_then(|hire| hire.hiring_manager_on_hire.as_deref());
        let now = || Some(self.requisition.as_ref()?.hiring_manager.as_ref()?.id());
        on_hire.or_else(now)
    }

    /// The referral that was made last.
    pub(super) fn referral(&self) -> Option<&Referral> {
        self.referrals.iter().max_by_key(|made| made.created_at)
    }

    pub(super) fn referrer_id(&self) -> Option<&str> {
        Some(self.referral()?.referrer.as_ref()?.id())
    }

    pub(super) fn sourcer_id(&self) -> Option<&str> {
        Some(self.opportunity.sourced_by.as_ref()?.id())
    }

    pub(super) fn posting_manager_id(&self) -> Option<&str> {
        let of_posting = self
            .posting
            .as_ref()
            .and_then(|posting| posting.hiring_manager.as_ref());
        let of_application = self
            .application
            .as_ref()
            .and_then(|found| found.posting_hiring_manager.as_ref());
        Some(of_posting.or(of_application)?.id())
    }

    /// The id of the user in a field of the offer form.
    pub(super) fn offer_user_id(&self, identifier: &str) -> Option<&str> {
        self.offer.as_ref()?.field(identifier)?.value.as_str()
    }

    pub(super) fn offer_creator_id(&self) -> Option<&str> {
        Some(self.offer.as_ref()?.creator.as_ref()?.id())
    }

    pub(super) fn user(&self, id: Option<&str>) -> Option<&User> {
        self.users.get(id?)
    }

    /// The address of the user.
    pub(super) fn address(&self, id: Option<&str>) -> Value {
        self.user(id).and_then(|user| user.email.clone()).into()
    }

    /// The name of the user; the id if the user could not be read.
    pub(super) fn name(&self, id: Option<&str>) -> Value {
        self.user(id).map(|user| user.name.as_str()).or(id).into()
    }

    /// A field of the offer form.
    pub(super) fn offer_value(&self, identifier: &str, kind: FieldType) -> Value {
        let field = self
            .offer
            .as_ref()
            .and_then(|offer| offer.field(identifier));
        field.map_or(Value::Empty, |field| typed(&field.value, kind))
    }

    /// The day of the hire.
    pub(super) fn hired_day(&self) -> Option<Date> {
        match &self.hired {
            Hired::Yes { at, .. } => at.map(day),
            Hired::No { .. } => None,
        }
    }
}
