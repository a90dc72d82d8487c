//! Pages that say why something cannot be done.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{Visitor, render};
use crate::Practice;
use crate::state::ChangeError;

/// Such a page. It is made when the handler has returned and nothing locks the world any more, so a
/// handler can refuse while it still reads the world. Boxed, because every handler's result holds one.
pub(crate) struct Refused(Box<Told>);

struct Told {
    practice: Practice,
    visitor: Option<Visitor>,
    status: StatusCode,
    title: String,
    text: String,
}

impl Refused {
    /// A page with `title` and `text`, for somebody who is logged in or not.
    pub(crate) fn page(
        practice: &Practice,
        visitor: Option<&Visitor>,
        status: StatusCode,
        title: &str,
        text: &str,
    ) -> Self {
        Self(Box::new(Told {
            practice: practice.clone(),
            visitor: visitor.cloned(),
            status,
            title: title.to_owned(),
            text: text.to_owned(),
        }))
    }

    /// The page for a change that the state refuses.
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
        let Told {
            practice,
            visitor,
            status,
            title,
            text,
        } = *self.0;
        let back = visitor.as_ref().and_then(|one| one.came_from.as_deref());
        let context = json!({ "title": title, "text": text, "back": back });
        let world = practice.world();
        let page = render(&practice, &world, visitor.as_ref(), "refusal.html", context);
        (status, page).into_response()
    }
}
