//! Where Lever's events come in: endpoints, signature tokens, verdicts, and the inbox.

mod event;
mod judge;
mod manage;
mod receive;
pub mod signature;

pub use self::event::LeverEvent;
pub use self::judge::{Judgement, Verdict, judge};
pub use self::manage::{begin, create, remove, run_held, switch};
pub use self::receive::{Arrived, receive};

use crate::store::StoreError;

/// Why a listener cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum ListenerError {
    /// There is no such listener.
    #[error("This listener no longer exists.")]
    NotFound,
    /// There is no such workflow.
    #[error("This workflow no longer exists.")]
    NoWorkflow,
    /// The token cannot be one of Lever's.
    #[error("{0}")]
    Token(&'static str),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
