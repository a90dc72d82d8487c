//! Where the reader of a page answers: `POST /p/{page}`, once for each nonce.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};

use super::show;
use super::table::{self, Answering};
use crate::clock::Steady;
use crate::endpoint::EndpointId;
use crate::page::{NonceDigest, PageId, PostedAnswer};
use crate::seal::Delivery;
use crate::server::Shared;
use crate::server::clients::Client;
use crate::server::ingest::{self, InFlight, Rejection, SealedEvent};

/// Answers `POST /p/{page}`.
pub(in crate::server) async fn handle(
    State(shared): State<Arc<Shared>>,
    client: Client,
    request: Request,
) -> Response {
    let id = PageId::from_path(request.uri().path());
    let answer = match accept(&shared, client, id, request).await {
        Ok(Answering::Stored(_)) => {
            shared.metrics.page_answered();
            ingest::ok()
        }
        Ok(Answering::Again) => {
            shared.metrics.rejected(Rejection::Answered);
            Rejection::Answered.into_response()
        }
        Ok(Answering::Unknown) => show::not_found(&shared),
        Err(rejection) => {
            shared.metrics.rejected(rejection);
            rejection.into_response()
        }
    };
    show::with_headers(&shared, answer)
}

/// Checks what costs least first. Nothing before the look into the table depends on the page, so
/// that no answer tells whether there is one.
async fn accept(
    shared: &Arc<Shared>,
    client: Client,
    id: Option<PageId>,
    request: Request,
) -> Result<Answering, Rejection> {
    shared.clients.check(client).map_err(|_| Rejection::Rate)?;
    let (head, body) = request.into_parts();
    if !ingest::is_plain_json(&head.headers) {
        return Err(Rejection::ContentType);
    }
    let mut held = InFlight::of_relay(shared)?;
    let limit = shared.limits.answer_bytes;
    let body = ingest::read(shared, &mut held, body, limit).await?;
    let posted: PostedAnswer = serde_json::from_slice(&body).map_err(|_| Rejection::NotJson)?;
    let (id, nonce) = (id.unwrap_or_else(PageId::random), posted.nonce.digest());
    let (since, delivery) = (Steady::start(), ingest::delivery(&head, body));
    let Some(event) = seal(shared, id, nonce, delivery, held).await? else {
        return Ok(Answering::Unknown);
    };
    let now_ms = shared.clock.now_ms();
    let outcome = if let Some(cluster) = &shared.cluster {
        event.answer(cluster.as_ref(), id, nonce, now_ms).await?
    } else {
        let write =
            move |connection: &_, event: &_| table::answer(connection, id, nonce, now_ms, event);
        let seq = |outcome: &Answering| match outcome {
            Answering::Stored(seq) => Some(*seq),
            Answering::Again | Answering::Unknown => None,
        };
        event.store(shared, write, seq).await?
    };
    if let Answering::Stored(_) = outcome {
        shared.metrics.accepted(since.elapsed());
    }
    tracing::info!(page = id.prefix(), ?outcome, "an answer came");
    Ok(outcome)
}

/// The answer as an event of the endpoint that the page names; `None` where there is no such page.
async fn seal(
    shared: &Arc<Shared>,
    id: PageId,
    nonce: NonceDigest,
    delivery: Delivery,
    held: InFlight,
) -> Result<Option<SealedEvent>, Rejection> {
    let endpoint = endpoint_for(shared, id, nonce).await?;
    let endpoint = endpoint.and_then(|endpoint| shared.directory.endpoint(&endpoint));
    let live = endpoint.filter(|endpoint| !endpoint.retired.load(Ordering::Acquire));
    let Some(endpoint) = live else {
        return Ok(None);
    };
    SealedEvent::seal(shared, &endpoint, delivery, held).map(Some)
}

async fn endpoint_for(
    shared: &Arc<Shared>,
    id: PageId,
    nonce: NonceDigest,
) -> Result<Option<EndpointId>, Rejection> {
    let now_ms = shared.clock.now_ms();
    if let Some(cluster) = &shared.cluster {
        let endpoint = cluster.page_takes_answer(id, nonce, now_ms).await;
        return endpoint.map_err(|_| Rejection::NotStored);
    }
    let read = move |connection: &_| table::answer_to(connection, id, nonce, now_ms);
    shared.reader.read(read).await.map_err(|error| {
        tracing::error!(error = &error as &dyn Error, "the pages cannot be read");
        Rejection::NotStored
    })
}
