use axum::body::Body;
use axum::http::Response;
use serde_json::json;

use super::hosts::{EUROPE, HOME, SYDNEY, lever_of_hosts};
use super::redirects::on;
use super::writing::{done, tag};
use crate::lever::stub::{Asked, Stub, answer, json, redirected};
use crate::lever::{Client, Error};

fn hosts(stub: &Stub) -> Vec<String> {
    stub.asked().into_iter().map(|asked| asked.host).collect()
}

/// A Lever that moved to Europe for good, where `answer` counts, and a client that was there once.
async fn in_europe(
    answer: impl Fn(&Asked, usize) -> Response<Body> + Send + Sync + 'static,
) -> (Stub, Client) {
    let (stub, lever) = lever_of_hosts(move |asked, before| match asked.host.as_str() {
        HOME => on(EUROPE, 301, asked),
        _ if before == 1 => done(),
        _ => answer(asked, before),
    })
    .await;
    lever.user("rosa").await.unwrap();
    assert_eq!(hosts(&stub), [HOME, EUROPE]);
    (stub, lever)
}

#[tokio::test]
async fn after_a_permanent_redirect_calls_go_straight_to_the_data_centre() {
    for status in [301, 308] {
        let (stub, lever) = lever_of_hosts(move |asked, _| match asked.host.as_str() {
            HOME => on(EUROPE, status, asked),
            _ => done(),
        })
        .await;
        lever.user("rosa").await.unwrap();
        lever.clone().opportunity("rosa").await.unwrap();
        tag(&lever).await.unwrap();
        assert_eq!(hosts(&stub), [HOME, EUROPE, EUROPE, EUROPE]);
        let asked = stub.asked();
        assert_eq!(asked[3].authorization, "Bearer token-0");
        assert_eq!(asked[2].path, "/opportunities/rosa");
        assert!(asked[2].query.contains("expand=stage"));
    }
}

#[tokio::test]
async fn a_redirect_for_now_or_of_one_address_is_not_remembered() {
    for (status, host, path) in [
        (302, EUROPE, "/users/rosa"),
        (307, EUROPE, "/users/rosa"),
        (301, EUROPE, "/users/ola"),
        (308, EUROPE, "/users/rosa?x=1"),
        (301, HOME, "/users/ola"),
    ] {
        let (stub, lever) = lever_of_hosts(move |asked, before| match before {
            0 => redirected(status, &format!("https://{host}/v1{path}")),
            1 => done(),
            _ => on(EUROPE, 302, asked),
        })
        .await;
        lever.user("rosa").await.unwrap();
        assert!(lever.user("rosa").await.is_err());
        assert_eq!(hosts(&stub)[2], HOME, "{status} {host} {path}");
    }
}

#[tokio::test]
async fn a_chain_is_remembered_only_if_every_step_of_it_is_permanent() {
    for (second, third_call) in [(301, SYDNEY), (307, HOME)] {
        let (stub, lever) = lever_of_hosts(move |asked, _| match asked.host.as_str() {
            HOME => on(EUROPE, 308, asked),
            EUROPE => on(SYDNEY, second, asked),
            _ => done(),
        })
        .await;
        lever.user("rosa").await.unwrap();
        lever.user("rosa").await.unwrap();
        assert_eq!(hosts(&stub)[3], third_call);
    }
}

#[tokio::test]
async fn a_data_centre_that_fails_nothing_is_remembered_of() {
    let (stub, lever) = lever_of_hosts(|asked, _| match asked.host.as_str() {
        HOME => on(EUROPE, 301, asked),
        _ => answer(404, ""),
    })
    .await;
    for _ in 0..2 {
        assert!(lever.user("rosa").await.is_err());
    }
    assert_eq!(hosts(&stub), [HOME, EUROPE, HOME, EUROPE]);
}

#[tokio::test]
async fn an_account_that_moved_back_is_found_at_the_root() {
    for status in [401, 403, 404, 410, 421, 500, 503] {
        let (stub, lever) =
            lever_of_hosts(move |asked, before| match (asked.host.as_str(), before) {
                (HOME, 0) => on(EUROPE, 301, asked),
                (_, 2) => answer(status, ""),
                _ => done(),
            })
            .await;
        for _ in 0..3 {
            assert!(lever.user("rosa").await.is_ok(), "{status}");
        }
        assert_eq!(hosts(&stub), [HOME, EUROPE, EUROPE, HOME, HOME], "{status}");
    }
}

#[tokio::test]
async fn a_write_that_the_data_centre_refused_is_sent_to_the_root() {
    let (stub, lever) = in_europe(|_, before| match before {
        2 => answer(404, ""),
        _ => done(),
    })
    .await;
    assert!(tag(&lever).await.is_ok());
    assert_eq!(hosts(&stub)[2..], [EUROPE, HOME, EUROPE]);
}

#[tokio::test]
async fn a_write_that_the_data_centre_may_have_done_is_sent_nowhere_else() {
    for status in [303, 408, 500, 504] {
        let (stub, lever) = in_europe(move |_, before| match before {
            2 => answer(status, ""),
            _ => json(&json!({"data": {"id": "rosa"}})),
        })
        .await;
        let wrote = tag(&lever).await;
        assert!(
            matches!(wrote, Err(Error::OutcomeUnknown { .. })),
            "{wrote:?}"
        );
        assert_eq!(hosts(&stub)[2..], [EUROPE], "{status}");
        lever.user("rosa").await.unwrap();
        assert_eq!(hosts(&stub)[3..], [HOME, EUROPE], "{status}");
    }
}

#[tokio::test]
async fn a_data_centre_that_asks_to_wait_is_asked_again() {
    let (stub, lever) = in_europe(|_, before| match before {
        2 => answer(429, ""),
        _ => done(),
    })
    .await;
    lever.user("rosa").await.unwrap();
    assert_eq!(hosts(&stub)[2..], [EUROPE, EUROPE]);
}

#[tokio::test]
async fn a_data_centre_leads_no_further_than_the_root_does() {
    let (stub, lever) =
        in_europe(|_, _| redirected(301, "https://example.com/v1/users/rosa")).await;
    let read = lever.user("rosa").await;
    assert!(matches!(read, Err(Error::Redirected { .. })), "{read:?}");
    assert_eq!(hosts(&stub)[2..], [EUROPE, HOME, EUROPE]);
}
