//! A certificate by ACME: the real program against a directory that does what RFC 8555 and RFC 8737 say, as far as one
//! order goes.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD as BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair,
};
use rustls::pki_types::CertificateSigningRequestDer;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::tls::{self, Any};

const NAME: &str = "relay.test";
const TOKEN: &str = "a-token-of-the-directory";
/// `id-pe-acmeIdentifier` in DER (RFC 8737 section 6.1).
const ACME_IDENTIFIER: [u8; 10] = [6, 8, 0x2b, 6, 1, 5, 5, 7, 1, 31];

/// The directory, and the authority behind it.
struct Directory {
    base: String,
    authority: Issuer<'static, KeyPair>,
    relay: watch::Receiver<Option<String>>,
    order: Mutex<Order>,
}

#[derive(Default)]
struct Order {
    thumbprint: String,
    validated: bool,
    certificate: Option<String>,
}

/// What the payload and the protected part of a request say.
async fn opened(request: Request) -> (Value, Vec<u8>) {
    let body = to_bytes(request.into_body(), 100_000).await.unwrap();
    let jws: Value = serde_json::from_slice(&body).unwrap_or_default();
    let part = |name: &str| {
        BASE64
            .decode(jws[name].as_str().unwrap_or_default().as_bytes())
            .unwrap()
    };
    let protected = serde_json::from_slice(&part("protected")).unwrap_or_default();
    (protected, part("payload"))
}

async fn answer(State(directory): State<Arc<Directory>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let (protected, payload) = opened(request).await;
    let at = |path: &str| format!("{}{path}", directory.base);
    let located = |path: &str| [("location", at(path)), ("replay-nonce", "n".to_owned())];
    match path.as_str() {
        "/directory" => {
            let urls = json!({"newNonce": at("/nonce"), "newAccount": at("/account"), "newOrder": at("/order")});
            axum::Json(urls).into_response()
        }
        "/nonce" => located("/nonce").into_response(),
        "/account" => {
            directory.order.lock().unwrap().thumbprint = thumbprint(&protected["jwk"]);
            (StatusCode::CREATED, located("/account/1"), "{}").into_response()
        }
        "/challenge" => {
            let validated = directory.validates().await;
            directory.order.lock().unwrap().validated = validated;
            axum::Json(json!({})).into_response()
        }
        "/authorization" => {
            let validated = directory.order.lock().unwrap().validated;
            let status = if validated { "valid" } else { "pending" };
            let challenge = json!({"type": "tls-alpn-01", "url": at("/challenge"), "token": TOKEN});
            let identifier = json!({"type": "dns", "value": NAME});
            axum::Json(
                json!({"status": status, "identifier": identifier, "challenges": [challenge]}),
            )
            .into_response()
        }
        "/certificate" => {
            let certificate = directory.order.lock().unwrap().certificate.clone();
            certificate.unwrap().into_response()
        }
        _ => {
            if path == "/finalize" {
                directory.sign(&payload);
            }
            (located("/order/1"), axum::Json(directory.order(&at))).into_response()
        }
    }
}

/// RFC 7638, for a key on P-256.
fn thumbprint(jwk: &Value) -> String {
    let text = format!(
        r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#,
        jwk["crv"], jwk["kty"], jwk["x"], jwk["y"]
    );
    BASE64.encode(&Sha256::digest(text))
}

impl Directory {
    fn order(&self, at: &dyn Fn(&str) -> String) -> Value {
        let order = self.order.lock().unwrap();
        let status = match (order.validated, &order.certificate) {
            (false, _) => "pending",
            (true, None) => "ready",
            (true, Some(_)) => "valid",
        };
        json!({
            "status": status,
            "authorizations": [at("/authorization")],
            "finalize": at("/finalize"),
            "certificate": at("/certificate"),
        })
    }

    /// Whether the relay shows the certificate of the challenge to who asks for it.
    async fn validates(&self) -> bool {
        let mut relay = self.relay.clone();
        let address = relay
            .wait_for(Option::is_some)
            .await
            .unwrap()
            .clone()
            .unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        let Ok(stream) = Any::connector(b"acme-tls/1")
            .connect(NAME.try_into().unwrap(), stream)
            .await
        else {
            return false;
        };
        let shown = stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
        let order = self.order.lock().unwrap();
        let digest = Sha256::digest(format!("{TOKEN}.{}", order.thumbprint));
        let has = |bytes: &[u8]| shown.windows(bytes.len()).any(|window| window == bytes);
        has(&ACME_IDENTIFIER) && has(&digest)
    }

    fn sign(&self, payload: &[u8]) {
        let asked: Value = serde_json::from_slice(payload).unwrap();
        let csr = asked["csr"].as_str().unwrap();
        let csr = BASE64.decode(csr.as_bytes()).unwrap();
        let csr = CertificateSigningRequestDer::from(csr);
        let csr = CertificateSigningRequestParams::from_der(&csr).unwrap();
        let signed = csr.signed_by(&self.authority).unwrap();
        self.order.lock().unwrap().certificate = Some(signed.pem());
    }
}

/// Starts a directory; returns its address and writes its authority's certificate.
async fn directory(
    authority_file: &Path,
    relay: watch::Receiver<Option<String>>,
) -> (String, rcgen::Certificate) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    std::fs::write(authority_file, certificate.pem()).unwrap();
    let authority = Issuer::new(params, key);
    let own_key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let own = own.signed_by(&own_key, &authority).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls::server(&own, &own_key)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let directory = Arc::new(Directory {
        base: base.clone(),
        authority,
        relay,
        order: Mutex::default(),
    });
    let router = axum::Router::new().fallback(answer).with_state(directory);
    let listener = tls::Listener { listener, acceptor };
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    (base, certificate)
}

#[tokio::test]
async fn a_relay_gets_a_certificate_by_acme_and_serves_it_again_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let authority_file = folder.path().join("authority.pem");
    let (tell, relay) = watch::channel(None);
    let (base, authority) = directory(&authority_file, relay).await;
    for deployed in ["DeployedNewCert", "DeployedCachedCert"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fulcrum-relay"))
            .args(["--listen", "127.0.0.1:0", "--acme-domain", NAME])
            .args(["--acme-directory", &format!("{base}/directory")])
            .arg("--data")
            .arg(folder.path().join("data"))
            .env("SSL_CERT_FILE", &authority_file)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(program.stdout.take().unwrap()).lines();
        let said: Value = serde_json::from_str(&said.next_line().await.unwrap().unwrap()).unwrap();
        let address = said["url"]
            .as_str()
            .unwrap()
            .strip_prefix("https://")
            .unwrap();
        let address = address.trim_end_matches('/').to_owned();
        tell.send_replace(Some(address.clone()));
        let mut log = BufReader::new(program.stderr.take().unwrap()).lines();
        while let Some(line) = log.next_line().await.unwrap() {
            assert!(!line.contains("ERROR"), "{line}");
            if line.contains(deployed) {
                break;
            }
        }
        let answer = tls::get(&address, NAME, authority.der(), "/healthz").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        program.kill().await.unwrap();
    }
    use std::os::unix::fs::PermissionsExt as _;
    let cache = folder.path().join("data/acme").metadata().unwrap();
    assert_eq!(
        cache.permissions().mode() & 0o777,
        0o700,
        "a key is in there"
    );
}
