//! What the meter counts as a use of a permission.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Response;
use serde_json::json;

use super::writing::{done, tag};
use crate::lever::stub::{Stub, answer, json};
use crate::lever::{Client, Meter, Probe};

fn metered(stub: &Stub) -> (Client, Meter) {
    let meter = Meter::default();
    (stub.client().counted_by(meter.clone()), meter)
}

fn by_scope(meter: &Meter) -> BTreeMap<&'static str, u32> {
    let mut counts = BTreeMap::new();
    for ((scope, _), uses) in meter.counted() {
        *counts.entry(scope).or_default() += uses.count;
    }
    counts
}

fn somebody() -> Response<Body> {
    json(&json!({"data": {"id": "rosa", "name": "Rosa Lindqvist"}}))
}

#[tokio::test]
async fn a_call_counts_once_however_many_tries_it_takes() {
    let stub = Stub::start(|_, before| match before {
        0 => answer(429, ""),
        1 => answer(401, ""),
        2 => answer(503, ""),
        _ => somebody(),
    })
    .await;
    let (lever, meter) = metered(&stub);
    lever.user("rosa").await.unwrap();
    assert_eq!(stub.asked().len(), 4);
    assert_eq!(by_scope(&meter), BTreeMap::from([("users:read:admin", 1)]));
}

#[tokio::test]
async fn a_call_that_is_not_let_in_is_no_use_and_one_for_what_is_gone_is() {
    for (status, counted) in [(403, 0), (401, 0), (503, 0), (404, 1), (422, 1)] {
        let stub = Stub::start(move |_, _| answer(status, "{}")).await;
        let (lever, meter) = metered(&stub);
        lever.user("rosa").await.unwrap_err();
        let uses: u32 = by_scope(&meter).values().sum();
        assert_eq!(uses, counted, "{status}");
    }
}

#[tokio::test]
async fn a_write_that_perhaps_was_done_is_a_use() {
    for lost in [false, true] {
        let stub = Stub::start(move |_, _| if lost { answer(502, "") } else { done() }).await;
        let (lever, meter) = metered(&stub);
        assert_eq!(tag(&lever).await.is_err(), lost);
        assert_eq!(by_scope(&meter).values().sum::<u32>(), 1);
    }
}

#[tokio::test]
async fn what_an_opportunity_holds_in_full_is_a_use_of_each_permission_that_it_takes() {
    let rosa = json!({"data": {"id": "rosa", "stage": null, "owner": null, "applications": []}});
    let stub = Stub::start(move |_, _| json(&rosa)).await;
    let (lever, meter) = metered(&stub);
    lever.opportunity("rosa").await.unwrap();
    lever.bare_opportunity("rosa").await.unwrap();
    assert_eq!(
        by_scope(&meter),
        BTreeMap::from([
            ("applications:read:admin", 1),
            ("opportunities:read:admin", 2),
            ("stages:read:admin", 1),
            ("users:read:admin", 1),
        ])
    );
}

#[tokio::test]
async fn trying_a_permission_is_no_use_of_it() {
    let page = json!({"data": [{"id": "rosa", "contact": "rosa"}], "hasNext": false});
    let stub = Stub::start(move |_, _| json(&page)).await;
    let (lever, meter) = metered(&stub);
    for scope in ["users:read:admin", "offers:read:admin"] {
        assert_eq!(lever.probe(scope).await, Ok(Probe::Allowed));
    }
    assert_eq!(stub.asked().len(), 3, "an offer is tried at an opportunity");
    assert_eq!(by_scope(&meter), BTreeMap::new());
}
