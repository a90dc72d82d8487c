//! Notes, tags and links come once (RELIABILITY.md I4), whatever Lever does to the calls: what its own API shows
//! afterwards is the witness.

use std::sync::Arc;

use fulcrum_core::lever::effects::{Attempt, EffectError, Effects, NewNote};
use fulcrum_core::lever::types::Id;
use fulcrum_practice::Settings;
use fulcrum_tests::Lever;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Changes of each kind.
const RUNS: usize = 500;

/// Changes under way at once.
const AT_ONCE: usize = 16;

/// Calls after which a change must have come to be: each fault hits three requests at most.
const MOST_CALLS: usize = 10;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Note,
    Tag,
    Link,
}

impl Kind {
    /// The path below the opportunity that the change is sent to.
    fn path(self) -> &'static str {
        match self {
            Self::Note => "notes",
            Self::Tag => "addTags",
            Self::Link => "addLinks",
        }
    }

    /// The path below the opportunity where the change shows, if it is not the opportunity itself.
    fn shown_at(self) -> &'static str {
        match self {
            Self::Note => "/notes",
            Self::Tag | Self::Link => "",
        }
    }

    async fn make(
        self,
        effects: &Effects<'_>,
        link: &str,
        attempt: Attempt,
    ) -> Result<(), EffectError> {
        match self {
            Self::Note => {
                let note = NewNote::secret(&format!("The offer is at {link}"), link)
                    .expect("the link is a word of it");
                effects.add_note(&note, attempt).await.map(drop)
            }
            Self::Tag => effects.add_tag(link, attempt).await.map(drop),
            Self::Link => {
                let link = link.parse().expect("the link is one");
                effects.add_link(&link, attempt).await.map(drop)
            }
        }
    }

    /// How often the change shows in Lever.
    async fn count(self, lever: &Lever, opportunity: &str, link: &str) -> usize {
        let shown = lever
            .read(&format!("opportunities/{opportunity}{}", self.shown_at()))
            .await;
        let found = match self {
            Self::Note => &shown["data"],
            Self::Tag => &shown["data"]["tags"],
            Self::Link => &shown["data"]["links"],
        };
        let items = found.as_array().expect("Lever shows a list");
        let ours = items.iter().filter(|item| {
            let text = if self == Self::Note {
                &item["fields"][0]["value"]
            } else {
                item
            };
            text.as_str().is_some_and(|text| text.ends_with(link))
        });
        ours.count()
    }
}

/// A fault that keeps a write from being done, or from being answered.
fn fault(random: &mut StdRng) -> Value {
    let faults = [
        json!({ "kind": "drop" }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "truncate" }),
        json!({ "kind": "break_off" }),
        json!({ "kind": "status", "status": 500 }),
        json!({ "kind": "status", "status": 503 }),
        json!({ "kind": "html", "status": 502 }),
        json!({ "kind": "rate_limit" }),
        json!({ "kind": "slow", "delay_ms": 400 }),
    ];
    let mut fault = faults[random.random_range(0..faults.len())].clone();
    fault["count"] = json!(random.random_range(1..=3));
    fault
}

/// Calls for the change until it is there.
async fn settle(kind: Kind, effects: &Effects<'_>, link: &str, mut attempt: Attempt) {
    let mut calls = 0;
    while let Err(error) = kind.make(effects, link, attempt).await {
        calls += 1;
        assert!(calls < MOST_CALLS, "{error}");
        attempt = Attempt::Again;
    }
}

/// One change through faults; sometimes once more, as after a crash before the first could be written down.
async fn change(lever: Arc<Lever>, kind: Kind, opportunity: String, link: String, seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    let path = format!("/v1/opportunities/{opportunity}");
    let mut on_write = fault(&mut random);
    on_write["method"] = json!("POST");
    on_write["path"] = json!(format!("{path}/{}", kind.path()));
    lever.tell("faults", &on_write).await;
    if random.random_bool(0.3) {
        let mut on_look = fault(&mut random);
        on_look["method"] = json!("GET");
        on_look["path"] = json!(format!("{path}{}", kind.shown_at()));
        lever.tell("faults", &on_look).await;
    }
    let (client, id) = (lever.hasty_client(), Id::from(opportunity));
    let effects = Effects::on(&client, &id);
    settle(kind, &effects, &link, Attempt::First).await;
    if random.random_bool(0.3) {
        settle(kind, &effects, &link, Attempt::Again).await;
    }
}

async fn many(kind: Kind) {
    let mut settings = Settings::default();
    settings.switches.rate_limit = false;
    let lever = Arc::new(Lever::start(settings).await);
    let candidates =
        json!({ "name": "Robin Sample", "emails": ["robin@example.com"], "count": RUNS });
    let made = lever.tell("candidates", &candidates).await;
    let opportunities: Vec<String> =
        serde_json::from_value(made["opportunities"].clone()).expect("Lever made them");
    let link = |seed: u64| format!("https://offers.example.com/o/{seed}");
    let mut under_way = JoinSet::new();
    for (seed, opportunity) in (1..).zip(&opportunities) {
        if under_way.len() == AT_ONCE {
            under_way
                .join_next()
                .await
                .expect("some are under way")
                .expect("it came to be");
        }
        under_way.spawn(change(
            Arc::clone(&lever),
            kind,
            opportunity.clone(),
            link(seed),
            seed,
        ));
    }
    under_way.join_all().await;

    let faults = lever.look("faults").await;
    let mut left = faults.as_array().expect("Lever lists its faults").iter();
    let unused = left.find(|fault| fault["method"] == "POST" && fault["hits"] == 0);
    assert_eq!(unused, None, "every change met its fault");
    lever.clear("faults").await;
    for (seed, opportunity) in (1..).zip(&opportunities) {
        assert_eq!(
            kind.count(&lever, opportunity, &link(seed)).await,
            1,
            "run {seed}"
        );
    }
}

#[tokio::test]
async fn five_hundred_notes_come_once_through_faults() {
    many(Kind::Note).await;
}

#[tokio::test]
async fn five_hundred_tags_come_once_through_faults() {
    many(Kind::Tag).await;
}

#[tokio::test]
async fn five_hundred_links_come_once_through_faults() {
    many(Kind::Link).await;
}
