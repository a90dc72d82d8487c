//! The screens, as built in `ui/dist`.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Screens;

/// Answers with a file of the screens.
pub(super) async fn serve(uri: Uri) -> Response {
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    match Screens::get(path) {
        Some(file) => {
            let kind = file.metadata.mimetype().to_owned();
            (
                [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache".to_owned())],
                file.data,
            )
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
