//! The practice Lever: a stand-in for Lever (the ATS), for tests and for trying Fulcrum out.
//!
//! It owns the other side of the wire: an authorization server, the Data API, the pages a person
//! clicks, signed webhook deliveries, and a control plane under `/practice` for tests. It is written
//! from Lever's public documents (`LEVER.md`) and must never depend on `fulcrum-core`: sharing types
//! with the client would hide every mistake both make alike. A mailbox and an HRIS stand beside it, for
//! what an onboarding workflow sends. All state is in memory.
//!
//! Start reading in [`run`], then `state` (what exists and what can happen to it), `deliveries` (what
//! an event sets off), `auth`, `api` and `web` (the three ways in), `mail` and `hris` (what stands
//! beside it), and `control` (what tests steer).

mod api;
mod auth;
mod clock;
mod control;
mod deliveries;
mod faults;
mod hris;
mod http;
mod identifiers;
mod ledger;
mod mail;
mod pdf;
mod practice;
mod seed;
mod server;
mod state;
mod switches;
mod tenant;
mod wall;
mod web;

pub use clock::Clock;
pub use hris::SCIM_TOKEN;
pub use identifiers::seeded_id;
pub use mail::{SMTP_PASSWORD, SMTP_USER, run_mailbox};
pub use practice::{Practice, Settings};
pub use server::run;
pub use switches::{AutomaticConsent, RefreshReuse, RevokeEffect, SwitchRefused, Switches};
pub use tenant::Tenant;
