use axum::body::Body;
use axum::http::Response;
use serde_json::json;

use super::hosts::{EUROPE, HOME, lever_of_hosts};
use super::writing::{done, tag};
use crate::lever::Error;
use crate::lever::stub::{Asked, Stub, answer, json, redirected};

/// The redirects that Lever may answer (LEVER.md 2.7 lists the first).
const REDIRECTS: [u16; 4] = [301, 302, 307, 308];

/// The same address on another host.
pub(super) fn on(host: &str, status: u16, asked: &Asked) -> Response<Body> {
    redirected(status, &format!("https://{host}/v1{}", asked.path))
}

#[tokio::test]
async fn a_redirect_on_the_same_origin_keeps_the_credential() {
    for status in REDIRECTS {
        let stub = Stub::start(move |asked, _| match asked.path.as_str() {
            "/users/rosa" => redirected(status, "/v1/eu/users/rosa"),
            _ => json(&json!({"data": {"id": "rosa"}})),
        })
        .await;
        assert!(stub.client().user("rosa").await.is_ok());
        let asked = stub.asked();
        assert_eq!(asked[1].path, "/eu/users/rosa");
        assert_eq!(asked[1].authorization, asked[0].authorization);
    }
}

#[tokio::test]
async fn a_call_goes_on_to_the_data_centre_as_it_is() {
    for status in REDIRECTS {
        let (stub, lever) = lever_of_hosts(move |asked, _| match asked.host.as_str() {
            HOME => on(EUROPE, status, asked),
            _ => done(),
        })
        .await;
        assert!(tag(&lever).await.is_ok(), "{status}");
        let [home, europe] = &stub.asked()[..] else {
            panic!("{status}: two calls");
        };
        assert_eq!(europe.host, EUROPE);
        assert_eq!(
            (&europe.method, &europe.path, &europe.body),
            (&home.method, &home.path, &home.body)
        );
        assert_eq!(europe.authorization, "Bearer token-0");
        assert!(lever.user("rosa").await.is_ok(), "{status}");
    }
}

#[tokio::test]
async fn nothing_follows_to_where_the_credential_may_not_go() {
    for to in [
        "http://api.eu.lever.co/v1/opportunities/rosa/addTags",
        "http://api.lever.co/v1/opportunities/rosa/addTags",
        "https://api.eu.lever.co:8443/v1/opportunities/rosa/addTags",
        "https://ola:secret@api.eu.lever.co/v1/opportunities/rosa/addTags",
        "https://api.lever.co@example.com/v1/opportunities/rosa/addTags",
        "https://api.lever.co.example.com/v1/opportunities/rosa/addTags",
        "//example.com/v1/opportunities/rosa/addTags",
    ] {
        for status in REDIRECTS {
            let (stub, lever) = lever_of_hosts(move |_, _| redirected(status, to)).await;
            let wrote = tag(&lever).await;
            assert!(
                matches!(wrote, Err(Error::Redirected { .. })),
                "{to}: {wrote:?}"
            );
            assert!(matches!(
                lever.user("rosa").await,
                Err(Error::Redirected { .. })
            ));
            assert_eq!(stub.asked().len(), 2, "{status} {to}");
        }
    }
}

#[tokio::test]
async fn a_practice_lever_leads_nobody_to_another_address() {
    let other = Stub::start(|_, _| json(&json!({"data": {"id": "rosa"}}))).await;
    for to in [
        other.root.to_string(),
        "https://api.lever.co/v1".to_owned(),
        "https://lever.co.example.com/".to_owned(),
        "http://127.0.0.1.nip.io/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let stub = Stub::start(move |_, _| redirected(307, &to)).await;
        assert!(matches!(
            stub.client().user("rosa").await,
            Err(Error::Redirected { .. })
        ));
        assert_eq!(stub.asked().len(), 1);
    }
    assert_eq!(other.asked(), []);
}

#[tokio::test]
async fn a_redirect_that_may_lead_to_what_a_write_made_leaves_its_outcome_open() {
    for status in [301, 302, 303] {
        for to in [
            "/v1/opportunities/rosa",
            "https://api.eu.lever.co/v1/opportunities/rosa",
            "https://api.eu.lever.co/v1/opportunities/rosa/addTags?done",
            "https://hire.lever.co/candidates/rosa",
            "https://example.com/",
        ] {
            let (stub, lever) = lever_of_hosts(move |_, _| redirected(status, to)).await;
            let wrote = tag(&lever).await;
            let unknown = matches!(wrote, Err(Error::OutcomeUnknown { .. }));
            assert!(unknown, "{status} {to}: {wrote:?}");
            assert_eq!(stub.asked().len(), 1);
        }
    }
    let stub = Stub::start(|_, _| answer(301, "")).await;
    let wrote = tag(&stub.client()).await;
    assert!(
        matches!(wrote, Err(Error::OutcomeUnknown { .. })),
        "{wrote:?}"
    );
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_write_is_sent_on_to_another_address_where_its_method_must_stay() {
    for status in [307, 308] {
        let stub = Stub::start(move |asked, _| match asked.path.as_str() {
            "/opportunities/rosa/addTags" => redirected(status, "/v1/eu/addTags"),
            _ => done(),
        })
        .await;
        assert!(tag(&stub.client()).await.is_ok());
        let asked = stub.asked();
        assert_eq!(asked[1].path, "/eu/addTags");
        assert_eq!(asked[1].method, "POST");
        assert_eq!(asked[1].body, asked[0].body);
    }
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let stub = Stub::start(|asked, _| match asked.path.as_str() {
        "/users/rosa" => redirected(302, "/v1/users/ola"),
        _ => redirected(302, "/v1/users/rosa"),
    })
    .await;
    assert!(matches!(
        stub.client().user("rosa").await,
        Err(Error::Redirected { .. })
    ));
    assert_eq!(stub.asked().len(), 2);

    let stub = Stub::start(|_, before| redirected(302, &format!("/v1/users/{before}"))).await;
    assert!(stub.client().user("rosa").await.is_err());
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn two_data_centres_that_lead_to_each_other_end_a_write() {
    for status in REDIRECTS {
        let (stub, lever) = lever_of_hosts(move |asked, _| match asked.host.as_str() {
            HOME => on(EUROPE, status, asked),
            _ => on(HOME, status, asked),
        })
        .await;
        let wrote = tag(&lever).await;
        assert!(matches!(wrote, Err(Error::Redirected { .. })), "{wrote:?}");
        assert_eq!(stub.asked().len(), 2);
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_error() {
    let stub = Stub::start(|_, _| answer(301, "")).await;
    assert_eq!(
        stub.client().user("rosa").await,
        Err(Error::Redirected { host: None })
    );
}
