//! Sealing and opening, by themselves.

use super::shared::{NUMBER_BYTES, SHARED_EVENTS};
use super::*;

fn delivery() -> Delivery {
    Delivery {
        method: "POST".into(),
        path: "/e/x?y=%20z".into(),
        headers: vec![("content-type".into(), "application/json".into())],
        body: b"{\"name\": \"\xff not UTF-8\"}".to_vec(),
    }
}

#[test]
fn what_was_sealed_is_opened_to_the_byte() {
    let (key, endpoint) = (SealingKey::generate(), EndpointId::random());
    let sealed = key.public().seal(delivery(), endpoint, 17).unwrap();
    assert!(
        key.open(&sealed, endpoint, 17)
            .is_ok_and(|opened| opened == delivery())
    );
    let stored = SealingKey::from_secret_bytes(&key.to_secret_bytes());
    assert!(stored.open(&sealed, endpoint, 17).is_ok());
}

#[test]
fn another_key_endpoint_or_time_does_not_open_it() {
    let (key, endpoint) = (SealingKey::generate(), EndpointId::random());
    let sealed = key.public().seal(delivery(), endpoint, 17).unwrap();
    let wrong = [
        SealingKey::generate().open(&sealed, endpoint, 17),
        key.open(&sealed, EndpointId::random(), 17),
        key.open(&sealed, endpoint, 18),
    ];
    for outcome in wrong {
        assert_eq!(outcome.err(), Some(OpenError::Seal));
    }
}

#[test]
fn a_changed_cut_or_empty_event_does_not_open() {
    let (key, endpoint) = (SealingKey::generate(), EndpointId::random());
    let sealed = key.public().seal(delivery(), endpoint, 17).unwrap();
    for at in [0, 31, 32, 35, 36, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(
            key.open(&changed, endpoint, 17).err(),
            Some(OpenError::Seal)
        );
    }
    for length in [0, 1, 32, 36, 40, sealed.len() - 1] {
        assert_eq!(
            key.open(&sealed[..length], endpoint, 17).err(),
            Some(OpenError::Seal)
        );
    }
}

#[test]
fn a_lying_head_length_is_an_unknown_content() {
    for plain in [
        &b""[..],
        b"\0\0",
        b"\xff\xff\xff\xff{}",
        b"\0\0\0\x02[]",
        b"\0\0\0\0",
    ] {
        assert!(decode(plain).is_none());
    }
}

#[test]
fn two_seals_of_one_delivery_differ() {
    let (key, endpoint) = (SealingKey::generate(), EndpointId::random());
    let seal = || key.public().seal(delivery(), endpoint, 17);
    assert_ne!(
        seal(),
        seal(),
        "equal events must not be recognisable on the relay's disk"
    );
}

#[test]
fn events_share_an_encapsulation_for_a_second_and_never_a_key() {
    let (key, endpoint) = (SealingKey::generate(), EndpointId::random());
    let sealer = Sealer::new(key.public());
    let times = [5_000, 5_000, 5_999, 6_000, 5_000];
    let sealed = times.map(|at| sealer.seal(delivery(), endpoint, at).unwrap());
    let encapped = |place: usize| &sealed[place][..ENCAPPED_BYTES];
    assert_eq!(encapped(0), encapped(1));
    assert_eq!(encapped(0), encapped(2));
    assert_ne!(encapped(2), encapped(3), "its second is over");
    assert_ne!(encapped(3), encapped(4), "the clock was set back");
    let bodies = |at: usize| &sealed[at][ENCAPPED_BYTES + NUMBER_BYTES..];
    assert_ne!(bodies(0), bodies(1), "equal events at one time");
    let mut opener = Opener::new(key);
    for (sealed, at) in sealed.iter().zip(times).rev() {
        let opened = opener.open(sealed, endpoint, at);
        assert!(
            opened.is_ok_and(|opened| opened == delivery()),
            "in any order"
        );
    }
}

#[test]
fn an_encapsulation_is_renewed_after_so_many_events() {
    let sealer = Sealer::new(SealingKey::generate().public());
    let head = || {
        let sealed = sealer.seal(delivery(), EndpointId::random(), 0).unwrap();
        sealed[..ENCAPPED_BYTES].to_vec()
    };
    let first = head();
    let mut shared = 1;
    while head() == first {
        shared += 1;
    }
    assert_eq!(shared, SHARED_EVENTS);
}

#[test]
fn another_events_number_does_not_open_an_event() {
    let (key, endpoint) = (SealingKey::generate(), EndpointId::random());
    let sealer = Sealer::new(key.public());
    let first = sealer.seal(delivery(), endpoint, 0).unwrap();
    let mut second = sealer.seal(delivery(), endpoint, 0).unwrap();
    let number = ENCAPPED_BYTES..ENCAPPED_BYTES + NUMBER_BYTES;
    second[number.clone()].copy_from_slice(&first[number]);
    let opened = Opener::new(key).open(&second, endpoint, 0);
    assert_eq!(opened.err(), Some(OpenError::Seal));
}

#[test]
fn keys_of_low_order_are_not_usable() {
    let mut one = [0; 32];
    one[0] = 1;
    assert!(!SealingPublicKey([0; 32]).is_usable());
    assert!(!SealingPublicKey(one).is_usable());
    assert!(SealingKey::generate().public().is_usable());
}
