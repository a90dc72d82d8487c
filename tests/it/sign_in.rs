//! Signing in to Lever and validating the connection.

use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

fn request() -> Value {
    fulcrum_cli::demo::sign_in_request("onboarding")
}

#[tokio::test]
async fn accepting_connects_and_validate_verifies() {
    let world = TestWorld::new().await;
    let connection = demo::connect(world.engine(), &world.visitor).await.unwrap();
    assert!(
        text(&connection, "sentence").ends_with("Click Validate to check it."),
        "{connection}"
    );
    assert_eq!(text(&connection["account"], "user_name"), "Ola Berg");
    let validated = world
        .call(
            "connections.validate",
            json!({ "integration": "onboarding" }),
        )
        .await;
    assert_eq!(text(&validated, "state"), "verified", "{validated:#}");
    let checks = validated["checks"].as_array().unwrap();
    assert!(
        checks.iter().all(|check| check["outcome"] == "passed"),
        "{checks:#?}"
    );
    assert!(
        validated["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["granted"] != one["optional"])
    );
}

#[tokio::test]
async fn denying_says_so_and_leaves_everything_as_it_was() {
    let world = TestWorld::new().await;
    let sign_in = world.call("connections.sign_in", request()).await;
    let page = world
        .visitor
        .consent(text(&sign_in, "authorize_url"), "deny")
        .await
        .unwrap();
    assert!(page.contains("Lever was not connected"));
    let connection = world
        .call("connections.wait", json!({ "integration": "onboarding" }))
        .await;
    assert_eq!(text(&connection, "state"), "not_connected");
    assert!(text(&connection["failure"], "sentence").starts_with("You chose not to allow access"));
}

#[tokio::test]
async fn a_wrong_state_is_ignored_and_the_true_answer_still_counts_once() {
    let world = TestWorld::new().await;
    let sign_in = world.call("connections.sign_in", request()).await;
    let redirect = text(&sign_in, "redirect_uri").to_owned();
    let http = world.world.http();
    for query in [
        "?code=x&state=wrong",
        "?code=x",
        "",
        "?state=a&state=b&code=x",
        "?error=access_denied&state=no",
    ] {
        let answer = http.get(format!("{redirect}{query}")).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{query}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("not the sign-in that Fulcrum waits for") && !page.contains("wrong"));
    }
    world
        .visitor
        .consent(text(&sign_in, "authorize_url"), "accept")
        .await
        .unwrap();
    let connection = world
        .call("connections.wait", json!({ "integration": "onboarding" }))
        .await;
    assert_eq!(text(&connection, "state"), "connected_not_validated");
    assert!(
        http.get(&redirect).send().await.is_err(),
        "the address is closed afterwards"
    );
}

#[tokio::test]
async fn what_no_browser_sends_is_refused_at_the_redirect_address() {
    let world = TestWorld::new().await;
    let sign_in = world.call("connections.sign_in", request()).await;
    let redirect = text(&sign_in, "redirect_uri").to_owned();
    let http = world.world.http();
    let status = |request: reqwest::RequestBuilder| async {
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(
        status(http.get(&redirect).header("host", "localhost:1")).await,
        421
    );
    assert_eq!(
        status(http.get(&redirect).header("host", "127.0.0.1.evil.example")).await,
        421
    );
    assert_eq!(
        status(http.get(&redirect).header("origin", "null")).await,
        403
    );
    assert_eq!(
        status(http.get(&redirect).header("sec-fetch-mode", "cors")).await,
        403
    );
    assert_eq!(status(http.post(&redirect)).await, 405);
    assert_eq!(
        status(http.get(redirect.replace("/callback", "/other"))).await,
        404
    );
    assert_eq!(
        status(http.get(format!("{redirect}?state={}", "a".repeat(20_000)))).await,
        400
    );
    let waiting = world
        .call("connections.show", json!({ "integration": "onboarding" }))
        .await;
    assert_eq!(
        text(&waiting, "state"),
        "waiting_for_browser",
        "none of it ended the sign-in"
    );
}

#[tokio::test]
async fn a_second_click_gives_the_same_sign_in_and_cancel_ends_it() {
    let world = TestWorld::new().await;
    let click = || world.call("connections.sign_in", request());
    let (first, second) = tokio::join!(click(), click());
    assert_eq!(first["authorize_url"], second["authorize_url"]);
    assert_eq!(first["authorize_url"], click().await["authorize_url"]);
    let connection = world
        .call("connections.cancel", json!({ "integration": "onboarding" }))
        .await;
    assert_eq!(text(&connection, "state"), "not_connected");
    assert_eq!(connection["failure"], Value::Null);
}

#[tokio::test]
async fn a_sign_in_ends_by_itself() {
    let world = TestWorld::new().await;
    world.call("connections.sign_in", request()).await;
    let (connection, ()) = tokio::join!(
        world.call("connections.wait", json!({ "integration": "onboarding" })),
        async {
            world.clock.advance(Duration::from_secs(601));
        }
    );
    assert!(
        text(&connection["failure"], "sentence").contains("ten minutes"),
        "{connection}"
    );
}

#[tokio::test]
async fn the_address_can_be_pasted_back_when_the_browser_cannot_come() {
    let world = TestWorld::new().await;
    let sign_in = world.call("connections.sign_in", request()).await;
    for wrong in ["", "hello", "http://127.0.0.1/callback?code=a&state=b"] {
        let refused = world
            .try_call(
                "connections.paste_back",
                json!({ "integration": "onboarding", "address": wrong }),
            )
            .await
            .unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("address"), "{wrong}");
    }
    let address = world.sent_back(text(&sign_in, "authorize_url")).await;
    let connection = world
        .call(
            "connections.paste_back",
            json!({ "integration": "onboarding", "address": address }),
        )
        .await;
    assert_eq!(text(&connection, "state"), "connected_not_validated");
}

#[tokio::test]
async fn a_wrong_client_secret_is_said_in_words() {
    let world = TestWorld::new().await;
    let mut wrong = request();
    wrong["client_secret"] = json!("not-the-secret");
    let sign_in = world.call("connections.sign_in", wrong).await;
    world
        .visitor
        .consent(text(&sign_in, "authorize_url"), "accept")
        .await
        .unwrap();
    let connection = world
        .call("connections.wait", json!({ "integration": "onboarding" }))
        .await;
    assert!(
        text(&connection["failure"], "sentence").contains("client secret is wrong"),
        "{connection}"
    );
}

#[tokio::test]
async fn taken_ports_are_named() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let listener = fulcrum_core::oauth::loopback::bind(&[port]).await;
    assert!(listener.is_err(), "a taken port is not shared");
    let next = fulcrum_core::oauth::loopback::bind(&[port, 0]).await;
    assert!(next.is_ok(), "the next one is tried");
}

#[tokio::test]
async fn many_calls_with_an_expired_token_refresh_once() {
    let (world, _) = TestWorld::ready().await;
    let before = refreshes(&world).await;
    world.clock.advance(Duration::from_secs(3_590));
    let call = || {
        world.try_call(
            "mappings.sample",
            json!({ "subject": { "kind": "email", "email": "rosa.lindqvist@example.com" } }),
        )
    };
    let (one, two, three, four) = tokio::join!(call(), call(), call(), call());
    for answer in [one, two, three, four] {
        answer.unwrap();
    }
    assert_eq!(refreshes(&world).await - before, 1);
}

async fn refreshes(world: &TestWorld) -> usize {
    let ledger = world.world.control("ledger", None).await.unwrap();
    let requests = ledger["token_requests"].as_array().unwrap();
    requests
        .iter()
        .filter(|one| one["grant_type"] == "refresh_token")
        .count()
}

#[tokio::test]
async fn a_revoked_grant_needs_reconnect_and_the_next_sign_in_goes_on() {
    let (world, _) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world
        .world
        .control("revoke", Some(&json!({})))
        .await
        .unwrap();
    world.visitor.hire(&opportunity).await.unwrap();
    let waiting = world.attention("no longer accepts").await;
    assert_eq!(text(&waiting, "remedy"), "connection");
    let connection = world
        .call("connections.show", json!({ "integration": "onboarding" }))
        .await;
    assert_eq!(text(&connection, "state"), "needs_reconnect");
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    assert_eq!(
        world.people(1).await.as_array().unwrap().len(),
        1,
        "the hire was not lost"
    );
}
