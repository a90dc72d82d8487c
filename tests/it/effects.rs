//! I4: notes, tags and links come once, whatever Lever does to the calls: what its own API shows afterwards is the
//! witness.

use std::sync::Arc;

use fulcrum_core::lever::effects::{Attempt, EffectError, Effects, NewNote};
use fulcrum_core::lever::types::Id;
use fulcrum_practice::Settings;
use fulcrum_tests::{Invariant, Lever, tries};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Changes of each kind that a mutant makes.
const CONTROL_RUNS: usize = 30;

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
pub fn fault(random: &mut StdRng) -> Value {
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

/// Who makes the changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// As the product's rule is: again until it is done, and then with a look before.
    Product,
    /// The mutant X5: what is called for counts as done.
    DoneBeforeTheCall,
    /// The mutant X6: again until it is done, without a look.
    NoReadBack,
}

/// Calls for the change as the caller does.
async fn settle(
    caller: Caller,
    (kind, effects): (Kind, &Effects<'_>),
    link: &str,
    mut attempt: Attempt,
) {
    let mut calls = 0;
    while let Err(error) = kind.make(effects, link, attempt).await {
        calls += 1;
        assert!(calls < MOST_CALLS, "{error}");
        match caller {
            Caller::Product => attempt = Attempt::Again,
            Caller::DoneBeforeTheCall => return,
            Caller::NoReadBack => {}
        }
    }
}

/// One change through faults; sometimes once more, as after a crash before the first could be written down.
async fn change(
    lever: Arc<Lever>,
    (caller, kind): (Caller, Kind),
    opportunity: String,
    link: String,
    seed: u64,
) {
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
    settle(caller, (kind, &effects), &link, Attempt::First).await;
    if random.random_bool(0.3) {
        let again = match caller {
            Caller::Product | Caller::DoneBeforeTheCall => Attempt::Again,
            Caller::NoReadBack => Attempt::First,
        };
        settle(caller, (kind, &effects), &link, again).await;
    }
}

/// How often changes show in Lever that were to be made once.
#[derive(Default)]
struct Shown {
    once: usize,
    never: usize,
    more: usize,
}

async fn many(caller: Caller, kind: Kind, runs: usize) -> Shown {
    let mut settings = Settings::default();
    settings.switches.rate_limit = false;
    let lever = Arc::new(Lever::start(settings).await);
    let candidates =
        json!({ "name": "Robin Sample", "emails": ["robin@example.com"], "count": runs });
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
            (caller, kind),
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
    let mut shown = Shown::default();
    for (seed, opportunity) in (1..).zip(&opportunities) {
        match kind.count(&lever, opportunity, &link(seed)).await {
            0 => shown.never += 1,
            1 => shown.once += 1,
            _ => shown.more += 1,
        }
    }
    shown
}

async fn judge(kind: Kind, name: &str) -> Invariant {
    let runs = tries(500, 150);
    let real = many(Caller::Product, kind, runs).await;
    let done_before = many(Caller::DoneBeforeTheCall, kind, CONTROL_RUNS).await;
    Invariant::new("I4")
        .figure("effect", name)
        .exactly("performed", real.once, runs)
        .exactly("duplicates", real.more, 0)
        .exactly("missing", real.never, 0)
        .at_least("control_x5_missing", done_before.never, 1)
}

#[tokio::test]
async fn i04_notes_come_once_through_faults() {
    let line = judge(Kind::Note, "note").await;
    let no_look = many(Caller::NoReadBack, Kind::Note, CONTROL_RUNS).await;
    line.at_least("control_x6_duplicates", no_look.more, 1)
        .conclude();
}

#[tokio::test]
async fn i04_tags_come_once_through_faults() {
    judge(Kind::Tag, "tag").await.conclude();
}

#[tokio::test]
async fn i04_links_come_once_through_faults() {
    judge(Kind::Link, "link").await.conclude();
}
