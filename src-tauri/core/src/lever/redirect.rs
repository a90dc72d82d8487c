//! Where a redirect of Lever's may lead.

use reqwest::header::LOCATION;
use reqwest::{Response, Url};
use url::Host;

use super::call::Call;
use super::error::Error;
use crate::http::tokens::Credential;

/// A redirect that may be followed with the call's method, body and credential.
pub(super) struct Redirect {
    /// Where the call goes next.
    pub(super) to: Url,
    /// Whether everything moved to the other host for good, so that later calls may go there at once.
    pub(super) moves_host: bool,
}

/// The redirect that Lever answers to `call` at `from`; none where the answer stands for itself.
///
/// After 307 and 308 every call is repeated as it is (RFC 9110 15.4.8), and after 301 and 302 a read. A write is
/// repeated after 301 and 302 only if they lead to the same address on another host, as to a data centre (LEVER.md
/// 1.1, 2.7). Anywhere else may be where the result of a write that was done is shown, which is how servers
/// have used both (RFC 9110 15.4.2): such an answer says as little about a write as 303.
///
/// # Errors
/// [`Error::Redirected`] if the credential may not go there.
pub(super) fn redirect(
    call: &Call<'_>,
    from: &Url,
    response: &Response,
    credential: &Credential,
) -> Result<Option<Redirect>, Error> {
    let status = response.status().as_u16();
    if !matches!(status, 301 | 302 | 307 | 308) {
        return Ok(None);
    }
    let to = response.headers().get(LOCATION);
    let to = to.and_then(|to| from.join(to.to_str().ok()?).ok());
    let elsewhere = to.as_ref().is_some_and(|to| is_same_elsewhere(from, to));
    if matches!(status, 301 | 302) && !call.is_repeatable() && !elsewhere {
        return Ok(None);
    }
    match to {
        Some(to) if may_lead(from, &to) => Ok(Some(Redirect {
            to,
            moves_host: elsewhere && matches!(status, 301 | 308),
        })),
        to => Err(refused(to.as_ref(), credential)),
    }
}

/// The error of a redirect that is not followed, with the host it leads to.
pub(super) fn refused(to: Option<&Url>, credential: &Credential) -> Error {
    let host = to.and_then(|to| Some(credential.cut_out_of(to.host_str()?)));
    Error::Redirected { host }
}

/// Whether both are one address on two hosts.
fn is_same_elsewhere(from: &Url, to: &Url) -> bool {
    from.origin() != to.origin() && from.path() == to.path() && from.query() == to.query()
}

/// Whether the credential may go along: within the same origin, or from one of Lever's hosts to another. Never
/// over a plain connection, unless it stays on this computer, and never to an address that brings a
/// credential of its own, which would be sent in place of this one or beside it.
fn may_lead(from: &Url, to: &Url) -> bool {
    let same_origin = to.origin() == from.origin() && (to.scheme() == "https" || is_here(to));
    let brings_own = !to.username().is_empty() || to.password().is_some();
    !brings_own && (same_origin || (is_lever(from) && is_lever(to)))
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn is_lever(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https"
        && url.port().is_none()
        && (host == "lever.co" || host.ends_with(".lever.co"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(from: &str, to: &str) -> bool {
        let from: Url = from.parse().unwrap();
        may_lead(&from, &from.join(to).unwrap())
    }

    #[test]
    fn a_redirect_leads_to_levers_hosts_over_tls_alone() {
        let from = "https://api.lever.co/v1/users/rosa?x=1";
        for to in [
            "https://api.eu.lever.co/v1/users/rosa?x=1",
            "https://API.EU.LEVER.CO:443/v1",
            "//api.eu.lever.co/v1",
            "https://lever.co/",
            "/v1/eu",
        ] {
            assert!(leads(from, to), "{to}");
        }
        for to in [
            "http://api.lever.co/v1/users/rosa?x=1",
            "http://api.eu.lever.co/v1",
            "https://api.eu.lever.co:8443/v1",
            "https://api.lever.co:80/v1",
            "https://rosa@api.eu.lever.co/v1",
            "https://:secret@api.lever.co/v1",
            "https://api.lever.co@example.com/v1",
            "https://api.lever.co.example.com/v1",
            "https://notlever.co/v1",
            "https://api.lever.co./v1",
            "https://api.lev\u{435}r.co/v1",
            "https://127.0.0.1/v1",
            "http://localhost/v1",
            "ftp://api.lever.co/v1",
            "file:///etc/passwd",
            "data:,lever.co",
        ] {
            assert!(!leads(from, to), "{to}");
        }
    }

    #[test]
    fn a_redirect_of_a_practice_lever_stays_with_it() {
        for origin in [
            "http://127.0.0.1:4000",
            "http://[::1]:4000",
            "http://localhost:4000",
        ] {
            assert!(leads(&format!("{origin}/v1/a"), "/v1/b"));
            assert!(!leads(
                &format!("{origin}/v1/a"),
                "https://api.lever.co/v1/a"
            ));
            assert!(!leads(
                &format!("{origin}/v1/a"),
                "http://127.0.0.1:4001/v1/a"
            ));
        }
        assert!(!leads("http://192.0.2.1/v1/a", "/v1/b"));
    }
}
