//! The product: everything Fulcrum does, without a window. It owns the database, the connection to Lever, the
//! mapping, the listeners, people and workflows, and the list of commands that screens and scripts call. It must
//! never depend on Tauri. Start reading in `api/mod.rs`, the list of commands, and `api/engine.rs`, which puts
//! the parts together.

pub mod api;
pub mod clock;
pub mod config;
pub mod connections;
pub mod crash;
pub mod downloads;
pub mod feed;
pub mod http;
pub mod jobs;
pub mod letters;
pub mod lever;
pub mod listeners;
pub mod mapping;
pub mod oauth;
pub mod offers;
pub mod people;
pub mod redact;
pub mod standing;
pub mod store;
pub mod tunnel;
pub mod vault;
pub mod workflows;

pub use api::{Engine, Glance, Host, Mark, StartError};
