//! Looking at a page and acting on it, as a person would: what is drawn anew meanwhile is looked for again.

use std::path::Path;
use std::time::Duration;

use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::desk::PATIENCE;

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

/// The element with this test id, once it says these words.
pub async fn says(tab: &WebDriver, id: &str, words: &str) {
    let by = format!("//*[@data-testid='{id}'][contains(normalize-space(.), '{words}')]");
    find(tab, By::XPath(by)).await;
}

/// Presses the button, link or tab of this name.
pub async fn press(tab: &WebDriver, name: &str) {
    let button = "*[self::button or self::a or @role='tab']";
    let by = format!("//{button}[normalize-space(.)='{name}' or @aria-label='{name}']");
    click(tab, By::XPath(by)).await;
}

/// Clicks on the element.
pub async fn click(tab: &WebDriver, by: By) {
    let clicked = async |element: WebElement| {
        element.scroll_into_view().await?;
        element.click().await
    };
    once_it_stands(tab, by, clicked).await;
}

/// Types into the element.
pub async fn write(tab: &WebDriver, by: By, text: &str) {
    let written = async |element: WebElement| element.send_keys(text).await;
    once_it_stands(tab, by, written).await;
}

/// What the element says.
pub async fn text(tab: &WebDriver, by: By) -> String {
    once_it_stands(tab, by, async |element: WebElement| element.text().await).await
}

/// What stands in the input.
pub async fn value(tab: &WebDriver, by: By) -> String {
    let value = async |element: WebElement| element.value().await;
    let value = once_it_stands(tab, by, value).await;
    value.expect("an input has a value")
}

/// Where the link leads.
pub async fn href(tab: &WebDriver, by: By) -> String {
    let href = async |element: WebElement| element.attr("href").await;
    let href = once_it_stands(tab, by, href).await;
    href.expect("a link leads somewhere")
}

/// Does something with the element, as soon as it is neither drawn anew nor covered by something that still opens or
/// closes.
async fn once_it_stands<T>(
    tab: &WebDriver,
    by: By,
    act: impl AsyncFn(WebElement) -> WebDriverResult<T>,
) -> T {
    let what = format!("{by:?}");
    let acted = async {
        loop {
            let element = find(tab, by.clone()).await;
            match act(element).await {
                Ok(done) => return done,
                Err(problem) => assert!(is_moving(&problem), "{what}: {problem}"),
            }
        }
    };
    match tokio::time::timeout(PATIENCE, acted).await {
        Ok(done) => done,
        Err(_) => missing(tab, &format!("{what} at rest")).await,
    }
}

/// Whether the element was drawn anew, or something still opens or closes.
fn is_moving(problem: &WebDriverError) -> bool {
    matches!(
        problem.as_inner(),
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::StaleElementReference(_)
    )
}
