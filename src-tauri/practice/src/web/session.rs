//! The choice of the user for whom the pages act.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use url::Url;

use super::refusal;
use crate::Practice;

#[derive(Deserialize)]
pub(super) struct Choice {
    user: String,
}

pub(super) async fn choose(
    State(practice): State<Practice>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response {
    let is_known = practice.world().company.user(&choice.user).is_some();
    if !is_known {
        return refusal(&practice, StatusCode::NOT_FOUND, "There is no such user.");
    }
    practice.world().signed_in = choice.user;
    // Only the path of the page before is used, so the answer never leads elsewhere.
    let before = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok());
    let before = before.and_then(|url| Url::parse(url).ok());
    Redirect::to(before.as_ref().map_or("/candidates", Url::path)).into_response()
}
