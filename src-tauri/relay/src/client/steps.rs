//! The steps to a relay, one function each, so that the one that fails can be named.

use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::http::Uri;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use tower::Service as _;
use url::Url;

use super::ConnectError;
use super::way::{Proxy, Way, is_loopback};
use crate::address::below;
use crate::protocol::{DESKTOP_PATH, RELAY_FRAME_LIMIT};

/// Time for all addresses of one name.
const DIAL_TIME: Duration = Duration::from_secs(10);

pub(super) type Stream = MaybeTlsStream<TcpStream>;
pub(super) type Socket = WebSocketStream<Stream>;

/// A step on the way to a relay, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Finding the address of the host, or of the proxy.
    Name,
    /// The TCP connection.
    Tcp,
    /// The way through the proxy.
    Proxy,
    /// The encryption and the certificate.
    Tls,
    /// The WebSocket and the relay's answer to the sign-in.
    SignIn,
}

/// What a step that went well found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passed {
    /// The addresses of the host, or of the proxy.
    Name(Vec<SocketAddr>),
    /// The address that a connection was made to.
    Tcp(SocketAddr),
    /// The host and port of the proxy that let it through; none where there is no proxy.
    Proxy(Option<(String, u16)>),
    /// Whether the connection is encrypted; on this computer it need not be.
    Tls(bool),
    /// The relay answered.
    SignIn,
}

/// Takes the steps up to the encryption.
pub(super) async fn reach(
    url: &Url,
    way: &Way,
    told: &mut (dyn FnMut(Passed) + Send),
) -> Result<Stream, ConnectError> {
    let (host, port) = host_and_port(url)?;
    let proxy = way.proxy_to(url);
    let first = match &proxy {
        Some(proxy) => (proxy.host(), proxy.port()),
        None => (host.as_str(), port),
    };
    let addresses: Vec<_> = lookup_host(first)
        .await
        .map_err(ConnectError::Name)?
        .collect();
    told(Passed::Name(addresses.clone()));
    let (stream, address) = dial(addresses).await.map_err(ConnectError::Tcp)?;
    told(Passed::Tcp(address));
    let stream = match &proxy {
        Some(proxy) => through(proxy, stream, (&host, port)).await?,
        None => stream,
    };
    let passed = proxy.map(|proxy| (proxy.host().to_owned(), proxy.port()));
    told(Passed::Proxy(passed));
    if url.scheme() != "https" {
        told(Passed::Tls(false));
        return Ok(MaybeTlsStream::Plain(stream));
    }
    let name = ServerName::try_from(host).map_err(|_| ConnectError::Address)?;
    let tls = TlsConnector::from(way.tls()?).connect(name, stream).await;
    let tls = tls.map_err(ConnectError::Tls)?;
    told(Passed::Tls(true));
    Ok(MaybeTlsStream::Rustls(tls))
}

/// Host, without the brackets of IPv6, and port. Without TLS only this machine is spoken to.
fn host_and_port(url: &Url) -> Result<(String, u16), ConnectError> {
    if !(url.scheme() == "https" || url.scheme() == "http" && is_loopback(url)) {
        return Err(ConnectError::Address);
    }
    let host = url.host_str().ok_or(ConnectError::Address)?;
    let port = url.port_or_known_default().ok_or(ConnectError::Address)?;
    Ok((host.trim_matches(['[', ']']).to_owned(), port))
}

/// Tries the addresses of IPv6 and of IPv4 side by side (RFC 8305), so that a network that swallows the one kind does
/// not use up the time of both.
async fn dial(addresses: Vec<SocketAddr>) -> io::Result<(TcpStream, SocketAddr)> {
    let found = tower::service_fn(move |_: Name| {
        std::future::ready(Ok::<_, io::Error>(addresses.clone().into_iter()))
    });
    let mut connector = HttpConnector::new_with_resolver(found);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(DIAL_TIME));
    // The name is looked up already, and an address without a port leaves theirs to the addresses.
    let dialled = connector.call(Uri::from_static("http://relay.invalid"));
    let stream = dialled.await.map_err(|failed| {
        let cause = failed.source().and_then(|cause| cause.downcast_ref());
        let kind = cause.map_or(io::ErrorKind::Other, io::Error::kind);
        io::Error::new(kind, failed)
    })?;
    let stream = stream.into_inner();
    let address = stream.peer_addr()?;
    Ok((stream, address))
}

/// Has the proxy connect to the host (`CONNECT`, RFC 9110 9.3.6).
async fn through(
    proxy: &Proxy,
    stream: TcpStream,
    (host, port): (&str, u16),
) -> Result<TcpStream, ConnectError> {
    let refused = |problem: Box<dyn std::error::Error + Send + Sync>| ConnectError::Proxy {
        proxy: proxy.authority(),
        source: problem,
    };
    if proxy.uri().scheme_str() != Some("http") {
        return Err(refused(
            "only proxies at http:// addresses can be used".into(),
        ));
    }
    let authority = if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    };
    let target = Uri::builder()
        .scheme("https")
        .authority(authority)
        .path_and_query("/")
        .build()
        .map_err(|_| ConnectError::Address)?;
    let mut connected = Some(stream);
    let connector = tower::service_fn(move |_: Uri| {
        let stream = connected.take().map(TokioIo::new);
        std::future::ready(stream.ok_or(std::io::Error::from(std::io::ErrorKind::NotConnected)))
    });
    let mut tunnel = Tunnel::new(proxy.uri().clone(), connector);
    if let Some(auth) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(auth.clone());
    }
    let opened = tunnel.call(target).await;
    opened
        .map(TokioIo::into_inner)
        .map_err(|problem| refused(Box::new(problem)))
}

/// Opens the relay's WebSocket on a stream to it.
pub(super) async fn upgrade(url: &Url, stream: Stream) -> Result<Socket, ConnectError> {
    let address = socket_address(url)?;
    let opened =
        tokio_tungstenite::client_async_with_config(address.as_str(), stream, Some(frame_limits()));
    match opened.await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(answer)) => Err(ConnectError::NoWebSocket(answer.status().as_u16())),
        Err(problem) => Err(ConnectError::Broken(Box::new(problem))),
    }
}

/// The WebSocket address of the relay at `url`.
fn socket_address(url: &Url) -> Result<Url, ConnectError> {
    let scheme = if url.scheme() == "https" { "wss" } else { "ws" };
    let mut address = below(url, &[DESKTOP_PATH]);
    address.set_query(None);
    address.set_fragment(None);
    address
        .set_scheme(scheme)
        .map_err(|()| ConnectError::Address)?;
    Ok(address)
}

pub(super) fn frame_limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(RELAY_FRAME_LIMIT))
        .max_frame_size(Some(RELAY_FRAME_LIMIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn an_address_that_cannot_be_reached_is_no_obstacle_where_another_can() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let works = listener.local_addr().unwrap();
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let refuses = gone.local_addr().unwrap();
        drop(gone);
        // Of a block that leads nowhere (RFC 6666), so the packets are refused or swallowed.
        let swallows: SocketAddr = "[100::1]:443".parse().unwrap();
        let (_, address) = dial(vec![swallows, refuses, works]).await.unwrap();
        assert_eq!(address, works);
        let failed = dial(vec![refuses]).await.unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::ConnectionRefused);
    }
}
