//! *Authorized apps*: what may act in Lever, and how it ends.

use fulcrum_cli::demo;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

async fn grants(world: &TestWorld) -> Vec<Value> {
    let view = world.call("grants.list", json!({})).await;
    view["grants"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_grant_is_listed_with_who_where_and_what_it_allows() {
    let world = TestWorld::new().await;
    assert_eq!(grants(&world).await, Vec::<Value>::new());
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    let [grant] = &*grants(&world).await else {
        panic!("one connection is one grant");
    };
    assert_eq!(text(grant, "app"), "Fulcrum");
    assert_eq!(text(grant, "integration"), "onboarding");
    assert_eq!(text(grant, "environment"), "Address given at start");
    assert_eq!(text(&grant["account"], "user_name"), "Ola Berg");
    assert_eq!(text(grant, "secrets"), "memory");
    let allowed = grant["permissions"].as_array().unwrap();
    let words = |scope| {
        let one = allowed.iter().find(|one| text(one, "scope") == scope);
        one.map(|one| text(one, "words"))
    };
    assert_eq!(
        words("offers:read:admin"),
        Some("View all candidates' offers")
    );
    assert_eq!(words("notes:write:admin"), None, "it was not asked for");
    let page = text(grant, "lever_url");
    assert!(page.ends_with("/settings/integrations/authorized-apps"));
    let whole = grant.to_string();
    let (_, secret) = fulcrum_core::config::PRACTICE_CLIENT;
    assert!(!whole.contains(secret), "no secret leaves the engine");
}
