//! The one registered application. Lever's staff would register it from a form (LEVER.md 1.2).

use url::{Host, Url};

/// The name on the consent page and under Authorized Apps.
pub(crate) const CLIENT_NAME: &str = "Fulcrum";
const CLIENT_ID: &str = "fulcrum-practice";
const CLIENT_SECRET: &str = "practice-client-secret";
const REDIRECT_URIS: [&str; 3] = [
    "http://127.0.0.1:45110/callback",
    "http://127.0.0.1:45111/callback",
    "http://127.0.0.1:45112/callback",
];

pub(super) fn is_registered(client_id: &str) -> bool {
    client_id == CLIENT_ID
}

pub(super) fn authenticates(client_id: &str, secret: &str) -> bool {
    client_id == CLIENT_ID && secret == CLIENT_SECRET
}

/// Whether a redirect address is registered: exactly, or on any port of 127.0.0.1 if allowed.
pub(super) fn allows_redirect(uri: &str, any_loopback_port: bool) -> bool {
    REDIRECT_URIS.contains(&uri) || (any_loopback_port && differs_only_in_port(uri))
}

fn differs_only_in_port(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else {
        return false;
    };
    let on_loopback = matches!(url.host(), Some(Host::Ipv4(address)) if address.is_loopback());
    on_loopback
        && REDIRECT_URIS.iter().any(|registered| {
            Url::parse(registered).is_ok_and(|mut registered| {
                registered.set_port(url.port()).is_ok() && registered == url
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_address_must_equal_a_registered_one() {
        assert!(allows_redirect("http://127.0.0.1:45110/callback", false));
        for other in [
            "http://127.0.0.1:45110/callback/",
            "http://127.0.0.1:50000/callback",
            "http://localhost:45110/callback",
            "https://127.0.0.1:45110/callback",
        ] {
            assert!(!allows_redirect(other, false), "{other}");
        }
    }

    #[test]
    fn the_loopback_switch_frees_the_port_and_nothing_else() {
        assert!(allows_redirect("http://127.0.0.1:50000/callback", true));
        for other in [
            "http://127.0.0.1:50000/other",
            "http://127.0.0.1:50000/callback?x=1",
            "http://user@127.0.0.1:50000/callback",
            "http://192.0.2.1:45110/callback",
        ] {
            assert!(!allows_redirect(other, true), "{other}");
        }
    }
}
