//! People: imported from Lever through the mapping, one for each contact.

mod import;
pub mod plan;
mod tray;

pub use self::import::Import;
