//! The outer wall: what no request may do, whichever part it is for.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses names other than this computer's, so that no web page can reach us by DNS rebinding.
pub(crate) async fn refuse_foreign_hosts(request: Request, next: Next) -> Response {
    let host = header(request.headers(), header::HOST.as_str()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

/// Refuses a change that a page of another site asks for (cross-site request forgery). A program that
/// is no browser sends neither header and passes: it has no cookie that somebody else could use.
pub(crate) async fn refuse_cross_site(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_own_page(request.headers()) {
        next.run(request).await
    } else {
        let text = "Refused: this form was sent by a page of another site.";
        (StatusCode::FORBIDDEN, text).into_response()
    }
}

/// Whether a browser says that one of our own pages sent this (Fetch Metadata; older browsers: Origin).
fn is_own_page(headers: &HeaderMap) -> bool {
    if let Some(site) = header(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match header(headers, header::ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            let host = header(headers, header::HOST.as_str());
            origin.strip_prefix("http://") == host
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
