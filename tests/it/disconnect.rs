//! Disconnecting really disconnects (I20), and says first what stops. Lever's own record is the witness of what it
//! was told; the database only of the secrets in it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fulcrum_cli::demo;
use fulcrum_core::clock::Clock as _;
use fulcrum_core::config::{LeverAddresses, PRACTICE_CLIENT};
use fulcrum_core::connections::each;
use fulcrum_core::http::{AccessTokens, Credential, TokenError};
use fulcrum_core::lever::{Client, Pace};
use fulcrum_core::oauth::loopback::{self, Judge, Reply};
use fulcrum_core::oauth::{self, Exchange};
use fulcrum_core::store::connections::{self, ConnectionRow, Integration, Login, Tokens};
use fulcrum_core::store::webhooks::{self, WebhookRow};
use fulcrum_core::store::{Store, StoreError};
use fulcrum_tests::{Invariant, TestWorld, text};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use url::Url;

/// Webhooks that Fulcrum made in each world.
const MADE: usize = 3;

/// The token that the laptop holds.
struct Held(SecretString);

#[async_trait]
impl AccessTokens for Held {
    async fn current(&self) -> Result<Credential, TokenError> {
        Ok(Credential::Bearer(self.0.clone()))
    }

    async fn replace(&self, _: &Credential) -> Result<Credential, TokenError> {
        Err(TokenError::NotConnected)
    }
}

async fn fault(world: &TestWorld, fault: Value) {
    world.world.control("faults", Some(&fault)).await.unwrap();
}

/// Neither Lever's API nor its sign-in answers from now on.
async fn out_of_reach(world: &TestWorld) {
    for path in ["/v1/", "/oauth/"] {
        let drop = json!({ "path_prefix": path, "kind": "drop", "count": null });
        fault(world, drop).await;
    }
}

async fn lift_faults(world: &TestWorld) {
    let faults = format!("{}practice/faults", world.world.practice());
    world.world.http().delete(faults).send().await.unwrap();
}

/// Connects, and makes some webhooks as Fulcrum.
async fn connected_with_webhooks() -> TestWorld {
    let mut world = TestWorld::new().await;
    demo::connect(world.engine(), &world.visitor).await.unwrap();
    world.switch_off().await;
    let tokens = granted_webhooks(&world).await;
    let store = world.world.store().unwrap();
    let saved = store.write(move |db| {
        let row = connections::get(db, Integration::Onboarding)?.expect("Lever is connected");
        let login = Login::LeverConnect {
            client_id: PRACTICE_CLIENT.0.to_owned(),
            client_secret: Some(SecretString::from(PRACTICE_CLIENT.1)),
            tokens: Some(tokens),
        };
        connections::put(db, Integration::Onboarding, &ConnectionRow { login, ..row })
    });
    saved.await.map_err(|problem: StoreError| problem).unwrap();
    store.close().await;
    make_webhooks(&world).await;
    world.switch_on().await;
    world
}

/// Tokens that may manage webhooks too; no screen asks for that permission yet.
async fn granted_webhooks(world: &TestWorld) -> Tokens {
    let (id, secret) = PRACTICE_CLIENT;
    let client = oauth::Client {
        id: id.to_owned(),
        secret: SecretString::from(secret),
    };
    let practice = world.world.practice();
    let addresses = LeverAddresses {
        auth: practice.clone(),
        api: practice.join("v1").unwrap(),
        web: practice.clone(),
    };
    let exchange = Exchange::new(world.world.http().clone(), addresses, client);
    let asked = each(&[Integration::Onboarding], &[]);
    let mut scopes: Vec<_> = asked.iter().map(|permission| permission.scope).collect();
    scopes.push("webhooks:write:admin");
    let listener = loopback::bind(&[0]).await.unwrap();
    let redirect = loopback::redirect_uri(&listener).unwrap();
    let started = exchange.start(&redirect, &scopes).unwrap();
    let (codes, mut code) = mpsc::unbounded_channel();
    let judge: Judge = Arc::new(move |callback| match callback.outcome {
        Ok(code) => {
            codes.send(code.0).unwrap();
            Reply::Accepted
        }
        Err(_) => Reply::Refused,
    });
    let page = tokio::spawn(loopback::run(listener, judge, std::future::pending()));
    let consent = world
        .visitor
        .consent(started.authorize_url.as_str(), "accept");
    consent.await.unwrap();
    page.await.unwrap().unwrap();
    let now = world.clock.now().as_millisecond();
    let granted = exchange.finish(started, code.recv().await.unwrap(), now);
    granted.await.unwrap().tokens
}

async fn make_webhooks(world: &TestWorld) {
    let store = world.world.store().unwrap();
    let row = store
        .read(|db| connections::get(db, Integration::Onboarding))
        .await;
    let row = row.unwrap().unwrap();
    let access = row.login.tokens().unwrap().access.clone();
    let api = format!("{}v1", world.world.practice()).parse().unwrap();
    let pace = Pace::unlimited(Arc::clone(&world.clock) as _);
    let lever = Client::new(
        world.world.http().clone(),
        api,
        Arc::new(Held(access)),
        pace,
    );
    for number in 0..MADE {
        let url: Url = format!("https://hooks.example.com/{number}")
            .parse()
            .unwrap();
        let made = lever.make_webhook("candidateHired", &url).await.unwrap();
        let row = WebhookRow {
            id: made.id.to_string(),
            event: "candidateHired".to_owned(),
            url: url.into(),
        };
        let noted = store
            .write(move |db| webhooks::add(db, Integration::Onboarding, &row, 0))
            .await;
        let noted: Result<(), StoreError> = noted;
        noted.unwrap();
    }
    store.close().await;
}

async fn revoke(world: &TestWorld, data: &str) -> Value {
    let request = json!({ "integration": "onboarding", "confirmation": "revoke", "data": data });
    world.call("grants.revoke", request).await
}

/// Waits until Lever was told of everything.
async fn told(world: &TestWorld) {
    world
        .until_call("grants.list", json!({}), |view| {
            view["leaving"].as_array().is_some_and(Vec::is_empty)
        })
        .await;
}

/// Waits until telling Lever has failed once.
async fn failed(world: &TestWorld) {
    world
        .until_call("grants.list", json!({}), |view| {
            view["leaving"][0]["why"].is_string()
        })
        .await;
}

/// What Lever was told: calls to revoke, and webhooks deleted.
async fn witnessed(world: &TestWorld) -> (usize, usize) {
    let ledger = world.world.control("ledger", None).await.unwrap();
    let all = |list: &str| ledger[list].as_array().cloned().unwrap_or_default();
    let revokes = all("token_requests").into_iter();
    let revokes = revokes.filter(|one| one["grant_type"] == "revoke" && one["status"] == 200);
    let deleted = all("writes").into_iter();
    let deleted = deleted.filter(|one| one["method"] == "DELETE" && one["status"] == 204);
    (revokes.count(), deleted.count())
}

/// Rows that still hold a secret of a connection.
async fn secret_rows(store: &Store) -> i64 {
    let counted = store.read(|db| {
        db.query_row(
            "SELECT (SELECT count(*) FROM departures) + (SELECT count(*) FROM connections
               WHERE coalesce(client_secret, access_token, refresh_token, api_key) IS NOT NULL)",
            [],
            |row| row.get(0),
        )
        .map_err(StoreError::from)
    });
    counted.await.unwrap()
}

/// Switches the laptop off and concludes the line of this way of disconnecting.
async fn conclude(world: &mut TestWorld, way: &str) {
    let (revoke_calls, deleted) = witnessed(world).await;
    world.switch_off().await;
    let store = world.world.store().unwrap();
    let rows = secret_rows(&store).await;
    store.close().await;
    Invariant::new("I20")
        .figure("way", way)
        .exactly("revoke_calls", revoke_calls, 1)
        .all("webhooks_deleted", deleted, MADE)
        .exactly("db_secret_rows", usize::try_from(rows).unwrap(), 0)
        .at_least("told", revoke_calls.min(deleted), 1)
        .conclude();
}

#[tokio::test]
async fn online_lever_is_told_at_once_even_with_a_token_that_has_run_out() {
    let mut world = connected_with_webhooks().await;
    fault(
        &world,
        json!({ "path_prefix": "/v1/webhooks", "kind": "status", "status": 401 }),
    )
    .await;
    revoke(&world, "keep").await;
    told(&world).await;
    let onboarding = json!({ "integration": "onboarding" });
    let connection = world.call("connections.show", onboarding).await;
    assert_eq!(text(&connection, "state"), "disconnected");
    assert_eq!(
        text(&connection["account"], "user_name"),
        "Ola Berg",
        "who it was stays known"
    );
    assert_eq!(connection["permissions"][0]["granted"], Value::Null);
    world.activity("took its access back").await;
    conclude(&mut world, "online").await;
}

#[tokio::test]
async fn offline_the_secrets_of_the_connection_go_at_once_and_lever_is_told_at_the_next_start() {
    let mut world = connected_with_webhooks().await;
    out_of_reach(&world).await;
    let view = revoke(&world, "keep").await;
    assert_eq!(view["grants"], json!([]));
    assert_eq!(view["leaving"][0]["webhooks"], json!(MADE));
    failed(&world).await;
    let waiting = world.attention("could not be told").await;
    assert!(
        text(&waiting, "title").contains("Lever waits to be told"),
        "{waiting}"
    );
    world.switch_off().await;
    lift_faults(&world).await;
    world.clock.advance(Duration::from_secs(60));
    world.switch_on().await;
    told(&world).await;
    conclude(&mut world, "offline").await;
}

#[tokio::test]
async fn a_crash_half_way_repeats_nothing_that_was_done() {
    let mut world = connected_with_webhooks().await;
    let hangs = json!({ "path": "/oauth/revoke", "kind": "slow", "delay_ms": 3_600_000, "by_practice_clock": true });
    fault(&world, hangs).await;
    revoke(&world, "keep").await;
    world
        .until_call("grants.list", json!({}), |view| {
            view["leaving"][0]["webhooks"] == json!(0)
        })
        .await;
    world.until_hit().await;
    world.switch_off().await;
    lift_faults(&world).await;
    world.switch_on().await;
    told(&world).await;
    conclude(&mut world, "crash").await;
}

#[tokio::test]
async fn where_lever_offers_no_way_the_log_says_what_a_person_has_to_do() {
    let world = connected_with_webhooks().await;
    world.switch(json!({ "revoke_endpoint": false })).await;
    revoke(&world, "keep").await;
    told(&world).await;
    world.activity("A Super Admin revokes it in Lever").await;
    assert_eq!(witnessed(&world).await, (0, MADE));
}

#[tokio::test]
async fn telling_lever_can_be_given_up_and_its_secrets_go() {
    let mut world = connected_with_webhooks().await;
    out_of_reach(&world).await;
    let view = revoke(&world, "keep").await;
    let id = text(&view["leaving"][0], "id").to_owned();
    failed(&world).await;
    let view = world.call("grants.forget", json!({ "id": id })).await;
    assert_eq!(view["leaving"], json!([]));
    let again = world.try_call("grants.forget", json!({ "id": id })).await;
    assert_eq!(again.unwrap_err().message, "Lever was told already.");
    world.switch_off().await;
    let store = world.world.store().unwrap();
    assert_eq!(secret_rows(&store).await, 0);
    store.close().await;
}

#[tokio::test]
async fn without_the_typed_word_nothing_ends() {
    let (world, _) = TestWorld::ready().await;
    for wrong in ["", "yes", "revoke all"] {
        let request = json!({ "integration": "onboarding", "confirmation": wrong, "data": "keep" });
        let refused = world.try_call("grants.revoke", request).await.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("confirmation"), "{wrong}");
        let all = json!({ "confirmation": "revoke", "data": "keep" });
        let refused = world.try_call("grants.revoke_all", all).await.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("confirmation"), "{wrong}");
    }
    let view = world.call("grants.list", json!({})).await;
    assert_eq!(view["grants"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn people_and_set_up_stay_and_a_hire_that_waited_goes_on_after_a_new_sign_in() {
    let (world, _) = TestWorld::ready().await;
    let first = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&first).await.unwrap();
    world.people(1).await;
    let view = world.call("grants.list", json!({})).await;
    let stops = view["grants"][0]["stops"].to_string();
    assert!(stops.contains("The listener is switched off"), "{stops}");
    assert!(
        stops.contains("The person who was imported stays"),
        "{stops}"
    );

    revoke(&world, "keep").await;
    let second = world.candidate("Bo Lund", &["bo@example.com"]).await;
    world.visitor.hire(&second).await.unwrap();
    let waiting = world.attention("not connected").await;
    assert_eq!(text(&waiting, "remedy"), "connection");
    assert_eq!(world.people(1).await.as_array().map(Vec::len), Some(1));
    fulcrum_cli::demo::connect(world.engine(), &world.visitor)
        .await
        .unwrap();
    assert_eq!(world.people(2).await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn events_or_everything_can_be_deleted_with_the_connection() {
    let (world, _) = TestWorld::ready().await;
    let first = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&first).await.unwrap();
    world.people(1).await;
    revoke(&world, "delete_events").await;
    assert_eq!(
        world
            .call("people.list", json!({}))
            .await
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    fulcrum_cli::demo::connect(world.engine(), &world.visitor)
        .await
        .unwrap();
    let all = json!({ "confirmation": "Revoke all ", "data": "delete_everything" });
    let view = world.call("grants.revoke_all", all).await;
    assert_eq!(view["grants"], json!([]));
    assert_eq!(world.call("people.list", json!({})).await, json!([]));
    let mapping = world.call("mappings.show", json!({})).await;
    assert_eq!(mapping["version"], 0);
    let workflow = world
        .call("workflows.show", json!({ "id": "onboarding" }))
        .await;
    assert_eq!(workflow["listeners"], json!([]));
    let onboarding = json!({ "integration": "onboarding" });
    let connection = world.call("connections.show", onboarding).await;
    assert_eq!(connection["account"]["user_name"], Value::Null);
    let log = world.call("activity.list", json!({})).await.to_string();
    assert!(!log.contains("Ada Ito"), "{log}");
    assert!(
        log.contains("Everything that came from Lever was deleted"),
        "{log}"
    );
}
