//! Signing in once more: after Lever ended the access, and for another organisation.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::desk::Desk;
use crate::page::{find, press, says};
use crate::sora::{allow, lever_connect, sign_in, validate};

/// Settings > Integrations > Lever, connected.
async fn connected() -> Desk {
    let desk = Desk::set_up().await;
    press(&desk.app, "Integrations").await;
    press(&desk.app, "Lever").await;
    sign_in(&desk.app, &desk.browser.tab).await;
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_access_that_was_revoked_in_lever_is_given_again_in_its_place() {
    let desk = connected().await;
    let (app, tab) = (&desk.app, &desk.browser.tab);
    let revoked: Value = json!({});
    desk.world.control("revoke", Some(&revoked)).await.unwrap();
    press(app, "Validate").await;
    says(app, "connection-state", "Needs reconnect").await;
    says(app, "connection-sentence", "your set-up stays as it is").await;
    lever_connect(app).await;
    allow(app, tab).await;
    says(app, "connection-state", "Connected, not validated").await;
    validate(app).await;
    desk.leave().await;
}

/// Connects again, as somebody of another organisation.
async fn sign_in_for_another(desk: &Desk) {
    press(&desk.app, "Connect again").await;
    lever_connect(&desk.app).await;
    allow(&desk.app, &desk.browser.tab).await;
    says(&desk.app, "other-organisation", "another-account").await;
}

/// The organisation that the page names as connected.
async fn organisation(app: &WebDriver, id: &str) {
    let fact = "//dt[.='Organisation']/following-sibling::dd[1]";
    find(app, By::XPath(format!("{fact}[.='{id}']"))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_organisation_is_kept_out_or_taken_over_as_the_person_answers() {
    let desk = connected().await;
    let app = &desk.app;
    let switches = desk.world.practice().join("/practice/switches").unwrap();
    let another = json!({ "account_id": "another-account" });
    let switched = desk.world.http().put(switches).json(&another).send().await;
    switched.unwrap().error_for_status().unwrap();

    sign_in_for_another(&desk).await;
    press(app, "Keep what is connected").await;
    says(app, "connection-state", "Verified").await;
    organisation(app, "practice-account").await;
    validate(app).await;

    sign_in_for_another(&desk).await;
    press(app, "Take over the other organisation").await;
    says(app, "connection-state", "Connected, not validated").await;
    organisation(app, "another-account").await;
    validate(app).await;
    desk.leave().await;
}
