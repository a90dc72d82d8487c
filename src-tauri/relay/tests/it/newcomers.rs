//! Desktops that sign in for the first time: a key costs nothing to make.

use std::num::NonZeroU32;

use fulcrum_relay::Identity;
use fulcrum_relay::client::{ConnectError, Session};
use fulcrum_relay::protocol::Refusal;
use fulcrum_relay::server::Limits;

use crate::world::World;

#[tokio::test]
async fn a_client_that_makes_up_keys_is_slowed_down_and_those_who_are_known_get_in() {
    let limits = Limits {
        client_new_devices: NonZeroU32::new(2).unwrap(),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let mut known = world.desktop().await;
    drop(world.desktop().await);
    let third = Session::connect(&world.url, &Identity::generate()).await;
    assert!(matches!(
        third,
        Err(ConnectError::Refused(Refusal::Unavailable))
    ));
    known.reconnect(&world).await;
    assert_eq!(world.metric("fulcrum_relay_devices").await, 2);
}

#[tokio::test]
async fn a_device_that_left_nothing_behind_is_forgotten_and_may_come_again() {
    let limits = Limits {
        devices: 2,
        ..Limits::default()
    };
    let mut world = World::with(limits).await;
    let mut owner = world.desktop().await;
    let passer_by = Identity::generate();
    drop(world.connect(&passer_by).await);
    let full = Session::connect(&world.url, &Identity::generate()).await;
    assert!(matches!(
        full,
        Err(ConnectError::Refused(Refusal::EndpointLimit))
    ));
    world.restart().await;
    assert_eq!(world.metric("fulcrum_relay_devices").await, 1);
    drop(world.connect(&passer_by).await);
    owner.reconnect(&world).await;
    assert_eq!(world.post(owner.endpoint, "1").await, 200);
    assert_eq!(owner.events(1).await.len(), 1);
}
