//! The meter of each permission, compared with what Lever itself was asked.

use std::collections::BTreeMap;
use std::time::Duration;

use fulcrum_core::clock::Clock;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};
use url::Url;

use crate::reconnect::{confirm, sign_in_for};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The scope that staying signed in takes; it is used by no call.
const OFFLINE: &str = "offline_access";

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

/// What the permission list says of each: uses in 30 days, and the last one.
async fn usage(world: &TestWorld) -> BTreeMap<String, (u64, Option<i64>)> {
    let shown = world.call("connections.show", onboarding()).await;
    let permissions = shown["permissions"].as_array().unwrap().iter();
    let each = permissions.map(|permission| {
        let usage = &permission["usage"];
        let uses = usage["in_30_days"].as_u64().unwrap();
        let scope = text(permission, "scope").to_owned();
        (scope, (uses, usage["last_at"].as_i64()))
    });
    each.collect()
}

/// The uses in 30 days of those that have any, but for staying signed in.
async fn used(world: &TestWorld) -> BTreeMap<String, u64> {
    let usage = usage(world).await.into_iter();
    let used = usage.filter(|(scope, (uses, _))| *uses > 0 && scope != OFFLINE);
    used.map(|(scope, (uses, _))| (scope, uses)).collect()
}

async fn last_used(world: &TestWorld) -> Option<i64> {
    let view = world.call("grants.list", json!({})).await;
    view["grants"][0]["last_used_at"].as_i64()
}

/// The record of Lever starts anew.
async fn forget_requests(world: &TestWorld) {
    let ledger = world.world.practice().join("/practice/ledger").unwrap();
    world.world.http().delete(ledger).send().await.unwrap();
}

/// What Lever was asked and let in since then, by the scope that it takes (LEVER.md 1.10).
async fn asked(world: &TestWorld) -> BTreeMap<String, u64> {
    let ledger = world.world.control("ledger?since=0&limit=1000", None).await;
    let ledger = ledger.unwrap();
    let mut asked = BTreeMap::new();
    for entry in ledger["entries"].as_array().unwrap() {
        let path = text(entry, "path");
        let let_in = matches!(entry["status"].as_u64(), Some(200 | 404));
        if text(entry, "direction") != "received" || !path.starts_with("/v1/") || !let_in {
            continue;
        }
        for scope in scopes(path, entry["query"].as_str().unwrap_or_default()) {
            *asked.entry(scope).or_default() += 1;
        }
    }
    asked
}

/// The area of a path and of each part that is expanded in it.
fn scopes(path: &str, query: &str) -> Vec<String> {
    let url: Url = format!("http://lever.test{path}?{query}").parse().unwrap();
    let segments: Vec<&str> = url.path_segments().unwrap().skip(1).collect();
    let area = match segments[..] {
        ["contacts", ..] => "contact",
        ["opportunities", _, part, ..] => part,
        _ => segments[0],
    };
    let expanded = url.query_pairs().filter(|(name, _)| name == "expand");
    let expanded = expanded.map(|(_, part)| match &*part {
        "stage" => "stages".to_owned(),
        "owner" => "users".to_owned(),
        other => other.to_owned(),
    });
    let areas = [area.to_owned()].into_iter().chain(expanded);
    areas.map(|area| format!("{area}:read:admin")).collect()
}

/// Reads one candidate for the sample of the mapping.
async fn read_sample(world: &TestWorld) {
    let subject = json!({ "kind": "email", "email": "layla.haddad@example.com" });
    let request = json!({ "subject": subject });
    world.call("mappings.sample", request).await;
}

/// Moves the laptop's clock, and waits until the validation that this brings is done.
async fn pass(world: &TestWorld, days: u32) {
    world.clock.advance(DAY * days);
    let now = world.clock.now().as_millisecond();
    let done = |shown: &Value| shown["validated_at"] == now && shown["validation"] == Value::Null;
    world
        .until_call("connections.show", onboarding(), done)
        .await;
}

#[tokio::test]
async fn after_an_import_the_meter_says_what_lever_was_asked_and_survives_a_restart() {
    let (mut world, _) = TestWorld::ready().await;
    world.call("connections.validate", onboarding()).await;
    let untouched = |usage: &(u64, Option<i64>)| *usage == (0, None);
    assert!(
        usage(&world).await.values().all(untouched),
        "signing in and validating are no uses"
    );
    assert_eq!(last_used(&world).await, None);
    forget_requests(&world).await;

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let asked = asked(&world).await;
    for scope in [
        "opportunities:read:admin",
        "offers:read:admin",
        "stages:read:admin",
    ] {
        assert!(asked.contains_key(scope), "{scope} of {asked:?}");
    }
    let unused = ["contact:read:admin", "postings:read:admin"];
    let unasked = |scope: &str| !asked.contains_key(scope);
    assert!(unused.into_iter().all(unasked), "not mapped: {asked:?}");
    assert_eq!(used(&world).await, asked);

    let now = world.clock.now().as_millisecond();
    for on in [true, false] {
        assert_eq!(used(&world).await, asked, "on: {on}");
        assert_eq!(last_used(&world).await, Some(now));
        world.switch_off().await;
        world.switch_on().await;
    }
    let offline = usage(&world).await[OFFLINE];
    assert_eq!(offline, (0, None), "the first token still holds");
}

#[tokio::test]
async fn each_day_counts_for_thirty_days_and_the_last_use_is_never_forgotten() {
    let (world, _) = TestWorld::ready().await;
    forget_requests(&world).await;
    read_sample(&world).await;
    let first = asked(&world).await;
    assert_eq!(used(&world).await, first);

    pass(&world, 20).await;
    forget_requests(&world).await;
    read_sample(&world).await;
    let second = asked(&world).await;
    let last_at = world.clock.now().as_millisecond();
    let mut both = second.clone();
    for (scope, uses) in &first {
        *both.entry(scope.clone()).or_default() += uses;
    }
    assert_eq!(used(&world).await, both);

    pass(&world, 11).await;
    assert_eq!(used(&world).await, second, "the first day is 31 days ago");

    pass(&world, 20).await;
    assert_eq!(used(&world).await, BTreeMap::new());
    let usage = usage(&world).await;
    for scope in second.keys() {
        assert_eq!(usage[scope], (0, Some(last_at)), "{scope}");
    }
    assert_eq!(last_used(&world).await, Some(last_at));
}

#[tokio::test]
async fn offline_access_is_used_each_time_the_sign_in_is_renewed() {
    let (world, _) = TestWorld::ready().await;
    forget_requests(&world).await;
    for _ in 0..3 {
        pass(&world, 1).await;
    }
    let ledger = world.world.control("ledger", None).await.unwrap();
    let renewed = ledger["token_requests"].as_array().unwrap().len() as u64;
    assert_eq!(renewed, 3, "{ledger}");
    let now = world.clock.now().as_millisecond();
    assert_eq!(usage(&world).await[OFFLINE], (renewed, Some(now)));
    assert_eq!(last_used(&world).await, None, "it was only kept alive");
}

#[tokio::test]
async fn the_same_organisation_goes_on_counting_and_another_one_begins_at_nothing() {
    let (world, _) = TestWorld::ready().await;
    read_sample(&world).await;
    let before = used(&world).await;
    assert!(!before.is_empty());
    world.clock.advance(Duration::from_secs(1));
    sign_in_for(&world, Some("practice-account")).await;
    assert_eq!(used(&world).await, before);
    assert_eq!(
        last_used(&world).await,
        None,
        "this grant is newer than the last use"
    );
    sign_in_for(&world, Some("another-account")).await;
    assert_eq!(used(&world).await, before, "nobody confirmed it yet");
    confirm(&world, true).await;
    assert_eq!(used(&world).await, BTreeMap::new());
}

#[tokio::test]
async fn deleting_everything_deletes_the_counts_too() {
    for (data, stays) in [("keep", true), ("delete_everything", false)] {
        let (world, _) = TestWorld::ready().await;
        read_sample(&world).await;
        let before = used(&world).await;
        let request =
            json!({ "integration": "onboarding", "confirmation": "revoke", "data": data });
        world.call("grants.revoke", request).await;
        let shown = world.call("connections.show", onboarding()).await;
        let none = |permission: &Value| permission["usage"] == Value::Null;
        assert!(shown["permissions"].as_array().unwrap().iter().all(none));
        fulcrum_cli::demo::connect(world.engine(), &world.visitor)
            .await
            .unwrap();
        let expected = if stays { before } else { BTreeMap::new() };
        assert_eq!(used(&world).await, expected, "{data}");
    }
}
