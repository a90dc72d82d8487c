//! Whoever guesses addresses costs the relays' common store next to nothing, and an address that is new is found.

use fulcrum_relay::EndpointId;
use fulcrum_relay::page::PageId;
use fulcrum_relay::server::Limits;
use futures_util::future::join_all;

use super::Pair;
use crate::world::NOW_MS;

const GUESSES: usize = 400;

fn plenty() -> Limits {
    let plenty = 1_000_000.try_into().unwrap();
    Limits {
        client_rate: plenty,
        client_burst: plenty,
        ..Limits::default()
    }
}

#[tokio::test]
async fn guessing_addresses_does_not_ask_the_store_for_each() {
    let pair = Pair::start(plenty()).await;
    let before = pair.nats.asked(0).await;
    let posts = (0..GUESSES).map(|_| pair.one.post(EndpointId::random(), "1"));
    let statuses = join_all(posts).await;
    assert!(statuses.iter().all(|status| *status == 404));
    let gets = (0..GUESSES).map(|_| async {
        let path = format!("/p/{}", PageId::random());
        pair.two.request("GET", &path, "", b"").await.status
    });
    assert!(join_all(gets).await.iter().all(|status| *status == 404));
    let asked = pair.nats.asked(0).await - before;
    assert!(
        asked < GUESSES as u64 / 4,
        "{asked} messages for {} guesses",
        2 * GUESSES
    );
}

/// The control: the same count sees what does ask.
#[tokio::test]
async fn a_page_that_is_there_is_asked_for_each_time() {
    let pair = Pair::start(plenty()).await;
    let mut desktop = pair.one.desktop().await;
    let page = PageId::random();
    desktop.session.publish(page, vec![1], NOW_MS + 1_000, None);
    crate::world::next(&mut desktop.session).await;
    let before = pair.nats.asked(0).await;
    for _ in 0..GUESSES / 2 {
        let path = format!("/p/{page}");
        assert_eq!(pair.two.request("GET", &path, "", b"").await.status, 200);
    }
    assert!(pair.nats.asked(0).await - before >= GUESSES as u64 / 2);
}

#[tokio::test]
async fn an_address_is_known_at_the_other_relay_as_soon_as_it_is_registered() {
    let pair = Pair::start(Limits::default()).await;
    for _ in 0..20 {
        let desktop = pair.one.desktop().await;
        assert_eq!(pair.two.post(desktop.endpoint, "1").await, 200);
    }
}
