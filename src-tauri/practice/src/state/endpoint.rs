//! Addresses that deliveries may go to (LEVER.md 5.5).

use url::{Host, Url};

/// Why an endpoint address is refused (LEVER.md 5.5).
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UrlRefused {
    #[error("The URL is not valid.")]
    NotAUrl,
    #[error("The URL must start with https:// (http:// is accepted for this computer only).")]
    NotHttps,
}

/// Checks an endpoint address: https, or http to a loopback host.
pub(crate) fn check_endpoint(url: &str) -> Result<(), UrlRefused> {
    let url = Url::parse(url).map_err(|_| UrlRefused::NotAUrl)?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback => Ok(()),
        _ => Err(UrlRefused::NotHttps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_accepted_for_loopback_hosts_only() {
        for accepted in [
            "https://hooks.example.com/lever",
            "http://127.0.0.1:8080/x",
            "http://localhost/x",
            "http://[::1]:9/x",
        ] {
            assert_eq!(check_endpoint(accepted), Ok(()), "{accepted}");
        }
        for refused in [
            "http://hooks.example.com/lever",
            "http://127.0.0.1.example.com/",
            "ftp://127.0.0.1/",
        ] {
            assert_eq!(
                check_endpoint(refused),
                Err(UrlRefused::NotHttps),
                "{refused}"
            );
        }
        assert_eq!(check_endpoint("hooks"), Err(UrlRefused::NotAUrl));
    }
}
