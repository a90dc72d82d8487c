//! Lever: the Data API client, and one candidate as a [`mapping::Record`](crate::mapping::Record).
//!
//! Built from `reference/LEVER.md` (LEVER.md elsewhere). Knows the wire and the resources, and neither mappings
//! nor people; it writes only what [`effects`] makes, and webhooks. It gets its tokens from
//! [`AccessTokens`](crate::http::tokens) and its clients from `http`. Start reading at [`Client`];
//! [`candidate()`] is what a job reads before it acts and [`catalog()`] is what the mapping screen offers, both
//! driven by the one list in `fields`.

mod account;
mod call;
mod candidate;
mod catalog;
mod client;
mod custom;
pub mod effects;
mod endpoint;
mod envelope;
mod error;
mod facts;
mod fields;
mod filled;
mod filter;
mod follow;
mod gather;
mod hired;
mod kept;
mod lists;
mod meter;
mod moved;
mod offered;
mod opportunities;
mod pace;
mod pages;
mod parts;
mod patience;
mod probe;
mod redirect;
mod refusal;
mod sample;
mod scope;
mod send;
mod setback;
pub mod types;
mod value;
mod walk;
mod webhooks;

#[cfg(test)]
mod stub;
#[cfg(test)]
mod tests;

pub use candidate::{Candidate, Job, candidate, offered, part_of, with_offer};
pub use catalog::{catalog, source_fields, standard_fields};
pub use client::Client;
pub use endpoint::READ_WEBHOOKS;
pub use envelope::Page;
pub use error::Error;
pub use filter::{LARGEST_PAGE, OpportunityFilter};
pub use hired::{Hired, NotHired, recent_hires};
pub use lists::{List, MOST_LISTED, listed};
pub use meter::{DailyUses, Meter, Uses};
pub use offered::{
    Candidacy, Offered, candidacy, offer_stages, offers_by_email, offers_of, recent_offers,
};
pub use pace::{Pace, Priority};
pub use parts::Parts;
pub use patience::Patience;
pub use probe::Probe;
pub use scope::{includes, is_granted};
pub use webhooks::{MANAGE_WEBHOOKS, MadeWebhook};
