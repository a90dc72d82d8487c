//! People: imported from Lever through the mapping, one for each contact unless the user says otherwise.

mod admit;
mod import;
pub mod plan;
mod tray;
mod whose;

pub use self::admit::{admission, judge};
pub use self::import::Import;
