//! The proof that events can arrive.

use std::sync::Arc;
use std::time::Duration;

use fulcrum_cli::headless::NoWindow;
use fulcrum_core::Engine;
use fulcrum_core::config::Flags;
use fulcrum_core::vault::{MasterKey, Vault};
use fulcrum_tests::{TestClock, TestWorld, text, until_call};
use serde_json::{Value, json};
use tokio::net::TcpListener;

async fn proven(world: &TestWorld) -> Value {
    world
        .until_call("relay.show", json!({}), |relay| relay["path"] == "proven")
        .await
}

#[tokio::test]
async fn the_path_is_proven_before_the_first_listener_and_the_probe_is_no_event() {
    let world = TestWorld::new().await;
    proven(&world).await;
    let home = world.call("home.show", json!({})).await;
    for hop in home["hops"].as_array().unwrap() {
        let timed = ["relay", "laptop", "verify", "store", "mapping"].contains(&text(hop, "id"));
        assert_eq!(hop["took_us"].is_u64(), timed, "{hop}");
    }
    assert_eq!(home["hops"][4]["count"], 0, "nothing arrived: {home:#}");
    let lines = world.call("activity.list", json!({})).await;
    let events = lines.as_array().unwrap().iter();
    assert_eq!(events.filter(|line| line["kind"] == "event").count(), 0);
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_probe_goes_out_every_minute_and_after_sleep() {
    let world = TestWorld::new().await;
    let mut before = proven(&world).await["last_proof_at"].as_i64();
    for pause in [60, 60, 8 * 60 * 60] {
        world.clock.advance(Duration::from_secs(pause));
        let next = world
            .until_call("relay.show", json!({}), |relay| {
                relay["path"] == "proven" && relay["last_proof_at"].as_i64() > before
            })
            .await;
        before = next["last_proof_at"].as_i64();
    }
}

/// A laptop whose relay is the one inside the app.
struct Alone {
    engine: Engine,
    clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
}

impl Alone {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let flags = Flags {
            data_dir: Some(folder.path().join("laptop")),
            ..Flags::default()
        };
        let options = flags.into_options().unwrap();
        let vault = Vault::in_memory(&options.data_dir, Arc::new(MasterKey::random()));
        let clock: Arc<TestClock> = Arc::default();
        let shared = Arc::clone(&clock) as _;
        let engine = Engine::start_with(options, Arc::new(NoWindow), shared, vault).await;
        Self {
            engine: engine.unwrap(),
            clock,
            _folder: folder,
        }
    }

    async fn call(&self, name: &str, request: Value) -> Value {
        self.engine.call(name, request).await.unwrap()
    }

    async fn until(&self, name: &str, is: impl Fn(&Value) -> bool) -> Value {
        until_call(&self.engine, name, json!({}), is).await
    }

    async fn behind(&self, public_url: Option<&str>) {
        let settings = json!({
            "proxy": "none", "proxy_address": null, "authorities": { "kind": "keep" }, "port": null,
            "public_url": public_url,
        });
        self.call("network.save", settings).await;
    }
}

#[tokio::test]
async fn an_own_tunnel_that_leads_nowhere_is_told_and_lists_what_lever_has_wrong() {
    let laptop = Alone::new().await;
    laptop.behind(None).await;
    laptop
        .until("relay.show", |relay| relay["path"] == "proven")
        .await;
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" });
    let listener = laptop.call("listeners.begin", begin).await;
    let create =
        json!({ "id": listener["id"], "signature_token": "0123456789abcdef0123456789abcdef" });
    laptop.call("listeners.create", create).await;
    let ids = json!({ "id": listener["id"] });
    let old = loop {
        let shown = laptop.call("listeners.show", ids.clone()).await;
        if let Some(url) = shown["endpoint_url"].as_str() {
            break url.to_owned();
        }
        laptop
            .until("relay.show", |relay| relay["path"] == "proven")
            .await;
    };

    let nowhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let public = format!("http://{}", nowhere.local_addr().unwrap());
    drop(nowhere);
    laptop.behind(Some(&public)).await;
    let path = laptop
        .until("path.show", |path| path["moved"][0]["url"].is_string())
        .await;
    let id = old.rsplit('/').next().unwrap();
    assert_eq!(path["moved"][0]["known_url"], old);
    assert_eq!(
        path["moved"][0]["url"],
        format!("{public}/e/{id}"),
        "the id stays"
    );
    for lost in 1..=3 {
        laptop
            .until("path.show", |path| {
                let sent = path["hours"].as_array().unwrap().iter();
                let back: u64 = sent
                    .map(|hour| hour["sent"].as_u64().unwrap() - hour["returned"].as_u64().unwrap())
                    .sum();
                back >= lost
            })
            .await;
        laptop.clock.advance(Duration::from_secs(60));
    }
    laptop
        .until("relay.show", |relay| relay["path"] == "broken")
        .await;
    let found = laptop.call("path.examine", json!({})).await;
    let failed = found["steps"].as_array().unwrap().iter();
    let failed: Vec<_> = failed.filter(|step| step["state"] == "failed").collect();
    assert_eq!(text(failed[0], "id"), "tcp", "{found:#}");
    assert!(text(&found, "text").contains("fails at TCP"));
    assert!(
        !text(&found, "text").contains(id),
        "no address is given away"
    );

    laptop.behind(None).await;
    laptop
        .until("relay.show", |relay| relay["path"] == "proven")
        .await;
    laptop
        .until("path.show", |path| path["moved"] == json!([]))
        .await;
    laptop.engine.stop().await;
}

#[tokio::test]
async fn the_doctor_takes_every_step_where_all_is_well() {
    let world = TestWorld::new().await;
    proven(&world).await;
    let found = world.call("path.examine", json!({})).await;
    let states = found["steps"].as_array().unwrap().iter();
    let states: Vec<_> = states.map(|step| text(step, "state")).collect();
    assert_eq!(
        states,
        [
            "not_needed",
            "passed",
            "not_needed",
            "not_needed",
            "passed",
            "passed"
        ]
    );
    assert!(text(&found, "text").contains("every step works"));
}

#[tokio::test]
async fn odd_network_settings_are_refused_beside_their_field() {
    let world = TestWorld::new().await;
    let good = json!({
        "proxy": "address", "proxy_address": "http://ada:secret-word@proxy.example:3128",
        "authorities": { "kind": "keep" }, "port": null, "public_url": null,
    });
    for (field, value) in [
        ("proxy_address", json!("")),
        ("proxy_address", json!("socks5://proxy.example")),
        ("proxy_address", json!("http://")),
        (
            "authorities",
            json!({ "kind": "file", "name": "x.pem", "pem": "hello" }),
        ),
        ("port", json!(80)),
        ("public_url", json!("http://hooks.example.com")),
        ("public_url", json!("https://laptop")),
        ("public_url", json!("https://hooks.example.com/?x=1")),
    ] {
        let mut odd = good.clone();
        odd[field] = value;
        let refused = world
            .try_call("network.save", odd.clone())
            .await
            .unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(field), "{odd}");
    }
    let saved = world.call("network.save", good).await;
    assert_eq!(text(&saved, "proxy_address"), "http://proxy.example:3128/");
    assert_eq!(saved["proxy_login"], true);
    assert!(!saved.to_string().contains("secret-word"));
    proven(&world).await;
}
