//! From an address to a signed-in socket.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream};
use url::{Host, Url};

use super::{ConnectError, Welcome};
use crate::address::below;
use crate::identity::{Identity, relay_host};
use crate::protocol::{DESKTOP_PATH, FromDesktop, FromRelay, RELAY_FRAME_LIMIT, VERSION};

/// Time for name, TCP, TLS, WebSocket and sign-in together.
const CONNECT_TIME: Duration = Duration::from_secs(15);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub(super) async fn connect(
    url: &Url,
    identity: &Identity,
) -> Result<(Socket, Welcome), ConnectError> {
    let steps = async {
        let mut socket = open(url).await?;
        let host = relay_host(url).ok_or(ConnectError::Address)?;
        let welcome = sign_in(&mut socket, identity, &host).await?;
        Ok((socket, welcome))
    };
    time::timeout(CONNECT_TIME, Box::pin(steps))
        .await
        .map_err(|_| ConnectError::TimedOut)?
}

async fn open(url: &Url) -> Result<Socket, ConnectError> {
    let address = socket_address(url)?;
    let connector = match address.scheme() {
        "wss" => Connector::Rustls(tls()?),
        _ => Connector::Plain,
    };
    let (socket, _) = tokio_tungstenite::connect_async_tls_with_config(
        address.as_str(),
        Some(frame_limits()),
        true,
        Some(connector),
    )
    .await
    .map_err(unreachable)?;
    Ok(socket)
}

/// The WebSocket address of the relay at `url`. Without TLS only this machine is spoken to.
fn socket_address(url: &Url) -> Result<Url, ConnectError> {
    let scheme = match url.scheme() {
        "https" => "wss",
        "http" if is_loopback(url) => "ws",
        _ => return Err(ConnectError::Address),
    };
    let mut address = below(url, &[DESKTOP_PATH]);
    address.set_query(None);
    address.set_fragment(None);
    address
        .set_scheme(scheme)
        .map_err(|()| ConnectError::Address)?;
    Ok(address)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(super) fn frame_limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(RELAY_FRAME_LIMIT))
        .max_frame_size(Some(RELAY_FRAME_LIMIT))
}

/// The system's certificate authorities, with a provider named here: the default one belongs to the
/// program.
fn tls() -> Result<Arc<ClientConfig>, ConnectError> {
    let mut roots = RootCertStore::empty();
    let (added, _) =
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if added == 0 {
        return Err(ConnectError::NoRoots);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring offers the cipher suites of TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Answers the challenge of the relay, which this side knows as `host`.
pub(super) async fn sign_in<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    identity: &Identity,
    host: &str,
) -> Result<Welcome, ConnectError> {
    let FromRelay::Challenge { nonce } = receive(socket).await? else {
        return Err(ConnectError::NotARelay);
    };
    let answer = FromDesktop::SignIn {
        version: VERSION,
        key: identity.key(),
        signature: identity.sign_in(&nonce, host),
    };
    let frame = Message::text(super::session::json(&answer));
    socket.send(frame).await.map_err(unreachable)?;
    match receive(socket).await? {
        FromRelay::Welcome {
            public_url_base,
            waiting,
            retention_days,
        } => Ok(Welcome {
            public_url_base,
            waiting,
            retention_days,
        }),
        FromRelay::Refused { reason, .. } => Err(ConnectError::Refused(reason)),
        FromRelay::Challenge { .. }
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

async fn receive<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
) -> Result<FromRelay, ConnectError> {
    loop {
        let message = socket.next().await.ok_or(ConnectError::NotARelay)?;
        match message.map_err(unreachable)? {
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

fn unreachable(error: Error) -> ConnectError {
    ConnectError::Unreachable(Box::new(error))
}
