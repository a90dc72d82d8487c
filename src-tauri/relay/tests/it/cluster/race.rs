//! One device at two relays at the same moment: one session wins, and what waits is stored once.

use std::collections::HashSet;
use std::num::NonZeroU32;

use fulcrum_relay::client::{ConnectError, Incoming, Session};
use fulcrum_relay::protocol::Refusal;
use fulcrum_relay::server::Limits;
use fulcrum_relay::{EndpointId, Identity, SealingKey};

use super::Pair;
use crate::invariants::invariant::{Invariant, tries};

const EVENTS: usize = 6;

/// The numbers of the events that a session could acknowledge; none of one that was replaced.
async fn drain(mut session: Session, endpoint: EndpointId, key: &SealingKey) -> Option<Vec<i64>> {
    let mut got = Vec::new();
    loop {
        match session.next().await {
            Some(Incoming::Events(events)) => {
                session.ack(events.last().unwrap().seq);
                got.extend(events.iter().map(|event| event.seq));
                if got.len() >= EVENTS {
                    // Answered when the acknowledgement has been.
                    session.register(endpoint, key.public());
                }
            }
            Some(Incoming::Registered { .. }) => return Some(got),
            Some(Incoming::Refused {
                reason: Refusal::Replaced,
                ..
            }) => return None,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn i08_of_two_sessions_of_a_device_that_begin_at_once_one_wins() {
    let rounds = tries(200, 12);
    // Each race has a device of its own.
    let limits = Limits {
        client_new_devices: NonZeroU32::new(1_000).unwrap(),
        ..Limits::default()
    };
    let pair = Pair::start(limits).await;
    let (mut races, mut without_one_winner, mut lost, mut doubled, mut left) = (0, 0, 0, 0, 0);
    for _ in 0..rounds {
        let desktop = pair.one.desktop().await;
        let (identity, endpoint, key) = (&desktop.identity, desktop.endpoint, &desktop.key);
        let (one, two) = tokio::join!(pair.one.connect(identity), pair.two.connect(identity));
        let posts = async {
            for n in 0..EVENTS {
                let world = if n % 2 == 0 { &pair.one } else { &pair.two };
                assert_eq!(world.post(endpoint, &n.to_string()).await, 200);
            }
        };
        let (one, two, ()) =
            tokio::join!(drain(one, endpoint, key), drain(two, endpoint, key), posts);
        races += 1;
        without_one_winner += usize::from(one.is_some() == two.is_some());
        let got = one.or(two).unwrap_or_default();
        let distinct = got.iter().collect::<HashSet<_>>().len();
        lost += EVENTS - distinct;
        doubled += got.len() - distinct;
        let after = pair.one.connect(identity).await;
        left += usize::try_from(after.welcome().waiting).unwrap();
    }
    Invariant::new("I8")
        .figure("relays", 2)
        .at_least("races", races, rounds)
        .exactly("without_one_winner", without_one_winner, 0)
        .exactly("lost", lost, 0)
        .exactly("duplicated", doubled, 0)
        .exactly("left", left, 0)
        .conclude();
}

#[tokio::test]
async fn a_device_that_signed_in_anywhere_counts_everywhere() {
    let limits = Limits {
        devices: 1,
        ..Limits::default()
    };
    let pair = Pair::start(limits).await;
    let first = Identity::generate();
    drop(pair.one.connect(&first).await);
    // The other relay hears of it a moment later.
    while pair.two.metric("fulcrum_relay_devices").await == 0 {
        tokio::task::yield_now().await;
    }
    let second = Session::connect(&pair.two.url, &Identity::generate()).await;
    assert!(
        matches!(second, Err(ConnectError::Refused(Refusal::EndpointLimit))),
        "the relays together know one device already"
    );
    drop(pair.two.connect(&first).await);
}
