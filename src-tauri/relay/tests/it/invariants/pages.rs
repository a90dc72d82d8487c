//! I34: a page is safe and steady. Looking changes nothing, guessing finds nothing and learns nothing, and of answers
//! that come at once one counts.

use std::collections::HashSet;

use fulcrum_relay::PageId;
use fulcrum_relay::page::{AnswerNonce, PostedAnswer};
use fulcrum_relay::protocol::AnswerTo;
use fulcrum_relay::server::Limits;
use futures_util::future::join_all;

use super::invariant::{Invariant, tries};
use crate::sender::JSON;
use crate::world::{Desktop, NOW_MS, World};

/// Answers to one page that come at the same moment.
const AT_ONCE: usize = 8;

/// A page with a form; returns its path and what an answer to it is.
async fn published(desktop: &mut Desktop) -> (String, Vec<u8>) {
    let (page, nonce) = (PageId::random(), AnswerNonce::random());
    let form = AnswerTo {
        endpoint: desktop.endpoint,
        nonce: nonce.digest(),
    };
    desktop
        .session
        .publish(page, vec![1; 40], NOW_MS + 1_000, Some(form));
    let url = desktop.published().await;
    let sealed = b"sealed".to_vec();
    let answer = serde_json::to_vec(&PostedAnswer { nonce, sealed }).unwrap();
    (url.path().to_owned(), answer)
}

/// Events that wait after that many requests to the page.
async fn events_after(
    world: &World,
    requests: usize,
    method: &str,
    path: &str,
    body: &[u8],
) -> u64 {
    for _ in 0..requests {
        world.request(method, path, JSON, body).await;
    }
    world.metric("fulcrum_relay_events_waiting").await
}

/// A relay that does not slow a tester down.
async fn world() -> World {
    let plenty = 1_000_000.try_into().unwrap();
    World::with(Limits {
        client_rate: plenty,
        client_burst: plenty,
        ..Limits::default()
    })
    .await
}

#[tokio::test]
async fn i34_a_page_is_changed_by_one_answer_and_by_nothing_else() {
    let world = world().await;
    let mut desktop = world.desktop().await;
    let (path, answer) = published(&mut desktop).await;
    let looks = tries(10_000, 300);
    let mut changes = 0;
    for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"] {
        changes += events_after(&world, looks / 5, method, &path, &answer).await;
    }

    let guesses = tries(100_000, 300);
    let (mut hits, mut bodies) = (0, HashSet::new());
    for _ in 0..guesses {
        let guess = format!("/p/{}", PageId::random());
        let found = world.request("GET", &guess, "", b"").await;
        hits += usize::from(found.status != 404);
        bodies.insert(found.text.split_once("\r\n\r\n").unwrap().1.to_owned());
    }

    let pages = tries(200, 15);
    let mut once = 0;
    for _ in 0..pages {
        let (path, answer) = published(&mut desktop).await;
        let posts = (0..AT_ONCE).map(|_| world.request("POST", &path, JSON, &answer));
        let statuses: Vec<_> = join_all(posts).await.iter().map(|got| got.status).collect();
        let count = |status| statuses.iter().filter(|got| **got == status).count();
        once += usize::from(count(200) == 1 && count(409) == AT_ONCE - 1);
    }
    let stored = world.metric("fulcrum_relay_events_waiting").await;
    Invariant::new("I34")
        .at_least("looks", looks, tries(10_000, 300))
        .exactly(
            "state_changes_from_get",
            usize::try_from(changes).unwrap(),
            0,
        )
        .at_least("guesses", guesses, tries(100_000, 300))
        .exactly("guess_hits", hits, 0)
        .exactly("distinct_404_bodies", bodies.len(), 1)
        .all("accepted_once", once, pages)
        .exactly("answers_stored", usize::try_from(stored).unwrap(), pages)
        .conclude();
}

/// The control: a method that does answer is seen by the same count.
#[tokio::test]
async fn i34_a_request_that_changes_something_is_seen() {
    let world = world().await;
    let mut desktop = world.desktop().await;
    let (path, answer) = published(&mut desktop).await;
    assert_eq!(events_after(&world, 1, "POST", &path, &answer).await, 1);
}
