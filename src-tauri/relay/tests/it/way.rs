//! The way to a relay, step by step: which one fails is told, whoever stands in between.

use std::net::SocketAddr;
use std::sync::Arc;

use fulcrum_relay::client::{ConnectError, Passed, Proxies, Step, Way, examine};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use url::Url;

use crate::world::World;

/// A name that no resolver has (RFC 6761): only the proxy knows where it leads.
const RELAY: &str = "https://relay.test";

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A TLS end before `relay`, with a certificate for `name` that is valid until the end of `year`.
async fn tls_before(relay: SocketAddr, issuer: &Authority, name: &str, year: i32) -> SocketAddr {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(year, 12, 31);
    let certificate = params.signed_by(&key, &**issuer).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut outer = acceptor.accept(stream).await?;
                let mut inner = TcpStream::connect(relay).await?;
                copy_bidirectional(&mut outer, &mut inner).await
            });
        }
    });
    address
}

/// A proxy that takes one connection, answers `CONNECT` with this status line, and leads to `target`; gives what was
/// asked of it.
async fn proxy(status: &'static str, target: SocketAddr) -> (Url, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await.unwrap());
        }
        let answer = format!("HTTP/1.1 {status}\r\n\r\n");
        client.write_all(answer.as_bytes()).await.unwrap();
        if status.starts_with("200") {
            let mut server = TcpStream::connect(target).await.unwrap();
            tokio::spawn(async move { copy_bidirectional(&mut client, &mut server).await });
        }
        String::from_utf8(head).unwrap()
    });
    let url = format!("http://ada:open%20sesame@{address}").parse();
    (url.unwrap(), asked)
}

fn way(proxy: Url, trusted: Option<&Authority>) -> Way {
    let extra = trusted.map(|authority| CertificateDer::from(authority.der().to_vec()));
    Way {
        proxies: Proxies::Address(proxy),
        extra_authorities: extra.into_iter().collect(),
    }
}

async fn failure(way: &Way, url: &str) -> ConnectError {
    let url = url.parse().unwrap();
    let outcome = examine(way, &url, Step::SignIn, &mut |_| {}).await;
    outcome.expect_err("the way must not lead to a relay")
}

fn socket(world: &World) -> SocketAddr {
    world.url.socket_addrs(|| None).unwrap()[0]
}

#[tokio::test]
async fn a_relay_behind_a_proxy_and_a_companys_own_authority_is_reached() {
    let (world, company) = (World::start().await, authority());
    let front = tls_before(socket(&world), &company, "relay.test", 2999).await;
    let (proxy, asked) = proxy("200 OK", front).await;
    let mut passed = Vec::new();
    let way = way(proxy.clone(), Some(&company));
    let told = &mut |step: Passed| passed.push(step);
    let outcome = examine(&way, &RELAY.parse().unwrap(), Step::SignIn, told).await;
    assert!(outcome.is_ok(), "{outcome:?}");
    let port = proxy.port().unwrap();
    assert_eq!(
        passed[2],
        Passed::Proxy(Some(("127.0.0.1".to_owned(), port)))
    );
    assert_eq!(passed[3..], [Passed::Tls(true), Passed::SignIn]);
    let asked = asked.await.unwrap().to_ascii_lowercase();
    assert!(
        asked.starts_with("connect relay.test:443 http/1.1"),
        "{asked}"
    );
    assert!(asked.contains("proxy-authorization: basic "), "{asked}");
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_said_in_words() {
    let (world, company) = (World::start().await, authority());
    for (name, year, trusted, words) in [
        (
            "relay.test",
            2999,
            false,
            "an authority that this computer does not trust",
        ),
        ("other.test", 2999, true, "made out for another name"),
        ("relay.test", 1999, true, "has expired"),
    ] {
        let front = tls_before(socket(&world), &company, name, year).await;
        let (proxy, _) = proxy("200 OK", front).await;
        let problem = failure(&way(proxy, trusted.then_some(&company)), RELAY).await;
        assert_eq!(problem.step(), Some(Step::Tls), "{words}");
        assert!(
            problem.certificate().unwrap().contains(words),
            "{problem:?}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_its_password_is_not() {
    let (nowhere, _) = closed().await;
    for status in ["407 Proxy Authentication Required", "403 Forbidden"] {
        let (proxy, _) = proxy(status, nowhere).await;
        let port = proxy.port().unwrap().to_string();
        let problem = failure(&way(proxy, None), RELAY).await;
        assert_eq!(problem.step(), Some(Step::Proxy));
        let words = format!("{problem} {problem:?}");
        assert!(
            words.contains(&port) && !words.contains("sesame"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn a_closed_port_an_unknown_name_and_a_page_to_sign_in_are_told_apart() {
    let (_, closed) = closed().await;
    let problem = failure(&Way::default(), closed.as_str()).await;
    assert_eq!(problem.step(), Some(Step::Tcp));
    let direct = Way {
        proxies: Proxies::None,
        ..Way::default()
    };
    let problem = failure(&direct, "https://relay.invalid").await;
    assert_eq!(problem.step(), Some(Step::Name));

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let portal = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let page = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nSign in";
        stream.write_all(page).await.unwrap();
        stream.read(&mut [0; 1024]).await
    });
    let problem = failure(&direct, &portal).await;
    assert!(
        matches!(problem, ConnectError::NoWebSocket(200)),
        "{problem:?}"
    );
}

/// An address of this machine at which nothing listens.
async fn closed() -> (SocketAddr, Url) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (address, format!("http://{address}").parse().unwrap())
}
