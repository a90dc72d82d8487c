//! TCP connections: how many, how long their headers may take, and how they end.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time;

use super::Shared;
use super::clients::Peer;
use super::tls::Acceptor;

/// Bytes of a request head after which no more of it is read. The last read may bring as much again.
const HEAD_BYTES: usize = 32 * 1024;
/// Pause after an accept that failed, which usually means that the process is out of files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Time for running requests and sessions to end after the stop signal.
const STOP_TIME: Duration = Duration::from_secs(10);

type Service = TowerToHyperService<Router>;

/// Serves until `shutdown` is done and the running requests and sessions have ended.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shared: &Shared,
    tls: Option<Acceptor>,
    shutdown: impl Future<Output = ()>,
) {
    let mut connections = JoinSet::new();
    let protocol = Protocol {
        tls: tls.map(Arc::new),
        http: http(shared.limits.request_time),
        patience: shared.limits.request_time,
    };
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let next = async {
            // Only this loop takes places: one that is free now still is when somebody comes.
            drop(shared.connections.acquire().await);
            accept(&listener).await
        };
        let (stream, peer) = tokio::select! {
            next = next => next,
            Some(_) = connections.join_next() => continue,
            () = &mut shutdown => break,
        };
        let of_all = Arc::clone(&shared.connections).try_acquire_owned();
        let (Ok(of_all), Some(of_client)) = (of_all, shared.clients.connect(peer.ip())) else {
            shared.metrics.crowded();
            continue;
        };
        let peer = Peer::new(peer.ip(), Arc::new((of_all, of_client)));
        let service = TowerToHyperService::new(router.clone().layer(Extension(peer)));
        let stopping = shared.stopping.subscribe();
        connections.spawn(protocol.clone().serve(stream, service, stopping));
    }
    drop(listener);
    shared.stopping.send_replace(true);
    // Each connection listens to it as long as it lives, and so does each session.
    if time::timeout(STOP_TIME, shared.stopping.closed())
        .await
        .is_err()
    {
        tracing::warn!("connections were cut off at the stop");
    }
    connections.shutdown().await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Only costs latency where it does not work.
                let _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// What is spoken on a connection.
#[derive(Clone)]
struct Protocol {
    tls: Option<Arc<Acceptor>>,
    http: http1::Builder,
    /// Time for the handshake of TLS.
    patience: Duration,
}

impl Protocol {
    /// One connection, to its end.
    async fn serve(self, stream: TcpStream, service: Service, mut stopping: watch::Receiver<bool>) {
        let Some(tls) = &self.tls else {
            return requests(&self.http, service, stream, stopping).await;
        };
        let accepted = tokio::select! {
            accepted = time::timeout(self.patience, tls.accept(stream)) => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        if let Ok(Ok(Some(stream))) = accepted {
            requests(&self.http, service, stream, stopping).await;
        }
    }
}

/// The requests of one connection, until its peer goes, it becomes a WebSocket, or the relay stops.
async fn requests(
    http: &http1::Builder,
    service: Service,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    mut stopping: watch::Receiver<bool>,
) {
    let connection = http.serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection.with_upgrades());
    let stops = tokio::select! {
        // A connection fails by the fault of its peer; the peer knows.
        _ = connection.as_mut() => false,
        _ = stopping.wait_for(|stopping| *stopping) => true,
    };
    if stops {
        connection.as_mut().graceful_shutdown();
        // As above.
        let _ = connection.await;
    }
}

/// The time for a head begins with the connection, so a peer that says nothing is gone as soon as one that is slow.
fn http(head_time: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .max_buf_size(HEAD_BYTES);
    http
}
