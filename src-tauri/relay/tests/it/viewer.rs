//! A page in a real browser: opened with the key of its link, answered, and the answer opened again.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fulcrum_relay::page::{AnswerNonce, Content, Field, FieldKind, Form, PageKey, PostedAnswer};
use fulcrum_relay::protocol::AnswerTo;
use fulcrum_relay::{PageId, SealingKey};
use serde_json::json;
use thirtyfour::prelude::*;
use url::Url;

use crate::world::{Desktop, NOW_MS, World};

const STATUS: &str = "[role=status]";

/// Chromium behind its driver, both ended with this value.
struct Browser {
    tab: WebDriver,
    driver: Child,
}

impl Browser {
    async fn start(folder: &Path) -> Self {
        // The driver's client asks for one, although it speaks plain HTTP; another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let says = BufReader::new(driver.stdout.take().unwrap());
        let mut lines = says.lines().map(Result::unwrap);
        let port = lines
            .find_map(|line| {
                Some(
                    line.split_once("successfully on port ")?
                        .1
                        .trim_end_matches('.')
                        .to_owned(),
                )
            })
            .expect("the driver says its port");
        // Its later words are of no use, but a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        let mut capabilities = Capabilities::new();
        let profile = format!("--user-data-dir={}", folder.display());
        let arguments = json!([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            profile
        ]);
        capabilities
            .set("browserName".to_owned(), json!("chrome"))
            .unwrap();
        capabilities
            .set(
                "goog:chromeOptions".to_owned(),
                json!({ "args": arguments }),
            )
            .unwrap();
        let tab = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .unwrap();
        Self { tab, driver }
    }

    /// Until the element says these words.
    async fn waits_for(&self, css: &str, words: &str) {
        let element = self.tab.query(By::Css(css));
        element.with_text(words.to_owned()).first().await.unwrap();
    }

    async fn types(&self, css: &str, words: &str) {
        let element = self.tab.query(By::Css(css)).first().await.unwrap();
        element.send_keys(words).await.unwrap();
    }

    async fn clicks(&self, css: &str) {
        let element = self.tab.query(By::Css(css)).first().await.unwrap();
        element.click().await.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A page whose every text tries to be markup.
fn content(key: &SealingKey, nonce: &AnswerNonce) -> Content {
    let field = |name: &str, kind, required| Field {
        name: name.into(),
        label: format!("{name}?"),
        kind,
        required,
    };
    Content {
        title: "Welcome, Zoë <img src=x onerror=alert(1)>".into(),
        paragraphs: vec!["</main><script>document.title = 'broken'</script>".into()],
        form: Some(Form {
            key: key.public(),
            nonce: nonce.clone(),
            fields: vec![
                field("name", FieldKind::Text, true),
                field("remarks", FieldKind::LongText, false),
                field("agreed", FieldKind::Tick, true),
            ],
            send: "Send".into(),
        }),
    }
}

async fn publish(desktop: &mut Desktop, id: PageId, content: &Content, key: &PageKey) -> Url {
    let nonce = content.form.as_ref().unwrap().nonce.digest();
    let endpoint = desktop.endpoint;
    let form = Some(AnswerTo { endpoint, nonce });
    let ciphertext = key.encrypt(id, content);
    desktop
        .session
        .publish(id, ciphertext, NOW_MS + 1_000, form);
    desktop.published().await
}

#[tokio::test]
async fn a_browser_opens_a_page_and_its_sealed_answer_reaches_the_desktop_once() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let (answers, nonce) = (SealingKey::generate(), AnswerNonce::random());
    let (id, key) = (PageId::random(), PageKey::generate());
    let content = content(&answers, &nonce);
    let url = publish(&mut desktop, id, &content, &key).await;
    let profile = tempfile::tempdir().unwrap();
    let browser = Browser::start(profile.path()).await;

    open_it(&browser, &content, &url, &key).await;
    browser.clicks("button").await;
    assert_eq!(
        world.metric("fulcrum_relay_events_waiting").await,
        0,
        "a required field is empty"
    );
    browser.types("input[name=name]", "Zoë Ñandú").await;
    browser.types("textarea", "two\nlines").await;
    browser.clicks("input[type=checkbox]").await;
    browser.clicks("button").await;
    browser
        .waits_for(STATUS, "Thank you. Your answer was sent.")
        .await;

    let event = desktop.events(1).await.remove(0);
    let delivery = desktop.open(&event);
    assert_eq!(delivery.path, url.path());
    let posted: PostedAnswer = serde_json::from_slice(&delivery.body).unwrap();
    assert_eq!(posted.nonce, nonce);
    let answer = posted.open(&answers, id).unwrap();
    let answer: Vec<_> = answer
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        answer,
        [
            ("agreed", "yes"),
            ("name", "Zoë Ñandú"),
            ("remarks", "two\nlines")
        ]
    );
    assert!(
        posted.open(&answers, PageId::random()).is_err(),
        "sealed for this page only"
    );
    assert!(posted.open(&SealingKey::generate(), id).is_err());

    browser.tab.refresh().await.unwrap();
    browser.types("input[name=name]", "Zoë").await;
    browser.clicks("input[type=checkbox]").await;
    browser.clicks("button").await;
    let again = "An answer was received already, so this one was not sent.";
    browser.waits_for(STATUS, again).await;
    assert_eq!(world.metric("fulcrum_relay_page_answers_total").await, 1);
    browser.tab.clone().quit().await.unwrap();
}

/// What a page weighs besides its ciphertext: the viewer and the headers.
const AROUND: usize = 10_000;

/// How many files the browser loaded for the page that it shows, and their bytes as they were transferred, heads and
/// all.
async fn loaded(browser: &Browser) -> (usize, usize) {
    let script = "const files = performance.getEntries().filter(entry => 'transferSize' in entry); \
                  return [files.length, files.reduce((sum, file) => sum + file.transferSize, 0)]";
    let told = browser.tab.execute(script, vec![]).await.unwrap();
    told.convert().unwrap()
}

#[tokio::test]
async fn a_page_is_one_file_of_little_more_than_its_ciphertext() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let profile = tempfile::tempdir().unwrap();
    let browser = Browser::start(profile.path()).await;
    let letter = content(&SealingKey::generate(), &AnswerNonce::random());
    // As long as a page can be.
    let mut longest = letter.clone();
    let size = |content: &Content| PageKey::generate().encrypt(PageId::random(), content).len();
    longest.paragraphs.push(String::new());
    let room = world.limits.page_bytes - size(&longest);
    longest.paragraphs[1] = "x".repeat(room);

    let mut pages = Vec::new();
    for content in [&letter, &longest] {
        let (id, key) = (PageId::random(), PageKey::generate());
        let url = publish(&mut desktop, id, content, &key).await;
        browser.tab.goto(key.link(&url).as_str()).await.unwrap();
        browser.waits_for("h1", &content.title).await;
        pages.push((size(content), loaded(&browser).await));
    }
    browser.tab.clone().quit().await.unwrap();
    for (ciphertext, (files, bytes)) in pages {
        assert_eq!(files, 1, "nothing is loaded besides");
        let in_base64 = ciphertext.div_ceil(3) * 4;
        assert!(bytes > in_base64, "the whole page is counted");
        assert!(bytes <= in_base64 + AROUND, "{bytes} for {ciphertext}");
    }
    assert_eq!(size(&longest), world.limits.page_bytes);
    let refused = "fulcrum_relay_requests_rejected_total{reason=\"unknown\"}";
    assert_eq!(world.metric(refused).await, 0, "nothing else is asked for");
    assert_eq!(world.metric("fulcrum_relay_pages_shown_total").await, 2);
}

/// With a wrong key first, then with the right one.
async fn open_it(browser: &Browser, content: &Content, url: &Url, key: &PageKey) {
    let tab = &browser.tab;
    let wrong = PageKey::generate().link(url);
    tab.goto(wrong.as_str()).await.unwrap();
    let refusal = "The page cannot be opened. The link is not complete: open it again from the message that it came in.";
    browser.waits_for("main > p", refusal).await;
    // To the browser this is a place on the same page, which the viewer has to notice.
    tab.goto(key.link(url).as_str()).await.unwrap();
    browser.waits_for("h1", &content.title).await;
    assert_eq!(tab.title().await.unwrap(), content.title);
    browser.waits_for("main > p", &content.paragraphs[0]).await;
    let markup = tab.find_all(By::Css("img, main script")).await.unwrap();
    assert!(markup.is_empty(), "text stays text");
    let main = tab.find(By::Css("main")).await.unwrap();
    let width = main.css_value("max-width").await.unwrap();
    assert_eq!(width, "640px", "the policy lets the style apply");
}
