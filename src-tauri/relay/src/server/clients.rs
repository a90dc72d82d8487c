//! Who a request comes from, and how many pages that may look for. Events have their rate by
//! endpoint; a page has no such owner, and guessing must be slow.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota as Rate, RateLimiter};
use ipnet::IpNet;

use super::Shared;
use super::limits::Limits;
use crate::clock::Steady;

/// Networks that are remembered before the quiet ones are forgotten.
const REMEMBERED: usize = 50_000;

/// The other end of a TCP connection; the server puts it into each request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// The network that a request comes from: an IPv4 address, or the 64 bits of an IPv6 address that
/// one customer gets (RFC 6177).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Client(IpAddr);

/// The client asked too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooOften;

/// All clients.
pub(super) struct Clients {
    trusted: Vec<IpNet>,
    rate: RateLimiter<Client, HashMapStateStore<Client>, Steady, NoOpMiddleware<Duration>>,
}

impl Clients {
    /// Nobody yet. `trusted` are the proxies whose `X-Forwarded-For` is believed.
    pub(super) fn new(trusted: Vec<IpNet>, limits: &Limits) -> Self {
        let rate = Rate::per_second(limits.client_rate).allow_burst(limits.client_burst);
        Self {
            trusted,
            rate: RateLimiter::hashmap_with_clock(rate, Steady::start()),
        }
    }

    /// Counts a request of `client`.
    pub(super) fn check(&self, client: Client) -> Result<(), TooOften> {
        if self.rate.len() > REMEMBERED {
            self.rate.retain_recent();
        }
        self.rate.check_key(&client).map_err(|_| TooOften)
    }

    /// Whether `peer` is a proxy of the operator's.
    pub(super) fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&peer))
    }

    /// Each proxy appends the address that it saw, so the list is read from its end, and only as far
    /// as the proxies are the operator's own: what stands before was written by the sender.
    fn behind(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let mut client = peer.to_canonical();
        let seen = headers.get_all("x-forwarded-for").iter().rev();
        let seen = seen.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
        for address in seen {
            if !self.trusts(client) {
                break;
            }
            let Ok(address) = address.trim().parse::<IpAddr>() else {
                break;
            };
            client = address.to_canonical();
        }
        Client(network(client))
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !0 << 64)),
    }
}

impl FromRequestParts<Arc<Shared>> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<Peer>();
        let peer = peer.expect("every connection puts its peer into its requests");
        Ok(shared.clients.behind(peer.0, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let trusted = trusted.iter().map(|net| net.parse().unwrap()).collect();
        let clients = Clients::new(trusted, &Limits::default());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        clients
            .behind(peer.parse().unwrap(), &headers)
            .0
            .to_string()
    }

    #[test]
    fn a_sender_cannot_choose_its_address() {
        assert_eq!(client(&[], "192.0.2.1", &["198.51.100.9"]), "192.0.2.1");
        let proxy = &["10.0.0.0/8"];
        assert_eq!(client(proxy, "192.0.2.1", &["198.51.100.9"]), "192.0.2.1");
        assert_eq!(
            client(proxy, "10.0.0.1", &["203.0.113.7, 198.51.100.9"]),
            "198.51.100.9",
            "what the sender wrote stands before what the proxy saw"
        );
    }

    #[test]
    fn a_chain_of_own_proxies_is_followed_to_its_start() {
        let proxies = &["10.0.0.0/8", "::1/128"];
        assert_eq!(
            client(proxies, "::1", &["evil", "198.51.100.9, 10.0.0.2"]),
            "198.51.100.9"
        );
        assert_eq!(client(proxies, "::1", &["10.0.0.3"]), "10.0.0.3");
        for nonsense in ["", "unknown", "1.2.3", "[::1]:80", "198.51.100.9:80"] {
            assert_eq!(
                client(proxies, "10.0.0.1", &[nonsense]),
                "10.0.0.1",
                "{nonsense}"
            );
        }
    }

    #[test]
    fn a_customers_64_bits_of_ipv6_are_one_client_and_a_mapped_address_is_ipv4() {
        assert_eq!(client(&[], "2001:db8:1:2:3::4", &[]), "2001:db8:1:2::");
        assert_eq!(client(&[], "::ffff:192.0.2.1", &[]), "192.0.2.1");
        assert_eq!(
            client(&["10.0.0.0/8"], "::ffff:10.0.0.1", &["192.0.2.1"]),
            "192.0.2.1"
        );
    }
}
