//! From the sender's POST to the desktop's acknowledgement.

use fulcrum_relay::client::Incoming;

use crate::world::{NOW_MS, World, next};

#[tokio::test]
async fn what_is_posted_arrives_to_the_byte_with_its_headers_and_time() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let body = "{ \"name\":\t\"Zoë\\u0000\", \"n\": 1.0 }\n";
    let head = "content-type: application/json; charset=utf-8\r\nlever-signature: abc\r\nx-forwarded-for: 10.0.0.1\r\n";
    let path = format!("/e/{}?try=2&x=%20", desktop.endpoint);
    let answer = world.request("POST", &path, head, body.as_bytes()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.ends_with("{\"ok\":true}"), "{answer:?}");

    let events = desktop.events(1).await;
    assert_eq!(events[0].received_at_ms, NOW_MS);
    let delivery = desktop.open(&events[0]);
    assert_eq!(
        (delivery.method.as_str(), delivery.path.as_str()),
        ("POST", path.as_str())
    );
    assert_eq!(delivery.body, body.as_bytes());
    let header = |name: &str| {
        let found = delivery.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(header("lever-signature"), Some("abc"));
    assert_eq!(
        header("x-forwarded-for"),
        None,
        "that is of the way, not of the sender"
    );
}

#[tokio::test]
async fn the_address_given_at_registration_is_the_one_that_works() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    desktop
        .session
        .register(desktop.endpoint, desktop.key.public());
    let Incoming::Registered { url, .. } = next(&mut desktop.session).await else {
        panic!("registering the same keys again is a success");
    };
    assert_eq!(
        url,
        desktop
            .endpoint
            .url(&desktop.session.welcome().public_url_base)
    );
    assert_eq!(
        world
            .request(
                "POST",
                url.path(),
                "content-type: application/json\r\n",
                b"{}"
            )
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn events_come_in_the_order_of_their_arrival() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    for n in 0..200 {
        assert_eq!(world.post(desktop.endpoint, &n.to_string()).await, 200);
    }
    let events = desktop.events(200).await;
    let bodies: Vec<_> = events.iter().map(|event| desktop.body(event)).collect();
    let expected: Vec<_> = (0..200).map(|n| n.to_string()).collect();
    assert_eq!(bodies, expected);
    assert!(events.is_sorted_by(|a, b| a.seq < b.seq));
}

#[tokio::test]
async fn events_that_came_while_the_desktop_was_away_wait_for_it() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let endpoint = desktop.endpoint;
    drop(desktop.session);
    for n in 0..3 {
        assert_eq!(world.post(endpoint, &n.to_string()).await, 200);
    }
    desktop.session = world.connect(&desktop.identity).await;
    assert_eq!(desktop.session.welcome().waiting, 3);
    assert_eq!(crate::world::events(&mut desktop.session, 3).await.len(), 3);
}

#[tokio::test]
async fn what_was_not_acknowledged_comes_again_and_what_was_does_not() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    for n in 0..5 {
        assert_eq!(world.post(desktop.endpoint, &n.to_string()).await, 200);
    }
    let first = desktop.events(5).await;
    desktop.session.ack(first[2].seq);
    desktop.settle().await;

    desktop.reconnect(&world).await;
    assert_eq!(desktop.session.welcome().waiting, 2);
    let again = desktop.events(2).await;
    assert_eq!(again, first[3..], "the same events under the same numbers");
    assert_eq!(
        world.metric("fulcrum_relay_events_delivered_total").await,
        3
    );
}

#[tokio::test]
async fn an_acknowledgement_reaches_only_as_far_as_the_events_that_went_out() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    assert_eq!(world.post(desktop.endpoint, "1").await, 200);
    let first = desktop.events(1).await;
    for through in [i64::MIN, -1, 0] {
        desktop.session.ack(through);
    }
    desktop.settle().await;
    desktop.reconnect(&world).await;
    assert_eq!(
        desktop.events(1).await,
        first,
        "numbers from the past delete nothing"
    );

    desktop.session.ack(i64::MAX);
    desktop.settle().await;
    assert_eq!(world.post(desktop.endpoint, "2").await, 200);
    desktop.reconnect(&world).await;
    let events = desktop.events(1).await;
    assert_eq!(
        desktop.body(&events[0]),
        "2",
        "a number from the future deletes what came, not what comes"
    );
    assert!(events[0].seq > first[0].seq, "a number is not used twice");
}

#[tokio::test]
async fn a_full_window_stops_the_flow_until_an_acknowledgement() {
    let limits = fulcrum_relay::server::Limits {
        window: 2,
        ..Default::default()
    };
    let world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    for n in 0..4 {
        assert_eq!(world.post(desktop.endpoint, &n.to_string()).await, 200);
    }
    let first = desktop.events(2).await;
    // The answer to a request comes next, although two events wait.
    desktop.settle().await;
    desktop.session.ack(first[1].seq);
    let second = desktop.events(2).await;
    assert_eq!(desktop.body(&second[1]), "3");
}

#[tokio::test]
async fn events_larger_than_a_batch_come_one_by_one() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let large = format!("\"{}\"", "x".repeat(999_998));
    for _ in 0..3 {
        assert_eq!(world.post(desktop.endpoint, &large).await, 200);
    }
    for _ in 0..3 {
        let Incoming::Events(events) = next(&mut desktop.session).await else {
            panic!("three frames of events");
        };
        assert_eq!(events.len(), 1);
        assert_eq!(desktop.body(&events[0]), large);
    }
}

#[tokio::test]
async fn a_retired_endpoint_answers_410_and_still_delivers_what_waits() {
    let mut world = World::start().await;
    let mut desktop = world.desktop().await;
    assert_eq!(world.post(desktop.endpoint, "1").await, 200);
    let first = desktop.events(1).await;
    desktop.session.retire(desktop.endpoint);
    let answer = next(&mut desktop.session).await;
    assert!(matches!(answer, Incoming::Retired { endpoint } if endpoint == desktop.endpoint));
    assert_eq!(world.post(desktop.endpoint, "2").await, 410);

    world.restart().await;
    assert_eq!(world.post(desktop.endpoint, "2").await, 410, "for ever");
    desktop.reconnect(&world).await;
    assert_eq!(desktop.events(1).await, first);
    desktop
        .session
        .register(desktop.endpoint, desktop.key.public());
    let answer = next(&mut desktop.session).await;
    assert!(
        matches!(
            answer,
            Incoming::Refused {
                reason: fulcrum_relay::protocol::Refusal::EndpointRetired,
                ..
            }
        ),
        "{answer:?}"
    );
}
