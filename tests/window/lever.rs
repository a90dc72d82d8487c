//! Lever's pages in the browser.

use thirtyfour::prelude::*;

use crate::desk::PATIENCE;
use crate::sora::find;

/// Logs in as the Super Admin unless the browser still is, presses *Accept* on the consent page and waits for the page
/// that the browser ends on.
pub async fn accept(tab: &WebDriver, authorize_url: &str) {
    tab.goto(authorize_url).await.unwrap();
    let first = By::Css("button[name=user][data-role='super admin'], #accept");
    let first = find(tab, first).await;
    if first.id().await.unwrap().as_deref() != Some("accept") {
        first.click().await.unwrap();
    }
    let permissions = find(tab, By::Css("[data-testid=permissions]")).await;
    assert!(
        permissions.text().await.unwrap().contains("offers"),
        "the permissions are listed in words"
    );
    find(tab, By::Id("accept")).await.click().await.unwrap();
    // Looked for by its words: the page before has a heading too, which is gone while it is read.
    find(tab, By::XPath("//h1[.='Lever has answered']")).await;
}

/// Settings > Integrations and API > Webhooks: turns *Candidate hired* on, presses *Add webhook*, pastes the
/// endpoint URL and saves; returns the signature token.
pub async fn add_webhook(tab: &WebDriver, lever: &url::Url, endpoint: &str) -> String {
    let page = lever.join("/settings/integrations/webhooks").unwrap();
    tab.goto(page.as_str()).await.unwrap();
    find(tab, By::Id("toggle-candidateHired"))
        .await
        .click()
        .await
        .unwrap();
    find(tab, By::Css("#toggle-candidateHired[aria-checked=true]")).await;
    find(tab, By::Id("add-candidateHired"))
        .await
        .click()
        .await
        .unwrap();
    let token = find(
        tab,
        By::Css("[data-testid=webhook] [data-testid=signature-token]"),
    )
    .await;
    let token = token.value().await.unwrap().unwrap();
    let url = find(tab, By::Css("[data-testid=webhook] [data-testid=url]")).await;
    url.send_keys(endpoint).await.unwrap();
    find(tab, By::Css("[data-testid=webhook] [data-testid=save]"))
        .await
        .click()
        .await
        .unwrap();
    find(
        tab,
        By::XPath("//*[@role='status'][contains(., 'was saved')]"),
    )
    .await;
    token
}

/// Presses *Verify connection*; returns what Lever says.
pub async fn verify_connection(tab: &WebDriver) -> String {
    find(tab, By::Css("[data-testid=verify]"))
        .await
        .click()
        .await
        .unwrap();
    find(tab, By::Css("[data-testid=verify-result]"))
        .await
        .text()
        .await
        .unwrap()
}

/// Presses *Hired* on a candidate's page.
pub async fn hire(tab: &WebDriver, lever: &url::Url, opportunity: &str) {
    let page = lever.join(&format!("/candidates/{opportunity}")).unwrap();
    tab.goto(page.as_str()).await.unwrap();
    find(tab, By::Id("hired")).await.click().await.unwrap();
    let archived = tab
        .query(By::Css("[data-testid=archived]"))
        .wait(PATIENCE, std::time::Duration::from_millis(100));
    archived.first().await.unwrap();
}
