//! How a relay gets at NATS servers that do not let everyone in, and what it says when they do not let it in.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::accounts::Operator;
use super::nats::Nats;
use crate::invariants::program::Program;

const SYNCED: &str = "sync_interval: always";

/// What the relay says when it does not start; nothing where it does.
async fn says(nats: &Nats, besides: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut arguments = nats.arguments(1);
    arguments.extend(besides.iter().map(ToString::to_string));
    let started = Program::with(&data, &arguments).await;
    match started {
        Some(relay) => {
            relay.kill().await;
            String::new()
        }
        None => {
            let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
            log.lines()
                .find(|line| line.contains("ERROR fulcrum_relay"))
                .unwrap_or(&log)
                .to_owned()
        }
    }
}

/// A certificate authority with its certificates in files.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: PathBuf,
}

impl Authority {
    fn new(folder: &Path) -> Self {
        std::fs::create_dir(folder).unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let issuer = CertifiedIssuer::self_signed(params, key).unwrap();
        let authority = Self {
            issuer,
            folder: folder.to_owned(),
        };
        std::fs::write(authority.file("ca.pem"), authority.issuer.pem()).unwrap();
        for name in ["127.0.0.1", "elsewhere.example"] {
            let key = KeyPair::generate().unwrap();
            let params = CertificateParams::new([name.to_owned()]).unwrap();
            let certificate = params.signed_by(&key, &authority.issuer).unwrap();
            std::fs::write(authority.file(&format!("{name}.pem")), certificate.pem()).unwrap();
            std::fs::write(authority.file(&format!("{name}.key")), key.serialize_pem()).unwrap();
        }
        authority
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    /// The TLS block of a server with the certificate for `name`.
    fn server(&self, name: &str) -> String {
        let file = |kind: &str| self.file(&format!("{name}.{kind}"));
        format!(
            "tls {{ cert_file: {:?}, key_file: {:?}, ca_file: {:?}, verify: true }}\n",
            file("pem"),
            file("key"),
            self.file("ca.pem")
        )
    }
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_relay_signs_in_by_certificate_and_password_and_says_which_of_them_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new(&folder.path().join("ours"));
    let theirs = Authority::new(&folder.path().join("theirs"));
    let users = "authorization { user: relay, password: \"right $password\" }\n";
    let nats = Nats::with(1, SYNCED, "https", &(ours.server("127.0.0.1") + users));
    nats.until_it_listens().await;

    let [ca, other_ca] = [&ours, &theirs].map(|authority| authority.file("ca.pem"));
    let pair = |authority: &Authority| {
        ["pem", "key"].map(|kind| authority.file(&format!("127.0.0.1.{kind}")))
    };
    let ([cert, key], [other_cert, other_key]) = (pair(&ours), pair(&theirs));
    let right = written(folder.path(), "right", "right $password\n");
    let wrong = written(folder.path(), "wrong", "wrong");
    let empty = written(folder.path(), "empty", "\n");

    let trust = ["--nats-ca", &ca];
    let certificate = ["--nats-cert", &cert, "--nats-key", &key];
    let login = ["--nats-user", "relay", "--nats-password-file", &right];
    let whole = [&trust[..], &certificate, &login].concat();
    assert_eq!(says(&nats, &whole).await, "");
    for (besides, words) in [
        (
            [&["--nats-ca", &other_ca][..], &certificate, &login].concat(),
            "only 0 of the 1 NATS servers told their settings",
        ),
        (
            [&trust[..], &login].concat(),
            "do not accept this relay's certificate: give one",
        ),
        (
            [
                &trust[..],
                &["--nats-cert", &other_cert, "--nats-key", &other_key],
                &login,
            ]
            .concat(),
            "do not accept this relay's certificate: give one",
        ),
        (
            [
                &trust[..],
                &["--nats-cert", &cert, "--nats-key", &other_key],
                &login,
            ]
            .concat(),
            "certificate and key do not fit",
        ),
        (
            [
                &trust[..],
                &certificate,
                &["--nats-user", "relay", "--nats-password-file", &wrong],
            ]
            .concat(),
            "do not let this relay in: the user, password, token or credentials are not theirs",
        ),
        (
            [&trust[..], &certificate].concat(),
            "do not let this relay in",
        ),
        (
            [
                &trust[..],
                &certificate,
                &["--nats-user", "relay", "--nats-password-file", &empty],
            ]
            .concat(),
            "cannot be used to sign in to NATS: it is empty",
        ),
        (
            [&["--nats-ca", &wrong][..], &certificate, &login].concat(),
            "contains no certificate",
        ),
    ] {
        let said = says(&nats, &besides).await;
        assert!(said.contains(words), "{besides:?}: {said}");
        assert!(!said.contains("$password"), "{said}");
    }
}

#[tokio::test]
async fn a_server_whose_name_or_authority_is_wrong_is_not_spoken_to() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new(&folder.path().join("ours"));
    let theirs = Authority::new(&folder.path().join("theirs"));
    // Monitored in plain HTTP, so that the connection itself is what fails.
    for (name, ca) in [("127.0.0.1", &theirs), ("elsewhere.example", &ours)] {
        let nats = Nats::with(1, SYNCED, "http", &ours.server(name));
        nats.until_it_listens().await;
        let said = says(&nats, &["--nats-ca", &ca.file("ca.pem")]).await;
        let words = "the certificate of a NATS server cannot be trusted";
        assert!(said.contains(words), "{name}: {said}");
    }
}

#[tokio::test]
async fn a_relay_signs_in_by_token_and_by_credentials_file() {
    let folder = tempfile::tempdir().unwrap();
    let (operator, stranger) = (Operator::new(), Operator::new());
    let tokens = Nats::with(
        1,
        SYNCED,
        "http",
        "authorization { token: \"right $password\" }\n",
    );
    let accounts = Nats::with(1, SYNCED, "http", &operator.configuration);
    tokens.until_it_listens().await;
    accounts.until_it_listens().await;
    let file = |name: &str, text: &str| written(folder.path(), name, text);
    let missing = folder.path().join("missing");
    let missing = missing.to_str().unwrap();

    let refused = "do not let this relay in";
    let unusable = "cannot be used to sign in to NATS";
    for (nats, kind, given, words) in [
        (
            &tokens,
            "--nats-token-file",
            file("right", "right $password"),
            "",
        ),
        (
            &tokens,
            "--nats-token-file",
            file("wrong", "wrong"),
            refused,
        ),
        (&tokens, "--nats-token-file", missing.to_owned(), unusable),
        (
            &accounts,
            "--nats-credentials",
            file("own.creds", &operator.credentials()),
            "",
        ),
        (
            &accounts,
            "--nats-credentials",
            file("other.creds", &stranger.credentials()),
            refused,
        ),
        (
            &accounts,
            "--nats-credentials",
            file("none.creds", "no credentials"),
            unusable,
        ),
    ] {
        let said = says(nats, &[kind, &given]).await;
        assert_eq!(said.is_empty(), words.is_empty(), "{given}: {said}");
        assert!(said.contains(words), "{given}: {said}");
    }
    for nats in [&tokens, &accounts] {
        assert!(says(nats, &[]).await.contains(refused));
    }
}

#[tokio::test]
async fn an_address_with_a_password_in_it_is_refused_before_it_is_used() {
    let nats = Nats::start(1, SYNCED);
    nats.until_it_answers().await;
    let mut arguments = nats.arguments(1);
    arguments[1] = arguments[1].replace("nats://", "nats://relay:$password@");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(Program::with(&data, &arguments).await.is_none());
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(log.contains("contains a name or a secret"), "{log}");
    assert!(!log.contains("$password"), "{log}");
}
