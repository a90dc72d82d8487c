//! From an address to a signed-in socket.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};
use url::Url;

use super::steps::{self, Passed, Socket, Step};
use super::way::Way;
use super::{ConnectError, LocalCopy, Welcome};
use crate::identity::{Identity, Nonce, relay_host};
use crate::protocol::{FromDesktop, FromRelay, StoreId, VERSION};

/// Time for name, TCP, TLS, WebSocket and sign-in together.
const CONNECT_TIME: Duration = Duration::from_secs(15);

pub(super) async fn connect(
    url: &Url,
    (identity, copy): (&Identity, Option<&LocalCopy>),
    way: &Way,
) -> Result<(Socket, Welcome), ConnectError> {
    let progress = Progress::default();
    let mut told = |passed: Passed| progress.note(&passed);
    let steps = async {
        let stream = steps::reach(url, way, &mut told).await?;
        let mut socket = steps::upgrade(url, stream).await?;
        let host = relay_host(url).ok_or(ConnectError::Address)?;
        let welcome = sign_in(&mut socket, (identity, copy), &host).await?;
        Ok((socket, welcome))
    };
    progress.in_time(steps).await
}

/// Takes the steps to the relay up to `last` and hangs up; the sign-in itself is left to sessions, because a second
/// one would end the first. `told` hears of each step that went well.
pub(super) async fn examine(
    url: &Url,
    way: &Way,
    last: Step,
    told: &mut (dyn FnMut(Passed) + Send),
) -> Result<(), ConnectError> {
    let progress = Progress::default();
    let mut told = |passed: Passed| {
        progress.note(&passed);
        told(passed);
    };
    let steps = async {
        let stream = steps::reach(url, way, &mut told).await?;
        if last == Step::SignIn {
            let mut socket = steps::upgrade(url, stream).await?;
            challenge(&mut socket).await?;
            told(Passed::SignIn);
        }
        Ok(())
    };
    progress.in_time(steps).await
}

/// The step under way, so that a time-out can name it.
struct Progress(Mutex<Step>);

impl Default for Progress {
    fn default() -> Self {
        Self(Mutex::new(Step::Name))
    }
}

impl Progress {
    fn note(&self, passed: &Passed) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = match passed {
            Passed::Name(_) => Step::Tcp,
            Passed::Tcp(_) => Step::Proxy,
            Passed::Proxy(_) => Step::Tls,
            Passed::Tls(_) | Passed::SignIn => Step::SignIn,
        };
    }

    /// Gives the steps their time.
    async fn in_time<T>(
        &self,
        steps: impl Future<Output = Result<T, ConnectError>>,
    ) -> Result<T, ConnectError> {
        let taken = time::timeout(CONNECT_TIME, Box::pin(steps)).await;
        let step = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.unwrap_or(Err(ConnectError::TimedOut(step)))
    }
}

/// Answers the challenge of the relay, which this side knows as `host`.
pub(super) async fn sign_in<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    (identity, copy): (&Identity, Option<&LocalCopy>),
    host: &str,
) -> Result<Welcome, ConnectError> {
    let (nonce, store) = challenge(socket).await?;
    let answer = FromDesktop::SignIn {
        version: VERSION,
        key: identity.key(),
        signature: identity.sign_in(&nonce, host),
        fence: store.zip(copy).map(|(store, copy)| copy.fence(store)),
    };
    let frame = Message::text(super::session::json(&answer));
    socket.send(frame).await.map_err(broken)?;
    match receive(socket).await? {
        FromRelay::Welcome {
            public_url_base,
            waiting,
            retention_days,
            position,
        } => Ok(Welcome {
            public_url_base,
            waiting,
            retention_days,
            position: store.zip(position),
        }),
        FromRelay::Refused { reason, .. } => Err(ConnectError::Refused(reason)),
        FromRelay::Challenge { .. }
        | FromRelay::Acknowledged { .. }
        | FromRelay::Registered { .. }
        | FromRelay::Retired { .. }
        | FromRelay::Events { .. }
        | FromRelay::Expired { .. }
        | FromRelay::Published { .. }
        | FromRelay::Unpublished { .. }
        | FromRelay::PageRefused { .. }
        | FromRelay::Unknown => Err(ConnectError::NotARelay),
    }
}

async fn challenge<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
) -> Result<(Nonce, Option<StoreId>), ConnectError> {
    match receive(socket).await? {
        FromRelay::Challenge { nonce, store } => Ok((nonce, store)),
        _ => Err(ConnectError::NotARelay),
    }
}

async fn receive<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
) -> Result<FromRelay, ConnectError> {
    loop {
        let message = socket.next().await.ok_or(ConnectError::NotARelay)?;
        match message.map_err(broken)? {
            Message::Text(text) => {
                return serde_json::from_str(&text).map_err(|_| ConnectError::NotARelay);
            }
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Binary(_) | Message::Close(_) | Message::Frame(_) => {
                return Err(ConnectError::NotARelay);
            }
        }
    }
}

fn broken(error: Error) -> ConnectError {
    ConnectError::Broken(Box::new(error))
}
