//! The page on which a person moves the controls.

use serde_json::json;

use crate::world::{START_MS, World, send};

/// Sends a form of the page and returns the page that it leads to.
async fn submit(world: &World, form: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(
        world
            .post(&format!("/practice/by-hand/{form}"))
            .form(fields),
    )
    .await;
    if answer.status().is_redirection() {
        let location = answer.headers()["location"].to_str().unwrap();
        let (path, section) = location.split_once('#').unwrap();
        assert_eq!(path, "/practice");
        let page = page(world).await;
        assert!(
            page.contains(&format!("<section id=\"{section}\">")),
            "{section}"
        );
        return page;
    }
    assert_eq!(answer.status(), 400);
    answer.text().await.unwrap()
}

async fn page(world: &World) -> String {
    let page = send(world.get("/practice")).await;
    assert_eq!(page.status(), 200);
    // Slashes are escaped, as every other sign that could end an attribute.
    page.text().await.unwrap().replace("&#x2f;", "/")
}

#[tokio::test]
async fn the_page_lists_every_control_and_every_switch() {
    let world = World::start().await;
    let page = page(&world).await;
    for told in [
        "<code>POST /practice/seed</code>",
        "<code>GET /practice/clock</code>",
        "<code>GET /practice/mails</code>",
        // A request without a body has an empty cell for it, not the next one's text.
        "<td class=\"long\"></td><td class=\"long\">writes, token requests, deliveries and exact counts</td>",
        "Status of an <code>invalid_grant</code> answer",
        "<code>refresh_reuse</code>",
        "drop_after",
    ] {
        assert!(page.contains(told), "{told}");
    }
}

#[tokio::test]
async fn the_clock_moves_a_month_and_is_let_run_by_hand() {
    let world = World::start().await;
    let page = submit(&world, "clock", &[("advance", "1 month")]).await;
    assert!(page.contains("21 Oct 2026"), "{START_MS}");
    assert!(page.contains("stands still"));
    let page = submit(&world, "clock", &[("frozen", "false")]).await;
    assert!(page.contains(">runs<"));
}

#[tokio::test]
async fn a_switch_is_set_by_hand_and_a_wrong_value_is_refused_in_words() {
    let world = World::start().await;
    submit(
        &world,
        "switches",
        &[("name", "put_status"), ("value", "201")],
    )
    .await;
    let reuse = [("name", "refresh_reuse"), ("value", "grace")];
    submit(&world, "switches", &reuse).await;
    let switches = send(world.get("/practice/switches")).await;
    let switches: serde_json::Value = switches.json().await.unwrap();
    assert_eq!(
        (&switches["put_status"], &switches["refresh_reuse"]),
        (&json!(201), &json!("grace"))
    );
    let wrong = [("name", "put_status"), ("value", "<b>no</b>")];
    let page = submit(&world, "switches", &wrong).await;
    assert!(page.contains("invalid type") && !page.contains("<b>no"));
}

#[tokio::test]
async fn a_failure_is_asked_for_and_lifted_by_hand() {
    let world = World::start().await;
    let fault = [("kind", "html"), ("path_prefix", "/v1/"), ("count", "3")];
    let page = submit(&world, "faults", &fault).await;
    assert!(page.contains("any method /v1/…"));
    assert_eq!(send(world.get("/v1/stages")).await.status(), 502);
    let page = submit(&world, "faults/lift", &[("number", "1")]).await;
    assert!(page.contains("answered as it should be"));
}

#[tokio::test]
async fn candidates_are_drawn_by_hand_and_a_reset_brings_the_first_ones_back() {
    let world = World::start().await;
    let drawn = [("opportunities", "12"), ("random_seed", "3")];
    submit(&world, "seed", &drawn).await;
    world.switch(json!({"put_status": 201})).await;
    let rows = world.api("/opportunities").await["data"]
        .as_array()
        .unwrap()
        .len();
    assert!(rows <= 12);
    submit(&world, "reset", &[]).await;
    let rows = world.api("/opportunities").await["data"]
        .as_array()
        .unwrap()
        .len();
    assert!(rows >= 40);
    let switches = send(world.get("/practice/switches")).await;
    let switches: serde_json::Value = switches.json().await.unwrap();
    assert_eq!(switches["put_status"], 200);
}

#[tokio::test]
async fn what_cannot_be_done_is_said_once_and_changes_nothing() {
    let world = World::start().await;
    let before = send(world.get("/practice/switches"))
        .await
        .text()
        .await
        .unwrap();
    let long = "9".repeat(10_000);
    for (form, field, words) in [
        ("clock", ("advance", "a while"), "advance"),
        ("clock", ("advance", "-1 day"), "not negative"),
        ("clock", ("advance", "9999 years"), "year"),
        ("webhooks", ("paused", "perhaps"), "paused"),
        ("seed", ("opportunities", long.as_str()), "opportunities"),
        ("seed", ("opportunities", "-1"), "opportunities"),
        ("faults", ("kind", "<script>"), "kind"),
        ("faults/lift", ("number", "first"), "number"),
        ("switches", ("name", "put_status"), "value"),
    ] {
        let page = submit(&world, form, &[field]).await;
        assert_eq!(page.matches("data-testid=\"notice\"").count(), 1, "{form}");
        let notice = page.split("data-testid=\"notice\">").nth(1).unwrap();
        let notice = notice.split("</p>").next().unwrap();
        assert!(
            notice.contains(words) && !notice.contains("<script>"),
            "{form}: {notice}"
        );
    }
    let after = send(world.get("/practice/switches"))
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(before, after);
}
