//! What a request that succeeds is answered with (LEVER.md 2.2).

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::state::{StoredFile, World};

/// A status with a JSON document, a file, or nothing at all after a deletion.
#[derive(Debug)]
pub(super) enum Answer {
    Document(StatusCode, Value),
    /// The name of a file, and what is in it.
    File(String, Vec<u8>),
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

    /// 200 with the content of a file.
    pub(super) fn file(file: &StoredFile) -> Self {
        Self::File(file.name.clone(), file.content.clone())
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
            Self::File(name, content) => {
                // A name with other characters than these would have to be encoded (RFC 6266).
                let is_plain = |one: &char| one.is_ascii_alphanumeric() || "-_. ".contains(*one);
                let name: String = name.chars().filter(is_plain).collect();
                let headers = [
                    (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
                    (
                        header::CONTENT_DISPOSITION,
                        format!("attachment; filename=\"{name}\""),
                    ),
                ];
                (headers, content).into_response()
            }
            Self::Deleted => StatusCode::NO_CONTENT.into_response(),
        }
    }
}
