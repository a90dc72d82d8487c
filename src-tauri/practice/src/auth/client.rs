//! The registered applications. Lever's staff would register them from a form (LEVER.md 1.2).

use url::{Host, Url};

/// Scopes that an application may have at most (LEVER.md 1.2).
pub(super) const MAX_SCOPES: usize = 20;

/// A registered application.
pub(crate) struct Client {
    pub(crate) id: &'static str,
    secret: &'static str,
    /// The name on the consent page and under Authorized Apps.
    pub(crate) name: &'static str,
    /// 20 to 140 characters.
    pub(crate) description: &'static str,
    redirect_uris: &'static [&'static str],
}

const CLIENTS: [Client; 2] = [
    Client {
        id: "fulcrum-practice",
        secret: "practice-client-secret",
        name: "Fulcrum",
        description: "Carries hires on from Lever: each becomes a person in an onboarding workflow.",
        redirect_uris: &[
            "http://127.0.0.1:45110/callback",
            "http://127.0.0.1:45111/callback",
            "http://127.0.0.1:45112/callback",
        ],
    },
    Client {
        id: "harbour-reports",
        secret: "practice-reports-secret",
        name: "Harbour Reports",
        description: "Invented: counts how many candidates reach each stage, and how long it takes them.",
        redirect_uris: &["http://127.0.0.1:45120/callback"],
    },
];

impl Client {
    /// The application with this client id.
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        CLIENTS.iter().find(|client| client.id == id)
    }

    /// All registered applications.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        CLIENTS.iter()
    }

    pub(super) fn has_secret(&self, secret: &str) -> bool {
        self.secret == secret
    }

    /// Whether a redirect address is registered: exactly, or on any port of 127.0.0.1 if allowed.
    pub(super) fn allows_redirect(&self, uri: &str, any_loopback_port: bool) -> bool {
        self.redirect_uris.contains(&uri) || (any_loopback_port && self.differs_only_in_port(uri))
    }

    fn differs_only_in_port(&self, uri: &str) -> bool {
        let Ok(url) = Url::parse(uri) else {
            return false;
        };
        let on_loopback = matches!(url.host(), Some(Host::Ipv4(address)) if address.is_loopback());
        on_loopback
            && self.redirect_uris.iter().any(|registered| {
                Url::parse(registered).is_ok_and(|mut registered| {
                    registered.set_port(url.port()).is_ok() && registered == url
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_address_must_equal_one_that_the_same_application_registered() {
        let [one, other] = &CLIENTS;
        assert!(one.allows_redirect("http://127.0.0.1:45110/callback", false));
        assert!(!other.allows_redirect("http://127.0.0.1:45110/callback", false));
        for wrong in [
            "http://127.0.0.1:45110/callback/",
            "http://127.0.0.1:50000/callback",
            "http://localhost:45110/callback",
            "https://127.0.0.1:45110/callback",
        ] {
            assert!(!one.allows_redirect(wrong, false), "{wrong}");
        }
    }

    #[test]
    fn the_loopback_switch_frees_the_port_and_nothing_else() {
        let [client, _] = &CLIENTS;
        assert!(client.allows_redirect("http://127.0.0.1:50000/callback", true));
        for other in [
            "http://127.0.0.1:50000/other",
            "http://127.0.0.1:50000/callback?x=1",
            "http://user@127.0.0.1:50000/callback",
            "http://192.0.2.1:45110/callback",
        ] {
            assert!(!client.allows_redirect(other, true), "{other}");
        }
    }

    #[test]
    fn descriptions_are_as_long_as_the_form_asks() {
        for client in Client::all() {
            assert!(
                (20..=140).contains(&client.description.len()),
                "{}",
                client.name
            );
        }
    }
}
