//! The article, from *Settings > Integrations > Lever* to a person in the workflow.

use std::path::Path;
use std::time::Duration;

use fulcrum_core::config::PRACTICE_CLIENT;
use fulcrum_tests::canary::{Canary, Scanner};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::desk::{Desk, PATIENCE};
use crate::lever;

/// How often a page is looked at while something is awaited.
const GLANCE: Duration = Duration::from_millis(100);

/// The element, once it is shown.
pub async fn find(tab: &WebDriver, by: By) -> WebElement {
    let what = format!("{by:?}");
    // A page that is replaced meanwhile takes its elements with it; the next one is looked at then.
    let query = tab.query(by).wait(PATIENCE, GLANCE).ignore_errors(true);
    match query.and_displayed().first().await {
        Ok(element) => element,
        Err(problem) => missing(tab, &format!("{what} ({problem})")).await,
    }
}

/// Fails with a picture of the page, which says more than the words.
pub async fn missing(tab: &WebDriver, what: &str) -> ! {
    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window.png");
    // Without a picture the words have to do.
    let _ = tab.screenshot(&picture).await;
    panic!("not on the page: {what}; see {}", picture.display())
}

/// The element with this role and accessible name.
async fn named(tab: &WebDriver, element: &str, name: &str) -> WebElement {
    let by = format!("//{element}[normalize-space(.)='{name}' or @aria-label='{name}']");
    find(tab, By::XPath(by)).await
}

/// Presses the button, link or tab of this name.
pub async fn press(tab: &WebDriver, name: &str) {
    let button = named(tab, "*[self::button or self::a or @role='tab']", name).await;
    button.scroll_into_view().await.unwrap();
    click(&button).await;
}

/// Clicks once nothing lies over the element any more, as a person waits for a list to close.
pub async fn click(element: &WebElement) {
    let clicked = async {
        while let Err(problem) = element.click().await {
            assert!(is_moving(&problem), "{problem}");
        }
    };
    let clicked = tokio::time::timeout(PATIENCE, clicked).await;
    clicked.expect("nothing lies over it for long");
}

/// Types once the element takes it, as a person waits for a list to open.
pub async fn write(element: &WebElement, text: &str) {
    let written = async {
        while let Err(problem) = element.send_keys(text).await {
            assert!(is_moving(&problem), "{problem}");
        }
    };
    let written = tokio::time::timeout(PATIENCE, written).await;
    written.expect("it takes text soon");
}

/// Whether something still opens or closes.
fn is_moving(problem: &WebDriverError) -> bool {
    matches!(
        problem.as_inner(),
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
    )
}

/// The element with this test id, once it says these words.
pub async fn says(tab: &WebDriver, id: &str, words: &str) -> WebElement {
    let by = format!("//*[@data-testid='{id}'][contains(normalize-space(.), '{words}')]");
    find(tab, By::XPath(by)).await
}

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
    click(&find(app, name).await).await;
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
    click(&find(app, environment).await).await;
    let (id, secret) = fulcrum_core::config::PRACTICE_CLIENT;
    write(&field(app, "Client id").await, id).await;
    write(&field(app, "Client secret").await, secret).await;
    allow(app, tab).await;
    says(app, "connection-sentence", "Click Validate to check it.").await;
    validate(app).await;
}

/// Lever Connect (Recommended).
pub async fn lever_connect(app: &WebDriver) {
    click(&find(app, By::Css("[data-testid=lever-connect]")).await).await;
}

/// Login to set up integration > Accept.
pub async fn allow(app: &WebDriver, tab: &WebDriver) {
    press(app, "Login to set up integration").await;
    says(app, "permissions", "Allow offline access").await;
    press(app, "Next").await;
    let waiting = find(app, By::Css("[data-testid=waiting-for-browser]")).await;
    let link = waiting.query(By::XPath(".//a[normalize-space(.)='Open again']"));
    let link = link.wait(PATIENCE, GLANCE).first().await.unwrap();
    let address = link.attr("href").await.unwrap().unwrap();
    lever::accept(tab, &address).await;
}

/// Validate > Verified.
pub async fn validate(app: &WebDriver) {
    press(app, "Validate").await;
    says(app, "connection-state", "Verified").await;
}

/// The text input with this label.
async fn field(app: &WebDriver, label: &str) -> WebElement {
    let by = format!("//input[@id=//label[starts-with(normalize-space(.), '{label}')]/@for]");
    find(app, By::XPath(by)).await
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
    write(&find(app, fixed).await, "Europe/Lisbon").await;
    let email = field(app, "Candidate e-mail").await;
    email.send_keys("layla.haddad@example.com").await.unwrap();
    press(app, "Go").await;
    let sample = "sample-personal_email";
    says(app, sample, "layla.haddad@example.com").await;
    press(app, "Save").await;
    says(app, "save-reason", "Version 1, saved").await;
}

/// Opens the dropdown of a person field, searches, and takes the Lever field that is found.
async fn choose(app: &WebDriver, (target, label): (&str, &str), field: &str) {
    open(app, target).await;
    let search = By::Css(format!(
        "input[aria-label='Search Lever fields for {label}']"
    ));
    write(&find(app, search).await, field).await;
    take(app, field).await;
}

async fn open(app: &WebDriver, target: &str) {
    let source = By::Css(format!("[data-testid=source-{target}]"));
    let source = find(app, source).await;
    source.scroll_into_view().await.unwrap();
    click(&source).await;
}

async fn take(app: &WebDriver, option: &str) {
    let option = format!("//*[@role='option'][contains(normalize-space(.), '{option}')]");
    click(&find(app, By::XPath(option)).await).await;
}

/// Workflows > Manage workflow > Entering the workflow > Add listener > Lever > Candidate hired > Endpoint URL >
/// Signature token > Create event listener > Verify connection. Returns the token.
async fn listen(app: &WebDriver, tab: &WebDriver, practice: &url::Url) -> String {
    press(app, "Workflows").await;
    let manage = By::XPath(
        "//a[contains(normalize-space(.), 'Manage workflow') or contains(@aria-label, 'Manage workflow')]",
    );
    click(&find(app, manage).await).await;
    says(app, "entering", "Third-party events").await;
    press(app, "Add listener").await;
    let endpoint = field(app, "Endpoint URL")
        .await
        .value()
        .await
        .unwrap()
        .unwrap();
    assert!(endpoint.contains("/e/"), "{endpoint}");
    let token = lever::add_webhook(tab, practice, &endpoint).await;
    write(&field(app, "Signature token").await, &token).await;
    press(app, "Create event listener").await;
    says(app, "listener-state", "Waiting for first event").await;
    assert!(
        lever::verify_connection(tab)
            .await
            .starts_with("Connection verified")
    );
    says(app, "listener-state", "Connection verified").await;
    token
}
