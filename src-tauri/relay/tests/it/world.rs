//! A relay in this process, on a free port, with a clock that stands still.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use fulcrum_relay::client::{Incoming, Session};
use fulcrum_relay::clock::Clock;
use fulcrum_relay::protocol::Event;
use fulcrum_relay::server::{
    Data, JetStream, JetStreamSettings, Limits, Relay, Settings, Tls, run,
};
use fulcrum_relay::{Delivery, EndpointId, Identity, SealingKey};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::sender;
pub use crate::sender::Answer;

/// 12 January 2026, a Monday.
pub const NOW_MS: i64 = 1_768_176_000_000;

pub const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A clock that a test moves.
pub struct Hand(AtomicI64);

impl Clock for Hand {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for Hand {
    fn default() -> Self {
        Self(NOW_MS.into())
    }
}

impl Hand {
    pub fn advance(&self, time: Duration) {
        self.0
            .fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }
}

/// A running relay and its data folder.
pub struct World {
    pub url: Url,
    pub folder: PathBuf,
    pub limits: Limits,
    /// Set before a restart to take effect.
    pub pages_url: Option<Url>,
    /// Set before a restart to take effect.
    pub tls: Option<Tls>,
    /// Set before a restart to take effect for that one.
    pub operators: Option<TcpListener>,
    pub clock: Arc<Hand>,
    /// Where several relays keep everything; its folder where there is none.
    shared: Option<JetStreamSettings>,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
    _parent: tempfile::TempDir,
}

impl World {
    pub async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        Self::at(None, limits, Arc::default()).await
    }

    /// One of the relays that share a store.
    pub async fn sharing(store: &JetStreamSettings, limits: Limits, clock: &Arc<Hand>) -> Self {
        Self::at(Some(store.clone()), limits, Arc::clone(clock)).await
    }

    async fn at(shared: Option<JetStreamSettings>, limits: Limits, clock: Arc<Hand>) -> Self {
        let parent = tempfile::tempdir().unwrap();
        let mut world = Self {
            url: "http://127.0.0.1".parse().unwrap(),
            folder: parent.path().join("data"),
            limits,
            pages_url: None,
            tls: None,
            operators: None,
            clock,
            shared,
            stop: None,
            running: None,
            _parent: parent,
        };
        world.launch().await;
        world
    }

    /// Stops the relay as SIGTERM does and starts it again on the same data, on another port.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.launch().await;
    }

    pub async fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.running.take().unwrap().await.unwrap();
    }

    async fn launch(&mut self) {
        let settings = Settings {
            pages_url: self.pages_url.clone(),
            tls: self.tls.clone(),
            limits: self.limits.clone(),
            ..Settings::new(Data::Folder(self.folder.clone()))
        };
        let mut relay = Relay::open(settings, Arc::clone(&self.clock) as _).unwrap();
        if let Some(store) = &self.shared {
            relay = relay.sharing(JetStream::open(store, &self.limits).await.unwrap());
        }
        if let Some(operators) = self.operators.take() {
            relay = relay.with_operators_on(operators);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        self.url = format!("http://{address}").parse().unwrap();
        self.stop = Some(stop);
        self.running = Some(tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            run(relay, listener, stopped).await.unwrap();
        }));
    }

    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.url.port().unwrap())
    }

    pub async fn connect(&self, identity: &Identity) -> Session {
        Session::connect(&self.url, identity).await.unwrap()
    }

    /// A new desktop with one registered endpoint.
    pub async fn desktop(&self) -> Desktop {
        Desktop::join(&self.url).await
    }

    /// Posts a JSON body; returns the status.
    pub async fn post(&self, endpoint: EndpointId, body: &str) -> u16 {
        sender::post(&self.address(), endpoint, body).await
    }

    /// One request on a connection of its own.
    pub async fn request(&self, method: &str, path: &str, head: &str, body: &[u8]) -> Answer {
        sender::request(&self.address(), method, path, head, body).await
    }

    /// The bytes as they are, on a connection of their own, and what comes back until it closes.
    pub async fn raw(&self, bytes: &[u8]) -> Answer {
        sender::raw(&self.address(), bytes).await
    }

    pub async fn metric(&self, name: &str) -> u64 {
        let answer = self.request("GET", "/metrics", "", b"").await;
        let line = answer.text.lines().find(|line| line.starts_with(name));
        let value = line
            .unwrap_or_else(|| panic!("no metric {name}"))
            .rsplit(' ');
        value.into_iter().next().unwrap().parse().unwrap()
    }
}

/// An installation with one endpoint.
pub struct Desktop {
    pub identity: Identity,
    pub session: Session,
    pub key: SealingKey,
    pub endpoint: EndpointId,
}

impl Desktop {
    /// A new desktop of the relay at `url`, with one registered endpoint.
    pub async fn join(url: &Url) -> Self {
        let identity = Identity::generate();
        let mut session = Session::connect(url, &identity).await.unwrap();
        let key = SealingKey::generate();
        let endpoint = EndpointId::random();
        session.register(endpoint, key.public());
        let registered = session.next().await;
        assert!(
            matches!(registered, Some(Incoming::Registered { endpoint: id, .. }) if id == endpoint),
            "{registered:?}"
        );
        Self {
            identity,
            session,
            key,
            endpoint,
        }
    }

    /// The next events, at least `count` of them.
    pub async fn events(&mut self, count: usize) -> Vec<Event> {
        events(&mut self.session, count).await
    }

    pub fn open(&self, event: &Event) -> Delivery {
        self.key
            .open(&event.sealed, event.endpoint, event.received_at_ms)
            .unwrap()
    }

    /// The body of an event as text.
    pub fn body(&self, event: &Event) -> String {
        String::from_utf8(self.open(event).body).unwrap()
    }

    /// The address of the page that was published last. Answers to the pages before may come first.
    pub async fn published(&mut self) -> Url {
        loop {
            match next(&mut self.session).await {
                Incoming::Published { url, .. } => return url,
                Incoming::Events(_) => {}
                other => panic!("instead of the address: {other:?}"),
            }
        }
    }

    /// Waits until everything sent before has been carried out: the relay takes requests in order.
    pub async fn settle(&mut self) {
        self.session.register(self.endpoint, self.key.public());
        let answer = next(&mut self.session).await;
        assert!(matches!(answer, Incoming::Registered { .. }), "{answer:?}");
    }

    /// Connects again, as after a restart of the app.
    pub async fn reconnect(&mut self, world: &World) {
        self.session = world.connect(&self.identity).await;
    }
}

pub async fn events(session: &mut Session, count: usize) -> Vec<Event> {
    let mut events = Vec::new();
    while events.len() < count {
        match next(session).await {
            Incoming::Events(more) => events.extend(more),
            other => panic!("instead of events: {other:?}"),
        }
    }
    events
}

/// So many events, each acknowledged as it comes: of a long mailbox the relay sends the rest only then.
pub async fn drained(session: &mut Session, count: usize) -> Vec<Event> {
    let mut all = Vec::new();
    while all.len() < count {
        let more = events(session, 1).await;
        session.ack(more.last().expect("there is one at least").seq);
        all.extend(more);
    }
    all
}

/// The next message. The bound is for a relay that never sends one: the test then fails, and does not
/// hang.
pub async fn next(session: &mut Session) -> Incoming {
    tokio::time::timeout(Duration::from_secs(20), session.next())
        .await
        .expect("a message within 20 seconds")
        .expect("a message and not the end")
}
