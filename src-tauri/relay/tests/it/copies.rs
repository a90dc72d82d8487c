//! Two copies of one installation: one is let in, and what it acknowledged is nobody else's (RELIABILITY.md T16).

use std::collections::HashMap;

use fulcrum_relay::Identity;
use fulcrum_relay::client::{ConnectError, End, Incoming, LocalCopy, Session, Way};
use fulcrum_relay::protocol::{Position, Refusal, StoreId};
use url::Url;

use crate::sender::post;
use crate::world::{Desktop, World, next};

/// Asks the relay at `url`.
pub async fn try_sign_in(
    url: &Url,
    identity: &Identity,
    copy: &LocalCopy,
) -> Result<Session, ConnectError> {
    Session::connect_by(&Way::default(), url, identity, Some(copy)).await
}

pub async fn sign_in(url: &Url, identity: &Identity, copy: &LocalCopy) -> Session {
    let session = try_sign_in(url, identity, copy).await;
    session.unwrap_or_else(|refused| panic!("{refused}"))
}

pub fn position(session: &Session) -> (StoreId, Position) {
    session.welcome().position.expect("the relay says it")
}

pub fn having(store: StoreId, stored: i64) -> LocalCopy {
    LocalCopy {
        stored: HashMap::from([(store, stored)]),
        take_over: false,
    }
}

/// Posts an event to the relay at `url`; returns its number when the session has it.
pub async fn event(url: &Url, desktop: &Desktop, session: &mut Session) -> i64 {
    assert_eq!(post(url.authority(), desktop.endpoint, "{}").await, 200);
    crate::world::events(session, 1).await[0].seq
}

/// Acknowledges, and waits until that counts.
pub async fn acknowledge(session: &mut Session, through: i64) {
    session.ack(through);
    let answer = next(session).await;
    assert!(
        matches!(answer, Incoming::Acknowledged { through: said } if said == through),
        "{answer:?}"
    );
}

pub async fn ended_as_replaced(session: &mut Session) {
    let last = next(session).await;
    let replaced = matches!(
        last,
        Incoming::Refused {
            reason: Refusal::Replaced,
            endpoint: None
        }
    );
    assert!(replaced, "{last:?}");
    assert!(matches!(next(session).await, Incoming::Closed(End::Closed)));
}

pub fn superseded(outcome: Result<Session, ConnectError>) -> bool {
    matches!(outcome, Err(ConnectError::Refused(Refusal::Superseded)))
}

#[tokio::test]
async fn an_overtaken_copy_is_refused_until_the_user_chooses_it_and_disturbs_nobody() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let identity = &desktop.identity;
    let mut live = sign_in(&world.url, identity, &LocalCopy::default()).await;
    let (store, _) = position(&live);
    let first = event(&world.url, &desktop, &mut live).await;
    acknowledge(&mut live, first).await;
    let backup = having(store, first);
    let second = event(&world.url, &desktop, &mut live).await;
    acknowledge(&mut live, second).await;

    for overtaken in [&backup, &LocalCopy::default()] {
        assert!(superseded(
            try_sign_in(&world.url, identity, overtaken).await
        ));
    }
    let third = event(&world.url, &desktop, &mut live).await;
    acknowledge(&mut live, third).await;

    let chosen = LocalCopy {
        take_over: true,
        ..backup
    };
    let mut chosen = sign_in(&world.url, identity, &chosen).await;
    let reached = Position {
        acknowledged: third,
        newest: third,
    };
    assert_eq!(position(&chosen), (store, reached));
    ended_as_replaced(&mut live).await;
    let fourth = event(&world.url, &desktop, &mut chosen).await;
    acknowledge(&mut chosen, fourth).await;
    let before = having(store, third);
    assert!(superseded(try_sign_in(&world.url, identity, &before).await));
}

#[tokio::test]
async fn a_crash_between_storing_and_acknowledging_is_no_second_copy() {
    let mut world = World::start().await;
    let desktop = world.desktop().await;
    let identity = &desktop.identity;
    let mut session = sign_in(&world.url, identity, &LocalCopy::default()).await;
    let (store, _) = position(&session);
    let mut stored = 0;
    for acknowledged in [true, false, true, false] {
        let seq = event(&world.url, &desktop, &mut session).await;
        stored = seq;
        if acknowledged {
            acknowledge(&mut session, seq).await;
        }
        drop(session);
        world.restart().await;
        session = sign_in(&world.url, identity, &having(store, stored)).await;
        assert_eq!(position(&session).0, store, "the store stays the same");
        if !acknowledged {
            let again = crate::world::events(&mut session, 1).await;
            assert_eq!(again[0].seq, seq, "it is delivered again");
            acknowledge(&mut session, seq).await;
        }
    }
    let elsewhere = World::start().await;
    let session = sign_in(&elsewhere.url, identity, &having(store, stored)).await;
    let (other, reached) = position(&session);
    assert_ne!(other, store);
    assert_eq!(reached, Position::default(), "a new relay begins anew");
}

#[tokio::test]
async fn of_two_copies_that_both_have_an_event_one_acknowledges_it() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let identity = &desktop.identity;
    let mut one = sign_in(&world.url, identity, &LocalCopy::default()).await;
    let (store, _) = position(&one);
    let seq = event(&world.url, &desktop, &mut one).await;
    let mut other = sign_in(&world.url, identity, &having(store, 0)).await;
    one.ack(seq);
    ended_as_replaced(&mut one).await;
    let again = crate::world::events(&mut other, 1).await;
    assert_eq!(again[0].seq, seq);
    acknowledge(&mut other, seq).await;
}
