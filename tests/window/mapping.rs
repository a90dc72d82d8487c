//! The mapping without a mouse (SCREENS.md 4.4.2, 4.4.8): every step is a key.

use thirtyfour::prelude::*;

use crate::desk::Desk;
use crate::page::{find, missing, press, says};
use crate::sora::sign_in;

/// More than there are things to stop at on the page.
const STOPS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mapping_is_drawn_tried_shaped_left_and_saved_by_keyboard_alone() {
    let desk = Desk::set_up().await;
    let app = &desk.app;
    press(app, "Integrations").await;
    press(app, "Lever").await;
    sign_in(app, &desk.browser.tab).await;
    press(app, "Inbound field mapping").await;
    says(app, "save-reason", "Choose a Lever field for").await;
    draw(app).await;
    shape(app).await;

    back_to(app, "People").await;
    key(app, Key::Enter).await;
    focus_in(app, "dialog").await;
    go_to(app, "Keep draft", Key::Tab).await;
    key(app, Key::Escape).await;

    save(app, 1).await;
    accept_suggestions(app).await;
    save(app, 2).await;
    look_back(app).await;
    desk.leave().await;
}

/// A Lever field for each field that is required, and the values of a candidate.
async fn draw(app: &WebDriver) {
    choose(app, "First name", "opportunity.name").await;
    choose(app, "Last name", "opportunity.name").await;
    choose(app, "Personal e-mail", "opportunity.emails.first").await;
    choose(app, "Time zone", "Fixed value").await;
    go_to(app, "Fixed value for Time zone", Key::Tab).await;
    keys(app, "Europe/Lisbon").await;

    back_to(app, "Candidate e-mail").await;
    keys(app, "rosa.lindqvist@example.com").await;
    key(app, Key::Enter).await;
    says(app, "sample-personal_email", "rosa.lindqvist@example.com").await;
}

/// A step for a field in its drawer, taken back and done again.
async fn shape(app: &WebDriver) {
    go_to(app, "Transforms for First name: none", Key::Tab).await;
    key(app, Key::Enter).await;
    focus_in(app, "dialog").await;
    go_to(app, "Add step", Key::Tab).await;
    key(app, Key::Enter).await;
    focus_in(app, "menu").await;
    go_to(app, "Part of a name", Key::Down).await;
    key(app, Key::Enter).await;
    says(app, "step-1", "Part of a name").await;
    key(app, Key::Escape).await;
    focused(app, "Transforms for First name: First word").await;
    with_control(app, "z").await;
    focused(app, "Transforms for First name: none").await;
    with_control(app, "y").await;
    focused(app, "Transforms for First name: First word").await;
}

async fn save(app: &WebDriver, version: u32) {
    go_to(app, "Save", Key::Tab).await;
    key(app, Key::Enter).await;
    says(app, "save-reason", &format!("Version {version}, saved")).await;
}

async fn accept_suggestions(app: &WebDriver) {
    back_to(app, "Accept all exact").await;
    key(app, Key::Enter).await;
    says(app, "save-reason", "Unsaved changes").await;
}

/// The versions, the file and the past hires, each opened and closed.
async fn look_back(app: &WebDriver) {
    for (name, dialog) in [
        ("History", "History of the mapping"),
        ("Export", "Export the mapping"),
        ("Try on past hires", "This draft on past hires"),
    ] {
        go_to(app, name, Key::Tab).await;
        key(app, Key::Enter).await;
        let title = format!("//*[@role='dialog']//h2[normalize-space(.)='{dialog}']");
        find(app, By::XPath(title)).await;
        focus_in(app, "dialog").await;
        key(app, Key::Escape).await;
        focused(app, name).await;
    }
}

/// Opens the dropdown of a person field, types what is looked for, and takes the first that is found.
async fn choose(app: &WebDriver, target: &str, wanted: &str) {
    go_to(app, &format!("Lever field for {target}"), Key::Tab).await;
    key(app, Key::Enter).await;
    focused(app, &format!("Search Lever fields for {target}")).await;
    keys(app, wanted).await;
    key(app, Key::Enter).await;
    focused(app, &format!("Lever field for {target}")).await;
}

async fn back_to(app: &WebDriver, name: &str) {
    let chain = app.action_chain().key_down(Key::Shift);
    chain.perform().await.unwrap();
    go_to(app, name, Key::Tab).await;
    let chain = app.action_chain().key_up(Key::Shift);
    chain.perform().await.unwrap();
}

/// Presses a key until the element of this name has the focus.
async fn go_to(app: &WebDriver, name: &str, by: Key) {
    for _ in 0..STOPS {
        if name_of_focus(app).await == name {
            return;
        }
        key(app, by.clone()).await;
    }
    panic!("{STOPS} stops and none is {name}");
}

/// Waits until the element of this name has the focus.
async fn focused(app: &WebDriver, name: &str) {
    let awaited = async {
        while name_of_focus(app).await != name {
            tokio::task::yield_now().await;
        }
    };
    focus_comes(app, name, awaited).await;
}

/// Waits until what has just opened has the focus: it takes it in a moment of its own, and would take it back from whoever
/// is quicker.
async fn focus_in(app: &WebDriver, role: &str) {
    let within = format!("return document.activeElement.closest('[role={role}]') !== null;");
    let awaited = async {
        while !app
            .execute(&within, Vec::new())
            .await
            .unwrap()
            .convert::<bool>()
            .unwrap()
        {
            tokio::task::yield_now().await;
        }
    };
    focus_comes(app, &format!("the {role}"), awaited).await;
}

async fn focus_comes(app: &WebDriver, to: &str, awaited: impl Future<Output = ()>) {
    let comes = tokio::time::timeout(crate::desk::PATIENCE, awaited).await;
    if comes.is_err() {
        let instead = name_of_focus(app).await;
        missing(app, &format!("the focus on {to}; it is on {instead}")).await;
    }
}

async fn name_of_focus(app: &WebDriver) -> String {
    let script = "const e = document.activeElement; \
        const named = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent; \
        return named.trim();";
    let name = app.execute(script, Vec::new()).await.unwrap();
    name.convert().unwrap()
}

async fn key(app: &WebDriver, key: Key) {
    let chain = app.action_chain().key_down(key.clone()).key_up(key);
    chain.perform().await.unwrap();
}

async fn with_control(app: &WebDriver, letter: &str) {
    let chain = app.action_chain().key_down(Key::Control).send_keys(letter);
    chain.key_up(Key::Control).perform().await.unwrap();
}

async fn keys(app: &WebDriver, text: &str) {
    app.action_chain().send_keys(text).perform().await.unwrap();
}
