//! The relay as a server: an already bound socket and a stop signal in, nothing else.
//!
//! `ingest` is where events come in, `desktop` where they go out, `writer` what makes them durable.

mod checkpoint;
mod clients;
#[cfg_attr(
    not(feature = "jetstream"),
    expect(
        dead_code,
        reason = "only a store that several relays share reads what they hand in"
    )
)]
mod cluster;
mod connections;
mod database;
mod desktop;
mod directory;
mod fence;
mod health;
mod ingest;
#[cfg(feature = "jetstream")]
mod jetstream;
mod json;
mod limits;
mod metrics;
mod pages;
mod peer;
mod reader;
mod registry;
mod retention;
mod store;
mod tls;
mod trust;
mod writer;

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ipnet::IpNet;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use url::Url;

pub use database::OpenError;
#[cfg(feature = "jetstream")]
pub use jetstream::{JetStream, JetStreamError, JetStreamSettings, Login, NotConnected, Refused};
pub use limits::{Amount, Limits};
pub use tls::{Tls, TlsError};
#[cfg(feature = "jetstream")]
pub use trust::ClientCertificate;

use crate::clock::Clock;
use crate::identity::relay_host;
use crate::protocol::{DESKTOP_PATH, StoreId};
use clients::Clients;
use cluster::Cluster;
use database::{Database, FolderLock};
use desktop::FRAME_MEMORY;
use directory::Directory;
use health::Health;
use limits::Quota;
use metrics::Metrics;
use reader::Reader;
use tls::Acceptor;
use writer::Writer;

/// How a relay is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address under which senders reach the relay; `None` for the address of its socket, where that is one.
    pub public_url: Option<Url>,
    /// The address under which pages are shown: a host of its own keeps them apart from everything
    /// else that the relay serves (RELIABILITY.md T10). `None` for the public address.
    pub pages_url: Option<Url>,
    /// TLS of the relay itself; `None` where a proxy or tunnel before it ends TLS.
    pub tls: Option<Tls>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Where events are kept.
    pub data: Data,
    /// What senders and desktops may use.
    pub limits: Limits,
}

/// Where a relay keeps its events.
#[derive(Debug, Clone)]
pub enum Data {
    /// In this folder, which is made where it is missing.
    Folder(PathBuf),
    /// In a folder of its own in the system's temporary folder, deleted with the relay.
    Temporary,
}

impl Settings {
    /// A relay that is reached at the address of its socket, with the default limits.
    pub fn new(data: Data) -> Self {
        Self {
            public_url: None,
            pages_url: None,
            tls: None,
            trusted_proxies: Vec::new(),
            data,
            limits: Limits::default(),
        }
    }

    /// The address under which senders reach a relay that listens on `socket`.
    ///
    /// # Errors
    /// [`RunError::NoPublicUrl`] where none is set and the socket has none: `0.0.0.0` is an address of every machine.
    pub fn public_url_at(&self, socket: SocketAddr) -> Result<Url, RunError> {
        if let Some(url) = &self.public_url {
            return Ok(url.clone());
        }
        if socket.ip().is_unspecified() {
            return Err(RunError::NoPublicUrl);
        }
        let scheme = self.tls.as_ref().map_or("http", |_| "https");
        Url::parse(&format!("{scheme}://{socket}")).map_err(|_| RunError::PublicUrl)
    }
}

/// A relay whose store is open.
pub struct Relay {
    settings: Settings,
    clock: Arc<dyn Clock>,
    directory: Arc<Directory>,
    store: StoreId,
    waiting: Arc<Quota>,
    cluster: Option<Arc<dyn Cluster>>,
    pages: Arc<Quota>,
    writer: Writer,
    writer_thread: JoinHandle<()>,
    reader: Reader,
    lock: FolderLock,
    temporary: Option<tempfile::TempDir>,
    operators: Option<TcpListener>,
}

/// Why a relay stopped other than by its stop signal.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The socket has no address.
    #[error("the listening socket cannot be used")]
    Socket(#[from] std::io::Error),
    /// The public address is not `http(s)://host…`.
    #[error("the public address has to be an http or https address with a host")]
    PublicUrl,
    /// The relay listens on all addresses and does not know which one it is reached at.
    #[error("a relay that listens on all addresses needs its public address (--public-url)")]
    NoPublicUrl,
    /// The address of the pages is not `http(s)://host…`.
    #[error("the address of the pages has to be an http or https address with a host")]
    PagesUrl,
    /// There is no certificate to serve.
    #[error("TLS cannot be served")]
    Tls(#[from] TlsError),
}

/// What the handlers share.
struct Shared {
    base: Url,
    /// The names under which a desktop may sign in.
    hosts: Vec<String>,
    limits: Limits,
    clock: Arc<dyn Clock>,
    directory: Arc<Directory>,
    /// Which store this is, of this relay or of all that share it.
    store: StoreId,
    waiting: Arc<Quota>,
    /// Where endpoints and events are, if not in the folder.
    cluster: Option<Arc<dyn Cluster>>,
    pages: Arc<Quota>,
    pages_base: Url,
    /// The name in it.
    pages_host: String,
    clients: Clients,
    in_flight: Arc<Quota>,
    metrics: Arc<Metrics>,
    writer: Writer,
    reader: Reader,
    sessions: Arc<Semaphore>,
    /// Bytes of memory for events on their way to desktops.
    delivering: Arc<Semaphore>,
    connections: Arc<Semaphore>,
    health: Health,
    stopping: watch::Sender<bool>,
}

impl Relay {
    /// Opens the store: makes or migrates the database, starts its writer, reads the endpoints.
    pub fn open(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let (folder, temporary) = match &settings.data {
            Data::Folder(folder) => (folder.clone(), None),
            Data::Temporary => {
                let temporary = tempfile::tempdir()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let limits = &settings.limits;
        let lock = FolderLock::take(&folder)?;
        let database = Arc::new(Database::open(&folder, limits.lock_wait)?);
        let connection = database.connect()?;
        let directory = Directory::load(&connection, limits)?;
        let pages = Quota::new(limits.pages, pages::table::all(&connection)?);
        let mailboxes = directory.mailboxes();
        let stored = mailboxes.iter().map(|mailbox| mailbox.waiting.used());
        let waiting = Quota::new(limits.waiting, stored.sum());
        let (writer, writer_thread) = Writer::start(Arc::clone(&database))?;
        Ok(Self {
            clock,
            directory: Arc::new(directory),
            store: store::id(&connection)?,
            waiting,
            cluster: None,
            pages,
            writer,
            writer_thread,
            reader: Reader::new(database),
            lock,
            temporary,
            settings,
            operators: None,
        })
    }

    /// Serves `/metrics` and `/healthz` in plain HTTP on `listener`, and `/metrics` nowhere else.
    pub fn with_operators_on(self, listener: TcpListener) -> Self {
        Self {
            operators: Some(listener),
            ..self
        }
    }

    /// Keeps endpoints, events and pages in a store that other relays share, instead of in the folder.
    #[cfg(feature = "jetstream")]
    #[must_use]
    pub fn sharing(mut self, store: JetStream) -> Self {
        self.directory = Arc::new(Directory::empty(&self.settings.limits));
        self.store = store.id();
        self.waiting = store.waiting_for_all();
        self.cluster = Some(Arc::new(store));
        self
    }
}

/// Serves on `listener` until `shutdown` is done: then takes no more connections, answers the
/// requests that are running, closes the desktops' sockets and ends when all is committed.
pub async fn run(
    relay: Relay,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let address = listener.local_addr()?;
    let base = relay.settings.public_url_at(address)?;
    let tls = relay.settings.tls.as_ref();
    let tls = tls.map(Acceptor::start).transpose()?;
    let pages_base = relay.settings.pages_url.unwrap_or_else(|| base.clone());
    let pages_host = own_name(&pages_base).ok_or(RunError::PagesUrl)?;
    let limits = relay.settings.limits;
    let started_ms = relay.clock.now_ms();
    let shared = Arc::new(Shared {
        hosts: hosts(&base, address)?,
        base,
        clock: relay.clock,
        directory: relay.directory,
        store: relay.store,
        waiting: relay.waiting,
        cluster: relay.cluster,
        pages: relay.pages,
        pages_base,
        pages_host,
        clients: Clients::new(relay.settings.trusted_proxies, &limits),
        in_flight: Quota::new(limits.in_flight, Amount::default()),
        metrics: Arc::new(Metrics::new(started_ms)),
        health: Health::new(),
        connections: Arc::new(Semaphore::new(limits.connections)),
        writer: relay.writer,
        reader: relay.reader,
        sessions: Arc::new(Semaphore::new(limits.sessions)),
        delivering: Arc::new(Semaphore::new(limits.delivering_bytes.max(FRAME_MEMORY))),
        stopping: watch::Sender::new(false),
        limits,
    });
    let following = shared.cluster.clone().map(|cluster| {
        let directory = Arc::clone(&shared.directory);
        tokio::spawn(async move { cluster.follow(directory).await })
    });
    retention::clear_up(&shared).await;
    let retention = tokio::spawn(retention::keep(Arc::clone(&shared)));
    let for_operators = relay.operators.is_some();
    let operators = relay
        .operators
        .map(|listener| tokio::spawn(serve_operators(listener, Arc::clone(&shared))));
    let router = router(Arc::clone(&shared), for_operators);
    connections::serve(listener, router, &shared, tls, shutdown).await;
    // Aborted and awaited: each task holds a writer until it is gone.
    for task in [Some(retention), operators, following]
        .into_iter()
        .flatten()
    {
        task.abort();
        let _ = task.await;
    }
    drop(shared);
    let ended = tokio::task::spawn_blocking(move || relay.writer_thread.join()).await;
    if !matches!(ended, Ok(Ok(()))) {
        tracing::error!("the writer thread did not end well");
    }
    // Last of all, so that the next relay on the folder finds nothing in use.
    drop(relay.lock);
    drop(relay.temporary);
    Ok(())
}

/// The relay signs nobody in under a name that is not its own, or another relay could pass a
/// challenge on. A relay on loopback goes by all names of loopback, whatever its public address.
fn hosts(base: &Url, address: SocketAddr) -> Result<Vec<String>, RunError> {
    let mut hosts = vec![own_name(base).ok_or(RunError::PublicUrl)?];
    if address.ip().is_loopback() {
        let port = address.port();
        hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")));
    }
    Ok(hosts)
}

/// The name that an address gives the relay, as a `Host` header has it.
fn own_name(url: &Url) -> Option<String> {
    relay_host(url).filter(|_| matches!(url.scheme(), "http" | "https"))
}

/// What a `Host` header names, as [`relay_host`] writes it: without capitals, and without the port that the
/// scheme has anyway.
fn host_named(scheme: &str, named: &str) -> Option<String> {
    let url = Url::parse(&format!("{scheme}://{named}")).ok()?;
    relay_host(&url)
}

/// Until it is aborted.
async fn serve_operators(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route("/healthz", get(health::handle))
        .route("/metrics", get(metrics))
        .with_state(shared);
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the operators' socket is closed");
    }
}

fn router(shared: Arc<Shared>, for_operators: bool) -> Router {
    let router = Router::new().route("/healthz", get(health::handle));
    let router = if for_operators {
        router
    } else {
        router.route("/metrics", get(metrics))
    };
    let router = router
        .route(&format!("/{DESKTOP_PATH}"), get(desktop::handle))
        .route(
            "/p/{*page}",
            get(pages::show::handle).post(pages::answer::handle),
        )
        .fallback(ingest::handle);
    let router = if relay_host(&shared.base).as_ref() == Some(&shared.pages_host) {
        router
    } else {
        router.layer(from_fn_with_state(Arc::clone(&shared), keep_hosts_apart))
    };
    router.with_state(shared)
}

/// Pages under their own name only, and nothing else under it.
async fn keep_hosts_apart(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let header = request.headers().get(header::HOST);
    let authority = request.uri().authority().map(Authority::as_str);
    let named = header.map_or(authority, |name| name.to_str().ok());
    let host = named.and_then(|named| host_named(shared.pages_base.scheme(), named));
    let for_pages = host.as_ref() == Some(&shared.pages_host);
    if for_pages == request.uri().path().starts_with("/p/") {
        next.run(request).await
    } else {
        pages::show::nothing(&shared)
    }
}

async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    let kind = [(header::CONTENT_TYPE, metrics::CONTENT_TYPE)];
    match shared.metrics.render(&shared) {
        Ok(text) => (kind, text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_every_machine_has_is_none_to_be_reached_at() {
        let mut settings = Settings::new(Data::Temporary);
        for socket in ["0.0.0.0:80", "[::]:443"] {
            let url = settings.public_url_at(socket.parse().unwrap());
            assert!(matches!(url, Err(RunError::NoPublicUrl)), "{socket}");
        }
        let url = settings.public_url_at("192.0.2.1:8080".parse().unwrap());
        assert_eq!(url.unwrap().as_str(), "http://192.0.2.1:8080/");
        let public: Url = "https://relay.example".parse().unwrap();
        settings.public_url = Some(public.clone());
        let url = settings.public_url_at("[::]:443".parse().unwrap());
        assert_eq!(url.unwrap(), public);
    }
}
