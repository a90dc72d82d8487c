//! What a handler gets of a request: who asks for what, the ids of its path, and its body.

use std::sync::MutexGuard;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::error::ApiError;
use super::gate::Caller;
use super::opportunities;
use super::params::Params;
use super::users::performer;
use crate::Practice;
use crate::auth::Area;
use crate::ledger;
use crate::practice::Acting;
use crate::state::{Author, Opportunity, World};

/// A request that passed the gate, with its query parameters.
pub(super) struct Asked {
    pub(super) practice: Practice,
    pub(super) caller: Caller,
    pub(super) params: Params,
    /// The application or key, for the stories of what it changes.
    author: Author,
}

impl Asked {
    /// The world, if the caller may read `area`.
    pub(super) fn reads(&self, area: Area) -> Result<MutexGuard<'_, World>, ApiError> {
        self.caller.may_read(area)?;
        Ok(self.practice.world())
    }

    /// The world, if the caller may change `area`.
    pub(super) fn writes(&self, area: Area) -> Result<Acting<'_>, ApiError> {
        self.caller.may_write(area)?;
        Ok(self.practice.world_as(self.author.clone()))
    }

    /// The present of the practice world, in ms.
    pub(super) fn now(&self) -> i64 {
        self.practice.now_ms()
    }

    /// The opportunity of a path, if it exists and the caller may see it.
    pub(super) fn opportunity<'a>(
        &self,
        world: &'a World,
        id: &str,
    ) -> Result<&'a Opportunity, ApiError> {
        opportunities::visible(world, &self.caller, id)
    }

    /// The user on whose behalf a write happens, if the request names one (LEVER.md 2.9).
    pub(super) fn performer(&self, world: &World) -> Result<Option<String>, ApiError> {
        performer(world, &self.params)
    }

    /// The same where one must be named; `act` is what they do, as in Lever's message (LEVER.md 2.7).
    pub(super) fn required_performer(&self, world: &World, act: &str) -> Result<String, ApiError> {
        self.performer(world)?.ok_or_else(|| {
            ApiError::bad_request(format!(
                "Missing perform_as parameter. Please specify a user for which to perform this {act}."
            ))
        })
    }
}

impl FromRequestParts<Practice> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, practice: &Practice) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Caller>();
        let app = parts.extensions.get::<ledger::Credential>();
        Ok(Self {
            practice: practice.clone(),
            author: app.map_or(Author::Nobody, |app| Author::App(app.app.clone())),
            caller: caller.ok_or(ApiError::Unauthorized)?.clone(),
            params: Params::parse_bytes(parts.uri.query().unwrap_or_default().as_bytes()),
        })
    }
}

/// The ids in a path: one `String`, or a tuple of them.
pub(super) struct Ids<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Ids<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(ids)| Self(ids))
            .map_err(|refused| ApiError::bad_request(refused.body_text()))
    }
}

/// A body that has arrived but is not read yet: permissions are looked at first.
pub(super) struct JsonBody {
    bytes: Bytes,
    is_json: bool,
}

impl JsonBody {
    /// Reads the body.
    ///
    /// # Errors
    /// 400 with the reason if it is not said to be JSON, or is not JSON of the expected shape.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        if !self.is_json {
            return Err(ApiError::bad_request(
                "The Content-Type must be application/json",
            ));
        }
        serde_json::from_slice(&self.bytes)
            .map_err(|error| ApiError::bad_request(error.to_string()))
    }
}

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let media_type = kind.split(';').next().unwrap_or_default().trim();
        let is_json = media_type.eq_ignore_ascii_case("application/json");
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|refused| ApiError::bad_request(refused.body_text()))?;
        Ok(Self { bytes, is_json })
    }
}
