//! I10: what a relay withholds is found, by its own numbers or by asking Lever; nothing is found that is not missing.

use std::collections::HashSet;
use std::time::Duration;

use fulcrum_tests::{Invariant, TestWorld, text, tries};
use serde_json::json;

use crate::hostile_relay::{Fate, HostileRelay};

/// The share of every run: more hires than fit on one page of Lever's list (LEVER.md 2.2).
const SHARE: usize = 120;

/// How many events there are to two that are withheld: one openly, one so that the numbers hide it.
fn period(events: usize) -> usize {
    events.min(200)
}

fn fates(events: usize, withhold: bool) -> Vec<Fate> {
    let fate = |at: usize| match at % period(events) {
        20 if withhold => Fate::Withheld,
        60 if withhold => Fate::Hidden,
        _ => Fate::Delivered,
    };
    (0..events).map(fate).collect()
}

/// What was found among so many hires through such a relay.
struct Found {
    by_number: usize,
    by_comparing: usize,
    false_alarms: usize,
    imported: usize,
    /// Pages of Lever's lists that the comparison read after their first.
    further_pages: usize,
}

async fn hire_through(events: usize, withhold: bool) -> Found {
    let relay = HostileRelay::start().await;
    let (world, _) = TestWorld::ready_behind(relay.url().clone()).await;
    let hires = world.world.candidates(events).await.unwrap();
    let fates = fates(events, withhold);
    let delivered = fates
        .iter()
        .filter(|fate| **fate == Fate::Delivered)
        .count();
    relay.decide(fates);
    world.world.hire(&hires).await.unwrap();
    world.people(delivered).await;
    // Of what changed just now, events may be under way, and a list of several pages of it is taken for moving.
    world
        .switch(json!({ "date_by_practice_clock": true }))
        .await;
    let later = json!({ "advance": "10m" });
    world.world.control("clock", Some(&later)).await.unwrap();
    world.clock.advance(Duration::from_secs(10 * 60));
    let record = world.world.practice().join("/practice/ledger").unwrap();
    let cleared = world.world.http().delete(record).send().await.unwrap();
    assert!(cleared.status().is_success());
    let gaps = world.call("gaps.find", json!({})).await;
    let further_pages = further_pages(&world).await;
    let open = gaps["open"].as_array().unwrap().len();
    let run = world.call("gaps.run", json!({ "id": null })).await;
    assert_eq!(run["open"], json!([]));
    let people = world.people(delivered + open).await;
    let imported: HashSet<_> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].to_string())
        .collect();
    let withheld = events - delivered;
    let by_number = usize::try_from(gaps["left_out"].as_u64().unwrap()).unwrap();
    Found {
        by_number,
        by_comparing: open.min(withheld).saturating_sub(by_number),
        false_alarms: open.saturating_sub(withheld),
        imported: imported.len(),
        further_pages,
    }
}

/// How many requests went on in a list where an earlier one ended, since the beginning of Lever's record.
async fn further_pages(world: &TestWorld) -> usize {
    let record = world.world.control("ledger?since=0&limit=1000", None).await;
    let record = record.unwrap();
    let entries = record["entries"].as_array().unwrap().iter();
    entries
        .filter(|entry| entry["path"] == "/v1/opportunities")
        .filter(|entry| text(entry, "query").contains("offset="))
        .count()
}

#[tokio::test]
async fn i10_what_a_relay_withholds_is_found_and_an_honest_one_raises_no_alarm() {
    let events = tries(10_000, SHARE);
    let withheld = events / period(events) * 2;
    let hostile = hire_through(events, true).await;
    let honest = hire_through(tries(2_500, SHARE), false).await;
    Invariant::new("I10")
        .at_least("events", events, SHARE)
        .at_least("withheld", withheld, 2)
        .at_least("further_pages", hostile.further_pages, 1)
        .exactly("found_by_gap", hostile.by_number, withheld / 2)
        .exactly(
            "found_by_sweep",
            hostile.by_comparing,
            withheld - withheld / 2,
        )
        .exactly("false_alarms", hostile.false_alarms, 0)
        .exactly("people", hostile.imported, events)
        .exactly(
            "control_found",
            honest.by_number + honest.by_comparing + honest.false_alarms,
            0,
        )
        .conclude();
}

#[tokio::test]
async fn what_a_relay_left_out_shows_over_a_restart_too() {
    let relay = HostileRelay::start().await;
    let (mut world, _) = TestWorld::ready_behind(relay.url().clone()).await;
    world.switch_off().await;
    let hires = world.world.candidates(2).await.unwrap();
    relay.decide([Fate::Withheld, Fate::Delivered]);
    world.world.hire(&hires).await.unwrap();
    world.switch_on().await;
    world.people(1).await;
    let gaps = world.call("gaps.list", json!({})).await;
    assert_eq!(gaps["left_out"], 1, "{gaps:#}");
}
