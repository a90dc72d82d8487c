//! Where an event comes in: `POST /e/{endpoint}`.
//!
//! The cheapest checks come first, and the rate before the body, so that a flood is not even read.
//! The answer 200 is given after the commit that holds the event (RELIABILITY.md I2). Nothing of a
//! body or of a header value is logged.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use rusqlite::Connection;

use super::Shared;
use super::cluster::{Appended, Cluster, SharedEvent};
use super::directory::{Endpoint, Mailbox};
use super::json;
use super::limits::{Amount, Reservation};
use super::pages::table::Answering;
use super::registry;
use super::store::{self, NewEvent};
use super::writer::NotStored;
use crate::clock::Steady;
use crate::endpoint::EndpointId;
use crate::page::{NonceDigest, PageId};
use crate::seal::Delivery;

/// Why a request was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[rustfmt::skip]
pub(super) enum Rejection {
    #[error("there is nothing at this address")] Unknown,
    #[error("this address was given up for ever")] Retired,
    #[error("only POST is accepted here")] Method,
    #[error("only application/json without a content encoding is accepted here")] ContentType,
    #[error("too many events for this address; try again later")] Rate,
    #[error("the body is too large")] TooLarge,
    #[error("the body did not arrive in time")] TooSlow,
    #[error("the body broke off")] BrokenOff,
    #[error("the body is not JSON")] NotJson,
    #[error("an answer was received already")] Answered,
    #[error("too many events are waiting for the receiver; try again later")] Full,
    #[error("the relay cannot store anything at the moment; try again later")] NotStored,
}

impl Rejection {
    pub(super) const ALL: [Self; 12] = [
        Self::Unknown,
        Self::Retired,
        Self::Method,
        Self::ContentType,
        Self::Rate,
        Self::TooLarge,
        Self::TooSlow,
        Self::BrokenOff,
        Self::NotJson,
        Self::Answered,
        Self::Full,
        Self::NotStored,
    ];

    /// The word in metrics and logs.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Retired => "retired",
            Self::Method => "method",
            Self::ContentType => "content_type",
            Self::Rate => "rate",
            Self::TooLarge => "too_large",
            Self::TooSlow => "too_slow",
            Self::BrokenOff => "broken_off",
            Self::NotJson => "not_json",
            Self::Answered => "answered",
            Self::Full => "full",
            Self::NotStored => "not_stored",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Retired => StatusCode::GONE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Rate => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BrokenOff | Self::NotJson => StatusCode::BAD_REQUEST,
            Self::Answered => StatusCode::CONFLICT,
            Self::Full | Self::NotStored => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Seconds after which the sender may try again.
    fn retry_after(self) -> Option<HeaderValue> {
        match self {
            Self::Rate | Self::NotStored => Some(HeaderValue::from_static("5")),
            Self::Full => Some(HeaderValue::from_static("60")),
            Self::Unknown
            | Self::Retired
            | Self::Method
            | Self::ContentType
            | Self::TooLarge
            | Self::TooSlow
            | Self::BrokenOff
            | Self::NotJson
            | Self::Answered => None,
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let mut response = answer(
            self.status(),
            format!("{{\"ok\":false,\"error\":\"{self}\"}}"),
        );
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, seconds);
        }
        if self == Self::Method {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }
}

fn answer(status: StatusCode, json: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, json).into_response()
}

/// The answer to a sender whose event is on disk.
pub(super) fn ok() -> Response {
    answer(StatusCode::OK, "{\"ok\":true}".to_owned())
}

/// Answers every path that is not one of the relay's own.
pub(super) async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let endpoint = match find(&shared, request.uri().path()).await {
        Ok(endpoint) => endpoint,
        Err(rejection) => {
            shared.metrics.rejected(rejection);
            return rejection.into_response();
        }
    };
    match accept(&shared, &endpoint, request).await {
        Ok((bytes, took)) => {
            shared.metrics.accepted(took);
            tracing::debug!(endpoint = endpoint.id.prefix(), bytes, "stored");
            ok()
        }
        Err(rejection) => {
            shared.metrics.rejected(rejection);
            let outcome = rejection.word();
            tracing::info!(endpoint = endpoint.id.prefix(), outcome, "refused");
            rejection.into_response()
        }
    }
}

/// The endpoint at that path.
async fn find(shared: &Shared, path: &str) -> Result<Arc<Endpoint>, Rejection> {
    let id = EndpointId::from_path(path).ok_or(Rejection::Unknown)?;
    let found = registry::find(shared, id).await;
    found
        .map_err(|NotStored| Rejection::NotStored)?
        .ok_or(Rejection::Unknown)
}

/// Stores the event; returns the size of its body, and how long the sender waited once that was here.
async fn accept(
    shared: &Shared,
    endpoint: &Arc<Endpoint>,
    request: Request,
) -> Result<(usize, Duration), Rejection> {
    let (head, body) = request.into_parts();
    check_head(endpoint, &head)?;
    let mut held = InFlight::start(shared, endpoint)?;
    let body = read(shared, &mut held, body, shared.limits.body_bytes).await?;
    if !json::is_well_formed(&body) {
        return Err(Rejection::NotJson);
    }
    let (bytes, since) = (body.len(), Steady::start());
    let event = SealedEvent::seal(shared, endpoint, delivery(&head, body), held)?;
    match &shared.cluster {
        Some(cluster) => event.share(cluster.as_ref()).await?,
        None => {
            event.store(shared, store::append, |&seq| Some(seq)).await?;
        }
    }
    Ok((bytes, since.elapsed()))
}

fn check_head(endpoint: &Endpoint, head: &request::Parts) -> Result<(), Rejection> {
    if endpoint.retired.load(Ordering::Acquire) {
        return Err(Rejection::Retired);
    }
    if head.method != Method::POST {
        return Err(Rejection::Method);
    }
    if !is_plain_json(&head.headers) {
        return Err(Rejection::ContentType);
    }
    endpoint.rate.check().map_err(|_| Rejection::Rate)
}

pub(super) fn is_plain_json(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let encoding = text(header::CONTENT_ENCODING).unwrap_or("identity");
    essence.eq_ignore_ascii_case("application/json") && encoding.eq_ignore_ascii_case("identity")
}

/// The memory of one request, counted against its endpoint, where it has one, and against the whole
/// relay.
pub(super) struct InFlight {
    endpoint: Option<Reservation>,
    all: Reservation,
}

impl InFlight {
    fn start(shared: &Shared, endpoint: &Endpoint) -> Result<Self, Rejection> {
        let of_endpoint = endpoint.in_flight.reserve(Amount::new(1, 0));
        Ok(Self {
            endpoint: Some(of_endpoint.ok_or(Rejection::Rate)?),
            ..Self::of_relay(shared)?
        })
    }

    /// A request of no endpoint.
    pub(super) fn of_relay(shared: &Shared) -> Result<Self, Rejection> {
        let of_all = shared.in_flight.reserve(Amount::new(1, 0));
        Ok(Self {
            endpoint: None,
            all: of_all.ok_or(Rejection::NotStored)?,
        })
    }

    fn grow(&mut self, bytes: u64) -> Result<(), Rejection> {
        if let Some(endpoint) = &mut self.endpoint
            && !endpoint.grow(bytes)
        {
            return Err(Rejection::Rate);
        }
        if !self.all.grow(bytes) {
            return Err(Rejection::NotStored);
        }
        Ok(())
    }
}

/// Reads a body of at most `limit` bytes, within the time for it. A length that the sender declared
/// too large is refused unread; what really comes is counted all the same.
pub(super) async fn read(
    shared: &Shared,
    held: &mut InFlight,
    body: Body,
    limit: u64,
) -> Result<Vec<u8>, Rejection> {
    tokio::time::timeout(shared.limits.request_time, chunks(held, body, limit))
        .await
        .map_err(|_| Rejection::TooSlow)?
}

async fn chunks(held: &mut InFlight, body: Body, limit: u64) -> Result<Vec<u8>, Rejection> {
    if body.size_hint().lower() > limit {
        return Err(Rejection::TooLarge);
    }
    let mut bytes = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Rejection::BrokenOff)?;
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(Rejection::TooLarge);
        }
        held.grow(chunk.len() as u64)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

pub(super) fn delivery(head: &request::Parts, body: Vec<u8>) -> Delivery {
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let headers = head.headers.iter();
    Delivery {
        method: head.method.to_string(),
        path: path.to_owned(),
        headers: headers
            .filter(|(name, _)| is_from_sender(name.as_str()))
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes());
                (name.to_string(), value.into_owned())
            })
            .collect(),
        body,
    }
}

/// Whether a header is the sender's own: not of the connection (RFC 9110 7.6.1), and not added by a
/// proxy on the way.
fn is_from_sender(name: &str) -> bool {
    const ON_THE_WAY: [&str; 11] = [
        "connection",
        "forwarded",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
        "x-real-ip",
    ];
    !ON_THE_WAY.contains(&name) && !name.starts_with("x-forwarded-")
}

/// A sealed delivery, with the room for it reserved.
pub(super) struct SealedEvent {
    event: NewEvent,
    endpoint: EndpointId,
    mailbox: Arc<Mailbox>,
    of_device: Reservation,
    of_all: Reservation,
    held: InFlight,
}

impl SealedEvent {
    /// Seals what `endpoint` received just now. `held` stays taken until the event is stored or given up,
    /// whether or not its sender waits for that.
    pub(super) fn seal(
        shared: &Shared,
        endpoint: &Endpoint,
        delivery: Delivery,
        held: InFlight,
    ) -> Result<Self, Rejection> {
        let received_at_ms = shared.clock.now_ms();
        let sealed = endpoint
            .sealer
            .seal(delivery, endpoint.id, received_at_ms)
            .ok_or(Rejection::NotStored)?;
        let amount = Amount::new(1, sealed.len() as u64);
        let mailbox = Arc::clone(&endpoint.mailbox);
        Ok(Self {
            of_device: mailbox.waiting.reserve(amount).ok_or(Rejection::Full)?,
            of_all: shared.waiting.reserve(amount).ok_or(Rejection::Full)?,
            event: NewEvent {
                device: mailbox.device,
                endpoint: endpoint.row,
                received_at_ms,
                sealed,
            },
            endpoint: endpoint.id,
            mailbox,
            held,
        })
    }

    /// Waits until the relays' common store has it.
    pub(super) async fn share(mut self, cluster: &dyn Cluster) -> Result<(), Rejection> {
        let event = self.for_all();
        match cluster
            .append(event)
            .await
            .map_err(|_| Rejection::NotStored)?
        {
            Appended::Stored(seq) => {
                self.mailbox.arrived(seq);
                Ok(())
            }
            Appended::Full => Err(Rejection::Full),
        }
    }

    /// The same for the answer to a page.
    pub(super) async fn answer(
        mut self,
        cluster: &dyn Cluster,
        page: PageId,
        nonce: NonceDigest,
        now_ms: i64,
    ) -> Result<Answering, Rejection> {
        let event = self.for_all();
        let outcome = cluster.answer_page(page, nonce, now_ms, event).await;
        let outcome = outcome.map_err(|_| Rejection::NotStored)?;
        if let Answering::Stored(seq) = outcome {
            self.mailbox.arrived(seq);
        }
        Ok(outcome)
    }

    /// The event as the relays' common store takes it. What waits is counted there, for all relays; the room that is
    /// reserved here is for the way.
    fn for_all(&mut self) -> SharedEvent {
        SharedEvent {
            device: self.mailbox.key,
            endpoint: self.endpoint,
            received_at_ms: self.event.received_at_ms,
            sealed: std::mem::take(&mut self.event.sealed),
        }
    }

    /// Waits until `write` is committed. `seq` takes the number of the event from its outcome, and
    /// `None` where it stored none; the room is given back then.
    pub(super) async fn store<T: Send + 'static>(
        self,
        shared: &Shared,
        write: impl FnOnce(&Connection, &NewEvent) -> rusqlite::Result<T> + Send + 'static,
        seq: impl FnOnce(&T) -> Option<i64> + Send + 'static,
    ) -> Result<T, Rejection> {
        let Self {
            event,
            mailbox,
            of_device,
            of_all,
            endpoint: _,
            held,
        } = self;
        let committed = move |outcome: &T| {
            drop(held);
            if let Some(seq) = seq(outcome) {
                of_device.keep();
                of_all.keep();
                mailbox.arrived(seq);
            }
        };
        shared
            .writer
            .write(move |connection| write(connection, &event), committed)
            .await
            .map_err(|_| Rejection::NotStored)
    }
}
