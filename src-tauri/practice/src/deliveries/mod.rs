//! Webhook deliveries: which are due, how they are signed, sent, retried and remembered.
//!
//! Start in `announce`: it decides which hooks hear of an event. `worker` carries the queued
//! deliveries out, one lane per webhook, so that a slow endpoint delays nobody else. `log` remembers
//! them, for the pages and for tests.

mod announce;
mod lanes;
mod log;
mod record;
mod send;
mod signature;
mod worker;

pub(crate) use log::{Deliveries, DeliveryNumber};
pub(crate) use record::{Attempt, Delivery, DeliveryKind, DeliveryState};
pub(crate) use send::{request_headers, verify_connection};
pub(crate) use signature::{explain, sign};
pub(crate) use worker::carry_out;
