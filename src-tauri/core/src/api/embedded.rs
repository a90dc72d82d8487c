//! The relay inside the app: for the practice Lever, and behind any tunnel the user has. Its port stays the same,
//! so addresses pasted into Lever stay right.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use fulcrum_relay::clock::SystemClock;
use fulcrum_relay::server::{Data, Relay, Settings, run};
use rusqlite::Connection;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use super::engine::Engine;
use crate::store::{Store, StoreError, settings};

/// The setting with the port.
const PORT: &str = "relay_port";

/// The setting with the public address of the user's own tunnel.
const PUBLIC_URL: &str = "relay_public_url";

/// How long a relay that is told to stop may take. It gives what is under way ten seconds itself, and cutting it off
/// before would leave its folder in use.
const STOP_TIME: Duration = Duration::from_secs(15);

/// Where the relay inside the app is found.
pub(super) struct Own {
    /// Its local port, once it ran or was typed in.
    pub(super) port: Option<u16>,
    /// The public address that leads there.
    pub(super) public_url: Option<Url>,
}

/// Where the relay inside the app is found, as it is set.
pub(super) fn own(db: &Connection) -> Result<Own, StoreError> {
    let public: Option<Option<Url>> = settings::get(db, PUBLIC_URL)?;
    Ok(Own {
        port: settings::get(db, PORT)?,
        public_url: public.flatten(),
    })
}

/// Saves it; without a port the old one stays. Tells whether it changed.
pub(super) fn put_own(
    db: &Connection,
    port: Option<u16>,
    public_url: Option<&Url>,
) -> Result<bool, StoreError> {
    let before = own(db)?;
    settings::put(db, PUBLIC_URL, &public_url)?;
    if let Some(port) = port {
        settings::put(db, PORT, &port)?;
    }
    let moved = port.is_some() && port != before.port;
    Ok(moved || before.public_url.as_ref() != public_url)
}

/// A running relay.
pub(super) struct Inside {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Inside {
    /// Ends it; when this returns, its port and its folder are free.
    pub(super) async fn stop(mut self) {
        // It may have ended by itself.
        let _ = self.stop.send(());
        if tokio::time::timeout(STOP_TIME, &mut self.task)
            .await
            .is_err()
        {
            self.task.abort();
        }
    }
}

/// Starts the relay on its port, or on a new one if it never ran. Returns its local address too, and the public one.
pub(super) async fn start(
    engine: &Engine,
    store: &Store,
) -> Result<(Url, Option<Url>, Inside), StoreError> {
    let folder = engine.options().data_dir.join("relay");
    let fail = |problem: std::io::Error| StoreError::File {
        path: folder.clone(),
        source: problem,
    };
    let own = store.read(own).await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, own.port.unwrap_or(0)))
        .await
        .map_err(fail)?;
    let port = listener.local_addr().map_err(fail)?.port();
    if own.port.is_none() {
        store
            .write(move |db| settings::put(db, PORT, &port))
            .await?;
    }
    let settings = Settings {
        public_url: own.public_url.clone(),
        ..Settings::new(Data::Folder(folder.clone()))
    };
    let relay = Relay::open(settings, Arc::new(SystemClock))
        .map_err(|problem| fail(std::io::Error::other(problem)))?;
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        let shutdown = async {
            // Who holds the other end stops the relay by letting go of it, too.
            let _ = stopped.await;
        };
        if let Err(problem) = run(relay, listener, shutdown).await {
            tracing::error!(%problem, "the relay inside the app ended");
        }
    });
    let url = Url::parse(&format!("http://127.0.0.1:{port}"))
        .map_err(|problem| fail(std::io::Error::other(problem)))?;
    Ok((url, own.public_url, Inside { stop, task }))
}
