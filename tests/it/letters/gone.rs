//! A candidate who is gone from Lever leaves nothing behind in letters (SCREENS.md 4.8.6, RELIABILITY.md I28).

use fulcrum_tests::{TestWorld, text};
use serde_json::json;

use super::{minute, published, the_letter, watching, written};

/// Somebody with a letter, of whom Lever's button `by` leaves nothing.
async fn buried(by: &str) -> (TestWorld, String) {
    let world = watching().await;
    let (opportunity, _, letter) = published(&world, "Lena Brandt").await;
    let link = text(&written(&world, &letter).await, "link").to_owned();
    if by == "anonymise" {
        let reasons = super::in_lever(&world, "archive_reasons").await;
        let mut reasons = reasons.as_array().unwrap().iter();
        let reason = reasons.find(|reason| reason["type"] != "hired").unwrap();
        let reason = [("reason", text(reason, "id"))];
        world
            .visitor
            .press(&opportunity, "archive", &reason)
            .await
            .unwrap();
    }
    world.visitor.press(&opportunity, by, &[]).await.unwrap();
    for _ in 0..11 {
        minute(&world).await;
    }
    let gone = the_letter(&world, |row| row["status"] == "deleted").await;
    assert_eq!(gone["candidate"], "");
    assert_eq!(gone["fields"], json!([]));
    assert_eq!(gone["versions"], json!([]));
    let log = world.call("activity.list", json!({})).await.to_string();
    assert!(!log.contains("Lena Brandt"), "{log}");
    (world, link)
}

#[tokio::test]
async fn a_deleted_candidate_leaves_a_stone_without_a_name_and_a_link_that_says_so() {
    let (world, link) = buried("delete").await;
    let page = link.split('#').next().unwrap();
    let status = world
        .until("the page is gone", async || {
            let answer = world.world.http().get(page).send().await.unwrap();
            (answer.status() == 404).then_some(404)
        })
        .await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn an_anonymised_candidate_leaves_no_more_than_a_deleted_one() {
    buried("anonymise").await;
}
