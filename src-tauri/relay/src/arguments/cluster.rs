//! Several relays behind one address.

use std::path::PathBuf;

use clap::Args;
use fulcrum_relay::server::{JetStream, JetStreamError, JetStreamSettings, Limits};
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
    /// Monitoring address of each NATS server, http://host:8222; several with commas.
    #[arg(
        long,
        env = "FULCRUM_RELAY_NATS_MONITOR",
        value_delimiter = ',',
        requires = "store"
    )]
    nats_monitor: Vec<Url>,
    /// Credentials file for NATS.
    #[arg(long, env = "FULCRUM_RELAY_NATS_CREDENTIALS")]
    nats_credentials: Option<PathBuf>,
    /// Certificates of the authority that signed those of the NATS servers, in PEM.
    #[arg(long, env = "FULCRUM_RELAY_NATS_CA")]
    nats_ca: Option<PathBuf>,
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
        let settings = JetStreamSettings {
            servers: self.store,
            monitors: self.nats_monitor,
            credentials: self.nats_credentials,
            ca: self.nats_ca,
            replicas: self.nats_replicas,
        };
        JetStream::open(&settings, limits).await.map(Some)
    }
}
