//! How the internet is reached: through which proxy, and whom TLS trusts beside the system's authorities.

use std::fmt;
use std::sync::Arc;

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use tokio_tungstenite::tungstenite::http::Uri;
use url::{Host, Url};

use super::ConnectError;
use crate::authorities;

/// Through which proxy connections go. Nothing on this computer is ever reached through one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxies {
    /// As the system says: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` as curl reads them, else the settings
    /// of macOS or Windows.
    #[default]
    System,
    /// Through none.
    None,
    /// Through this one, `http://host:port`, perhaps with a user name and password.
    Address(Url),
}

/// How the internet is reached.
#[derive(Clone, Default)]
pub struct Way {
    /// The proxy.
    pub proxies: Proxies,
    /// Certificate authorities trusted beside those of the system, in DER.
    pub extra_authorities: Vec<CertificateDer<'static>>,
}

/// A proxy that a connection goes through. Its user name and password are never shown.
#[derive(Clone)]
pub struct Proxy(Intercept);

impl Proxy {
    /// Its address, without user name and password.
    pub fn uri(&self) -> &Uri {
        self.0.uri()
    }

    /// Its host, without the brackets of IPv6.
    pub fn host(&self) -> &str {
        self.uri()
            .host()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
    }

    /// Its port; 80 if none is given (RFC 9110 4.2.1).
    pub fn port(&self) -> u16 {
        self.uri().port_u16().unwrap_or(80)
    }

    /// Host and port as an address has them.
    pub(super) fn authority(&self) -> String {
        let host = self.uri().host().unwrap_or_default();
        format!("{host}:{}", self.port())
    }

    pub(super) fn basic_auth(&self) -> Option<&tokio_tungstenite::tungstenite::http::HeaderValue> {
        self.0.basic_auth()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.authority())
    }
}

impl Way {
    /// The proxy on the way to an address; none if it is reached directly.
    pub fn proxy_to(&self, url: &Url) -> Option<Proxy> {
        if is_loopback(url) {
            return None;
        }
        let matcher = match &self.proxies {
            Proxies::System => Matcher::from_system(),
            Proxies::None => return None,
            Proxies::Address(proxy) => Matcher::builder().all(proxy.as_str()).build(),
        };
        let uri: Uri = url.as_str().parse().ok()?;
        matcher.intercept(&uri).map(Proxy)
    }

    /// TLS that trusts the system's certificate authorities and the extra ones.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, ConnectError> {
        let extra = self.extra_authorities.iter().cloned();
        let trusted = authorities::of_system().into_iter().chain(extra);
        let config = authorities::trusting(trusted).ok_or(ConnectError::NoRoots)?;
        Ok(Arc::new(config.with_no_client_auth()))
    }
}

/// Whether the address is one of this computer.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_used_for_everything_but_this_computer_and_hides_its_password() {
        let way = Way {
            proxies: Proxies::Address("http://ada:secret@proxy.example:3128".parse().unwrap()),
            ..Way::default()
        };
        let proxy = way.proxy_to(&"https://relay.example".parse().unwrap());
        let proxy = proxy.unwrap();
        assert_eq!((proxy.host(), proxy.port()), ("proxy.example", 3128));
        assert!(proxy.basic_auth().is_some());
        assert!(!format!("{proxy:?}{}", proxy.uri()).contains("secret"));
        let way = Way {
            proxies: Proxies::Address("http://[::1]:3128".parse().unwrap()),
            ..Way::default()
        };
        let proxy = way.proxy_to(&"https://relay.example".parse().unwrap());
        let proxy = proxy.unwrap();
        assert_eq!((proxy.host(), proxy.port()), ("::1", 3128));
        assert_eq!(proxy.authority(), "[::1]:3128");
        for here in ["http://127.0.0.1:9", "http://localhost", "http://[::1]:9"] {
            assert!(way.proxy_to(&here.parse().unwrap()).is_none(), "{here}");
        }
    }
}
