//! Logging in as one of the company's users, and out again.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::local::local_path;
use super::visitor::{session_cookie, session_of};
use super::{Refused, public_page};
use crate::Practice;
use crate::state::User;

const PAGE: &str = "/login";

/// Where one lands who asked for no page in particular.
const HOME: &str = "/candidates";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(PAGE, get(show).post(log_in))
        .route("/logout", post(log_out))
}

/// The address of the log-in page that leads on to `next`.
pub(super) fn log_in_path(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("{PAGE}?{query}")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    next: String,
}

async fn show(State(practice): State<Practice>, Query(wanted): Query<Wanted>) -> Response {
    let world = practice.world();
    let mut users: Vec<&User> = world.company.active_users().collect();
    users.sort_by_key(|user| (user.access_role, &user.name));
    let users: Vec<Value> = users.into_iter().map(row).collect();
    let next = local_path(practice.origin(), &wanted.next);
    let for_an_app = next
        .as_ref()
        .is_some_and(|next| next.starts_with("/authorize"));
    let context = json!({ "users": users, "next": next, "for_an_app": for_an_app });
    public_page(&practice, &world, "login.html", context)
}

fn row(user: &User) -> Value {
    json!({
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "job_title": user.job_title,
        "role": user.access_role,
        "role_label": user.access_role.label(),
    })
}

#[derive(Deserialize)]
struct LogIn {
    user: String,
    #[serde(default)]
    next: String,
}

async fn log_in(
    State(practice): State<Practice>,
    headers: HeaderMap,
    Form(log_in): Form<LogIn>,
) -> Result<Response, Refused> {
    let next = local_path(practice.origin(), &log_in.next);
    let next = next.filter(|next| next != "/" && !next.starts_with(PAGE));
    let session = {
        let mut world = practice.world();
        let user = world.company.user(&log_in.user);
        user.is_some_and(User::is_active).then(|| {
            if let Some(before) = session_of(&headers) {
                world.sessions.end(&before);
            }
            world.sessions.begin(&log_in.user)
        })
    };
    let Some(session) = session else {
        let text = "There is no such user, or their account is deactivated.";
        let status = StatusCode::NOT_FOUND;
        return Err(Refused::page(
            &practice,
            None,
            status,
            "Not logged in",
            text,
        ));
    };
    let cookie = session_cookie(session).to_string();
    let to = Redirect::to(next.as_deref().unwrap_or(HOME));
    Ok(([(header::SET_COOKIE, cookie)], to).into_response())
}

/// Ends the session; `next` is for who wants to come back as somebody else.
async fn log_out(
    State(practice): State<Practice>,
    headers: HeaderMap,
    Form(wanted): Form<Wanted>,
) -> Response {
    if let Some(session) = session_of(&headers) {
        practice.world().sessions.end(&session);
    }
    let next = local_path(practice.origin(), &wanted.next).unwrap_or_else(|| "/".to_owned());
    Redirect::to(&log_in_path(&next)).into_response()
}
