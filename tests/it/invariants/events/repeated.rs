//! I7: a delivery that comes again, however late, does nothing.

use std::time::Duration;

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_tests::{Invariant, TestWorld, signed};
use serde_json::{Value, json};

use super::mutant::forget_unique_keys;
use super::{hire, settled_people, taken_for_new};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long after the one before the same delivery comes once more, in seconds.
const WAITS: [u64; 5] = [0, 3 * MINUTE, 25 * HOUR, 40 * DAY, 400 * DAY];

/// What came of one delivery that was repeated.
struct Repeated {
    /// The events that were taken for new ones.
    effects: usize,
    people: usize,
    duplicates: usize,
}

async fn repeat((mut world, webhook): (TestWorld, Webhook)) -> Repeated {
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.pause_webhooks().await;
    world.visitor.hire(&opportunity).await.unwrap();
    let body = signed(&hire(&world, 1, &opportunity), &webhook.signature_token).to_string();
    let newest = json!({ "limit": 1 });
    let page = world.call("inbox.list", newest.clone()).await;
    let mut last = page["events"][0]["id"].as_i64().unwrap();
    let (mut first, mut duplicates) = (None, 0);
    for wait in WAITS {
        world.clock.advance(Duration::from_secs(wait));
        assert_eq!(world.post(&webhook.url, body.clone()).await, 200);
        let came = |page: &Value| page["events"][0]["id"].as_i64() > Some(last);
        let page = world.until_call("inbox.list", newest.clone(), came).await;
        last = page["events"][0]["id"].as_i64().unwrap();
        first.get_or_insert(last);
        duplicates += usize::from(page["events"][0]["verdict"] == "duplicate");
        world.people(1).await;
        world.switch_off().await;
        world.switch_on().await;
    }
    let people = settled_people(&world, first.unwrap()).await;
    let counts = world.call("inbox.list", newest).await["counts"].clone();
    Repeated {
        effects: taken_for_new(&counts),
        people,
        duplicates,
    }
}

#[tokio::test]
async fn i07_late_repeats_do_nothing() {
    let real = repeat(TestWorld::ready().await).await;
    let (mut world, webhook) = TestWorld::ready().await;
    forget_unique_keys(&mut world).await;
    let mutant = repeat((world, webhook)).await;
    Invariant::new("I7")
        .at_least("repeats", WAITS.len(), 5)
        .exactly("effects", real.effects, 1)
        .exactly("people", real.people, 1)
        .exactly("duplicates_kept_apart", real.duplicates, WAITS.len() - 1)
        .exactly("control_x4_effects", mutant.effects, WAITS.len())
        .conclude();
}
