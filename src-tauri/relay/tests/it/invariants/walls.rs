//! I21: one installation cannot see, take, delete or stop what is another's.

use std::collections::HashSet;

use fulcrum_relay::client::{Incoming, Session};
use fulcrum_relay::protocol::Refusal;
use fulcrum_relay::{EndpointId, Identity, SealingKey};

use super::invariant::{Invariant, tries};
use crate::world::{Desktop, World, next};

/// One round of everything that a signed-in desktop can try against another's endpoint.
async fn attack(session: &mut Session, victim: EndpointId, crossed: &mut usize) -> usize {
    let own = SealingKey::generate().public();
    session.register(victim, own);
    let taken = Refusal::EndpointTaken;
    *crossed += usize::from(!refused(session, taken).await);
    session.retire(victim);
    let unknown = Refusal::EndpointUnknown;
    *crossed += usize::from(!refused(session, unknown).await);
    for through in [1, i64::MAX] {
        session.ack(through);
    }
    4
}

async fn refused(session: &mut Session, wanted: Refusal) -> bool {
    match next(session).await {
        Incoming::Refused { reason, .. } => reason == wanted,
        Incoming::Registered { .. } | Incoming::Retired { .. } => false,
        other => panic!("neither done nor refused: {other:?}"),
    }
}

#[tokio::test]
async fn i21_what_is_one_desktops_is_out_of_every_others_reach() {
    const EVENTS: usize = 20;
    let world = World::start().await;
    let mut victim = world.desktop().await;
    for n in 0..EVENTS {
        let body = format!("\"secret {n}\"");
        assert_eq!(world.post(victim.endpoint, &body).await, 200);
    }
    let wanted = tries(10_000, 1_000);
    let (mut attempts, mut crossed) = (0, 0);
    while attempts < wanted {
        let mut thief = world.desktop().await;
        // Numbers are the whole relay's: an event of its own lets the thief acknowledge past the victim's.
        assert_eq!(world.post(thief.endpoint, "\"own\"").await, 200);
        let events = thief.events(1).await;
        crossed += usize::from(events.len() != 1 || thief.body(&events[0]) != "\"own\"");
        for _ in 0..50 {
            attempts += attack(&mut thief.session, victim.endpoint, &mut crossed).await;
        }
        thief.reconnect(&world).await;
        crossed += usize::from(thief.session.welcome().waiting != 0);
    }

    let reached: HashSet<_> = reached(&mut victim, EVENTS).await;
    let posted = world.post(victim.endpoint, "\"still open\"").await;
    Invariant::new("I21")
        .at_least("attempts", attempts, wanted)
        .exactly("crossed", crossed, 0)
        .exactly("events_reached", reached.len(), EVENTS)
        .exactly("endpoint_open", usize::from(posted == 200), 1)
        .exactly("control_crossed", control(&world).await, 1)
        .conclude();
}

async fn reached(victim: &mut Desktop, count: usize) -> HashSet<String> {
    let events = victim.events(count).await;
    events.iter().map(|event| victim.body(event)).collect()
}

/// The control: where both are one installation there is no wall, and the same attack is seen to cross.
async fn control(world: &World) -> usize {
    let victim = world.desktop().await;
    let identity: &Identity = &victim.identity;
    let mut thief = world.connect(identity).await;
    let mut crossed = 0;
    attack(&mut thief, victim.endpoint, &mut crossed).await;
    crossed
}
