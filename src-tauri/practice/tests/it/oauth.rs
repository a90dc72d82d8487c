//! Consent, tokens, rotation and revocation.

use std::time::Duration;

use fulcrum_practice::seeded_id;
use reqwest::Response;
use serde_json::{Value, json};

use crate::world::{CALLBACK, World, attribute_after, send};

pub const SCOPE: &str = "offline_access opportunities:read:admin notes:write:admin";

/// Opens the consent page and answers it; returns where the answer leads.
pub async fn answer_consent(world: &World, path: &str, decision: &str) -> Response {
    let page = send(world.get(path)).await.text().await.unwrap();
    let transaction = attribute_after(&page, "name=\"transaction\"", "value");
    let form = [
        ("transaction", transaction.as_str()),
        ("decision", decision),
    ];
    send(world.post("/authorize").form(&form)).await
}

/// The query of the redirect back to the application.
pub fn redirected(response: &Response) -> Vec<(String, String)> {
    assert_eq!(response.status(), 303);
    let location = response.headers()["location"].to_str().unwrap();
    assert!(location.starts_with(CALLBACK), "{location}");
    let url = url::Url::parse(location).unwrap();
    url.query_pairs().into_owned().collect()
}

pub fn value_of(pairs: &[(String, String)], name: &str) -> String {
    let pair = pairs.iter().find(|(own, _)| own == name);
    pair.unwrap_or_else(|| panic!("no {name} in {pairs:?}"))
        .1
        .clone()
}

pub async fn code(world: &World, scope: &str) -> String {
    let response = answer_consent(world, &world.authorize_path(scope), "accept").await;
    let pairs = redirected(&response);
    assert_eq!(value_of(&pairs, "state"), "state-1");
    value_of(&pairs, "code")
}

pub async fn token(world: &World, fields: &[(&str, &str)]) -> (u16, Value) {
    let mut form = vec![
        ("client_id", "fulcrum-practice"),
        ("client_secret", "practice-client-secret"),
    ];
    form.extend(fields);
    let answer = send(world.post("/oauth/token").form(&form)).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

pub async fn trade_code(world: &World, code: &str) -> (u16, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
    ];
    token(world, &fields).await
}

pub async fn refresh(world: &World, refresh_token: &Value) -> (u16, Value) {
    let refresh_token = refresh_token.as_str().unwrap();
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    token(world, &fields).await
}

pub async fn connect(world: &World) -> Value {
    let code = code(world, SCOPE).await;
    let (status, tokens) = trade_code(world, &code).await;
    assert_eq!(status, 200, "{tokens}");
    tokens
}

pub async fn status_with(world: &World, access_token: &Value, path: &str) -> u16 {
    let request = world.get(path).bearer_auth(access_token.as_str().unwrap());
    send(request).await.status().as_u16()
}

#[tokio::test]
async fn the_consent_page_lists_the_permissions_in_words_with_accept_and_deny() {
    let world = World::start().await;
    let answer = send(world.get(&world.authorize_path(SCOPE))).await;
    let page = answer.text().await.unwrap();
    for expected in [
        "View opportunities",
        "View and manage notes",
        ">Accept<",
        ">Deny<",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn without_an_audience_only_offline_access_is_asked_for() {
    let world = World::start().await;
    let path = world
        .authorize_path(SCOPE)
        .replace("audience=", "audience=x");
    let page = send(world.get(&path)).await.text().await.unwrap();
    assert!(page.contains("data-scope=\"offline_access\""));
    assert!(!page.contains("opportunities:read:admin\""));
}

#[tokio::test]
async fn a_refresh_rotates_the_token_and_the_old_one_is_refused() {
    let world = World::start().await;
    let first = connect(&world).await;
    assert_eq!(first["expires_in"], 3600);
    assert_eq!(
        first["access_token"].as_str().unwrap().split('.').count(),
        3
    );
    let (status, second) = refresh(&world, &first["refresh_token"]).await;
    assert_eq!(status, 200);
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    let (status, error) = refresh(&world, &first["refresh_token"]).await;
    assert_eq!((status, &error["error"]), (403, &json!("invalid_grant")));
    assert_eq!(refresh(&world, &second["refresh_token"]).await.0, 200);
}

#[tokio::test]
async fn reuse_can_revoke_the_whole_family_or_be_forgiven_for_a_while() {
    let world = World::start().await;
    world
        .switch(json!({"refresh_reuse": "grace", "refresh_grace_seconds": 30}))
        .await;
    let first = connect(&world).await;
    let (_, second) = refresh(&world, &first["refresh_token"]).await;
    assert_eq!(refresh(&world, &first["refresh_token"]).await.0, 200);
    world.clock.advance(Duration::from_secs(31));
    assert_eq!(refresh(&world, &first["refresh_token"]).await.0, 403);

    world
        .switch(json!({"refresh_reuse": "revoke_family"}))
        .await;
    assert_eq!(refresh(&world, &first["refresh_token"]).await.0, 403);
    assert_eq!(refresh(&world, &second["refresh_token"]).await.0, 403);
    assert_eq!(
        status_with(&world, &second["access_token"], "/v1/opportunities").await,
        401
    );
}

#[tokio::test]
async fn an_access_token_lives_an_hour_and_a_refresh_token_90_days_without_use() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    let access = &tokens["access_token"];
    assert_eq!(status_with(&world, access, "/v1/opportunities").await, 200);
    world.clock.advance(Duration::from_secs(3_600));
    assert_eq!(status_with(&world, access, "/v1/opportunities").await, 401);
    world.clock.advance(Duration::from_secs(90 * 24 * 3_600));
    assert_eq!(refresh(&world, &tokens["refresh_token"]).await.0, 403);
}

#[tokio::test]
async fn deny_leads_back_with_access_denied_and_the_state() {
    let world = World::start().await;
    let response = answer_consent(&world, &world.authorize_path(SCOPE), "deny").await;
    let pairs = redirected(&response);
    assert_eq!(value_of(&pairs, "error"), "access_denied");
    assert_eq!(value_of(&pairs, "state"), "state-1");
    assert!(!value_of(&pairs, "error_description").is_empty());
}

#[tokio::test]
async fn who_is_not_logged_in_logs_in_first_and_comes_back_to_the_consent() {
    let world = World::start().await;
    world.log_out();
    let wanted = world.authorize_path(SCOPE);
    let answer = send(world.get(&wanted)).await;
    assert_eq!(answer.status(), 303);
    let log_in = answer.headers()["location"].to_str().unwrap().to_owned();
    let page = send(world.get(&log_in)).await.text().await.unwrap();
    let next = attribute_after(&page, "name=\"next\"", "value");
    let user = seeded_id("user", "ola-berg");
    let form = [("user", user.as_str()), ("next", next.as_str())];
    let answer = send(world.post("/login").form(&form)).await;
    assert_eq!(answer.headers()["location"], wanted.as_str());
    assert!(
        answer.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .contains("HttpOnly; SameSite=Lax")
    );
}

#[tokio::test]
async fn who_cannot_consent_hears_it_before_anything_is_asked_and_who_could() {
    let world = World::start().await;
    world.log_in("mei-tanabe").await;
    let answer = send(world.get(&world.authorize_path(SCOPE))).await;
    assert_eq!(answer.status(), 403);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Only a Super Admin can authorize"));
    assert!(page.contains("Ola Berg") && page.contains("Mei Tanabe, Admin"));
    assert!(!page.contains(">Accept<") && !page.contains("View opportunities"));
    let transaction = attribute_after(&page, "name=\"transaction\"", "value");
    let forged = [
        ("transaction", transaction.as_str()),
        ("decision", "accept"),
    ];
    let refused = send(world.post("/authorize").form(&forged)).await;
    assert_eq!(refused.status(), 403);
    let back = [("transaction", transaction.as_str()), ("decision", "deny")];
    let pairs = redirected(&send(world.post("/authorize").form(&back)).await);
    assert_eq!(value_of(&pairs, "error"), "access_denied");
}

#[tokio::test]
async fn an_unregistered_redirect_address_ends_on_an_error_page_and_goes_nowhere() {
    let world = World::start().await;
    for other in [
        "http%3A%2F%2F127.0.0.1%3A50001%2Fcallback",
        "https%3A%2F%2Fexample.com%2F",
        "",
    ] {
        let registered = "http%3A%2F%2F127.0.0.1%3A45110%2Fcallback";
        let path = world.authorize_path(SCOPE).replace(registered, other);
        let response = send(world.get(&path)).await;
        assert_eq!(response.status(), 403, "{other}");
        assert!(response.headers().get("location").is_none());
    }
}

#[tokio::test]
async fn a_request_without_state_is_sent_back_as_invalid() {
    let world = World::start().await;
    let path = world
        .authorize_path(SCOPE)
        .replace("state=state-1", "state=");
    let pairs = redirected(&send(world.get(&path)).await);
    assert_eq!(value_of(&pairs, "error"), "invalid_request");
}

#[tokio::test]
async fn a_code_works_once_and_for_ten_minutes() {
    let world = World::start().await;
    let spent = code(&world, SCOPE).await;
    assert_eq!(trade_code(&world, &spent).await.0, 200);
    assert_eq!(trade_code(&world, &spent).await.0, 403);
    // A second consent is remembered, so the code comes without a page.
    let pairs = redirected(&send(world.get(&world.authorize_path(SCOPE))).await);
    world.clock.advance(Duration::from_secs(600));
    assert_eq!(trade_code(&world, &value_of(&pairs, "code")).await.0, 403);
}

#[tokio::test]
async fn a_wrong_pkce_verifier_is_refused_if_a_challenge_was_given() {
    let world = World::start().await;
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let path = format!(
        "{}&code_challenge={challenge}&code_challenge_method=S256",
        world.authorize_path(SCOPE)
    );
    for (verifier, expected) in [
        ("wrong", 403),
        ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", 200),
    ] {
        let path = format!("{path}&prompt=consent");
        let pairs = redirected(&answer_consent(&world, &path, "accept").await);
        let code = value_of(&pairs, "code");
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", CALLBACK),
            ("code_verifier", verifier),
        ];
        assert_eq!(token(&world, &fields).await.0, expected, "{verifier}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_401_and_a_json_body_is_400() {
    let world = World::start().await;
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "fulcrum-practice"),
        ("client_secret", "wrong"),
        ("refresh_token", "x"),
    ];
    assert_eq!(
        send(world.post("/oauth/token").form(&form)).await.status(),
        401
    );
    let json = json!({"grant_type": "refresh_token"});
    assert_eq!(
        send(world.post("/oauth/token").json(&json)).await.status(),
        400
    );
}

#[tokio::test]
async fn a_missing_scope_is_403_and_a_write_scope_reads() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    let access = &tokens["access_token"];
    let id = seeded_id("opportunity", "rosa-lindqvist");
    let status = |path: String| {
        let world = &world;
        async move { status_with(world, access, &path).await }
    };
    assert_eq!(status(format!("/v1/opportunities/{id}/notes")).await, 200);
    assert_eq!(status(format!("/v1/opportunities/{id}/offers")).await, 403);
    let add_tag = world
        .post(&format!("/v1/opportunities/{id}/addTags"))
        .bearer_auth(access.as_str().unwrap())
        .json(&json!({"tags": ["x"]}));
    assert_eq!(send(add_tag).await.status(), 403);
}

#[tokio::test]
async fn revoking_access_on_the_page_kills_every_token() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    let page = "/settings/integrations/authorized-apps";
    assert!(
        send(world.get(page))
            .await
            .text()
            .await
            .unwrap()
            .contains("Revoke access")
    );
    let revoke = world.post(&format!("{page}/revoke"));
    let revoke = revoke.form(&[("app", "fulcrum-practice")]);
    assert_eq!(send(revoke).await.status(), 303);
    assert_eq!(
        status_with(&world, &tokens["access_token"], "/v1/opportunities").await,
        401
    );
    assert_eq!(refresh(&world, &tokens["refresh_token"]).await.0, 403);
}

#[tokio::test]
async fn the_ledger_counts_token_requests_and_holds_no_secret() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    refresh(&world, &tokens["refresh_token"]).await;
    let ledger = world.ledger().await;
    assert_eq!(ledger["token_requests"].as_array().unwrap().len(), 2);
    let printed = ledger.to_string();
    assert!(!printed.contains(tokens["refresh_token"].as_str().unwrap()));
    assert!(!printed.contains("practice-client-secret"));
}

#[tokio::test]
async fn a_code_lives_as_long_as_the_switch_says() {
    let world = World::start().await;
    let switches = json!({"code_lifetime_seconds": 30, "remember_consent": false});
    world.switch(switches).await;
    let (in_time, too_late) = (code(&world, SCOPE).await, code(&world, SCOPE).await);
    world.clock.advance(Duration::from_secs(29));
    assert_eq!(trade_code(&world, &in_time).await.0, 200);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(trade_code(&world, &too_late).await.0, 403);
}
