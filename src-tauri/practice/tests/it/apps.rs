//! Two applications side by side: whose code, whose tokens, what is remembered, and Authorized Apps.

use std::time::Duration;

use serde_json::{Value, json};

use crate::oauth::{
    SCOPE, answer_consent, code, connect, redirected, refresh, status_with, trade_code, value_of,
};
use crate::world::{CALLBACK, World, attribute_after, send};

const PAGE: &str = "/settings/integrations/authorized-apps";
const OTHER: &str = "harbour-reports";
const OTHER_SECRET: &str = "practice-reports-secret";
const OTHER_CALLBACK: &str = "http://127.0.0.1:45120/callback";

async fn page(world: &World) -> String {
    send(world.get(PAGE)).await.text().await.unwrap()
}

/// The other application's authorization request.
fn other_path(world: &World) -> String {
    let path = world.authorize_path("tags:read:admin");
    let path = path.replace("fulcrum-practice", OTHER);
    path.replace("45110", "45120")
}

async fn ask_as_other(world: &World, fields: &[(&str, &str)]) -> (u16, Value) {
    let mut form = vec![("client_id", OTHER), ("client_secret", OTHER_SECRET)];
    form.extend(fields);
    let answer = send(world.post("/oauth/token").form(&form)).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn revoke_endpoint(world: &World, fields: &[(&str, &str)]) -> u16 {
    let mut form = vec![
        ("client_id", "fulcrum-practice"),
        ("client_secret", "practice-client-secret"),
    ];
    form.extend(fields);
    let answer = send(world.post("/oauth/revoke").form(&form)).await;
    answer.status().as_u16()
}

#[tokio::test]
async fn codes_and_refresh_tokens_are_good_only_for_the_application_they_were_given_to() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    let (status, error) = ask_as_other(&world, &fields).await;
    assert_eq!((status, &error["error"]), (403, &json!("invalid_grant")));
    let (status, tokens) = refresh(&world, &tokens["refresh_token"]).await;
    assert_eq!(status, 200, "the attempt used nothing up: {tokens}");
    let code = code(&world, &format!("{SCOPE} tags:read:admin")).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
    ];
    assert_eq!(ask_as_other(&world, &fields).await.0, 403);
    let wrong_address = other_path(&world).replace("45120", "45110");
    assert_eq!(send(world.get(&wrong_address)).await.status(), 403);
}

#[tokio::test]
async fn consent_is_asked_the_first_time_for_new_scopes_after_a_revocation_and_on_request() {
    let world = World::start().await;
    let asks = async |path: String| send(world.get(&path)).await.status() == 200;
    let path = || world.authorize_path(SCOPE);
    assert!(asks(path()).await);
    connect(&world).await;
    assert!(!asks(path()).await, "remembered");
    assert!(
        !asks(world.authorize_path("notes:write:admin")).await,
        "fewer scopes"
    );
    assert!(asks(world.authorize_path(&format!("{SCOPE} tags:read:admin"))).await);
    assert!(asks(format!("{}&prompt=consent", path())).await);
    assert!(asks(other_path(&world)).await, "another application");
    let form = [("app", "fulcrum-practice")];
    send(world.post(&format!("{PAGE}/revoke")).form(&form)).await;
    assert!(asks(path()).await, "revoked");
}

#[tokio::test]
async fn more_than_twenty_scopes_and_none_at_all_are_refused() {
    let world = World::start().await;
    let areas = [
        "contact",
        "feedback",
        "files",
        "forms",
        "groups",
        "interviews",
        "notes",
    ];
    let areas = areas
        .into_iter()
        .chain(["panels", "postings", "roles", "users"]);
    let scopes =
        areas.flat_map(|area| [format!("{area}:read:admin"), format!("{area}:write:admin")]);
    let scopes: Vec<String> = scopes.collect();
    let twenty = world.authorize_path(&scopes[..20].join(" "));
    assert_eq!(send(world.get(&twenty)).await.status(), 200);
    for (scope, error) in [
        (scopes.join(" "), "invalid_scope"),
        (String::new(), "invalid_request"),
    ] {
        let pairs = redirected(&send(world.get(&world.authorize_path(&scope))).await);
        assert_eq!(value_of(&pairs, "error"), error);
        assert_eq!(value_of(&pairs, "state"), "state-1");
    }
}

#[tokio::test]
async fn a_refresh_token_in_use_dies_a_year_after_the_consent() {
    let world = World::start().await;
    let mut tokens = connect(&world).await;
    for _ in 0..4 {
        world.clock.advance(Duration::from_secs(80 * 24 * 3_600));
        let (status, next) = refresh(&world, &tokens["refresh_token"]).await;
        assert_eq!(status, 200);
        tokens = next;
    }
    world.clock.advance(Duration::from_secs(45 * 24 * 3_600));
    assert_eq!(refresh(&world, &tokens["refresh_token"]).await.0, 403);
}

#[tokio::test]
async fn the_token_request_may_leave_the_redirect_address_out_and_the_status_can_be_chosen() {
    let world = World::start().await;
    let code = code(&world, SCOPE).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
    ];
    assert_eq!(crate::oauth::token(&world, &fields).await.0, 200);
    for status in [400, 401, 403] {
        world.switch(json!({"invalid_grant_status": status})).await;
        assert_eq!(trade_code(&world, "spent").await.0, status);
    }
}

#[tokio::test]
async fn the_revocation_endpoint_ends_the_consent_or_only_the_refresh_token_or_is_not_there() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    let token = tokens["refresh_token"].as_str().unwrap();
    world
        .switch(json!({"revoke_effect": "refresh_token"}))
        .await;
    assert_eq!(revoke_endpoint(&world, &[("token", token)]).await, 200);
    assert_eq!(refresh(&world, &tokens["refresh_token"]).await.0, 403);
    let access = &tokens["access_token"];
    assert_eq!(status_with(&world, access, "/v1/opportunities").await, 200);
    world.switch(json!({"revoke_effect": "grant"})).await;
    assert_eq!(revoke_endpoint(&world, &[("token", token)]).await, 200);
    assert_eq!(status_with(&world, access, "/v1/opportunities").await, 401);
    assert_eq!(revoke_endpoint(&world, &[("token", "nobody's")]).await, 200);
    assert_eq!(revoke_endpoint(&world, &[]).await, 400);
    world.switch(json!({"revoke_endpoint": false})).await;
    assert_eq!(revoke_endpoint(&world, &[("token", token)]).await, 404);
}

#[tokio::test]
async fn authorized_apps_lists_each_with_its_last_use_and_revokes_only_the_chosen_one() {
    let world = World::start().await;
    assert!(page(&world).await.contains("No app is authorized"));
    let tokens = connect(&world).await;
    let pairs = redirected_to_other(&answer_consent(&world, &other_path(&world), "accept").await);
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", value_of(&pairs, "code").as_str()),
        ("redirect_uri", OTHER_CALLBACK),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let (status, others) = ask_as_other(&world, &fields).await;
    assert_eq!(status, 200, "{others}");
    let shown = page(&world).await;
    assert!(shown.contains("Harbour Reports") && shown.contains("View tags"));
    assert!(shown.contains("Ola Berg") && shown.contains(">Never<"));
    status_with(&world, &tokens["access_token"], "/v1/opportunities").await;
    let shown = page(&world).await;
    let fulcrum = &shown[shown.find("data-app=\"fulcrum-practice\"").unwrap()..];
    let fulcrum = &fulcrum[..fulcrum.find("</section>").unwrap()];
    assert!(!fulcrum.contains(">Never<"), "{fulcrum}");
    let revoked = attribute_after(fulcrum, "name=\"app\"", "value");
    let revoke = world
        .post(&format!("{PAGE}/revoke"))
        .form(&[("app", revoked)]);
    send(revoke).await;
    assert_eq!(refresh(&world, &tokens["refresh_token"]).await.0, 403);
    let access = &others["access_token"];
    assert_eq!(status_with(&world, access, "/v1/tags").await, 200);
    assert!(!page(&world).await.contains("fulcrum-practice"));
}

fn redirected_to_other(response: &reqwest::Response) -> Vec<(String, String)> {
    assert_eq!(response.status(), 303);
    let location = response.headers()["location"].to_str().unwrap();
    assert!(location.starts_with(OTHER_CALLBACK), "{location}");
    let url = url::Url::parse(location).unwrap();
    url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn others_than_a_super_admin_see_the_apps_and_why_they_cannot_revoke() {
    let world = World::start().await;
    let tokens = connect(&world).await;
    world.log_in("mei-tanabe").await;
    let shown = page(&world).await;
    assert!(shown.contains("Only a Super Admin can revoke access"));
    assert!(!shown.contains("data-testid=\"revoke\""));
    let form = [("app", "fulcrum-practice")];
    let forced = send(world.post(&format!("{PAGE}/revoke")).form(&form)).await;
    assert_eq!(forced.status(), 403);
    assert_eq!(refresh(&world, &tokens["refresh_token"]).await.0, 200);
}
