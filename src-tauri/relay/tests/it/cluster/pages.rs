//! Pages of relays that share a store: shown, replaced, removed and answered at any of them.

use std::collections::HashSet;

use fulcrum_relay::PageId;
use fulcrum_relay::client::Incoming;
use fulcrum_relay::clock::{Clock as _, DAY_MS, SystemClock};
use fulcrum_relay::page::{AnswerNonce, NonceDigest, PostedAnswer};
use fulcrum_relay::protocol::{AnswerTo, Refusal};
use fulcrum_relay::server::{Amount, Limits};
use futures_util::future::join_all;

use super::Pair;
use super::nats::Nats;
use crate::invariants::invariant::{Invariant, tries};
use crate::sender::{JSON, request};
use crate::world::{DAY, Desktop, NOW_MS, World, next};

/// Publishes for a day.
async fn publish(
    desktop: &mut Desktop,
    page: PageId,
    ciphertext: &[u8],
    nonce: Option<NonceDigest>,
) -> Result<(), Refusal> {
    let endpoint = desktop.endpoint;
    let form = nonce.map(|nonce| AnswerTo { endpoint, nonce });
    let session = &desktop.session;
    session.publish(page, ciphertext.to_vec(), NOW_MS + DAY_MS, form);
    outcome(desktop).await
}

async fn unpublish(desktop: &mut Desktop, page: PageId) -> Result<(), Refusal> {
    desktop.session.unpublish(page);
    outcome(desktop).await
}

async fn outcome(desktop: &mut Desktop) -> Result<(), Refusal> {
    match next(&mut desktop.session).await {
        Incoming::Published { .. } | Incoming::Unpublished { .. } => Ok(()),
        Incoming::PageRefused { reason, .. } => Err(reason),
        other => panic!("instead of an outcome: {other:?}"),
    }
}

/// The status and the body of a page.
async fn look(world: &World, page: impl std::fmt::Display) -> (u16, String) {
    let answer = world.request("GET", &format!("/p/{page}"), "", b"").await;
    let body = answer.text.split_once("\r\n\r\n").unwrap().1.to_owned();
    (answer.status, body)
}

fn answer(nonce: &AnswerNonce) -> Vec<u8> {
    let sealed = b"sealed in a browser".to_vec();
    let nonce = nonce.clone();
    serde_json::to_vec(&PostedAnswer { nonce, sealed }).unwrap()
}

async fn give(address: &str, page: PageId, nonce: &AnswerNonce) -> u16 {
    let path = format!("/p/{page}");
    request(address, "POST", &path, JSON, &answer(nonce))
        .await
        .status
}

#[tokio::test]
async fn a_page_is_shown_replaced_and_removed_at_every_relay_and_outlives_them() {
    let mut pair = Pair::start(Limits::default()).await;
    let mut desktop = pair.one.desktop().await;
    let page = PageId::random();
    publish(&mut desktop, page, &[0xff; 30], None)
        .await
        .unwrap();
    assert!(look(&pair.two, page).await.1.contains(&"/".repeat(40)));

    desktop.reconnect(&pair.two).await;
    publish(&mut desktop, page, &[0; 30], None).await.unwrap();
    pair.one.restart().await;
    let (_, shown) = look(&pair.one, page).await;
    assert!(shown.contains(&"A".repeat(40)) && !shown.contains(&"/".repeat(40)));

    for _ in 0..2 {
        unpublish(&mut desktop, page).await.unwrap();
    }
    assert_eq!(look(&pair.one, page).await.0, 404);
    let mut thief = pair.one.desktop().await;
    let taken = publish(&mut thief, page, &[0], None).await;
    assert_eq!(taken, Err(Refusal::PageTaken));
    assert_eq!(unpublish(&mut thief, page).await, Err(Refusal::PageUnknown));
    publish(&mut desktop, page, &[0], None).await.unwrap();
    assert_eq!(look(&pair.one, page).await.0, 200);
}

#[tokio::test]
async fn what_is_not_a_page_gets_one_answer_at_every_relay() {
    let mut pair = Pair::start(Limits::default()).await;
    let mut desktop = pair.one.desktop().await;
    let [removed, expired, shown] = [0, 1, 2].map(|_| PageId::random());
    for page in [removed, expired] {
        publish(&mut desktop, page, &[1], None).await.unwrap();
    }
    unpublish(&mut desktop, removed).await.unwrap();
    pair.clock.advance(DAY);
    let until = NOW_MS + 2 * DAY_MS;
    desktop.session.publish(shown, vec![1], until, None);
    outcome(&mut desktop).await.unwrap();
    // Also when what expired has been removed.
    pair.two.restart().await;
    let mut bodies = HashSet::new();
    for world in [&pair.one, &pair.two] {
        for page in [
            PageId::random().to_string(),
            removed.to_string(),
            expired.to_string(),
            shown.to_string().to_uppercase(),
            format!("{shown}/"),
        ] {
            let (status, body) = look(world, &page).await;
            assert_eq!(status, 404, "{page}");
            bodies.insert(body);
        }
        assert_eq!(look(world, shown).await.0, 200);
    }
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

#[tokio::test]
async fn pages_have_one_quota_at_all_relays_together() {
    let limits = Limits {
        device_pages: 3,
        pages: Amount::new(4, 1_000),
        ..Limits::default()
    };
    let pair = Pair::start(limits).await;
    let (mut one, mut two) = (pair.one.desktop().await, pair.two.desktop().await);
    let pages = [0; 3].map(|_| PageId::random());
    for page in pages {
        publish(&mut one, page, &[1], None).await.unwrap();
    }
    one.reconnect(&pair.two).await;
    let more = publish(&mut one, PageId::random(), &[1], None).await;
    assert_eq!(more, Err(Refusal::PageLimit));
    publish(&mut one, pages[0], &[2], None).await.unwrap();
    publish(&mut two, PageId::random(), &[1; 997], None)
        .await
        .unwrap();
    let more = publish(&mut two, PageId::random(), &[1], None).await;
    assert_eq!(more, Err(Refusal::PageLimit), "of all devices together");
    unpublish(&mut one, pages[1]).await.unwrap();
    let large = publish(&mut two, PageId::random(), &[1; 2], None).await;
    assert_eq!(large, Err(Refusal::PageLimit), "the bytes count too");
    publish(&mut one, PageId::random(), &[1], None)
        .await
        .unwrap();
}

#[tokio::test]
async fn of_answers_at_both_relays_at_once_one_arrives() {
    let pair = Pair::start(Limits::default()).await;
    let mut desktop = pair.one.desktop().await;
    for _ in 0..5 {
        let (page, nonce) = (PageId::random(), AnswerNonce::random());
        publish(&mut desktop, page, &[1; 40], Some(nonce.digest()))
            .await
            .unwrap();
        let posts = [&pair.one, &pair.two, &pair.one, &pair.two].map(|world| {
            let address = world.address();
            let nonce = &nonce;
            async move { give(&address, page, nonce).await }
        });
        let mut statuses = join_all(posts).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409]);
        assert!(
            look(&pair.two, page).await.1.contains("AQEB"),
            "the page stays as it was"
        );

        let event = desktop.events(1).await.remove(0);
        let delivery = desktop.open(&event);
        assert_eq!(delivery.path, format!("/p/{page}"));
        let posted: PostedAnswer = serde_json::from_slice(&delivery.body).unwrap();
        assert_eq!(posted.nonce, nonce);
        desktop.session.ack(event.seq);
        desktop.settle().await;
        // The same form again does not open it again; another one does, and closes the old one.
        publish(&mut desktop, page, &[1], Some(nonce.digest()))
            .await
            .unwrap();
        assert_eq!(give(&pair.two.address(), page, &nonce).await, 409);
        let another = AnswerNonce::random();
        publish(&mut desktop, page, &[1], Some(another.digest()))
            .await
            .unwrap();
        assert_eq!(give(&pair.two.address(), page, &nonce).await, 404);
        assert_eq!(give(&pair.two.address(), page, &another).await, 200);
        let event = desktop.events(1).await.remove(0);
        desktop.session.ack(event.seq);
        desktop.settle().await;
    }
    let (mut owner, page) = (pair.two.desktop().await, PageId::random());
    let nonce = AnswerNonce::random();
    publish(&mut owner, page, &[1], Some(nonce.digest()))
        .await
        .unwrap();
    owner.session.retire(owner.endpoint);
    next(&mut owner.session).await;
    assert_eq!(give(&pair.two.address(), page, &nonce).await, 404);
}

/// Each page is answered at a relay that dies at some moment of it, and then at the other one.
#[tokio::test]
async fn i08_an_answer_arrives_once_when_its_relay_is_killed_in_the_middle_of_it() {
    let nats = Nats::start(1, "sync_interval: always");
    nats.until_it_answers().await;
    let folder = tempfile::tempdir().unwrap();
    let safe = nats.relay(folder.path(), "safe").await;
    let mut desktop = Desktop::join(&safe.url).await;
    // No more than one visitor may answer within a minute.
    let rounds = tries(60, 8);
    let (mut acked, mut killed_in_the_middle) = (0, 0);
    let in_a_day = SystemClock.now_ms() + DAY_MS;
    let mut pages = HashSet::new();
    for round in 0..rounds {
        let (page, nonce) = (PageId::random(), AnswerNonce::random());
        let form = AnswerTo {
            endpoint: desktop.endpoint,
            nonce: nonce.digest(),
        };
        desktop
            .session
            .publish(page, vec![1; 40], in_a_day, Some(form));
        desktop.published().await;
        let doomed = nats.relay(folder.path(), &format!("doomed-{round}")).await;
        let address = doomed.address();
        let giving = give(&address, page, &nonce);
        let killing = async {
            // A step further into the answer each time.
            for _ in 0..round * 40 {
                tokio::task::yield_now().await;
            }
            doomed.kill().await;
        };
        let (first, ()) = tokio::join!(giving, killing);
        killed_in_the_middle += usize::from(first == 0);
        let second = give(&safe.address(), page, &nonce).await;
        assert!(
            matches!((first, second), (200, 409) | (0, 200 | 409)),
            "{first} {second}"
        );
        acked += 1;
        pages.insert(format!("/p/{page}"));
    }
    let mut session = fulcrum_relay::client::Session::connect(&safe.url, &desktop.identity)
        .await
        .unwrap();
    let waiting = usize::try_from(session.welcome().waiting).unwrap();
    let events = crate::world::events(&mut session, waiting).await;
    let paths: Vec<_> = events
        .iter()
        .map(|event| desktop.open(event).path)
        .collect();
    let arrived: HashSet<_> = paths.iter().cloned().collect();
    Invariant::new("I8")
        .figure("relays", 2)
        .at_least("answers_acked", acked, rounds)
        .at_least("killed_in_the_middle", killed_in_the_middle, 1)
        .exactly("lost", pages.difference(&arrived).count(), 0)
        .exactly("duplicated", paths.len() - arrived.len(), 0)
        .conclude();
}
