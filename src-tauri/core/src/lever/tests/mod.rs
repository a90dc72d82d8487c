//! The client against a stub on loopback.

mod account;
mod candidate;
mod catalog;
mod effects;
mod hosts;
mod lists;
mod metering;
mod moved;
mod parts;
mod redirects;
mod samples;
mod secrets;
mod sending;
mod walk;
mod webhooks;
mod writing;
