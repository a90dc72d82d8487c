//! The relay inside the app: for the practice Lever, and behind any tunnel the user has. Its port stays the same,
//! so addresses pasted into Lever stay right.

use std::net::Ipv4Addr;
use std::sync::Arc;

use fulcrum_relay::clock::SystemClock;
use fulcrum_relay::server::{Data, Relay, Settings, run};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::engine::Engine;
use crate::store::{Store, StoreError, settings};

/// The setting with the port.
const PORT: &str = "relay_port";

/// Starts the relay on its port, or on a new one if it never ran. Returns its address and its task.
pub(super) async fn start(
    engine: &Engine,
    store: &Store,
) -> Result<(Url, JoinHandle<()>), StoreError> {
    let folder = engine.options().data_dir.join("relay");
    let fail = |problem: std::io::Error| StoreError::File {
        path: folder.clone(),
        source: problem,
    };
    let saved: Option<u16> = store.read(|db| settings::get(db, PORT)).await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, saved.unwrap_or(0)))
        .await
        .map_err(fail)?;
    let port = listener.local_addr().map_err(fail)?.port();
    if saved.is_none() {
        store
            .write(move |db| settings::put(db, PORT, &port))
            .await?;
    }
    let settings = Settings::new(Data::Folder(folder.clone()));
    let relay = Relay::open(settings, Arc::new(SystemClock))
        .map_err(|problem| fail(std::io::Error::other(problem)))?;
    let task = tokio::spawn(async move {
        if let Err(problem) = run(relay, listener, std::future::pending()).await {
            tracing::error!(%problem, "the relay inside the app ended");
        }
    });
    let url = Url::parse(&format!("http://127.0.0.1:{port}"))
        .map_err(|problem| fail(std::io::Error::other(problem)))?;
    Ok((url, task))
}
