//! People: imported from Lever through the mapping, one for each contact.

mod import;
pub mod plan;

pub use self::import::Import;
