//! Writing notes. Everybody who sees a profile may, Interviewers too.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use axum::{Form, Router};
use serde::Deserialize;

use super::{unknown, visible};
use crate::Practice;
use crate::state::{MadeBy, NewComment};
use crate::web::{Refused, Visitor};

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/candidates/{id}/notes", post(add))
}

#[derive(Deserialize)]
struct NewNote {
    value: String,
    /// A check box, which a browser sends only if it is set.
    secret: Option<String>,
}

async fn add(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<NewNote>,
) -> Result<Response, Refused> {
    let value = form.value.trim().to_owned();
    if value.is_empty() {
        let text = "The note is empty.";
        return Err(visitor.refuse(&practice, StatusCode::BAD_REQUEST, text));
    }
    let now = practice.now_ms();
    let mut world = visitor.world(&practice);
    if visible(&world, &visitor, &id).is_none() {
        return Err(unknown(&practice, &visitor));
    }
    let comment = NewComment {
        value,
        user: Some(visitor.user.id.clone()),
        ..NewComment::default()
    };
    let noted = world.add_note(&id, comment, form.secret.is_some(), MadeBy::Page, now);
    match noted {
        Ok(_) => Ok(visitor.go(
            &mut world,
            &format!("/candidates/{id}"),
            "The note was added.",
        )),
        Err(error) => Err(Refused::change(&practice, &visitor, &error)),
    }
}
