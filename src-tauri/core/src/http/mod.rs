//! The one place that builds HTTP clients: time-outs, no redirects (a redirect would carry credentials
//! elsewhere, T14), and Fulcrum's name.

mod network;
pub mod tokens;

use std::sync::Once;
use std::time::Duration;

pub use self::network::{Authorities, AuthoritiesError, Network, ProxyChoice};
pub use self::tokens::{AccessTokens, Credential, TokenError};

/// The client could not be built.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client can be made on this computer: {0}")]
pub struct HttpError(#[from] reqwest::Error);

static PROVIDER: Once = Once::new();

/// Chooses ring for every TLS connection of the process; calling it again does nothing.
pub fn choose_tls() {
    PROVIDER.call_once(|| {
        // It fails only if the program chose one before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// A client for Lever's authorization server and API, as the system reaches the internet.
///
/// # Errors
/// [`HttpError`] if the system's certificates or proxy settings cannot be read.
pub fn client() -> Result<reqwest::Client, HttpError> {
    Ok(builder().build()?)
}

/// The same as the user set the network.
///
/// # Errors
/// As [`client`].
pub fn client_by(network: &Network) -> Result<reqwest::Client, HttpError> {
    let builder = match &network.proxy {
        ProxyChoice::System => builder(),
        ProxyChoice::None => builder().no_proxy(),
        ProxyChoice::Address(url) => {
            let here = reqwest::NoProxy::from_string("localhost,127.0.0.0/8,::1");
            builder().proxy(reqwest::Proxy::all(url.clone())?.no_proxy(here))
        }
    };
    let authorities = network
        .authorities
        .iter()
        .flat_map(Authorities::certificates);
    let extra = authorities
        .map(reqwest::Certificate::from_der)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(builder.tls_certs_merge(extra).build()?)
}

/// A client for addresses of this computer, which no proxy reaches.
///
/// # Errors
/// As [`client`].
pub fn direct() -> Result<reqwest::Client, HttpError> {
    Ok(builder().no_proxy().build()?)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that builds clients"
)]
fn builder() -> reqwest::ClientBuilder {
    choose_tls();
    reqwest::Client::builder()
        .user_agent(concat!("Fulcrum/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(30))
}

/// The same client for a stub on loopback, whatever proxy the machine uses.
#[cfg(test)]
pub(crate) fn loopback_client() -> reqwest::Client {
    builder()
        .no_proxy()
        .build()
        .expect("a client without proxy needs nothing of the machine")
}

/// The same client where `hosts` are at `at`, with this certificate for all of them.
#[cfg(test)]
pub(crate) fn client_of_hosts(
    hosts: &[&str],
    at: std::net::SocketAddr,
    certificate: reqwest::Certificate,
) -> reqwest::Client {
    let builder = hosts
        .iter()
        .fold(builder(), |builder, host| builder.resolve(host, at));
    builder
        .no_proxy()
        .tls_certs_only([certificate])
        .build()
        .expect("a client without proxy and with its own certificate needs nothing of the machine")
}
