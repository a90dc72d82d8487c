//! TCP connections: how many, how long their headers may take, and how they end.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time;

use super::clients::Peer;
use super::tls::Acceptor;
use super::{Limits, Shared};

/// Bytes of a request head.
const HEAD_BYTES: usize = 64 * 1024;
/// Pause after an accept that failed, which usually means that the process is out of files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Time for running requests and sessions to end after the stop signal.
const STOP_TIME: Duration = Duration::from_secs(10);

/// Serves until `shutdown` is done and the running requests and sessions have ended.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shared: &Shared,
    tls: Option<Acceptor>,
    shutdown: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let builder = builder(&shared.limits);
    let tls = tls.map(Arc::new);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&shared.connections).acquire_owned().await;
            (place, accept(&listener).await)
        };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
            Some(_) = connections.join_next() => continue,
            () = &mut shutdown => break,
        };
        let Some(of_client) = shared.clients.connect(peer.ip()) else {
            shared.metrics.crowded();
            continue;
        };
        let service = TowerToHyperService::new(router.clone().layer(Extension(Peer(peer.ip()))));
        let (builder, watcher) = (builder.clone(), graceful.watcher());
        let tls = tls.clone();
        let patience = shared.limits.request_time;
        let mut stopping = shared.stopping.subscribe();
        connections.spawn(async move {
            let _places = (place, of_client);
            let spoke = tokio::select! {
                spoke = speaks(&stream, patience) => spoke,
                _ = stopping.wait_for(|stopping| *stopping) => false,
            };
            drop(stopping);
            if !spoke {
                return;
            }
            match tls {
                None => requests(builder, watcher, service, stream).await,
                Some(tls) => {
                    if let Ok(Ok(Some(stream))) = time::timeout(patience, tls.accept(stream)).await
                    {
                        requests(builder, watcher, service, stream).await;
                    }
                }
            }
        });
    }
    drop(listener);
    shared.stopping.send_replace(true);
    let ended = async {
        graceful.shutdown().await;
        shared.stopping.closed().await;
    };
    if time::timeout(STOP_TIME, ended).await.is_err() {
        tracing::warn!("connections were cut off at the stop");
    }
    connections.shutdown().await;
}

/// The requests of one connection, to its end.
async fn requests(
    builder: auto::Builder<TokioExecutor>,
    watcher: Watcher,
    service: TowerToHyperService<Router>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) {
    let connection = builder
        .serve_connection_with_upgrades(TokioIo::new(stream), service)
        .into_owned();
    // A connection fails by the fault of its peer; the peer knows.
    let _ = watcher.watch(connection).await;
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

/// Whether the peer says anything in `time`: the time-outs of hyper begin with the first byte, so a peer that is silent
/// from the start would keep its place for ever.
async fn speaks(stream: &TcpStream, patience: Duration) -> bool {
    let first = time::timeout(patience, stream.peek(&mut [0])).await;
    matches!(first, Ok(Ok(1)))
}

fn builder(limits: &Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.request_time)
        .max_buf_size(HEAD_BYTES);
    builder
}
