//! Several relays behind one address.

use std::path::PathBuf;

use clap::Args;
use fulcrum_relay::server::{
    ClientCertificate, JetStream, JetStreamError, JetStreamSettings, Limits, Login,
};
use url::Url;

/// Where the store is that the relays share.
#[derive(Clone, Args)]
pub(crate) struct ClusterArguments {
    /// Keep endpoints and events in NATS JetStream, shared with other relays: nats://host:4222 or
    /// tls://host:4222; several servers with commas.
    #[arg(
        long,
        env = "FULCRUM_RELAY_STORE",
        value_delimiter = ',',
        requires = "nats_monitor"
    )]
    store: Vec<Url>,
    /// Monitoring address of each NATS server, http://host:8222 or https://host:8222; several with commas.
    #[arg(
        long,
        env = "FULCRUM_RELAY_NATS_MONITOR",
        value_delimiter = ',',
        requires = "store"
    )]
    nats_monitor: Vec<Url>,
    /// Sign in to NATS with this .creds file.
    #[arg(
        long,
        env = "FULCRUM_RELAY_NATS_CREDENTIALS",
        conflicts_with_all = ["nats_token_file", "nats_user"]
    )]
    nats_credentials: Option<PathBuf>,
    /// Sign in to NATS with the token in this file.
    #[arg(
        long,
        env = "FULCRUM_RELAY_NATS_TOKEN_FILE",
        conflicts_with = "nats_user"
    )]
    nats_token_file: Option<PathBuf>,
    /// Sign in to NATS with this name.
    #[arg(long, env = "FULCRUM_RELAY_NATS_USER", requires = "nats_password_file")]
    nats_user: Option<String>,
    /// File with the password of that name.
    #[arg(long, env = "FULCRUM_RELAY_NATS_PASSWORD_FILE", requires = "nats_user")]
    nats_password_file: Option<PathBuf>,
    /// Certificates of the authority that signed those of the NATS servers, in PEM; connections are then encrypted.
    #[arg(long, env = "FULCRUM_RELAY_NATS_CA")]
    nats_ca: Option<PathBuf>,
    /// Certificate by which the NATS servers know this relay, in PEM.
    #[arg(long, env = "FULCRUM_RELAY_NATS_CERT", requires = "nats_key")]
    nats_cert: Option<PathBuf>,
    /// Private key of that certificate, in PEM.
    #[arg(long, env = "FULCRUM_RELAY_NATS_KEY", requires = "nats_cert")]
    nats_key: Option<PathBuf>,
    /// NATS servers that keep a copy of each event.
    #[arg(long, env = "FULCRUM_RELAY_NATS_REPLICAS", default_value_t = 3)]
    nats_replicas: usize,
}

impl ClusterArguments {
    /// Opens the common store; `None` where the relay stands alone.
    pub(crate) async fn open(self, limits: &Limits) -> Result<Option<JetStream>, JetStreamError> {
        if self.store.is_empty() {
            return Ok(None);
        }
        let login = self.login();
        let pair = self.nats_cert.zip(self.nats_key);
        let settings = JetStreamSettings {
            servers: self.store,
            monitors: self.nats_monitor,
            login,
            ca: self.nats_ca,
            certificate: pair.map(|(certificate, key)| ClientCertificate { certificate, key }),
            replicas: self.nats_replicas,
        };
        let store = Box::pin(JetStream::open(&settings, limits)).await?;
        Ok(Some(store))
    }

    fn login(&self) -> Login {
        let password = self.nats_user.clone().zip(self.nats_password_file.clone());
        let credentials = self.nats_credentials.clone().map(Login::Credentials);
        credentials
            .or_else(|| self.nats_token_file.clone().map(Login::Token))
            .or_else(|| password.map(|(user, file)| Login::Password { user, file }))
            .unwrap_or_default()
    }
}
