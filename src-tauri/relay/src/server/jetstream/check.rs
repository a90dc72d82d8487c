//! Whether a NATS server may be trusted with an acknowledgement (RELIABILITY.md 0, point 4).
//!
//! Over the client's connection a server tells its version, and nothing of its syncs: that stands in `/varz` of its
//! monitoring address, as `jetstream.config.sync_always` and `sync_interval` (nats-server, `server/monitor.go`).

use std::io;
use std::sync::Arc;
use std::time::Duration;

use async_nats::Client;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::server::Limits;

/// Older ones could lose a whole stream when killed, with every setting right (RELIABILITY.md 0, point 4).
const OLDEST: [u64; 3] = [2, 10, 23];
/// Headers and seal around the largest body.
const AROUND_BODY: u64 = 128 * 1024;
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a relay does not start on these NATS servers.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No monitoring address was given.
    #[error(
        "whether a NATS server syncs before it acknowledges stands only in its monitoring page: give the monitoring \
         address of each server with --nats-monitor"
    )]
    NoMonitor,
    /// Fewer than a majority of the cluster's servers answered.
    #[error(
        "only {answered} of the {servers} NATS servers told their settings; a majority has to, each at its own \
         --nats-monitor"
    )]
    TooFew {
        /// Servers that answered.
        answered: usize,
        /// Servers of the cluster.
        servers: usize,
    },
    /// A server is too old.
    #[error(
        "the NATS server {name} is version {version}; 2.10.23 or newer is needed, older ones can lose a stream"
    )]
    Old {
        /// The server.
        name: String,
        /// What it says it is.
        version: String,
    },
    /// A server acknowledges before it syncs.
    #[error(
        "the NATS server {0} acknowledges events before they are on its disk: set `sync_interval: always` in its \
         jetstream block"
    )]
    NotSynced(String),
    /// A server has no JetStream.
    #[error("JetStream is not enabled on the NATS server {0}")]
    NoJetStream(String),
    /// The largest event does not fit.
    #[error("the NATS server takes messages of {0} bytes at most; set max_payload to 2MB")]
    SmallPayload(usize),
}

/// What `/varz` tells, of which this is needed.
#[derive(Deserialize)]
struct Varz {
    server_id: String,
    #[serde(default)]
    server_name: String,
    version: String,
    #[serde(default)]
    jetstream: JetStreamVarz,
    #[serde(default)]
    cluster: ClusterVarz,
}

#[derive(Default, Deserialize)]
struct JetStreamVarz {
    config: Option<Config>,
}

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    sync_always: bool,
}

#[derive(Default, Deserialize)]
struct ClusterVarz {
    #[serde(default)]
    urls: Vec<String>,
}

/// Asks each monitoring address. A server that is down acknowledges nothing, so a majority is enough.
/// `tls` is for those that are `https`.
pub(super) async fn monitors(
    monitors: &[Url],
    tls: Option<&Arc<ClientConfig>>,
) -> Result<(), Refused> {
    if monitors.is_empty() {
        return Err(Refused::NoMonitor);
    }
    let mut seen = std::collections::HashSet::new();
    let mut servers = monitors.len();
    for monitor in monitors {
        match varz(monitor, tls).await {
            Ok(varz) => {
                // Each server lists the others of its cluster, or all of them, by its configuration.
                servers = servers.max(varz.cluster.urls.len());
                judge(&varz)?;
                seen.insert(varz.server_id);
            }
            Err(error) => {
                tracing::warn!(%monitor, %error, "a NATS server did not tell its settings");
            }
        }
    }
    let answered = seen.len();
    if answered * 2 > servers {
        Ok(())
    } else {
        Err(Refused::TooFew { answered, servers })
    }
}

/// What the connection itself shows.
pub(super) fn client(client: &Client, limits: &Limits) -> Result<(), Refused> {
    let info = client.server_info();
    version(&info.server_name, &info.version)?;
    if (info.max_payload as u64) < limits.body_bytes + AROUND_BODY {
        return Err(Refused::SmallPayload(info.max_payload));
    }
    Ok(())
}

fn judge(varz: &Varz) -> Result<(), Refused> {
    let name = &varz.server_name;
    version(name, &varz.version)?;
    match &varz.jetstream.config {
        None => Err(Refused::NoJetStream(name.clone())),
        Some(config) if !config.sync_always => Err(Refused::NotSynced(name.clone())),
        Some(_) => Ok(()),
    }
}

fn version(name: &str, version: &str) -> Result<(), Refused> {
    // A pre-release of a version does not have all of it.
    let numbers = version.trim_start_matches('v').split('.').map(str::parse);
    let new_enough = numbers
        .collect::<Result<Vec<u64>, _>>()
        .is_ok_and(|numbers| numbers.as_slice() >= OLDEST.as_slice());
    if new_enough {
        Ok(())
    } else {
        let (name, version) = (name.to_owned(), version.to_owned());
        Err(Refused::Old { name, version })
    }
}

async fn varz(
    monitor: &Url,
    tls: Option<&Arc<ClientConfig>>,
) -> Result<Varz, Box<dyn std::error::Error + Send + Sync>> {
    let address = monitor.socket_addrs(|| Some(8_222))?;
    // An IPv6 address has brackets in an address, and none in a certificate.
    let host = monitor.host_str().unwrap_or_default();
    let certified = host.trim_matches(['[', ']']).to_owned();
    let answer = time::timeout(PATIENCE, async {
        let stream = TcpStream::connect(address.as_slice()).await?;
        match tls.filter(|_| monitor.scheme() == "https") {
            None => ask(stream, host).await,
            Some(tls) => {
                let name = ServerName::try_from(certified).map_err(io::Error::other)?;
                let tls = TlsConnector::from(Arc::clone(tls));
                ask(tls.connect(name, stream).await?, host).await
            }
        }
    })
    .await??;
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
    Ok(serde_json::from_str(body.unwrap_or_default())?)
}

/// HTTP/1.0, so that the answer is neither chunked nor kept open.
async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, host: &str) -> io::Result<String> {
    let request = format!("GET /varz HTTP/1.0\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varz(json: &str) -> Varz {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn only_a_server_that_syncs_always_is_accepted() {
        let told = |config: &str| {
            let json = format!(
                r#"{{"server_id":"A","server_name":"a","version":"2.12.1","jetstream":{{{config}}}}}"#
            );
            judge(&varz(&json))
        };
        assert!(told(r#""config":{"sync_always":true,"sync_interval":120000000000}"#).is_ok());
        for config in [
            r#""config":{"sync_interval":120000000000}"#,
            r#""config":{"sync_always":false}"#,
        ] {
            assert!(
                matches!(told(config), Err(Refused::NotSynced(_))),
                "{config}"
            );
        }
        assert!(matches!(told(""), Err(Refused::NoJetStream(_))));
    }

    #[test]
    fn a_version_that_can_lose_a_stream_is_refused() {
        for old in [
            "2.9.10",
            "2.10.22",
            "2.10",
            "1.4.1",
            "",
            "2.11.0-preview.1",
            "latest",
        ] {
            assert!(
                matches!(version("a", old), Err(Refused::Old { .. })),
                "{old}"
            );
        }
        for new in ["2.10.23", "2.11.0", "2.15.1", "3.0.0", "v2.12.1"] {
            assert!(version("a", new).is_ok(), "{new}");
        }
    }
}
