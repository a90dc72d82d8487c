//! Paths that mean another: `/candidates/…`, and a slash at the end.

use axum::extract::Request;
use axum::http::Uri;

/// Gives the request the path that is routed.
///
/// `/candidates/…` is the deprecated twin of `/opportunities/…` (LEVER.md 3), and a slash at the end
/// is tolerated (LEVER.md 2.1).
pub(super) fn canonical(mut request: Request) -> Request {
    let uri = request.uri();
    let path = canonical_path(uri.path());
    if path != uri.path() {
        let target = match uri.query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        };
        // Parts of a valid address make a valid address; if not, the path stays and is not found.
        if let Ok(canonical) = target.parse::<Uri>() {
            *request.uri_mut() = canonical;
        }
    }
    request
}

fn canonical_path(path: &str) -> String {
    let path = match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => shorter,
        _ => path,
    };
    match path.strip_prefix("/candidates") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("/opportunities{rest}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_opportunities_and_a_slash_at_the_end_says_nothing() {
        for (asked, routed) in [
            ("/candidates", "/opportunities"),
            ("/candidates/1/notes/", "/opportunities/1/notes"),
            ("/candidatesque", "/candidatesque"),
            ("/webhooks/", "/webhooks"),
            ("/", "/"),
            ("//", "/"),
        ] {
            assert_eq!(canonical_path(asked), routed, "{asked}");
        }
    }
}
