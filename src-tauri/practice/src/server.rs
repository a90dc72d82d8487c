//! One listener for everything: pages, authorization server, API and control plane.

use std::future::Future;
use std::io;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::net::TcpListener;

use crate::faults::{Listener, Peer, inject};
use crate::ledger::record;
use crate::practice::Practice;
use crate::{api, auth, control, deliveries, hris, wall, web};

/// Serves a practice world on `listener` until `shutdown` completes; open requests are finished first.
/// A world can be run once.
///
/// # Errors
/// Fails if the listener has no local address or the server cannot run.
pub async fn run(
    practice: Practice,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    practice.set_origin(format!("http://{}", listener.local_addr()?));
    let queue = practice
        .take_queue()
        .ok_or_else(|| io::Error::other("this practice world was run before"))?;
    let service = router(&practice).into_make_service_with_connect_info::<Peer>();
    let serving = axum::serve(Listener::new(listener), service).with_graceful_shutdown(shutdown);
    tokio::select! {
        result = serving => result,
        () = deliveries::carry_out(practice.clone(), queue) => {
            unreachable!("the queue's sender lives in the practice world")
        }
    }
}

fn router(practice: &Practice) -> Router {
    Router::new()
        .merge(web::routes(practice))
        .merge(auth::routes(practice))
        .nest("/v1", api::routes(practice))
        .nest("/scim/v2", hris::scim_routes())
        .layer(from_fn_with_state(practice.clone(), inject))
        .layer(from_fn_with_state(practice.clone(), record))
        .layer(from_fn_with_state(practice.clone(), date))
        .nest("/practice", control::routes())
        .layer(from_fn(wall::refuse_cross_site))
        .layer(from_fn(wall::refuse_foreign_hosts))
        .with_state(practice.clone())
}

/// Dates an answer by the practice clock, if that is switched on; the server would do it by the system's.
async fn date(State(practice): State<Practice>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if !practice.world().switches.date_by_practice_clock {
        return response;
    }
    let now = Timestamp::from_millisecond(practice.now_ms()).ok();
    let now = now.and_then(|now| {
        DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&now)
            .ok()
    });
    if let Some(now) = now.and_then(|now| HeaderValue::try_from(now).ok()) {
        response.headers_mut().insert(header::DATE, now);
    }
    response
}
