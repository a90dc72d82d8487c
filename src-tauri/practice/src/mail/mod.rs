//! The practice mailbox: every mail sent to it is kept and shown, and none is passed on.
//!
//! `smtp` is the way in over the wire, [`Mailbox`] what is kept, `contents` the reading of MIME,
//! `pages` what a person sees and `control` what a test steers and reads. Start in `mailbox`.

mod contents;
mod control;
mod fault;
pub(crate) mod letter;
mod mailbox;
mod pages;
mod smtp;

pub(crate) use control::{DOCUMENTATION as CONTROL_DOCUMENTATION, routes as control_routes};
pub(crate) use mailbox::Mailbox;
pub(crate) use pages::routes as page_routes;
pub use smtp::{SMTP_PASSWORD, SMTP_USER, run_mailbox};
