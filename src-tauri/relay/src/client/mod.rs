//! The desktop's end of the connection: one session, from the handshake to its end.
//!
//! A task owns the socket. Connecting again, with a growing pause, is the caller's job, and so is
//! deciding when an event is safe: only then may it be acknowledged.

mod certificate;
mod connect;
mod local_copy;
mod session;
mod steps;
mod way;

use std::io;

use tokio::sync::mpsc;
use url::Url;

use crate::endpoint::EndpointId;
use crate::identity::Identity;
use crate::page::PageId;
use crate::protocol::{AnswerTo, Event, FromDesktop, FromRelay, Position, Refusal, StoreId};
use crate::seal::SealingPublicKey;

pub use self::local_copy::LocalCopy;
pub use self::steps::{Passed, Step};
pub use self::way::{Proxies, Proxy, Way};

/// Frames read ahead of the caller.
const READ_AHEAD: usize = 2;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address is not `https://host…`, or `http://` with a loopback host.
    #[error("the relay's address has to begin with https://, or with http:// on this machine")]
    Address,
    /// Nothing came of it within 15 seconds; this step took too long.
    #[error("the relay did not answer in time")]
    TimedOut(Step),
    /// The system has no certificate authorities to check the relay against.
    #[error("this system offers no trusted certificate authorities")]
    NoRoots,
    /// The name of the host, or of the proxy, has no address.
    #[error("the name could not be found")]
    Name(#[source] io::Error),
    /// No TCP connection.
    #[error("no connection could be made")]
    Tcp(#[source] io::Error),
    /// The proxy does not let the connection through.
    #[error("the proxy at {proxy} does not let the connection through: {source}")]
    Proxy {
        /// Host and port of the proxy.
        proxy: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// No encrypted connection, or a certificate that cannot be trusted: see [`ConnectError::certificate`].
    #[error("no encrypted connection could be made")]
    Tls(#[source] io::Error),
    /// What answers is no WebSocket, but this HTTP status: a page to sign in to the network, for example.
    #[error("a web server answered with the status {0} instead of the relay")]
    NoWebSocket(u16),
    /// The connection broke before the sign-in was done.
    #[error("the connection broke during the sign-in")]
    Broken(#[source] Box<tokio_tungstenite::tungstenite::Error>),
    /// The relay does not let this installation in.
    #[error("{0}")]
    Refused(Refusal),
    /// What answers is not a relay of this protocol version.
    #[error("what answers at the relay's address is not a relay")]
    NotARelay,
}

impl ConnectError {
    /// The step that failed; none if the address is none that could be tried.
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::Address => None,
            Self::TimedOut(step) => Some(*step),
            Self::Name(_) => Some(Step::Name),
            Self::Tcp(_) => Some(Step::Tcp),
            Self::Proxy { .. } => Some(Step::Proxy),
            Self::NoRoots | Self::Tls(_) => Some(Step::Tls),
            Self::NoWebSocket(_) | Self::Broken(_) | Self::Refused(_) | Self::NotARelay => {
                Some(Step::SignIn)
            }
        }
    }

    /// What is wrong with the certificate, in words; none if something else failed.
    pub fn certificate(&self) -> Option<&'static str> {
        match self {
            Self::Tls(problem) => certificate::problem(problem),
            _ => None,
        }
    }
}

/// Takes the steps to the relay at `url` up to `last`, without signing in, and hangs up. `told` hears of each step that
/// went well. Takes 15 seconds at most.
///
/// # Errors
/// [`ConnectError`] of the first step that failed.
pub async fn examine(
    way: &Way,
    url: &Url,
    last: Step,
    told: &mut (dyn FnMut(Passed) + Send),
) -> Result<(), ConnectError> {
    connect::examine(url, way, last, told).await
}

/// Why a session ended.
#[derive(Debug, thiserror::Error)]
pub enum End {
    /// The relay closed the connection, to restart or for a reason told before.
    #[error("the relay closed the connection")]
    Closed,
    /// Nothing came for a minute, not even a ping.
    #[error("the relay fell silent")]
    Silent,
    /// The connection broke.
    #[error("the connection to the relay broke")]
    Broken(#[source] Box<tokio_tungstenite::tungstenite::Error>),
    /// The relay sent what is not of this protocol.
    #[error("the relay sent a message that cannot be read")]
    Malformed,
}

/// What the relay said at sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// The address that endpoint addresses are made from: see [`EndpointId::url`].
    pub public_url_base: Url,
    /// Events that wait at the relay.
    pub waiting: u64,
    /// Days after which the relay deletes what nobody fetched; `None` where it keeps it.
    pub retention_days: Option<u32>,
    /// Which store the relay has and how far the events went there; `None` where it does not keep copies apart.
    pub position: Option<(StoreId, Position)>,
}

/// What comes in during a session.
#[derive(Debug)]
pub enum Incoming {
    /// An acknowledgement counted: no other copy of the installation is ever given these events.
    Acknowledged {
        /// The highest number that the relay has deleted.
        through: i64,
    },
    /// The endpoint is live at `url`.
    Registered {
        /// The endpoint asked for.
        endpoint: EndpointId,
        /// Its public address.
        url: Url,
    },
    /// The endpoint answers 410 from now on.
    Retired {
        /// The endpoint asked for.
        endpoint: EndpointId,
    },
    /// The page is live at `url`.
    Published {
        /// The page sent.
        page: PageId,
        /// Its public address, to be completed by [`crate::page::PageKey::link`].
        url: Url,
    },
    /// The page is gone.
    Unpublished {
        /// The page asked for.
        page: PageId,
    },
    /// The relay neither showed nor removed the page.
    PageRefused {
        /// The page asked for.
        page: PageId,
        /// Why.
        reason: Refusal,
    },
    /// Events that nobody fetched were deleted by the relay at the end of their retention time; told
    /// before any later event, and again in each session until `through` is acknowledged.
    Expired {
        /// The highest number deleted.
        through: i64,
        /// How many were deleted.
        events: u64,
    },
    /// Events, in the order of their `seq`; after a reconnect some may be there a second time.
    Events(Vec<Event>),
    /// The relay refused a request for `endpoint`, or, without one, the session.
    Refused {
        /// Why.
        reason: Refusal,
        /// The endpoint of the refused request.
        endpoint: Option<EndpointId>,
    },
    /// The session is over; nothing comes after this.
    Closed(End),
}

/// A signed-in connection. Dropping it closes the socket.
pub struct Session {
    welcome: Welcome,
    requests: mpsc::UnboundedSender<FromDesktop>,
    incoming: mpsc::Receiver<Incoming>,
}

impl Session {
    /// Connects to the relay at `url` (http or https) and signs in. Takes 15 seconds at most.
    pub async fn connect(url: &Url, identity: &Identity) -> Result<Self, ConnectError> {
        Self::connect_by(&Way::default(), url, identity, None).await
    }

    /// The same by this way. With `copy`, a relay that can tell refuses a copy of the installation that was overtaken,
    /// and says which acknowledgements counted.
    pub async fn connect_by(
        way: &Way,
        url: &Url,
        identity: &Identity,
        copy: Option<&LocalCopy>,
    ) -> Result<Self, ConnectError> {
        let (socket, welcome) = connect::connect(url, (identity, copy), way).await?;
        let (requests, outgoing) = mpsc::unbounded_channel();
        let (sender, incoming) = mpsc::channel(READ_AHEAD);
        tokio::spawn(session::run(socket, outgoing, sender));
        Ok(Self {
            welcome,
            requests,
            incoming,
        })
    }

    /// What the relay said at sign-in.
    pub fn welcome(&self) -> &Welcome {
        &self.welcome
    }

    /// The next message; `None` after [`Incoming::Closed`]. Safe to drop and call again.
    pub async fn next(&mut self) -> Option<Incoming> {
        self.incoming.recv().await
    }

    /// Asks for `endpoint`; the outcome comes as [`Incoming::Registered`] or [`Incoming::Refused`].
    /// To be repeated after a reconnect unless the outcome came.
    pub fn register(&self, endpoint: EndpointId, sealing_key: SealingPublicKey) {
        self.send(FromDesktop::Register {
            endpoint,
            sealing_key,
        });
    }

    /// Gives `endpoint` up for ever; the outcome comes as [`Incoming::Retired`] or
    /// [`Incoming::Refused`].
    pub fn retire(&self, endpoint: EndpointId) {
        self.send(FromDesktop::Retire { endpoint });
    }

    /// Shows `page` until `expires_at_ms` (Unix milliseconds), in place of what it showed before; the
    /// outcome comes as [`Incoming::Published`] or [`Incoming::PageRefused`]. To be repeated after a
    /// reconnect unless the outcome came.
    pub fn publish(
        &self,
        page: PageId,
        ciphertext: Vec<u8>,
        expires_at_ms: i64,
        form: Option<AnswerTo>,
    ) {
        self.send(FromDesktop::Publish {
            page,
            ciphertext,
            expires_at_ms,
            form,
        });
    }

    /// Removes `page`; the outcome comes as [`Incoming::Unpublished`] or [`Incoming::PageRefused`].
    pub fn unpublish(&self, page: PageId) {
        self.send(FromDesktop::Unpublish { page });
    }

    /// Tells the relay that all events up to `through` are on this machine's disk. The relay then
    /// deletes them, so this is never to be called before the commit that holds them.
    pub fn ack(&self, through: i64) {
        self.send(FromDesktop::Ack { through });
    }

    /// After the end of the session a request goes nowhere: the caller hears of the end from
    /// [`Session::next`].
    fn send(&self, message: FromDesktop) {
        let _ = self.requests.send(message);
    }
}

/// The caller's view of a frame; `None` for frames that mean nothing after the sign-in.
fn incoming(frame: FromRelay) -> Option<Incoming> {
    match frame {
        FromRelay::Acknowledged { through } => Some(Incoming::Acknowledged { through }),
        FromRelay::Registered { endpoint, url } => Some(Incoming::Registered { endpoint, url }),
        FromRelay::Retired { endpoint } => Some(Incoming::Retired { endpoint }),
        FromRelay::Published { page, url } => Some(Incoming::Published { page, url }),
        FromRelay::Unpublished { page } => Some(Incoming::Unpublished { page }),
        FromRelay::PageRefused { page, reason } => Some(Incoming::PageRefused { page, reason }),
        FromRelay::Expired { through, events } => Some(Incoming::Expired { through, events }),
        FromRelay::Events { events } => Some(Incoming::Events(events)),
        FromRelay::Refused { reason, endpoint } => Some(Incoming::Refused { reason, endpoint }),
        FromRelay::Challenge { .. } | FromRelay::Welcome { .. } | FromRelay::Unknown => None,
    }
}
