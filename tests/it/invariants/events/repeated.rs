//! I7: a delivery that comes again, however late, does nothing.

use std::time::Duration;

use fulcrum_tests::{Invariant, TestWorld, signed};
use serde_json::{Value, json};

use super::{hire, settled_people};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

#[tokio::test]
async fn i07_late_repeats_do_nothing() {
    let (mut world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    let pause = json!({ "paused": true });
    world
        .world
        .control("webhooks/pause", Some(&pause))
        .await
        .unwrap();
    world.visitor.hire(&opportunity).await.unwrap();
    let body = signed(&hire(&world, 1, &opportunity), &webhook.signature_token).to_string();

    let waits = [0, 3 * MINUTE, 25 * HOUR, 40 * DAY, 400 * DAY];
    let newest = world.call("inbox.list", json!({ "limit": 1 })).await;
    let mut last = newest["events"][0]["id"].as_i64().unwrap();
    for wait in waits {
        world.clock.advance(Duration::from_secs(wait));
        assert_eq!(world.post(&webhook.url, body.clone()).await, 200);
        let came = |page: &Value| page["events"][0]["id"].as_i64() > Some(last);
        let page = world
            .until_call("inbox.list", json!({ "limit": 1 }), came)
            .await;
        last = page["events"][0]["id"].as_i64().unwrap();
        let wanted = if wait == 0 { "verified" } else { "duplicate" };
        assert_eq!(page["events"][0]["verdict"], wanted);
        world.people(1).await;
        world.switch_off().await;
        world.switch_on().await;
    }
    let (effects, people) = effects(&world).await;

    // The control: a signature of its own is another event, so what keeps the repetitions out is theirs.
    let other = signed(&hire(&world, 2, &opportunity), &webhook.signature_token).to_string();
    assert_eq!(world.post(&webhook.url, other).await, 200);
    let two = |page: &Value| page["events"].as_array().unwrap().len() > 1;
    world
        .until_call("inbox.list", json!({ "verdict": "verified" }), two)
        .await;
    let (more, _) = self::effects(&world).await;
    Invariant::new("I7")
        .at_least("repeats", waits.len(), 5)
        .exactly("effects", effects, 1)
        .exactly("people", people, 1)
        .at_least("control_effects", more - effects, 1)
        .conclude();
}

/// How many events were taken for new ones, and how many people there are once all of them are done.
async fn effects(world: &TestWorld) -> (usize, usize) {
    let verified = json!({ "verdict": "verified" });
    let rows = world.call("inbox.list", verified).await["events"].clone();
    let people = settled_people(world, rows[0]["id"].as_i64().unwrap()).await;
    (rows.as_array().unwrap().len(), people)
}
