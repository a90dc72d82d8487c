//! A permission that only some mappings need is asked for when one does, or when the user ticks it.

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};
use url::Url;

const FORMS: [&str; 2] = ["forms:read:admin", "form_templates:read:admin"];
const REFERRALS: &str = "referrals:read:admin";

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

/// Signs in with these optional permissions ticked; gives what Lever was asked for, and the connection.
async fn sign_in(world: &TestWorld, also: &[&str]) -> (Vec<String>, Value) {
    let mut request = fulcrum_cli::demo::sign_in_request("onboarding");
    request["also"] = json!(also);
    let sign_in = world.call("connections.sign_in", request).await;
    let url = text(&sign_in, "authorize_url");
    let asked = Url::parse(url).unwrap();
    let asked = asked.query_pairs().find(|(name, _)| name == "scope");
    let asked = asked.unwrap().1.split(' ').map(str::to_owned).collect();
    world.visitor.consent(url, "accept").await.unwrap();
    (asked, world.call("connections.wait", onboarding()).await)
}

/// The rules of the demo with one more field, saved as the next version.
async fn map(world: &TestWorld, version: u64, field: &str) {
    let mut rules = fulcrum_cli::demo::world::rules();
    let rule = json!({
        "target": "preferred_name",
        "source": { "kind": "lever", "field": field },
        "transforms": []
    });
    let list = rules["rules"].as_array_mut().unwrap();
    list.retain(|rule| rule["target"] != "preferred_name");
    list.push(rule);
    let request = json!({ "base_version": version, "rules": rules });
    world.call("mappings.save", request).await;
}

/// How often Lever was asked for forms and referrals so far.
async fn asked_for_parts(world: &TestWorld) -> usize {
    let ledger = world.world.control("ledger?since=0&limit=1000", None).await;
    let ledger = ledger.unwrap();
    let entries = ledger["entries"].as_array().unwrap();
    let path = |entry: &&Value| {
        let path = text(entry, "path");
        path.ends_with("/forms") || path.ends_with("/referrals") || path.contains("form_templates")
    };
    entries.iter().filter(path).count()
}

fn permission<'a>(connection: &'a Value, scope: &str) -> &'a Value {
    let each = connection["permissions"].as_array().unwrap();
    let found = each.iter().find(|one| one["scope"] == scope);
    found.unwrap_or_else(|| panic!("{scope} is not listed"))
}

#[tokio::test]
async fn what_no_rule_needs_is_neither_asked_for_nor_read() {
    let (world, _) = TestWorld::ready().await;
    let connection = world.call("connections.show", onboarding()).await;
    for scope in FORMS.iter().chain([&REFERRALS]) {
        let one = permission(&connection, scope);
        assert_eq!(
            (&one["optional"], &one["granted"]),
            (&json!(true), &json!(false))
        );
    }
    let verified = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&verified, "state"), "verified", "{verified:#}");
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    world.call("mappings.fields", json!({})).await;
    assert_eq!(asked_for_parts(&world).await, 0);
}

#[tokio::test]
async fn what_the_user_ticks_is_asked_for_and_nothing_else_that_is_optional() {
    let (world, _) = TestWorld::ready().await;
    let (asked, connection) = sign_in(&world, &[FORMS[0], "surveys:write:admin"]).await;
    assert!(asked.iter().any(|scope| scope == FORMS[0]));
    assert!(
        !asked
            .iter()
            .any(|scope| scope == FORMS[1] || scope == REFERRALS)
    );
    assert!(!asked.iter().any(|scope| scope.contains("surveys")));
    assert_eq!(permission(&connection, FORMS[0])["granted"], true);
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let asked = asked_for_parts(&world).await;
    assert_eq!(asked, 0, "no rule reads it of a hire");
    let subject = json!({ "kind": "opportunity", "id": opportunity });
    let request = json!({ "subject": subject });
    world.call("mappings.sample", request).await;
    let asked = asked_for_parts(&world).await;
    assert!(asked > 0, "a sample has all that may be mapped");
}

#[tokio::test]
async fn a_mapping_that_begins_to_need_one_makes_the_connection_limited_until_it_is_allowed() {
    let (world, _) = TestWorld::ready().await;
    world.call("connections.validate", onboarding()).await;
    map(&world, 1, "referral.referrer").await;
    let changed = world.call("connections.show", onboarding()).await;
    assert_eq!(text(&changed, "state"), "connected_not_validated");
    assert_eq!(permission(&changed, REFERRALS)["optional"], false);
    let limited = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&limited, "state"), "connected_limited");
    let blocked = limited["blocked"].to_string();
    assert!(blocked.contains("Who referred the person"), "{blocked}");

    let (asked, _) = sign_in(&world, &[]).await;
    assert!(asked.iter().any(|scope| scope == REFERRALS), "{asked:?}");
    let verified = world.call("connections.validate", onboarding()).await;
    assert_eq!(text(&verified, "state"), "verified", "{verified:#}");
    map(&world, 2, "opportunity.name").await;
    let still = world.call("connections.show", onboarding()).await;
    assert_eq!(
        text(&still, "state"),
        "verified",
        "needing less takes nothing away"
    );
}
