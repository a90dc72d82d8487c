//! Who may use the service.

use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

use super::error::ScimError;

/// The bearer token of the practice HRIS (RFC 6750).
pub const SCIM_TOKEN: &str = "practice-scim-token";

/// Lets a request pass that carries the token.
pub(super) async fn require_token(request: Request, next: Next) -> Result<Response, ScimError> {
    let given = request.headers().get(header::AUTHORIZATION);
    let given = given.and_then(|value| value.to_str().ok()?.split_once(' '));
    match given {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && token == SCIM_TOKEN => {
            Ok(next.run(request).await)
        }
        _ => Err(ScimError::Unauthorized),
    }
}
