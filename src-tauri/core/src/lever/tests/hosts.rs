//! A stub under the names of Lever's own hosts, over TLS.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Response;
use axum::serve::Listener;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::Certificate;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::http::client_of_hosts;
use crate::lever::Client;
use crate::lever::stub::{Asked, Stub, Tokens, client_over};

/// Where every account is asked for first.
pub(super) const HOME: &str = "api.lever.co";

/// A data centre that it leads to.
pub(super) const EUROPE: &str = "api.eu.lever.co";

/// Another one.
pub(super) const SYDNEY: &str = "api.au.lever.co";

/// Serves `answer` under all three names, and gives a client that calls the first.
pub(super) async fn lever_of_hosts(
    answer: impl Fn(&Asked, usize) -> Response<Body> + Send + Sync + 'static,
) -> (Stub, Client) {
    let hosts = [HOME, EUROPE, SYDNEY];
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(hosts.map(str::to_owned)).unwrap();
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let at = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let root: reqwest::Url = format!("https://{HOME}/v1").parse().unwrap();
    let stub = Stub::serve(Tls { listener, acceptor }, root.clone(), answer);
    let http = client_of_hosts(&hosts, at, Certificate::from_der(cert.der()).unwrap());
    let client = client_over(http, root, Arc::new(Tokens::default()));
    (stub, client)
}

struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, from) = Listener::accept(&mut self.listener).await;
            // Who gives up half-way is no connection.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, from);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
