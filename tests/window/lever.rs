//! Lever's pages in the browser.

use thirtyfour::prelude::*;

use crate::page::{click, find, text, value, write};

/// Logs in as the Super Admin unless the browser still is, presses *Accept* on the consent page and waits for the page
/// that the browser ends on.
pub async fn accept(tab: &WebDriver, authorize_url: &str) {
    tab.goto(authorize_url).await.unwrap();
    let user = "button[name=user][data-role='super admin']";
    let first = find(tab, By::Css(format!("{user}, #accept"))).await;
    if first.id().await.unwrap().as_deref() != Some("accept") {
        click(tab, By::Css(user)).await;
    }
    let permissions = text(tab, By::Css("[data-testid=permissions]")).await;
    assert!(
        permissions.contains("offers"),
        "the permissions are listed in words"
    );
    click(tab, By::Id("accept")).await;
    // Looked for by its words: the page before has a heading too, which is gone while it is read.
    find(tab, By::XPath("//h1[.='Lever has answered']")).await;
}

/// Settings > Integrations and API > Webhooks: turns *Candidate hired* on, presses *Add webhook*, pastes the
/// endpoint URL and saves; returns the signature token.
pub async fn add_webhook(tab: &WebDriver, lever: &url::Url, endpoint: &str) -> String {
    let page = lever.join("/settings/integrations/webhooks").unwrap();
    tab.goto(page.as_str()).await.unwrap();
    click(tab, By::Id("toggle-candidateHired")).await;
    find(tab, By::Css("#toggle-candidateHired[aria-checked=true]")).await;
    click(tab, By::Id("add-candidateHired")).await;
    let of_webhook = |part: &str| By::Css(format!("[data-testid=webhook] [data-testid={part}]"));
    let token = value(tab, of_webhook("signature-token")).await;
    write(tab, of_webhook("url"), endpoint).await;
    click(tab, of_webhook("save")).await;
    let saved = "//*[@role='status'][contains(., 'was saved')]";
    find(tab, By::XPath(saved)).await;
    token
}

/// Presses *Verify connection*; returns what Lever says.
pub async fn verify_connection(tab: &WebDriver) -> String {
    click(tab, By::Css("[data-testid=verify]")).await;
    text(tab, By::Css("[data-testid=verify-result]")).await
}

/// Presses *Hired* on a candidate's page.
pub async fn hire(tab: &WebDriver, lever: &url::Url, opportunity: &str) {
    let page = lever.join(&format!("/candidates/{opportunity}")).unwrap();
    tab.goto(page.as_str()).await.unwrap();
    click(tab, By::Id("hired")).await;
    find(tab, By::Css("[data-testid=archived]")).await;
}
