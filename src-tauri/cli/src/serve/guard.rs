//! Who may call: whoever names this very address as host, comes from no other page, and has the token (T3).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rand::TryRng;
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;

/// The content policy of the screens, as in the window.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a caller has to match. Has no `Debug`: it holds the token.
pub struct Gate {
    host: HeaderValue,
    origin: HeaderValue,
    token: String,
}

impl Gate {
    /// A gate for a bound listener, with a new token.
    ///
    /// # Errors
    /// If the socket's own address or randomness cannot be had.
    pub fn new(listener: &TcpListener) -> std::io::Result<Self> {
        let address = listener.local_addr()?.to_string();
        let header = |text: &str| HeaderValue::from_str(text).map_err(std::io::Error::other);
        let mut bytes = [0; 32];
        rand::rngs::SysRng
            .try_fill_bytes(&mut bytes)
            .map_err(std::io::Error::other)?;
        Ok(Self {
            host: header(&address)?,
            origin: header(&format!("http://{address}"))?,
            token: data_encoding::BASE64URL_NOPAD.encode(&bytes),
        })
    }

    /// The token that callers send as `Authorization: Bearer`.
    pub fn token(&self) -> &str {
        &self.token
    }
}

/// Refuses another host name (DNS rebinding) and pages from elsewhere.
pub(super) async fn same_host(
    State(gate): State<Arc<Gate>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let mut hosts = headers.get_all(HOST).iter();
    let right_host = hosts.next() == Some(&gate.host) && hosts.next().is_none();
    let right_origin = headers
        .get(ORIGIN)
        .is_none_or(|origin| origin == gate.origin);
    let mut response = match (right_host, right_origin) {
        (false, _) => StatusCode::MISDIRECTED_REQUEST.into_response(),
        (true, false) => StatusCode::FORBIDDEN.into_response(),
        (true, true) => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Refuses a caller without the token; compared in constant time.
pub(super) async fn bearer(
    State(gate): State<Arc<Gate>>,
    request: Request,
    next: Next,
) -> Response {
    let given = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let given = given
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if bool::from(given.as_bytes().ct_eq(gate.token.as_bytes())) {
        return next.run(request).await;
    }
    StatusCode::UNAUTHORIZED.into_response()
}
