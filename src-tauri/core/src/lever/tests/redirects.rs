use serde_json::json;

use crate::lever::Error;
use crate::lever::stub::{Stub, answer, json, redirected};

#[tokio::test]
async fn a_redirect_on_the_same_origin_keeps_the_credential() {
    for status in [301, 302, 307, 308] {
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
async fn a_redirect_to_another_host_is_refused_before_it_is_called() {
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
async fn a_redirect_to_nowhere_is_an_error() {
    let stub = Stub::start(|_, _| answer(301, "")).await;
    assert_eq!(
        stub.client().user("rosa").await,
        Err(Error::Redirected { host: None })
    );
}
