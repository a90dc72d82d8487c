//! Who a request comes from, and how many pages that may look for and desktops sign in. Events have
//! their rate by endpoint; a page has no such owner, and guessing must be slow.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota as Rate, RateLimiter};
use ipnet::IpNet;
use tokio::sync::OwnedSemaphorePermit;

use super::Shared;
use super::limits::Limits;
use crate::clock::Steady;

/// Networks that are remembered before the quiet ones are forgotten.
const REMEMBERED: usize = 50_000;
/// How often one client may sign in one more desktop that nobody knows, once it has used up its first ones.
const NEWCOMER_EVERY: Duration = Duration::from_secs(60);

/// The other end of a TCP connection; the server puts it into each request.
#[derive(Clone)]
pub(super) struct Peer {
    address: IpAddr,
    places: Places,
}

/// What a TCP connection counts as for as long as it is held: one of the relay's, and one of its client's.
pub(super) type Places = Arc<(OwnedSemaphorePermit, Place)>;

impl Peer {
    pub(super) fn new(address: IpAddr, places: Places) -> Self {
        Self { address, places }
    }

    /// To be held by whatever outlives the requests of the connection, as a WebSocket does.
    pub(super) fn places(&self) -> Places {
        Arc::clone(&self.places)
    }
}

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
    open: Arc<Mutex<HashMap<Client, usize>>>,
    open_at_most: usize,
    rate: RateByClient,
    newcomers: RateByClient,
}

type RateByClient =
    RateLimiter<Client, HashMapStateStore<Client>, Steady, NoOpMiddleware<Duration>>;

impl Clients {
    /// Nobody yet. `trusted` are the proxies whose `X-Forwarded-For` is believed.
    pub(super) fn new(trusted: Vec<IpNet>, limits: &Limits) -> Self {
        let rate = Rate::per_second(limits.client_rate).allow_burst(limits.client_burst);
        let newcomers = Rate::with_period(NEWCOMER_EVERY)
            .expect("a minute is not zero")
            .allow_burst(limits.client_new_devices);
        Self {
            trusted,
            newcomers: RateLimiter::hashmap_with_clock(newcomers, Steady::start()),
            open: Arc::default(),
            open_at_most: limits.client_connections,
            rate: RateLimiter::hashmap_with_clock(rate, Steady::start()),
        }
    }

    /// A place for one more connection of `peer`, given back when dropped; `None` where it has as
    /// many as it may.
    pub(super) fn connect(&self, peer: IpAddr) -> Option<Place> {
        let client = Client(network(peer.to_canonical()));
        let open = Arc::clone(&self.open);
        if self.trusts(peer.to_canonical()) {
            return Some(Place(open, None));
        }
        let mut counts = lock(&self.open);
        let count = counts.entry(client).or_default();
        if *count >= self.open_at_most {
            return None;
        }
        *count += 1;
        Some(Place(open, Some(client)))
    }

    /// Counts a request of `client`.
    pub(super) fn check(&self, client: Client) -> Result<(), TooOften> {
        count(&self.rate, client)
    }

    /// Counts a desktop that signs in from `client` for the first time.
    pub(super) fn admit(&self, client: Client) -> Result<(), TooOften> {
        count(&self.newcomers, client)
    }

    /// Whether `peer` is a proxy of the operator's.
    fn trusts(&self, peer: IpAddr) -> bool {
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

/// One connection, counted against its client, where that is one that is counted.
pub(super) struct Place(Arc<Mutex<HashMap<Client, usize>>>, Option<Client>);

impl Drop for Place {
    fn drop(&mut self) {
        let Some(client) = self.1 else { return };
        if let Entry::Occupied(mut count) = lock(&self.0).entry(client) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

fn count(rate: &RateByClient, client: Client) -> Result<(), TooOften> {
    if rate.len() > REMEMBERED {
        rate.retain_recent();
    }
    rate.check_key(&client).map_err(|_| TooOften)
}

/// Counts stay meaningful after a panic elsewhere, so a poisoned lock is entered.
fn lock(open: &Mutex<HashMap<Client, usize>>) -> MutexGuard<'_, HashMap<Client, usize>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
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
        Ok(shared.clients.behind(peer.address, &parts.headers))
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

    #[test]
    fn a_client_has_so_many_connections_and_a_trusted_proxy_as_many_as_it_likes() {
        let limits = Limits {
            client_connections: 2,
            ..Limits::default()
        };
        let clients = Clients::new(vec!["10.0.0.1/32".parse().unwrap()], &limits);
        let connect = |peer: &str| clients.connect(peer.parse().unwrap());
        let (first, second) = (connect("192.0.2.1"), connect("::ffff:192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(connect("192.0.2.1").is_none());
        assert!(connect("192.0.2.2").is_some(), "another client has its own");
        drop(first);
        assert!(connect("192.0.2.1").is_some(), "a place comes back");
        let proxied: Vec<_> = (0..5).map(|_| connect("10.0.0.1")).collect();
        assert!(proxied.iter().all(Option::is_some));
        drop((second, proxied));
        assert!(lock(&clients.open).is_empty(), "who is gone is forgotten");
    }
}
