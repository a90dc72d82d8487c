//! When an offer has a letter, what the letter says, and what changed in it.
//!
//! A pure island: no store, no network, no clock, so that what brings letters in step with Lever and what answers *Why no
//! letter?* cannot differ. Start reading at [`Gate`].

mod changes;
mod exact;
mod fields;
mod fill;
mod gate;
mod state;

pub use changes::{FieldChange, changes};
pub use exact::refused;
pub use fields::{Kept, LetterField, LetterFields};
pub use fill::{Blocking, Filled, fill};
pub use gate::{Check, Condition, Gate, Out, Stands};
pub use state::{LetterSource, LetterState, LetterStatus};
