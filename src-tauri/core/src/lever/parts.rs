//! Which parts of Lever are read about a candidate. Each takes a call of its own and Lever allows ten a second
//! (LEVER.md 2.8), so a hire costs what its mapping uses.

use std::collections::BTreeSet;

use super::custom::{OFFER, QUESTION, REQUISITION};
use super::fields::standard;
use super::filled::{FORM, REFERRAL};
use super::types::Application;
use crate::mapping::{SourceGroup, company_fields};

/// A part of Lever beside the opportunity, which is always read and holds its application, stage and owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The contact.
    Contact,
    /// What only the application's own answer tells.
    Application,
    /// The offers.
    Offers,
    /// The profile forms.
    Forms,
    /// The referrals.
    Referrals,
    /// The posting applied to.
    Posting,
    /// The requisition, with the customer's own fields.
    Requisition,
    /// The colleagues who are named by id.
    Users,
}

impl Part {
    const ALL: [Self; 8] = [
        Self::Contact,
        Self::Application,
        Self::Offers,
        Self::Forms,
        Self::Referrals,
        Self::Posting,
        Self::Requisition,
        Self::Users,
    ];
}

/// The parts of Lever that are read about a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts(BTreeSet<Part>);

impl Parts {
    /// Everything that Lever can tell.
    pub fn every() -> Self {
        Self(Part::ALL.into())
    }

    /// What these source fields need, by id; of a field that nobody knows, everything.
    pub fn of<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        let needed = fields.into_iter().map(needed);
        needed.fold(Self(BTreeSet::new()), |all, one| Self(&all.0 | &one.0))
    }

    /// These, and the posting.
    #[must_use]
    pub fn with_posting(mut self) -> Self {
        self.0.insert(Part::Posting);
        self
    }

    /// Whether nothing is left out.
    pub(super) fn is_every(&self) -> bool {
        self.0.len() == Part::ALL.len()
    }

    pub(super) fn has(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    pub(super) fn has_all(&self, parts: &Self) -> bool {
        parts.0.is_subset(&self.0)
    }

    /// Whether the offers are read: for themselves, or because they alone name the posting or the requisition.
    pub(super) fn need_offers(&self, application: Option<&Application>) -> bool {
        let posting = application.and_then(|found| found.posting.as_ref());
        self.has(Part::Offers)
            || self.has(Part::Posting) && posting.is_none()
            || self.has(Part::Requisition) && !names_requisition(application)
    }

    /// Whether the posting is read: for itself, or because it alone names the requisition.
    pub(super) fn need_posting(&self, application: Option<&Application>) -> bool {
        self.has(Part::Posting) || self.has(Part::Requisition) && !names_requisition(application)
    }
}

fn names_requisition(application: Option<&Application>) -> bool {
    let hire = application.and_then(|found| found.requisition_for_hire.as_ref());
    hire.is_some_and(|hire| hire.id.is_some())
}

impl FromIterator<Part> for Parts {
    fn from_iter<T: IntoIterator<Item = Part>>(parts: T) -> Self {
        Self(parts.into_iter().collect())
    }
}

/// What the fields of a group need, besides what a field of it asks for itself.
pub(super) fn of_group(group: SourceGroup) -> Option<Part> {
    match group {
        SourceGroup::Opportunity
        | SourceGroup::Application
        | SourceGroup::Derived
        | SourceGroup::Company => None,
        SourceGroup::Contact => Some(Part::Contact),
        SourceGroup::Posting => Some(Part::Posting),
        SourceGroup::Requisition => Some(Part::Requisition),
        SourceGroup::Offer => Some(Part::Offers),
        SourceGroup::Form => Some(Part::Forms),
        SourceGroup::Referral => Some(Part::Referrals),
    }
}

fn needed(field: &str) -> Parts {
    if let Some(known) = standard().find(|known| known.id == field) {
        return known.parts();
    }
    if company_fields().iter().any(|known| known.id == field) {
        return Parts(BTreeSet::new());
    }
    let customs = [
        (REQUISITION, SourceGroup::Requisition),
        (OFFER, SourceGroup::Offer),
        (QUESTION, SourceGroup::Application),
        (FORM, SourceGroup::Form),
        (REFERRAL, SourceGroup::Referral),
    ];
    let of = customs
        .into_iter()
        .find(|(prefix, _)| field.starts_with(prefix));
    of.map_or_else(Parts::every, |(_, group)| {
        of_group(group).into_iter().collect()
    })
}
