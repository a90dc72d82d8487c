//! The article's set-up, from *Integrations > ATS* to *Done*, and the end of it under *Authorized apps*.

use thirtyfour::prelude::*;

use crate::desk::Desk;
use crate::page::{click, find, press, says, write};
use crate::sora::sign_in;

/// Fulcrum among the apps on Lever's page.
const LISTED: &str = "[data-app=fulcrum-practice]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_agora_set_up_step_by_step_in_the_real_window_and_then_revoke_access() {
    let desk = Desk::set_up().await;
    let (app, tab, practice) = (&desk.app, &desk.browser.tab, desk.world.practice().clone());
    press(app, "Integrations").await;
    press(app, "ATS").await;
    press(app, "Connect Lever").await;
    says(app, "writes", "One tag “Agora Offer”").await;
    press(app, "Configure Lever").await;
    sign_in(app, tab).await;
    press(app, "Next").await;
    says(app, "ats-events", "Candidate deleted").await;
    press(app, "Next").await;
    says(app, "offer-fields", "salary_amount").await;
    press(app, "Done").await;
    says(app, "connection-state", "Verified").await;

    let apps = practice
        .join("/settings/integrations/authorized-apps")
        .unwrap();
    tab.goto(apps.as_str()).await.unwrap();
    find(tab, By::Css(LISTED)).await;
    press(app, "Authorized apps").await;
    let notes = "View and manage all candidates' notes";
    let grant = "grant-offer_letters";
    let by = format!("//*[@data-testid='{grant}'][contains(normalize-space(.), \"{notes}\")]");
    find(app, By::XPath(by)).await;
    press(app, "Revoke access: Offer letters").await;
    says(app, "what-stops", "No new offer letters are created").await;
    write(app, By::Css("[data-testid=confirmation]"), "revoke").await;
    click(app, By::Css("[data-testid=end-access]")).await;
    says(app, "empty", "No app is authorized").await;
    press(app, "Activity").await;
    says(app, "activity-line", "took its access back").await;
    tab.goto(apps.as_str()).await.unwrap();
    find(tab, By::Css("main")).await;
    let listed = tab.find_all(By::Css(LISTED)).await.unwrap();
    assert!(listed.is_empty(), "Lever was told");
    desk.leave().await;
}
