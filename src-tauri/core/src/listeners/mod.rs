//! Where Lever's events come in: endpoints, signature tokens, verdicts, and the inbox.

mod accept;
pub mod admission;
mod begin;
mod decide;
mod event;
mod forget;
mod gaps;
mod housekeeping;
mod inspect;
mod judge;
mod manage;
mod receive;
mod rehook;
mod set_up;
pub mod signature;
mod unhook;

pub use self::accept::correlation;
pub use self::begin::begin;
pub use self::decide::{DecideError, can_run, dismiss, hire_of, run as run_by_hand, try_token};
pub use self::event::LeverEvent;
pub use self::forget::ForgetDeleted;
pub use self::gaps::{GapError, GapFinder, Proof, dismiss as dismiss_gaps, run as run_gaps};
pub use self::housekeeping::{Housekeeping, Keeping};
pub use self::inspect::{CheckStep, check};
pub use self::judge::{Expected, Judgement, Verdict, judge};
pub use self::manage::{admit, create, remove, run_held, switch};
pub use self::receive::{Arrived, receive};
pub use self::rehook::MoveWebhook;
pub use self::set_up::{SetUpError, set_up};
pub use self::unhook::DeleteWebhook;

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
    /// Nothing happens to an offer by such an event.
    #[error("Offer letters do not need this event.")]
    NotOfOffers,
    /// Whom to let in was asked of a listener that leads into no workflow.
    #[error("A listener of offer letters lets nobody in: each of its events counts.")]
    LetsNobodyIn,
    /// The token cannot be one of Lever's.
    #[error("{0}")]
    Token(&'static str),
    /// A listener of stage changes has no stage yet.
    #[error("Choose the stage that candidates have to come into.")]
    NoStage,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
