//! Two installations on one relay cannot see, take or delete each other's (RELIABILITY.md I21).

use fulcrum_relay::client::Incoming;
use fulcrum_relay::protocol::Refusal;
use fulcrum_relay::{EndpointId, SealingKey};

use crate::world::{Desktop, World, next};

async fn refusal(desktop: &mut Desktop) -> Refusal {
    match next(&mut desktop.session).await {
        Incoming::Refused { reason, .. } => reason,
        other => panic!("instead of a refusal: {other:?}"),
    }
}

#[tokio::test]
async fn each_desktop_gets_its_own_events_only() {
    let world = World::start().await;
    let (mut one, mut two) = (world.desktop().await, world.desktop().await);
    for n in 0..50 {
        assert_eq!(world.post(one.endpoint, &format!("\"one {n}\"")).await, 200);
        assert_eq!(world.post(two.endpoint, &format!("\"two {n}\"")).await, 200);
    }
    for (desktop, name) in [(&mut one, "one"), (&mut two, "two")] {
        let events = desktop.events(50).await;
        let bodies: Vec<_> = events.iter().map(|event| desktop.body(event)).collect();
        let expected: Vec<_> = (0..50).map(|n| format!("\"{name} {n}\"")).collect();
        assert_eq!(bodies, expected);
    }
}

#[tokio::test]
async fn an_acknowledgement_deletes_nothing_of_another_desktop() {
    let world = World::start().await;
    let (mut one, mut two) = (world.desktop().await, world.desktop().await);
    assert_eq!(world.post(one.endpoint, "1").await, 200);
    assert_eq!(world.post(two.endpoint, "2").await, 200);
    let of_two = two.events(1).await;
    one.events(1).await;
    two.session.ack(of_two[0].seq);
    two.session.ack(i64::MAX);
    two.session.register(two.endpoint, two.key.public());
    next(&mut two.session).await;
    one.reconnect(&world).await;
    assert_eq!(one.session.welcome().waiting, 1);
    assert_eq!(one.events(1).await.len(), 1);
}

#[tokio::test]
async fn an_endpoint_stays_with_the_key_that_came_first() {
    let mut world = World::start().await;
    let (mut owner, mut thief) = (world.desktop().await, world.desktop().await);
    let (endpoint, key) = (owner.endpoint, owner.key.public());
    thief.session.register(endpoint, key);
    assert_eq!(refusal(&mut thief).await, Refusal::EndpointTaken);
    thief.session.register(endpoint, thief.key.public());
    assert_eq!(refusal(&mut thief).await, Refusal::EndpointTaken);
    thief.session.retire(endpoint);
    assert_eq!(refusal(&mut thief).await, Refusal::EndpointUnknown);
    assert_eq!(world.post(endpoint, "1").await, 200);
    let events = owner.events(1).await;
    assert_eq!(
        owner.body(&events[0]),
        "1",
        "still sealed to the owner's key"
    );

    world.restart().await;
    thief.reconnect(&world).await;
    thief.session.register(endpoint, thief.key.public());
    assert_eq!(refusal(&mut thief).await, Refusal::EndpointTaken);
}

#[tokio::test]
async fn the_owner_cannot_silently_change_the_key_that_events_are_sealed_to() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    desktop
        .session
        .register(desktop.endpoint, SealingKey::generate().public());
    assert_eq!(refusal(&mut desktop).await, Refusal::EndpointTaken);
}

#[tokio::test]
async fn an_unknown_endpoint_cannot_be_retired() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    desktop.session.retire(EndpointId::random());
    assert_eq!(refusal(&mut desktop).await, Refusal::EndpointUnknown);
}

#[tokio::test]
async fn endpoints_have_a_limit() {
    let limits = fulcrum_relay::server::Limits {
        device_endpoints: 1,
        ..Default::default()
    };
    let world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    desktop
        .session
        .register(EndpointId::random(), desktop.key.public());
    assert_eq!(refusal(&mut desktop).await, Refusal::EndpointLimit);
}
