use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, header};
use futures_util::stream;
use serde_json::json;
use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::http::loopback_client;
use crate::http::tokens::TokenError;
use crate::lever::stub::{Key, Stub, Tokens, answer, client, json, unended};
use crate::lever::{Client, Error, Pace, Patience, Priority};

fn rosa() -> Response<Body> {
    json(&json!({"data": {"id": "rosa", "name": "Rosa Lindqvist"}}))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_call_repeated() {
    let stub = Stub::start(|asked, _| match asked.authorization.as_str() {
        "Bearer token-1" => rosa(),
        _ => answer(401, "{}"),
    })
    .await;
    let tokens = Arc::new(Tokens::default());
    let user = client(stub.root.clone(), tokens.clone())
        .user("rosa")
        .await
        .unwrap();
    assert_eq!(user.name, "Rosa Lindqvist");
    assert_eq!(tokens.replaced.load(Ordering::SeqCst), 1);
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn a_second_refusal_asks_to_connect_again() {
    let stub = Stub::start(|_, _| answer(401, "{}")).await;
    let error = stub.client().user("rosa").await.unwrap_err();
    assert_eq!(error, Error::Unauthorized);
    assert!(error.needs_connection());
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn an_api_key_is_the_user_name_of_basic_and_cannot_be_replaced() {
    let stub = Stub::start(|_, _| answer(401, "{}")).await;
    let error = client(stub.root.clone(), Arc::new(Key))
        .user("rosa")
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        Error::Token(TokenError::ReconnectNeeded { .. })
    ));
    assert_eq!(stub.asked()[0].authorization, "Basic a2V5Og==");
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_rate_limit_without_a_hint_is_waited_out() {
    let stub = Stub::start(|_, before| if before < 2 { answer(429, "") } else { rosa() }).await;
    assert!(stub.client().user("rosa").await.is_ok());
    assert_eq!(stub.asked().len(), 3);
}

fn busy_for(retry_after: &'static str) -> Response<Body> {
    let mut response = answer(429, "");
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, retry_after.parse().unwrap());
    response
}

#[tokio::test]
async fn a_short_retry_after_is_honoured() {
    let stub = Stub::start(|_, before| if before == 0 { busy_for("0") } else { rosa() }).await;
    assert!(stub.client().user("rosa").await.is_ok());
}

#[tokio::test]
async fn a_long_retry_after_is_handed_to_the_caller_at_once() {
    let stub = Stub::start(|_, _| busy_for("3600")).await;
    let error = stub.client().user("rosa").await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { wait, .. } if wait == seconds(3_600)));
    assert!(error.is_passing());
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_long_retry_after_holds_everybody_who_shares_the_grant() {
    let stub = Stub::start(|_, _| busy_for("3600")).await;
    let pace = Pace::lever(Arc::new(SystemClock));
    let tokens = Arc::new(Tokens::default());
    let lever = Client::new(loopback_client(), stub.root.clone(), tokens, pace);
    for lever in [lever.clone(), lever.at(Priority::History)] {
        let error = lever.user("rosa").await.unwrap_err();
        assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    }
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_storm_of_failures_ends_as_unreachable() {
    let stub = Stub::start(|_, _| answer(500, "<h1>Oops</h1>")).await;
    let error = stub.client().user("rosa").await.unwrap_err();
    assert_eq!(
        error,
        Error::Unreachable {
            detail: "Lever answered 500".into()
        }
    );
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn an_address_where_nobody_listens_is_unreachable() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let root = format!("http://{}/v1", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    drop(listener);
    let error = client(root, Arc::new(Tokens::default()))
        .users("rosa@example.com")
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::Unreachable {
            detail: "no connection".into()
        }
    );
}

#[tokio::test]
async fn an_html_page_is_told_from_a_broken_answer() {
    for (body, said) in [
        ("<!doctype html><p>Sign in", "HTML at line 1 column 1"),
        (r#"{"data": {"id": "ro"#, "not JSON at line 1 column 19"),
        ("", "not JSON at line 1 column 0"),
    ] {
        let stub = Stub::start(move |_, _| answer(200, body)).await;
        let error = stub.client().user("rosa").await.unwrap_err();
        assert_eq!(
            error,
            Error::NotJson {
                thing: "the user",
                detail: said.into()
            }
        );
    }
}

#[tokio::test]
async fn an_answer_above_the_size_cap_is_not_read_to_its_end() {
    let stub = Stub::start(|_, _| answer(200, " ".repeat(10_000_001))).await;
    let error = stub.client().user("rosa").await.unwrap_err();
    assert_eq!(
        error,
        Error::TooLarge {
            thing: "the user",
            limit: 10_000_000
        }
    );
}

#[tokio::test]
async fn refusals_say_what_is_missing_and_nothing_personal() {
    let message = |code: &str, message: &str| json!({"code": code, "message": message}).to_string();
    for (status, body, wanted) in [
        (
            403,
            "{}".to_owned(),
            Error::Forbidden {
                verb: "read",
                thing: "the user",
                scope_hint: "users:read:admin",
            },
        ),
        (
            403,
            message("x", "Could not find a matching signing key"),
            Error::WrongEnvironment,
        ),
        (
            404,
            message("ResourceNotFound", "rosa was not found"),
            Error::NotFound { thing: "the user" },
        ),
        (
            422,
            message("BadRequestError", "rosa@example.com"),
            Error::Refused {
                verb: "read",
                thing: "the user",
                status: 422,
                code: Some("BadRequestError".into()),
                words: Some("…".into()),
            },
        ),
        (
            422,
            message("rosa@example.com", ""),
            Error::Refused {
                verb: "read",
                thing: "the user",
                status: 422,
                code: None,
                words: None,
            },
        ),
    ] {
        let stub = Stub::start(move |_, _| answer(status, body.clone())).await;
        assert_eq!(stub.client().user("rosa").await.unwrap_err(), wanted);
    }
}

#[tokio::test]
async fn an_id_cannot_change_the_path() {
    let stub = Stub::start(|_, _| rosa()).await;
    let lever = stub.client();
    assert!(lever.user("../webhooks?x=1#").await.is_ok());
    assert_eq!(stub.asked()[0].path, "/users/..%2Fwebhooks%3Fx=1%23");
    for stray in ["", ".", ".."] {
        assert_eq!(
            lever.user(stray).await,
            Err(Error::NotFound { thing: "the user" })
        );
    }
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn the_servers_clock_is_known_after_an_answer() {
    let stub = Stub::start(|_, _| {
        let mut response = rosa();
        response.headers_mut().insert(
            header::DATE,
            "Sat, 21 Nov 2026 20:14:00 GMT".parse().unwrap(),
        );
        response
    })
    .await;
    let lever = stub.client();
    assert_eq!(lever.server_date(), None);
    lever.user("rosa").await.unwrap();
    assert_eq!(
        lever.clone().server_date(),
        Some("2026-11-21T20:14:00Z".parse().unwrap())
    );
}

#[tokio::test]
async fn no_patience_means_one_try() {
    let stub = Stub::start(|_, _| answer(503, "")).await;
    let lever = stub.client().with_patience(Patience {
        retries: 0,
        ..Patience::default()
    });
    assert!(lever.user("rosa").await.is_err());
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn every_call_names_fulcrum_and_its_version() {
    let stub = Stub::start(|_, _| rosa()).await;
    stub.client().user("rosa").await.unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(stub.asked()[0].user_agent, format!("Fulcrum/{version}"));
}

#[tokio::test]
async fn an_answer_that_never_ends_is_given_up() {
    let stub = Stub::start(|_, _| unended(200)).await;
    let lever = stub.client().with_patience(Patience {
        retries: 0,
        longest_try: Duration::from_millis(50),
        ..Patience::default()
    });
    assert_eq!(
        lever.user("rosa").await,
        Err(Error::Unreachable {
            detail: "no answer in time".into()
        })
    );
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_read_again() {
    let stub = Stub::start(|_, before| match before {
        0 => {
            let torn = [Ok(r#"{"data": {"#), Err(std::io::Error::other("torn"))];
            answer(200, Body::from_stream(stream::iter(torn)))
        }
        _ => rosa(),
    })
    .await;
    assert!(stub.client().user("rosa").await.is_ok());
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn a_packed_answer_is_not_unpacked() {
    let stub = Stub::start(|_, _| {
        let mut response = answer(200, &b"\x1f\x8b\x08\0"[..]);
        let gzip = header::HeaderValue::from_static("gzip");
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, gzip);
        response
    })
    .await;
    assert_eq!(
        stub.client().user("rosa").await,
        Err(Error::NotJson {
            thing: "the user",
            detail: "not JSON at line 1 column 1".into()
        })
    );
    assert_eq!(stub.asked()[0].accept_encoding, "");
}

#[tokio::test]
async fn json_is_read_whatever_it_is_called() {
    for name in [
        "text/html",
        "application/octet-stream",
        "application/json; charset=utf-7",
        "",
    ] {
        let stub = Stub::start(move |_, _| {
            let mut response = rosa();
            let name = header::HeaderValue::from_static(name);
            response.headers_mut().insert(header::CONTENT_TYPE, name);
            response
        })
        .await;
        assert!(stub.client().user("rosa").await.is_ok(), "{name}");
    }
}
