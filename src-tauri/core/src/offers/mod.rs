//! Offers in step with Lever: a letter for each offer that should have one, which says what Lever says.
//!
//! The rules are in [`rules`], which touch nothing.

mod drawn;
mod keep;
mod look;
mod page;
mod poll;
pub mod rules;
mod said;
mod settings;
mod settle;
mod sync;
mod turns;
mod why;
mod write_back;

pub use drawn::{company, known_fields, standard};
pub use keep::{Decision, DecisionError, decide};
pub use settings::OfferSettings;
pub use sync::{OfferSync, SyncError};
pub use why::{Why, WhyOffer};
pub use write_back::{WriteLetter, link};
