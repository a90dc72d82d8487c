//! The SCIM 2.0 service at `/scim/v2`.

mod compare;
mod discovery;
mod error;
mod filter;
mod gate;
mod list;
mod patch;
mod projection;
pub(super) mod resource;
mod schema;
mod users;
mod validate;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::get;

pub use gate::SCIM_TOKEN;

use crate::Practice;

/// The routes, relative to `/scim/v2`.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/ServiceProviderConfig", get(discovery::config))
        .route("/ResourceTypes", get(discovery::resource_types))
        .route("/ResourceTypes/User", get(discovery::user_type))
        .route("/Schemas", get(discovery::schemas))
        .route("/Schemas/{id}", get(discovery::schema))
        .route("/Users", get(list::list).post(users::create))
        .route(
            "/Users/{id}",
            get(users::show)
                .put(users::replace)
                .patch(users::patch)
                .delete(users::remove),
        )
        .fallback(|| async { error::ScimError::NotFound("this path".to_owned()) })
        .layer(from_fn(gate::require_token))
}
