//! Answers that no handler wrote: there is no such page, or an address or a form that cannot be read.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Refused, Visitor};
use crate::Practice;

/// Replaces such an answer, which is empty or in a programmer's words, with a page for a person.
pub(crate) async fn explain(
    State(practice): State<Practice>,
    request: Request,
    next: Next,
) -> Response {
    let (asked, body) = request.into_parts();
    let answer = next.run(Request::from_parts(asked.clone(), body)).await;
    let status = answer.status();
    if !status.is_client_error() || is_written(&answer) {
        return answer;
    }
    let text = match status {
        StatusCode::NOT_FOUND => "There is no page at this address.",
        StatusCode::METHOD_NOT_ALLOWED => "This address cannot be asked in this way.",
        StatusCode::PAYLOAD_TOO_LARGE => "The form holds more than can be taken.",
        _ => "The address or the form holds something that cannot be read.",
    };
    let visitor = Visitor::recognise(&practice, &asked);
    let title = "This did not work";
    Refused::page(&practice, visitor.as_ref(), status, title, text).into_response()
}

/// Whether one of our handlers gave the answer its body: a page, JSON or a file.
fn is_written(answer: &Response) -> bool {
    let kind = answer.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"))
}
