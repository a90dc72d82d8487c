//! Pages that say why something cannot be done.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{Visitor, render};
use crate::Practice;
use crate::state::ChangeError;

/// Such a page; boxed, because a whole response is large.
#[derive(Debug)]
pub(crate) struct Refused(Box<Response>);

impl Refused {
    /// A page with `title` and `text`, for somebody who is logged in or not.
    pub(crate) fn page(
        practice: &Practice,
        visitor: Option<&Visitor>,
        status: StatusCode,
        title: &str,
        text: &str,
    ) -> Self {
        let world = practice.world();
        let back = visitor.and_then(|visitor| visitor.came_from.as_deref());
        let context = json!({ "title": title, "text": text, "back": back });
        let page = render(practice, &world, visitor, "refusal.html", context);
        Self(Box::new((status, page).into_response()))
    }

    /// The page for a change that the state refuses. Not to be called while the world is locked.
    pub(crate) fn change(practice: &Practice, visitor: &Visitor, error: &ChangeError) -> Self {
        let status = match error {
            ChangeError::NotFound { .. } => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        };
        visitor.refuse(practice, status, &sentence(&error.to_string()))
    }
}

/// A message of the API as a sentence of a page.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let end = if message.ends_with('.') { "" } else { "." };
    format!("{}{}{end}", first.collect::<String>(), letters.as_str())
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        *self.0
    }
}
