//! The Data API under `/v1` (LEVER.md 2 and 3).
//!
//! `gate` lets a request in (who, how often, ledger); each file then answers for one kind of
//! resource. `paging`, `params` and `projection` hold what all lists share.

mod contacts;
mod error;
mod gate;
mod opportunities;
mod paging;
mod params;
mod postings;
mod profile;
mod projection;
mod rate_limit;
mod requisitions;
mod setup;
mod users;
mod webhooks;

use axum::Router;
use axum::middleware::from_fn_with_state;

pub(crate) use gate::API_KEYS;
pub(crate) use params::Params;
pub(crate) use rate_limit::RateLimits;

use crate::Practice;

/// The routes of the API, relative to `/v1`.
pub(crate) fn routes(practice: &Practice) -> Router<Practice> {
    Router::new()
        .merge(opportunities::routes())
        .merge(profile::routes())
        .merge(contacts::routes())
        .merge(users::routes())
        .merge(setup::routes())
        .merge(postings::routes())
        .merge(requisitions::routes())
        .merge(webhooks::routes())
        .fallback(error::no_such_path)
        .layer(from_fn_with_state(practice.clone(), gate::let_in))
}
