//! I12: of two copies of one data folder one acts; the other says that it stands by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fulcrum_core::store::StoreError;
use fulcrum_core::store::relay_positions::{self, Reached};
use fulcrum_core::{Engine, Mark};
use fulcrum_tests::{Invariant, TestWorld, text, tries, until_call};
use serde_json::{Value, json};

use crate::hostile_relay::{Hearing, HostileRelay};

/// Hires of each stretch of the story.
const HIRES: usize = 4;

/// What the log says when a copy begins to stand by, and when it is chosen.
const STANDS_BY: &str = "This one stands by";
const CHOSEN: &str = "You chose this copy";

async fn ask(engine: &Engine, name: &str) -> Value {
    engine.call(name, json!({})).await.unwrap()
}

async fn until_relay(engine: &Engine, state: &str) {
    until_call(engine, "relay.show", json!({}), |relay| {
        relay["state"] == state
    })
    .await;
}

/// The names of those whom a copy let into the workflow.
async fn entered(engine: &Engine) -> Vec<String> {
    let workflow = json!({ "id": "onboarding" });
    let shown = engine.call("workflows.show", workflow).await.unwrap();
    let people = shown["people"].as_array().unwrap().iter();
    people.map(|one| text(one, "name").to_owned()).collect()
}

/// How many were let in more than once, whichever copy did it.
async fn duplicates(copies: &[&Engine]) -> usize {
    let mut effects: BTreeMap<String, usize> = BTreeMap::new();
    for engine in copies {
        for name in entered(engine).await {
            *effects.entry(name).or_default() += 1;
        }
    }
    effects.values().map(|count| count - 1).sum()
}

/// How many lines of the whole log contain `words`.
async fn lines(engine: &Engine, words: &str) -> usize {
    let (mut found, mut before) = (0, Value::Null);
    loop {
        let page = json!({ "before": before, "person_id": null, "limit": 200 });
        let page = engine.call("activity.list", page).await.unwrap();
        let Some(last) = page.as_array().unwrap().last() else {
            return found;
        };
        before = last["id"].clone();
        let lines = page.as_array().unwrap().iter();
        found += lines
            .filter(|line| text(line, "sentence").contains(words))
            .count();
    }
}

/// How many pieces of work wait for the user because another copy was in use.
async fn held_back(engine: &Engine) -> usize {
    let items = ask(engine, "attention.list").await;
    let items = items.as_array().unwrap().iter();
    let held = |item: &&Value| text(item, "why").contains("another copy of the data folder was");
    items.filter(held).count()
}

/// Hires so many people whose names begin so.
async fn hire(world: &TestWorld, kind: &str, count: usize) {
    let mut hired = Vec::new();
    for number in 0..count {
        let name = format!("{kind} Number{number}");
        let email = format!("{kind}.{number}@example.com");
        hired.push(world.candidate(&name, &[&email]).await);
    }
    world.world.hire(&hired).await.unwrap();
}

/// A copy of the laptop's folder, which is shut.
fn copy_of(world: &TestWorld) -> tempfile::TempDir {
    let copied = tempfile::tempdir().unwrap();
    super::copy(&world.world.flags().data_dir.unwrap(), copied.path());
    copied
}

async fn open(world: &TestWorld, folder: &Path) -> Engine {
    let clock = Arc::clone(&world.clock) as _;
    world.world.engine_on(folder, clock).await.unwrap()
}

/// A copy that claims to have every event: what the check would be without its number.
async fn claim_everything(world: &TestWorld, folder: &Path) {
    let store = world.world.store_on(folder).unwrap();
    let claimed = store.write(|db| {
        for known in relay_positions::all(db)? {
            let number = i64::MAX;
            relay_positions::reach(db, Reached { number, ..known })?;
        }
        Ok(())
    });
    claimed
        .await
        .map_err(|problem: StoreError| problem)
        .unwrap();
    store.close().await;
}

/// Chooses one copy after the other while people are hired, and hires some more for the chosen one; gives how often.
async fn hand_over(world: &TestWorld, one: &Engine, other: &Engine) -> usize {
    let rounds = tries(40, 4);
    for round in 0..rounds {
        let (chosen, left) = if round % 2 == 0 {
            (one, other)
        } else {
            (other, one)
        };
        let kind = format!("Round{round}");
        tokio::join!(
            hire(world, &kind, HIRES),
            ask(chosen, "relay.use_this_copy")
        );
        until_relay(chosen, "connected").await;
        until_relay(left, "standing_by").await;
        let kind = format!("After{round}");
        hire(world, &kind, HIRES).await;
        let workflow = json!({ "id": "onboarding" });
        until_call(chosen, "workflows.show", workflow, |shown| {
            let people = shown["people"].as_array().unwrap().iter();
            people
                .filter(|one| text(one, "name").starts_with(&kind))
                .count()
                == HIRES
        })
        .await;
    }
    rounds
}

/// What came of a backup that was started beside the copy in use.
struct Restored {
    said: bool,
    effects: usize,
    disturbed: usize,
    duplicates: usize,
}

/// Starts a backup, in which a hire waits that is long due, beside the copy in use. Gives another copy of that backup.
async fn restore_beside(world: &mut TestWorld) -> (Restored, tempfile::TempDir) {
    let away = json!({ "path_prefix": "/v1/opportunities", "kind": "status", "status": 503, "count": 1_000 });
    world.world.control("faults", Some(&away)).await.unwrap();
    hire(world, "Waiting", 1).await;
    world.attention("cannot be reached").await;
    world.switch_off().await;
    let (backup, unchecked) = (copy_of(world), copy_of(world));
    world.switch_on().await;
    let faults = format!("{}practice/faults", world.world.practice());
    world.world.http().delete(faults).send().await.unwrap();
    world.clock.advance(Duration::from_secs(60));
    hire(world, "Weekly", HIRES).await;
    world.people(1 + HIRES).await;

    let restored = open(world, backup.path()).await;
    until_relay(&restored, "standing_by").await;
    // Not so long that the copies' tokens run out, which would stop the one without the check as well.
    world.clock.advance(Duration::from_secs(30 * 60));
    hire(world, "Beside", HIRES).await;
    world.people(1 + 2 * HIRES).await;
    let items = ask(&restored, "attention.list").await;
    let stopped = restored.glance().await.mark == Mark::Stopped;
    let onboarding = json!({ "integration": "onboarding" });
    let asked = restored.call("connections.validate", onboarding).await;
    let asked = asked.unwrap().to_string();
    assert!(
        asked.contains("stands by"),
        "it asks Lever nothing: {asked}"
    );
    let seen = Restored {
        said: items[0]["remedy"] == "use_this_copy" && stopped,
        effects: entered(&restored).await.len(),
        disturbed: lines(world.engine(), STANDS_BY).await,
        duplicates: duplicates(&[world.engine(), &restored]).await,
    };
    restored.stop().await;
    (seen, unchecked)
}

/// Whether somebody was hired while the user chose between two copies.
fn is_of_rounds(name: &str) -> bool {
    name.starts_with("Round") || name.starts_with("After")
}

/// What came of two copies of one moment between which the user chose.
struct Twins {
    rounds: usize,
    chosen: usize,
    stood_by: usize,
    held: usize,
    duplicates: usize,
}

/// Starts two copies of the same moment: one of them is in use, until the user chooses.
async fn choose_between_twins(world: &mut TestWorld) -> Twins {
    world.switch_off().await;
    let folder = copy_of(world);
    world.switch_on().await;
    until_relay(world.engine(), "connected").await;
    let twin = open(world, folder.path()).await;
    // The first one's probe may be acknowledged by then, or not.
    let (idle, used) = tokio::select! {
        () = until_relay(&twin, "standing_by") => (&twin, world.engine()),
        () = until_relay(world.engine(), "standing_by") => (world.engine(), &twin),
    };
    let rounds = hand_over(world, idle, used).await;
    for (chosen, left) in [(idle, used), (used, idle)] {
        ask(chosen, "relay.use_this_copy").await;
        until_relay(left, "standing_by").await;
    }
    let held = settled([used, idle], 2 * rounds * HIRES).await;
    let twins = Twins {
        rounds,
        chosen: lines(idle, CHOSEN).await + lines(used, CHOSEN).await,
        stood_by: lines(idle, STANDS_BY).await + lines(used, STANDS_BY).await,
        held,
        duplicates: duplicates_since([used, idle]).await,
    };
    twin.stop().await;
    twins
}

/// Waits until each of the hires of the rounds was let in by a copy or waits for the user; gives how many wait.
async fn settled(copies: [&Engine; 2], hires: usize) -> usize {
    let look = async || {
        let mut let_in = BTreeSet::new();
        let mut held = 0;
        for engine in copies {
            let_in.extend(entered(engine).await);
            held += held_back(engine).await;
        }
        let_in.retain(|name| is_of_rounds(name));
        (let_in.len(), held)
    };
    // Only the one in use changes.
    let mut changes = copies[0].changes();
    let (mut let_in, mut held) = look().await;
    while let_in + held < hires {
        let changed = tokio::time::timeout(Duration::from_secs(60), changes.recv()).await;
        assert!(
            changed.is_ok(),
            "{let_in} let in and {held} held of {hires}"
        );
        (let_in, held) = look().await;
    }
    held
}

/// Without its number the restored copy does again what the other has done; gives how often.
async fn let_loose(world: &TestWorld, unchecked: &Path) -> usize {
    claim_everything(world, unchecked).await;
    let loose = open(world, unchecked).await;
    let workflow = json!({ "id": "onboarding" });
    until_call(&loose, "workflows.show", workflow, |shown| {
        shown["people"] != json!([])
    })
    .await;
    let repeated = duplicates(&[world.engine(), &loose]).await;
    loose.stop().await;
    repeated
}

#[tokio::test]
async fn i12_two_copies_never_act_twice() {
    let (mut world, _) = TestWorld::ready().await;
    let clock = Arc::clone(&world.clock) as _;
    let twice = world.world.engine_with(clock).await.err().unwrap();
    let refused = usize::from(twice.to_string().contains("is running already"));
    let (restored, unchecked) = restore_beside(&mut world).await;
    let twins = choose_between_twins(&mut world).await;
    let control = let_loose(&world, unchecked.path()).await;
    let conflict = if restored.said { "detected" } else { "missed" };
    let duplicates = restored.duplicates + twins.duplicates;
    Invariant::new("I12")
        .exactly("second_start_refused", refused, 1)
        .figure("cursor_conflict", conflict)
        .exactly("standing_by_said", usize::from(restored.said), 1)
        .exactly("effects_of_restored", restored.effects, 0)
        .exactly("disturbed", restored.disturbed, 0)
        .at_least("hand_overs", twins.rounds, 4)
        .at_least("hires_while_both_run", 2 * twins.rounds * HIRES, 8 * HIRES)
        .exactly("chosen", twins.chosen, twins.rounds + 2)
        .exactly("stood_by", twins.stood_by, twins.chosen + 1)
        .figure("held_for_the_user", twins.held)
        .exactly("duplicate_effects", duplicates, 0)
        .at_least("control_duplicates", control, 1)
        .conclude();
}

/// How many both copies let in after the moment at which one was copied from the other.
async fn duplicates_since([one, other]: [&Engine; 2]) -> usize {
    let here: BTreeSet<_> = entered(one).await.into_iter().collect();
    let there: BTreeSet<_> = entered(other).await.into_iter().collect();
    let both = here.intersection(&there);
    both.filter(|name| is_of_rounds(name)).count()
}

/// Whether an event of a hire is on this laptop's disk.
async fn stored(world: &TestWorld) {
    let begin = json!({});
    world
        .until_call("inbox.list", begin, |page| {
            let verified = |event: &Value| event["verdict"] == "verified";
            page["events"].as_array().unwrap().iter().any(verified)
        })
        .await;
}

#[tokio::test]
async fn an_event_is_acted_on_once_the_relay_gives_it_to_no_other_copy() {
    let relay = HostileRelay::start().await;
    let (mut world, _) = TestWorld::ready_behind(relay.url().clone()).await;
    relay.hear(Hearing::Lost);
    hire(&world, "Waiting", 1).await;
    stored(&world).await;
    for _ in 0..2 {
        world.clock.advance(Duration::from_secs(10 * 60));
        assert!(
            entered(world.engine()).await.is_empty(),
            "another copy may get it"
        );
        world.switch_off().await;
        world.switch_on().await;
        until_relay(world.engine(), "connected").await;
    }
    relay.hear(Hearing::Confirmed);
    world.switch_off().await;
    world.switch_on().await;
    world.people(1).await;
    assert_eq!(entered(world.engine()).await.len(), 1);
}
