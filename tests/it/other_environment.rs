//! A grant of Lever's sandbox shown to the production API (LEVER.md 1.3: 403, no matching signing key).

use std::path::Path;
use std::sync::Arc;

use fulcrum_cli::demo;
use fulcrum_cli::demo::visitor::Visitor;
use fulcrum_cli::headless::NoWindow;
use fulcrum_core::Engine;
use fulcrum_core::config::{Flags, PRACTICE_CLIENT};
use fulcrum_core::vault::{MasterKey, Vault};
use fulcrum_practice::{Settings, Switches, Tenant};
use fulcrum_tests::{Lever, TestClock, text};
use serde_json::{Value, json};
use url::Url;

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

async fn lever(tenant: Tenant) -> Lever {
    let switches = Switches {
        any_loopback_port: true,
        rate_limit: false,
        ..Switches::default()
    };
    Lever::start(Settings {
        switches,
        tenant,
        ..Settings::default()
    })
    .await
}

/// A laptop that signs in at one Lever and reads the API of another.
async fn laptop(folder: &Path, key: &Arc<MasterKey>, auth: &Url, api: &Url) -> Engine {
    let flags = Flags {
        data_dir: Some(folder.to_owned()),
        relay: Some("http://127.0.0.1:9".to_owned()),
        lever_auth_url: Some(auth.to_string()),
        lever_api_url: Some(format!("{api}v1")),
        callback_ports: vec![0],
        unpaced: true,
        ..Flags::default()
    };
    let vault = Vault::in_memory(folder, Arc::clone(key));
    let clock = Arc::new(TestClock::default());
    Engine::start_with(
        flags.into_options().unwrap(),
        Arc::new(NoWindow),
        clock,
        vault,
    )
    .await
    .unwrap()
}

/// The outcome of the first check, and what is to be done about it.
fn first_check(connection: &Value) -> (&str, &str, &str) {
    let check = &connection["checks"][0];
    let check = match text(check, "outcome") {
        "passed" => &connection["checks"][1],
        _ => check,
    };
    (
        text(check, "outcome"),
        text(check, "what"),
        text(check, "action"),
    )
}

#[tokio::test]
async fn a_sandbox_grant_at_the_production_api_is_said_and_not_taken_for_a_revocation() {
    let (production, sandbox) = (
        lever(Tenant::Production).await,
        lever(Tenant::Sandbox).await,
    );
    let (folder, key) = (tempfile::tempdir().unwrap(), Arc::new(MasterKey::random()));
    let engine = laptop(folder.path(), &key, sandbox.root(), sandbox.root()).await;
    let mut request = demo::sign_in_request("onboarding");
    request["client_id"] = json!(format!("{}-sandbox", PRACTICE_CLIENT.0));
    request["client_secret"] = json!(format!("{}-sandbox", PRACTICE_CLIENT.1));
    let sign_in = engine.call("connections.sign_in", request).await.unwrap();
    let visitor = Visitor::new(sandbox.root()).unwrap();
    visitor
        .consent(text(&sign_in, "authorize_url"), "accept")
        .await
        .unwrap();
    let connected = engine.call("connections.wait", onboarding()).await.unwrap();
    assert_eq!(text(&connected, "state"), "connected_not_validated");
    engine.stop().await;

    let engine = laptop(folder.path(), &key, sandbox.root(), production.root()).await;
    let refused = engine
        .call("connections.validate", onboarding())
        .await
        .unwrap();
    let (outcome, what, action) = first_check(&refused);
    assert_eq!(outcome, "failed", "{refused:#}");
    assert!(what.contains("Lever's other environment"), "{what}");
    assert!(action.contains("choose the environment"), "{action}");
    assert_eq!(
        text(&refused, "state"),
        "connected_not_validated",
        "only a revocation needs another sign-in"
    );
    let again = engine.call("connections.show", onboarding()).await.unwrap();
    assert_eq!(again["account"], connected["account"], "nothing was lost");
    engine.stop().await;

    // Where the grant belongs it works as before, without another sign-in.
    let engine = laptop(folder.path(), &key, sandbox.root(), sandbox.root()).await;
    let back = engine
        .call("connections.validate", onboarding())
        .await
        .unwrap();
    let permissions = back["permissions"].as_array().unwrap();
    assert!(
        permissions
            .iter()
            .all(|one| one["granted"] != one["optional"])
    );
    let (_, what, _) = first_check(&back);
    assert!(!what.contains("other environment"), "{back:#}");
    engine.stop().await;
}
