//! The way to the NATS servers: TLS, and who the relay is to them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_nats::{Client, ConnectErrorKind, ConnectOptions};
use rustls::{AlertDescription, ClientConfig};
use url::Url;

use super::JetStreamSettings;
use crate::server::tls::TlsError;
use crate::server::trust;

/// A server that does not answer three of these in a row is left for another.
const PING_EVERY: Duration = Duration::from_secs(1);
/// How long a server may take over the greeting: one that stands still is passed over.
const GREETING: Duration = Duration::from_secs(3);
/// How long a server may take over a request.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who the relay is to the NATS servers. Secrets come from files: a command line can be read by everyone on the machine.
#[derive(Debug, Clone, Default)]
pub enum Login {
    /// Nobody, or whom its TLS certificate says.
    #[default]
    Certificate,
    /// A `.creds` file, with a JWT and the seed of its key.
    Credentials(PathBuf),
    /// A file with a token.
    Token(PathBuf),
    /// A name, and a file with its password.
    Password {
        /// The name.
        user: String,
        /// The file.
        file: PathBuf,
    },
}

/// Why there is no connection to the NATS servers.
#[derive(Debug, thiserror::Error)]
pub enum NotConnected {
    /// A file with a secret cannot be read, or is not what it should be.
    #[error("the file {} cannot be used to sign in to NATS", .0.display())]
    Secret(PathBuf, #[source] std::io::Error),
    /// An address contains a name or a password.
    #[error(
        "the address of the NATS server {0} contains a name or a secret, which everyone on this machine could read: \
         give them with --nats-user, --nats-password-file or --nats-token-file"
    )]
    SecretInAddress(String),
    /// The certificates for TLS cannot be used.
    #[error("TLS to the NATS servers cannot be used")]
    Tls(#[from] TlsError),
    /// The server's certificate is not one that the relay trusts.
    #[error(
        "the certificate of a NATS server cannot be trusted: it has to be made out for the name in --store, by an \
         authority of this system or of --nats-ca"
    )]
    ServerCertificate(#[source] async_nats::ConnectError),
    /// The server wants a client certificate, or another one.
    #[error(
        "the NATS servers do not accept this relay's certificate: give one of an authority that they trust with \
         --nats-cert and --nats-key"
    )]
    OwnCertificate(#[source] async_nats::ConnectError),
    /// The server does not know this user, token or key.
    #[error(
        "the NATS servers do not let this relay in: the user, password, token or credentials are not theirs"
    )]
    Login(#[source] async_nats::ConnectError),
    /// No server answers.
    #[error("no NATS server can be reached")]
    Unreachable(#[source] async_nats::ConnectError),
}

/// What TLS connections to the servers use.
pub(super) fn tls(settings: &JetStreamSettings) -> Result<Arc<ClientConfig>, NotConnected> {
    let config = trust::client(settings.ca.as_deref(), settings.certificate.as_ref());
    Ok(config?)
}

/// Connects to one of the servers, and to another whenever that one is silent.
pub(super) async fn connect(
    settings: &JetStreamSettings,
    tls: Option<Arc<ClientConfig>>,
) -> Result<Client, NotConnected> {
    let mut options = login(&settings.login)
        .await?
        .name("fulcrum-relay")
        .ping_interval(PING_EVERY)
        .connection_timeout(GREETING)
        .request_timeout(Some(PATIENCE));
    if let Some(tls) = tls {
        options = options
            .tls_client_config(Arc::unwrap_or_clone(tls))
            .require_tls(true);
    }
    let mut servers = Vec::with_capacity(settings.servers.len());
    for server in &settings.servers {
        if !server.username().is_empty() || server.password().is_some() {
            let host = server.host_str().unwrap_or_default();
            return Err(NotConnected::SecretInAddress(host.to_owned()));
        }
        servers.push(server.to_string());
    }
    options.connect(servers).await.map_err(reason)
}

/// Whether anything in the settings asks for TLS.
pub(super) fn wants_tls(settings: &JetStreamSettings) -> bool {
    let secure = |url: &Url| matches!(url.scheme(), "tls" | "https");
    settings.ca.is_some()
        || settings.certificate.is_some()
        || settings.servers.iter().any(secure)
        || settings.monitors.iter().any(secure)
}

async fn login(login: &Login) -> Result<ConnectOptions, NotConnected> {
    let options = ConnectOptions::new();
    Ok(match login {
        Login::Certificate => options,
        Login::Credentials(file) => options
            .credentials_file(file)
            .await
            .map_err(|error| NotConnected::Secret(file.clone(), error))?,
        Login::Token(file) => options.token(secret(file).await?),
        Login::Password { user, file } => {
            options.user_and_password(user.clone(), secret(file).await?)
        }
    })
}

/// An editor ends a file with a line end, which is no part of the secret.
async fn secret(file: &Path) -> Result<String, NotConnected> {
    let unusable = |error| NotConnected::Secret(file.to_owned(), error);
    let text = tokio::fs::read_to_string(file).await.map_err(unusable)?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        let empty = std::io::Error::new(std::io::ErrorKind::InvalidData, "it is empty");
        return Err(unusable(empty));
    }
    Ok(secret.to_owned())
}

fn reason(error: async_nats::ConnectError) -> NotConnected {
    match (error.kind(), tls_problem(&error)) {
        (_, Some(rustls::Error::InvalidCertificate(_))) => NotConnected::ServerCertificate(error),
        (_, Some(rustls::Error::AlertReceived(alert))) if is_of_certificate(*alert) => {
            NotConnected::OwnCertificate(error)
        }
        (ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation, _) => {
            NotConnected::Login(error)
        }
        _ => NotConnected::Unreachable(error),
    }
}

fn tls_problem(error: &async_nats::ConnectError) -> Option<&rustls::Error> {
    let causes = std::iter::successors(std::error::Error::source(error), |error| error.source());
    causes
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>()?.get_ref())
        .find_map(|inner| inner.downcast_ref())
}

/// How a server says that the client's certificate is missing or wrong (RFC 8446 6.2).
fn is_of_certificate(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::HandshakeFailure
    )
}
