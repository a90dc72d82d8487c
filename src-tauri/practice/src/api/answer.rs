//! What a request that succeeds is answered with (LEVER.md 2.2).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::state::World;

/// A status with a JSON document, or nothing at all after a deletion.
#[derive(Debug)]
pub(super) enum Answer {
    Document(StatusCode, Value),
    Deleted,
}

impl Answer {
    /// 200 with `{"data": …}`.
    pub(super) fn data(data: impl Serialize) -> Self {
        Self::bare(json!({ "data": data }))
    }

    /// 200 with the document as it is.
    pub(super) fn bare(document: Value) -> Self {
        Self::Document(StatusCode::OK, document)
    }

    /// 201 with `{"data": …}`.
    pub(super) fn created(data: impl Serialize) -> Self {
        Self::Document(StatusCode::CREATED, json!({ "data": data }))
    }

    /// `{"data": …}` with the status that a successful PUT has by the switch (LEVER.md 3).
    pub(super) fn put(world: &World, data: impl Serialize) -> Self {
        let status = StatusCode::from_u16(world.switches.put_status).unwrap_or(StatusCode::OK);
        Self::Document(status, json!({ "data": data }))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Document(status, document) => (status, Json(document)).into_response(),
            Self::Deleted => StatusCode::NO_CONTENT.into_response(),
        }
    }
}
