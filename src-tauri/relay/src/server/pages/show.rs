//! Where a page is shown: `GET /p/{page}` serves one static viewer with the ciphertext in it. The
//! viewer decrypts it with the key of the fragment, which the relay never gets.
//!
//! Whatever is not a page now – unknown, expired, removed, misspelt – gets the same answer after the
//! same look into the table (RELIABILITY.md T10 and I34).

use std::error::Error;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use super::table;
use crate::page::PageId;
use crate::server::Shared;
use crate::server::clients::Client;
use crate::server::ingest::Rejection;

const SCRIPT: &str = include_str!("viewer.js");
const STYLE: &str = include_str!("viewer.css");
const VIEWER: &str = include_str!("viewer.html");
const NOTHING: &str = include_str!("nothing.html");

/// The viewer before and behind the ciphertext, and the policy that lets exactly it run.
struct Viewer {
    before: String,
    behind: String,
    nothing: String,
    policy: HeaderValue,
}

static PARTS: LazyLock<Viewer> = LazyLock::new(|| {
    let whole = VIEWER.replace("{style}", STYLE).replace("{script}", SCRIPT);
    let (before, behind) = whole
        .split_once("{ciphertext}")
        .expect("the viewer has a place for the ciphertext");
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'; \
         sandbox allow-scripts allow-same-origin allow-forms",
        hash(SCRIPT),
        hash(STYLE)
    );
    Viewer {
        before: before.to_owned(),
        behind: behind.to_owned(),
        nothing: NOTHING.replace("{style}", STYLE),
        policy: HeaderValue::try_from(policy).expect("the policy is ASCII"),
    }
});

/// Answers `GET` and `HEAD` of `/p/{page}`. Neither changes anything, so a mail scanner that follows
/// every link does no harm.
pub(in crate::server) async fn handle(
    State(shared): State<Arc<Shared>>,
    client: Client,
    request: Request<Body>,
) -> Response {
    let answer = match find(&shared, client, request.uri().path()).await {
        Ok(Some(ciphertext)) => {
            shared.metrics.page_shown();
            let Viewer { before, behind, .. } = &*PARTS;
            Html([before, BASE64.encode(&ciphertext).as_str(), behind].concat()).into_response()
        }
        Ok(None) => not_found(&shared),
        Err(rejection) => {
            shared.metrics.rejected(rejection);
            rejection.into_response()
        }
    };
    with_headers(&shared, answer)
}

async fn find(
    shared: &Arc<Shared>,
    client: Client,
    path: &str,
) -> Result<Option<Vec<u8>>, Rejection> {
    shared.clients.check(client).map_err(|_| Rejection::Rate)?;
    // What is no id is looked for too, as one that nobody has.
    let id = PageId::from_path(path).unwrap_or_else(PageId::random);
    let now_ms = shared.clock.now_ms();
    if let Some(cluster) = &shared.cluster {
        let shown = cluster.page_shown(id, now_ms).await;
        return shown.map_err(|_| Rejection::NotStored);
    }
    shared
        .reader
        .read(move |connection| table::shown(connection, id, now_ms))
        .await
        .map_err(|error| {
            tracing::error!(error = &error as &dyn Error, "the pages cannot be read");
            Rejection::NotStored
        })
}

/// [`nothing_here`], counted.
pub(super) fn not_found(shared: &Shared) -> Response {
    shared.metrics.rejected(Rejection::Unknown);
    nothing_here()
}

/// The one answer for everything that is not a page.
fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, Html(PARTS.nothing.as_str())).into_response()
}

/// [`not_found`] with the headers of a page.
pub(in crate::server) fn nothing(shared: &Shared) -> Response {
    with_headers(shared, not_found(shared))
}

/// Nothing is kept, indexed, framed, sniffed or told to other sites, and there are no cookies.
pub(super) fn with_headers(shared: &Shared, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, PARTS.policy.clone());
    for (name, value) in [
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
        ),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("x-robots-tag", "noindex, nofollow, noarchive"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if shared.pages_base.scheme() == "https" {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}
