use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use reqwest::Method;
use serde_json::json;
use tokio::net::TcpListener;

use crate::lever::call::Call;
use crate::lever::endpoint::OPPORTUNITY;
use crate::lever::stub::{Stub, Tokens, answer, client, json, unended};
use crate::lever::{Client, Error, Patience};

pub(super) async fn tag(lever: &Client) -> Result<Vec<u8>, Error> {
    let url = lever
        .url(&OPPORTUNITY, &["opportunities", "rosa", "addTags"])
        .unwrap();
    let call = Call {
        endpoint: &OPPORTUNITY,
        method: &Method::POST,
        url: &url,
        body: Some(&json!({"tags": ["Agora Offer"]})),
    };
    lever.send(&call).await
}

pub(super) fn done() -> Response<Body> {
    json(&json!({"data": {"id": "rosa"}}))
}

#[tokio::test]
async fn a_write_goes_out_once_with_its_method_and_body() {
    let stub = Stub::start(|_, _| done()).await;
    assert_eq!(
        tag(&stub.client()).await.unwrap(),
        br#"{"data":{"id":"rosa"}}"#
    );
    let asked = &stub.asked()[0];
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.path, "/opportunities/rosa/addTags");
    assert_eq!(asked.body, r#"{"tags":["Agora Offer"]}"#);
}

#[tokio::test]
async fn a_write_that_lever_certainly_did_not_do_is_repeated() {
    let stub = Stub::start(|_, before| match before {
        0 => answer(429, ""),
        1 => answer(401, ""),
        _ => answer(204, ""),
    })
    .await;
    assert_eq!(tag(&stub.client()).await, Ok(Vec::new()));
    let bodies: Vec<_> = stub.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(bodies, [r#"{"tags":["Agora Offer"]}"#; 3]);
}

#[tokio::test]
async fn a_write_with_a_lost_answer_is_never_repeated_and_its_outcome_is_unknown() {
    for status in [303, 408, 500, 502, 503, 504] {
        let stub = Stub::start(move |_, _| answer(status, "")).await;
        let outcome = tag(&stub.client()).await;
        assert!(
            matches!(outcome, Err(Error::OutcomeUnknown { .. })),
            "{status}: {outcome:?}"
        );
        assert_eq!(stub.asked().len(), 1);
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let root = format!("http://{}/v1", listener.local_addr().unwrap());
    let hang_up = async { drop(listener.accept().await.unwrap()) };
    let lever = client(root.parse().unwrap(), Arc::new(Tokens::default()));
    let (outcome, ()) = tokio::join!(tag(&lever), hang_up);
    let error = outcome.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    assert!(!error.is_passing());
}

#[tokio::test]
async fn a_write_without_a_connection_is_known_not_to_be_done() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let root = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    let lever = client(root.parse().unwrap(), Arc::new(Tokens::default()));
    assert_eq!(
        tag(&lever).await,
        Err(Error::Unreachable {
            detail: "no connection".into()
        })
    );
}

#[tokio::test]
async fn a_success_counts_though_its_body_is_lost() {
    let stub = Stub::start(|_, _| unended(201)).await;
    let lever = stub.client().with_patience(Patience {
        longest_try: Duration::from_millis(50),
        ..Patience::default()
    });
    assert_eq!(tag(&lever).await, Ok(Vec::new()));
    assert_eq!(stub.asked().len(), 1);
    let stub = Stub::start(|_, _| answer(200, " ".repeat(10_000_001))).await;
    assert_eq!(tag(&stub.client()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_refused_write_names_what_it_was_and_why() {
    let stub = Stub::start(|_, _| {
        answer(
            400,
            r#"{"code": "BadRequestError", "message": "Missing perform_as parameter."}"#,
        )
    })
    .await;
    let error = tag(&stub.client()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Lever refused to read the opportunity (400): “Missing perform_as parameter.”"
    );
    assert_eq!(stub.asked().len(), 1);
}
