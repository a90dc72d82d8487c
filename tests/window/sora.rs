//! The article, from *Settings > Integrations > Lever* to a person in the workflow.

use fulcrum_core::config::PRACTICE_CLIENT;
use fulcrum_tests::canary::{Canary, Scanner};
use thirtyfour::prelude::*;

use crate::desk::Desk;
use crate::lever;
use crate::page::{click, find, href, press, says, value, write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sora_article_step_by_step_in_the_real_window() {
    let desk = Desk::set_up().await;
    let (app, tab, practice) = (&desk.app, &desk.browser.tab, desk.world.practice().clone());
    connect(app, tab).await;
    map(app).await;
    let token = listen(app, tab, &practice).await;
    assert_eq!(token.len(), 48);
    let secrets = [
        Canary::new("signature token", &token),
        Canary::new("client secret", PRACTICE_CLIENT.1),
    ];
    shows_none_of(app, &secrets).await;

    let opportunity = fulcrum_practice::seeded_id("opportunity", "arabic-name");
    lever::hire(tab, &practice, &opportunity).await;
    press(app, "Activity").await;
    says(app, "activity-line", "entered the workflow").await;
    shows_none_of(app, &secrets).await;
    press(app, "People").await;
    says(app, "person-row", "layla.haddad@example.com").await;
    // A table row is nothing to click for WebKit; the name in it is a button.
    let name = By::Css("[data-testid=person-row] button");
    click(app, name).await;
    says(app, "person-drawer", "Onboarding").await;
    says(app, "person-drawer", "Europe/Lisbon").await;
    desk.leave().await;
}

/// The page holds no secret in any encoding (I23), also where it shows nothing of it.
async fn shows_none_of(app: &WebDriver, secrets: &[Canary]) {
    let page = app.source().await.unwrap();
    assert!(page.contains("Fulcrum"), "it is the page: {page}");
    let scan = Scanner::new(secrets).bytes("the page", page.as_bytes());
    assert_eq!(scan.told(), "");
}

/// Settings > Integrations > Lever > Lever Connect (Recommended) > Login to set up integration > Accept >
/// confirmation > Validate > Verified.
async fn connect(app: &WebDriver, tab: &WebDriver) {
    press(app, "Integrations").await;
    press(app, "Lever").await;
    sign_in(app, tab).await;
}

/// Lever Connect (Recommended) > Login to set up integration > Accept > confirmation > Validate > Verified, on the
/// page of either integration.
pub async fn sign_in(app: &WebDriver, tab: &WebDriver) {
    lever_connect(app).await;
    let environment = By::XPath("//label[normalize-space(.)='Address given at start']");
    click(app, environment).await;
    let (id, secret) = fulcrum_core::config::PRACTICE_CLIENT;
    write(app, field("Client id"), id).await;
    write(app, field("Client secret"), secret).await;
    allow(app, tab).await;
    says(app, "connection-sentence", "Click Validate to check it.").await;
    validate(app).await;
}

/// Lever Connect (Recommended).
pub async fn lever_connect(app: &WebDriver) {
    click(app, By::Css("[data-testid=lever-connect]")).await;
}

/// Login to set up integration > Accept.
pub async fn allow(app: &WebDriver, tab: &WebDriver) {
    press(app, "Login to set up integration").await;
    says(app, "permissions", "Allow offline access").await;
    press(app, "Next").await;
    let link = "//*[@data-testid='waiting-for-browser']//a[normalize-space(.)='Open again']";
    let address = href(app, By::XPath(link)).await;
    lever::accept(tab, &address).await;
}

/// Validate > Verified.
pub async fn validate(app: &WebDriver) {
    press(app, "Validate").await;
    // Until then other buttons come and go in its place, and what is pressed there is pressed on them.
    find(app, By::Css("[data-testid=validate]:not([data-loading])")).await;
    says(app, "connection-state", "Verified").await;
}

/// The text input with this label.
fn field(label: &str) -> By {
    let by = format!("//input[@id=//label[starts-with(normalize-space(.), '{label}')]/@for]");
    By::XPath(by)
}

/// Inbound field mapping: dropdowns, a fixed value, Go with an e-mail, sample values of the draft, Save.
async fn map(app: &WebDriver) {
    press(app, "Inbound field mapping").await;
    choose(app, ("first_name", "First name"), "opportunity.name").await;
    choose(app, ("last_name", "Last name"), "opportunity.name").await;
    choose(
        app,
        ("personal_email", "Personal e-mail"),
        "opportunity.emails.first",
    )
    .await;
    open(app, "timezone").await;
    take(app, "Fixed value").await;
    let fixed = By::Css("input[aria-label='Fixed value for Time zone']");
    write(app, fixed, "Europe/Lisbon").await;
    let email = "layla.haddad@example.com";
    write(app, field("Candidate e-mail"), email).await;
    press(app, "Go").await;
    let sample = "sample-personal_email";
    says(app, sample, email).await;
    press(app, "Save").await;
    says(app, "save-reason", "Version 1, saved").await;
}

/// Opens the dropdown of a person field, searches, and takes the Lever field that is found.
async fn choose(app: &WebDriver, (target, label): (&str, &str), field: &str) {
    open(app, target).await;
    let search = By::Css(format!(
        "input[aria-label='Search Lever fields for {label}']"
    ));
    write(app, search, field).await;
    take(app, field).await;
}

async fn open(app: &WebDriver, target: &str) {
    let source = By::Css(format!("[data-testid=source-{target}]"));
    click(app, source).await;
}

async fn take(app: &WebDriver, option: &str) {
    let option = format!("//*[@role='option'][contains(normalize-space(.), '{option}')]");
    click(app, By::XPath(option)).await;
}

/// Workflows > Manage workflow > Entering the workflow > Add listener > Lever > Candidate hired > Endpoint URL >
/// Signature token > Create event listener > Verify connection. Returns the token.
async fn listen(app: &WebDriver, tab: &WebDriver, practice: &url::Url) -> String {
    press(app, "Workflows").await;
    let manage = By::XPath(
        "//a[contains(normalize-space(.), 'Manage workflow') or contains(@aria-label, 'Manage workflow')]",
    );
    click(app, manage).await;
    says(app, "entering", "Third-party events").await;
    press(app, "Add listener").await;
    let endpoint = value(app, field("Endpoint URL")).await;
    assert!(endpoint.contains("/e/"), "{endpoint}");
    let token = lever::add_webhook(tab, practice, &endpoint).await;
    write(app, field("Signature token"), &token).await;
    press(app, "Create event listener").await;
    says(app, "waiting-for-lever", "Waiting for first event").await;
    assert!(
        lever::verify_connection(tab)
            .await
            .starts_with("Connection verified")
    );
    says(app, "waiting-for-lever", "Connection verified").await;
    press(app, "Done").await;
    says(app, "listener-state", "Connection verified").await;
    token
}
