//! `letters.*`: offer letters, and how they are kept in step with Lever.

mod act;
mod list;
mod settings;
mod show;
mod why;
mod writes;

pub use self::act::{KeepValue, LetterField, RetryWrite};
pub(super) use self::act::{check_now, keep, publish, retry, take, withdraw};
pub(super) use self::list::list;
pub use self::list::{LetterLine, LettersPage, ListLetters};
pub use self::settings::{LetterSettings, StageChoice};
pub(super) use self::settings::{save, show as settings};
pub use self::show::LetterView;
pub(super) use self::show::show;
pub(super) use self::why::why;
pub use self::why::{WhyAnswer, WhyInput};
pub(super) use self::writes::writes;
pub use self::writes::{WritesInput, WritesPage};

use super::error::{AppError, ErrorCode};

fn gone() -> AppError {
    AppError::new(ErrorCode::NotFound, "This letter is no longer here.")
}
