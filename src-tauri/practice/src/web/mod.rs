//! The pages a person clicks: plain forms that a browser or an HTTP client can follow.
//!
//! There is no log-in. The bar at the top chooses the user for whom the pages act.

mod authorized_apps;
mod candidate;
mod candidates;
mod credentials;
mod session;
mod templates;
mod webhooks;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use minijinja::value::Serde;
use serde_json::{Value, json};

pub(crate) use templates::templates;

use crate::Practice;
use crate::mail;
use crate::state::World;

/// The routes of the pages.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/candidates") }))
        .route("/session", post(session::choose))
        .merge(candidates::routes())
        .merge(candidate::routes())
        .merge(webhooks::routes())
        .merge(authorized_apps::routes())
        .merge(credentials::routes())
        .merge(mail::page_routes())
}

/// Answers with a page: `context` joined with what every page shows.
pub(crate) fn page(practice: &Practice, world: &World, name: &str, context: Value) -> Response {
    Html(practice.render(world, name, context)).into_response()
}

/// Answers that something cannot be done, and why.
pub(crate) fn refusal(practice: &Practice, status: StatusCode, text: &str) -> Response {
    let world = practice.world();
    let context = json!({ "title": "This did not work", "text": text });
    (status, page(practice, &world, "refusal.html", context)).into_response()
}

impl Practice {
    /// Renders one of the embedded templates.
    pub(crate) fn render(&self, world: &World, name: &str, page: Value) -> String {
        let signed_in = world.company.user(&world.signed_in);
        let users = world.company.users.iter();
        let active: Vec<_> = users.filter(|user| user.deactivated_at.is_none()).collect();
        let mut context = json!({
            "company": world.company.name,
            "users": active,
            "signed_in": signed_in,
            "is_super_admin": signed_in.is_some_and(|user| user.is_super_admin()),
        });
        if let (Some(context), Value::Object(page)) = (context.as_object_mut(), page) {
            context.extend(page);
        }
        self.templates()
            .get_template(name)
            .and_then(|template| template.render(Serde(context)))
            .expect("a test renders every embedded template")
    }
}
