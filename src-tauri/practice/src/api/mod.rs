//! The Data API under `/v1` (LEVER.md 2 and 3).
//!
//! `gate` lets a request in (who, how often); each file then answers for one kind of
//! resource. `asked`, `answer`, `paging`, `params` and `projection` hold what
//! all of them share.

mod answer;
mod applications;
mod archive_reasons;
mod asked;
mod audit_events;
mod contacts;
mod error;
mod files;
mod forms;
mod gate;
mod interviews;
mod notes;
mod offers;
mod opportunities;
mod paging;
mod params;
mod paths;
mod postings;
mod projection;
mod rate_limit;
mod requisition_fields;
mod requisitions;
mod stages;
mod tags;
mod templates;
mod users;
mod webhooks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_request};

pub(crate) use params::Params;
pub(crate) use rate_limit::RateLimits;

use crate::Practice;

/// The routes of the API, relative to `/v1`.
pub(crate) fn routes(practice: &Practice) -> Router<Practice> {
    let routes = Router::new()
        .merge(opportunities::routes())
        .merge(applications::routes())
        .merge(notes::routes())
        .merge(forms::routes())
        .merge(offers::routes())
        .merge(files::routes())
        .merge(interviews::routes())
        .merge(contacts::routes())
        .merge(users::routes())
        .merge(audit_events::routes())
        .merge(stages::routes())
        .merge(archive_reasons::routes())
        .merge(tags::routes())
        .merge(requisition_fields::routes())
        .merge(templates::routes())
        .merge(postings::routes())
        .merge(requisitions::routes())
        .merge(webhooks::routes())
        .fallback(error::no_such_path)
        .method_not_allowed_fallback(error::no_such_method)
        // The gate has read the body and limited it.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(practice.clone(), gate::let_in))
        .with_state(practice.clone());
    // A layer of a router runs once the route is found; this one must run before that.
    Router::new()
        .fallback_service(routes)
        .layer(map_request(async |request| paths::canonical(request)))
}
