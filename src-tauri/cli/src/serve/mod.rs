//! The whole engine on a loopback address, with the same screens in a browser. Only who can read the token file
//! can call it.

mod assets;
mod guard;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use fulcrum_core::Engine;
use fulcrum_core::config::Flags;
use futures_util::Stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::broadcast::error::RecvError;

pub use self::guard::Gate;
use crate::headless;
use crate::output::{Failure, print};

/// The largest request; a mapping with every value map filled fits.
const LARGEST_REQUEST: usize = 8 * 1024 * 1024;

/// Runs the engine until the process is asked to stop.
///
/// # Errors
/// [`Failure`] if the engine does not start or the address cannot be used.
pub async fn run(flags: Flags, listen: SocketAddr) -> Result<(), Failure> {
    if !listen.ip().is_loopback() {
        return Err(Failure::Other(
            "Only an address of this computer can be listened on, such as 127.0.0.1:0.".to_owned(),
        ));
    }
    let data_dir = flags.clone().into_options()?.data_dir;
    let engine = headless::start(flags).await?;
    let listener = TcpListener::bind(listen).await?;
    let gate = Gate::new(&listener)?;
    let token_file = write_token(&data_dir, &gate)?;
    let url = format!("http://{}", listener.local_addr()?);
    print(&json!({ "url": url, "token_file": token_file }).to_string())?;
    let served = serve(engine.clone(), listener, gate, headless::asked_to_stop()).await;
    engine.stop().await;
    // The token opens nothing any more.
    let _ = std::fs::remove_file(token_file);
    served
}

/// Answers on a bound listener until `shutdown`.
///
/// # Errors
/// [`Failure`] if the socket fails.
pub async fn serve(
    engine: Engine,
    listener: TcpListener,
    gate: Gate,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let gate = Arc::new(gate);
    let calls = Router::new()
        .route("/rpc", post(rpc))
        .route("/changes", get(changes))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&gate),
            guard::bearer,
        ))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST));
    let router = calls
        .fallback(assets::serve)
        .layer(middleware::from_fn_with_state(gate, guard::same_host))
        .with_state(engine.clone());
    // Streams of changes would keep a graceful end waiting for ever, so the socket simply closes.
    tokio::select! {
        ended = axum::serve(listener, router) => Ok(ended?),
        () = shutdown => Ok(()),
    }
}

fn write_token(data_dir: &Path, gate: &Gate) -> Result<PathBuf, Failure> {
    let path = data_dir.join("serve-token");
    // Removed first: an old file could have other permissions.
    let _ = std::fs::remove_file(&path);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    std::io::Write::write_all(&mut file, gate.token().as_bytes())?;
    Ok(path)
}

#[derive(Deserialize)]
struct Call {
    name: String,
    #[serde(default)]
    payload: Value,
}

async fn rpc(State(engine): State<Engine>, Json(call): Json<Call>) -> Json<Value> {
    Json(match engine.call(&call.name, call.payload).await {
        Ok(value) => json!({ "ok": value }),
        Err(problem) => json!({ "error": problem }),
    })
}

async fn changes(
    State(engine): State<Engine>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = futures_util::stream::unfold(engine.changes(), |mut changes| async move {
        let tags = match changes.recv().await {
            Ok(tags) => json!(tags),
            // What was missed is unknown, so everything counts as changed.
            Err(RecvError::Lagged(_)) => json!(fulcrum_core::feed::Tag::ALL),
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(Event::default().data(tags.to_string())), changes))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
