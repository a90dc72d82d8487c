//! The pages of the mailbox.

use serde_json::json;

use super::{Mailbox, mails};
use crate::world::{World, send};

/// A mail that would like to do all that a mail must not.
const HOSTILE: &str = "From: \"<script>alert(1)</script>\" <a@example.com>\r\n\
    Subject: =?utf-8?q?<img src=3Dx onerror=3Dalert(2)>?=\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
    --x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
    <script>alert(3)</script><img src=https://tracker.example/p.gif>\r\n\
    --x\r\nContent-Type: text/html; name=\"../../evil.html\"\r\n\
    Content-Disposition: attachment; filename=\"../../evil\"; filename*=utf-8''..%2F%C3%BC%22evil.html\r\n\r\n\
    <script>alert(4)</script>\r\n--x--\r\n";

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn with_hostile_mail() -> World {
    let world = World::start().await;
    let mailbox = Mailbox::of(&world).await;
    let mut wire = mailbox.greeted().await;
    wire.begin_mail().await;
    wire.expect(&format!("{HOSTILE}."), "250").await;
    world
}

#[tokio::test]
async fn the_list_shows_the_newest_first_and_can_be_searched() {
    let world = World::start().await;
    assert!(
        page(&world, "/mailbox")
            .await
            .contains("No mail has come yet.")
    );
    for (subject, text) in [("Offer letter", "Sign here"), ("Welcome", "First day")] {
        let mail = json!({"from": "hr@example.com", "to": "rosa@example.com", "subject": subject, "text": text});
        world.control("/mails", mail).await;
    }
    let list = page(&world, "/mailbox").await;
    assert!(list.find("Welcome").unwrap() < list.find("Offer letter").unwrap());
    let found = page(&world, "/mailbox?q=SIGN").await;
    assert!(found.contains("Offer letter") && !found.contains("Welcome"));
    let none = page(&world, "/mailbox?q=%3Cb%3E").await;
    assert!(
        none.contains("&lt;b&gt;") && !none.contains("<b>\""),
        "{none}"
    );
    let text = page(&world, "/mailbox/1").await;
    assert!(text.contains("Sign here") && text.contains("from the practice Lever"));
}

#[tokio::test]
async fn a_hostile_mail_is_shown_as_text_and_its_html_can_do_nothing() {
    let world = with_hostile_mail().await;
    for path in [
        "/mailbox",
        "/mailbox/1",
        "/mailbox/1?tab=text",
        "/mailbox/1?tab=source",
    ] {
        let page = page(&world, path).await;
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{path}: {page}"
        );
    }
    let shown = send(world.get("/mailbox/1")).await;
    let policy = shown.headers()["content-security-policy"].to_str();
    assert!(policy.unwrap().contains("frame-src 'self'"));
    assert!(
        shown
            .text()
            .await
            .unwrap()
            .contains("sandbox=\"allow-popups ")
    );
    let html = send(world.get("/mailbox/1/html")).await;
    let policy = html.headers()["content-security-policy"].to_str().unwrap();
    for rule in [
        "default-src 'none'",
        "img-src data:;",
        "form-action 'none'",
        "sandbox allow-popups ",
    ] {
        assert!(policy.contains(rule), "{rule}: {policy}");
    }
    assert!(!policy.contains("allow-scripts") && !policy.contains("allow-same-origin"));
}

#[tokio::test]
async fn files_are_saved_and_never_opened() {
    let world = with_hostile_mail().await;
    let file = send(world.get("/mailbox/1/attachments/0")).await;
    assert_eq!(file.headers()["content-type"], "application/octet-stream");
    assert_eq!(file.headers()["x-content-type-options"], "nosniff");
    let disposition = file.headers()["content-disposition"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        disposition.starts_with("attachment; filename=\""),
        "{disposition}"
    );
    assert!(
        !disposition.contains("..") && !disposition.contains('/'),
        "{disposition}"
    );
    assert!(file.text().await.unwrap().contains("alert(4)"));
    let source = send(world.get("/mailbox/1/source")).await;
    assert_eq!(source.bytes().await.unwrap(), HOSTILE.as_bytes());
    for path in ["/mailbox/9", "/mailbox/1/attachments/7", "/mailbox/9/html"] {
        assert_eq!(send(world.get(path)).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_mail_and_then_all_are_deleted() {
    let world = World::start().await;
    for _ in 0..3 {
        let mail = json!({"from": "a@example.com", "to": "b@example.com"});
        world.control("/mails", mail).await;
    }
    assert_eq!(send(world.post("/mailbox/2/delete")).await.status(), 303);
    let left: Vec<_> = mails(&world)
        .await
        .iter()
        .map(|mail| mail["id"].clone())
        .collect();
    assert_eq!(left, [1, 3]);
    assert_eq!(send(world.post("/mailbox/delete-all")).await.status(), 303);
    assert!(mails(&world).await.is_empty());
}
