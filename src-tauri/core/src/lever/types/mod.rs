//! Lever's resources as its API sends them (LEVER.md 3): only the attributes that Fulcrum reads, tolerant of
//! the ones it does not know, of nulls, and of the documented variants in writing. Ids and enumerations stay
//! texts: built-in stages have slugs, and Lever adds values without notice (LEVER.md 2.5).

mod application;
mod archive_reason;
mod contact;
mod expandable;
mod form;
mod millis;
mod offer;
mod opportunity;
mod posting;
mod requisition;
mod stage;
mod user;
mod webhook;

pub use application::{Application, RequisitionForHire};
pub use archive_reason::ArchiveReason;
pub use contact::{Contact, ContactLocation, Phone};
pub use expandable::{Expandable, Identified};
pub use form::{Form, FormField, FormTemplate};
pub use millis::Millis;
pub use offer::{Offer, OfferField, Signature};
pub use opportunity::{Archived, Opportunity, StageChange};
pub use posting::{Categories, Posting};
pub use requisition::{Requisition, RequisitionField, Subfield};
pub use stage::Stage;
pub use user::User;
pub use webhook::{Conditions, Webhook, WebhookConfiguration};

use serde::{Deserialize, Deserializer};

/// Reads null as the default: Lever writes it for an empty list or text as well.
pub(super) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod samples;
