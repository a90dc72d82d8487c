//! Every way in which a sign-in fails says what happened and what to do, and leaves everything as it was.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fulcrum_cli::demo;
use fulcrum_core::clock::SystemClock;
use fulcrum_core::vault::{MasterKey, Vault};
use fulcrum_core::{Engine, Host};
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

fn request() -> Value {
    fulcrum_cli::demo::sign_in_request("onboarding")
}

/// The `state` of the sign-in that waits.
fn state(sign_in: &Value) -> String {
    let url = Url::parse(text(sign_in, "authorize_url")).unwrap();
    let (_, state) = url.query_pairs().find(|(name, _)| name == "state").unwrap();
    state.into_owned()
}

/// Begins a sign-in and has the browser come back with this query and the right state; gives the failure.
async fn come_back_with(world: &TestWorld, query: &str) -> Value {
    let sign_in = world.call("connections.sign_in", request()).await;
    let (back, state) = (text(&sign_in, "redirect_uri"), state(&sign_in));
    let page = world
        .world
        .http()
        .get(format!("{back}?{query}&state={state}"));
    assert_eq!(page.send().await.unwrap().status(), 200);
    world.call("connections.wait", onboarding()).await["failure"].clone()
}

#[tokio::test]
async fn every_answer_that_is_no_code_has_its_own_words_and_changes_nothing() {
    let world = TestWorld::new().await;
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    for (query, sentence, action) in [
        (
            "error=access_denied",
            "You chose not to allow access",
            "Super Admin",
        ),
        (
            "error=access_denied&error_description=Rule+denied",
            "your role in Lever",
            "click Accept",
        ),
        (
            "error=invalid_scope",
            "lacks a permission",
            "Ask Lever to add",
        ),
        (
            "error=unauthorized_client",
            "does not let this client id",
            "client id",
        ),
        (
            "error=login_required",
            "no answer from you",
            "Log in to Lever",
        ),
        ("error=server_error", "problem of its own", "Try again"),
        (
            "error=temporarily_unavailable",
            "problem of its own",
            "Try again",
        ),
        ("error=invalid_request", "could not read", "environment"),
        (
            "error=made_up&error_description=Something",
            "does not know",
            "details",
        ),
        (
            "code=used-or-made-up",
            "too late, or it was used before",
            "newest browser tab",
        ),
    ] {
        let failure = come_back_with(&world, query).await;
        assert!(
            text(&failure, "sentence").contains(sentence),
            "{query}: {failure}"
        );
        assert!(
            text(&failure, "action").contains(action),
            "{query}: {failure}"
        );
    }
    let connection = world.call("connections.validate", onboarding()).await;
    assert_eq!(
        text(&connection, "state"),
        "verified",
        "the earlier connection is as it was"
    );
}

#[tokio::test]
async fn what_is_wrong_with_the_token_endpoint_is_told_apart() {
    let world = TestWorld::new().await;
    for (fault, sentence) in [
        (
            json!({ "kind": "drop", "path": "/oauth/token" }),
            "could not be reached",
        ),
        (
            json!({ "kind": "html", "status": 502, "path": "/oauth/token" }),
            "a problem of its own",
        ),
        (
            json!({ "kind": "truncate", "path": "/oauth/token" }),
            "a problem of its own",
        ),
    ] {
        world.world.control("faults", Some(&fault)).await.unwrap();
        let sign_in = world.call("connections.sign_in", request()).await;
        let url = text(&sign_in, "authorize_url");
        world.visitor.consent(url, "accept").await.unwrap();
        let connection = world.call("connections.wait", onboarding()).await;
        let failure = &connection["failure"];
        assert!(
            text(failure, "sentence").contains(sentence),
            "{fault}: {failure}"
        );
        assert_eq!(text(&connection, "state"), "not_connected");
    }
}

/// Signs in with an authorization request that somebody changed on the way; gives the connection.
async fn sign_in_with(world: &TestWorld, change: impl Fn(&str, String) -> String) -> Value {
    let sign_in = world.call("connections.sign_in", request()).await;
    let url = Url::parse(text(&sign_in, "authorize_url")).unwrap();
    let mut changed = url.clone();
    let pairs = url.query_pairs().into_owned();
    let pairs = pairs.map(|(name, value)| (name.clone(), change(&name, value)));
    changed.query_pairs_mut().clear().extend_pairs(pairs);
    world
        .visitor
        .consent(changed.as_str(), "accept")
        .await
        .unwrap();
    world.call("connections.wait", onboarding()).await
}

#[tokio::test]
async fn a_grant_of_nothing_but_staying_signed_in_is_not_taken() {
    let world = TestWorld::new().await;
    let connection = sign_in_with(&world, |name, value| match name {
        "audience" => "https://elsewhere.example/v1/".to_owned(),
        _ => value,
    })
    .await;
    assert_eq!(text(&connection, "state"), "not_connected");
    let failure = &connection["failure"];
    assert!(
        text(failure, "sentence").contains("nothing but staying signed in"),
        "{failure}"
    );
    assert!(text(failure, "action").contains("audience"), "{failure}");
}

#[tokio::test]
async fn a_grant_of_less_than_was_asked_is_limited_at_once_and_named() {
    let world = TestWorld::new().await;
    let connection = sign_in_with(&world, |name, value| match name {
        "scope" => value.replace("offers:read:admin", ""),
        _ => value,
    })
    .await;
    assert_eq!(
        text(&connection, "state"),
        "connected_limited",
        "{connection:#}"
    );
    let line = world.activity("allowed less than was asked for").await;
    assert!(
        text(&line, "sentence").contains("offers:read:admin"),
        "{line}"
    );
}

#[tokio::test]
async fn a_sign_in_that_lever_never_answers_says_what_its_own_page_may_have_shown() {
    let world = TestWorld::new().await;
    world.call("connections.sign_in", request()).await;
    let (connection, ()) = tokio::join!(world.call("connections.wait", onboarding()), async {
        world.clock.advance(std::time::Duration::from_secs(601));
    });
    let action = text(&connection["failure"], "action");
    assert!(
        action.contains("undefined") && action.contains("redirect addresses"),
        "{action}"
    );
}

/// A desk whose window was brought to the front so often.
#[derive(Default)]
struct Desk(AtomicUsize);

impl Host for Desk {
    fn open_url(&self, _: &Url) -> bool {
        true
    }

    fn come_to_front(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A second laptop in the same world, with these redirect ports.
async fn laptop(
    world: &TestWorld,
    ports: Vec<u16>,
    desk: Arc<Desk>,
) -> (tempfile::TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let mut flags = world.world.flags();
    flags.data_dir = Some(folder.path().to_owned());
    flags.callback_ports = ports;
    let options = flags.into_options().unwrap();
    let vault = Vault::in_memory(&options.data_dir, Arc::new(MasterKey::random()));
    let engine = Engine::start_with(options, desk, Arc::new(SystemClock), vault);
    (folder, engine.await.unwrap())
}

#[tokio::test]
async fn the_window_comes_to_the_front_when_the_browser_has_come_back_and_not_before() {
    let world = TestWorld::new().await;
    let desk = Arc::new(Desk::default());
    let (_folder, engine) = laptop(&world, vec![0], Arc::clone(&desk)).await;
    for (decision, times) in [("deny", 1), ("accept", 2)] {
        let sign_in = engine.call("connections.sign_in", request()).await.unwrap();
        assert_eq!(desk.0.load(Ordering::SeqCst), times - 1);
        let url = text(&sign_in, "authorize_url");
        world.visitor.consent(url, decision).await.unwrap();
        let mut changes = engine.changes();
        engine.call("connections.wait", onboarding()).await.unwrap();
        while desk.0.load(Ordering::SeqCst) < times {
            changes.recv().await.unwrap();
        }
    }
    engine.call("connections.sign_in", request()).await.unwrap();
    engine
        .call("connections.cancel", onboarding())
        .await
        .unwrap();
    assert_eq!(
        desk.0.load(Ordering::SeqCst),
        2,
        "whoever cancels is at the window already"
    );
    engine.stop().await;
}

#[tokio::test]
async fn with_every_port_taken_the_address_is_pasted() {
    let world = TestWorld::new().await;
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let (_folder, engine) = laptop(&world, vec![port], Arc::default()).await;
    let sign_in = engine.call("connections.sign_in", request()).await.unwrap();
    let problem = text(&sign_in, "port_problem");
    assert!(problem.contains(&port.to_string()), "{problem}");
    let address = world.sent_back(text(&sign_in, "authorize_url")).await;
    let pasted = json!({ "integration": "onboarding", "address": address });
    let connection = engine.call("connections.paste_back", pasted).await.unwrap();
    assert_eq!(
        text(&connection, "state"),
        "connected_not_validated",
        "{connection:#}"
    );
    engine.stop().await;
}
