//! The practice Lever seen from outside, over HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails that test by panicking"
)]

mod api;
mod approvals;
mod apps;
mod by_hand;
mod candidate_pages;
mod control;
mod create;
mod credentials;
mod faults;
mod files;
mod forms;
mod hostile;
mod hris;
mod interviews;
mod labels;
mod ledger;
mod login;
mod mail;
mod notes;
mod oauth;
mod offer_pages;
mod offers;
mod pages;
mod postings;
mod profile;
mod receiver;
mod requisitions;
mod samples;
mod tenants;
mod users;
mod webhook_api;
mod webhook_pages;
mod webhooks;
mod world;
