//! The production-like and the sandbox-like tenant, which know nothing of each other.

use fulcrum_practice::{Clock, Settings, Switches, Tenant};
use serde_json::Value;

use crate::oauth::connect;
use crate::world::{API_KEY, START_MS, World, send};

async fn sandbox() -> World {
    World::of(Settings {
        clock: Clock::frozen(START_MS),
        switches: Switches {
            rate_limit: false,
            ..Switches::default()
        },
        tenant: Tenant::Sandbox,
        ..Settings::default()
    })
    .await
}

#[tokio::test]
async fn a_token_of_the_other_tenant_is_403_for_its_signing_key_and_rubbish_is_401() {
    let (production, sandbox) = (World::start().await, sandbox().await);
    let tokens = connect(&production).await;
    let token = tokens["access_token"].as_str().unwrap();
    let own = send(production.get("/v1/opportunities").bearer_auth(token)).await;
    assert_eq!(own.status(), 200);
    let foreign = send(sandbox.get("/v1/opportunities").bearer_auth(token)).await;
    assert_eq!(foreign.status(), 403);
    let problem: Value = foreign.json().await.unwrap();
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains("matching signing key"), "{message}");
    for rubbish in ["rubbish", "a.b.c", "e30.e30.", "..", "%%%.x.y"] {
        let answer = send(sandbox.get("/v1/opportunities").bearer_auth(rubbish)).await;
        assert_eq!(answer.status(), 401, "{rubbish}");
    }
}

#[tokio::test]
async fn keys_and_applications_of_one_tenant_are_unknown_at_the_other() {
    let (production, sandbox) = (World::start().await, sandbox().await);
    let sandbox_key = format!("{API_KEY}-sandbox");
    for (world, key, wanted) in [
        (&production, API_KEY, 200),
        (&production, &sandbox_key, 401),
        (&sandbox, API_KEY, 401),
        (&sandbox, &sandbox_key, 200),
    ] {
        let answer = send(world.get("/v1/stages").basic_auth(key, Some(""))).await;
        assert_eq!(answer.status(), wanted, "{key}");
    }
    let path = production.authorize_path("offline_access");
    let page = send(sandbox.get(&path)).await.text().await.unwrap();
    assert!(page.contains("No application has this client ID"));
    let sandbox_path = path.replace("fulcrum-practice", "fulcrum-practice-sandbox");
    let page = send(sandbox.get(&sandbox_path)).await.text().await.unwrap();
    assert!(!page.contains("No application has this client ID"));
}

#[tokio::test]
async fn the_tenants_have_different_candidates_and_the_pages_of_the_sandbox_say_so() {
    let (production, sandbox) = (World::start().await, sandbox().await);
    let ids = async |world: &World, key: &str| {
        let answer = send(world.get("/v1/opportunities").basic_auth(key, Some(""))).await;
        let page: Value = answer.json().await.unwrap();
        let rows = page["data"].as_array().unwrap().iter();
        rows.map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    let of_production = ids(&production, API_KEY).await;
    let of_sandbox = ids(&sandbox, &format!("{API_KEY}-sandbox")).await;
    assert!(!of_production.is_empty() && !of_sandbox.is_empty());
    assert!(of_sandbox.iter().all(|id| !of_production.contains(id)));
    let page = send(sandbox.get("/candidates")).await.text().await.unwrap();
    assert!(page.contains("Sandbox"));
    let page = send(production.get("/candidates"))
        .await
        .text()
        .await
        .unwrap();
    assert!(!page.contains("Sandbox"));
}
