//! I6: a laptop may sleep for weeks; what waited is drained in order, whole, and the app answers meanwhile.

use fulcrum_core::clock::Clock;
use fulcrum_core::store::StoreError;
use fulcrum_relay::client::{Incoming, Session};
use fulcrum_relay::{EndpointId, Identity, SealingKey};
use fulcrum_tests::memory::peak_megabytes;
use fulcrum_tests::{Invariant, Post, TestWorld, signed, text, tries};
use serde_json::json;

use crate::hostile_relay::HostileRelay;

const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";

/// Made-up events that a relay has ready, and the bytes of each: far more than sockets hold.
const READY: usize = 400;
const EACH: usize = 64 * 1024;

/// The most megabytes that a laptop may have taken and not acknowledged: the buffers of both sockets, which hold up to
/// 10 of them on Linux (tcp(7)), and a few frames.
const WINDOW: usize = 12;

/// How many megabytes of a relay's flood were under way at most.
fn under_way(relay: &HostileRelay) -> usize {
    usize::try_from(relay.flow().borrow().most_between).unwrap() * EACH / 1_000_000
}

/// Under way to the laptop, while a relay sends as fast as it takes them.
async fn window_of_the_laptop() -> usize {
    let relay = HostileRelay::start().await;
    let (_world, _) = TestWorld::ready_behind(relay.url().clone()).await;
    let mut flow = relay.flow();
    let until = flow.borrow().delivered + i64::try_from(READY).unwrap();
    relay.flood(READY, EACH);
    flow.wait_for(|flow| flow.acknowledged >= until)
        .await
        .unwrap();
    under_way(&relay)
}

/// The control: under way to a reader that takes what comes before it stores anything.
async fn window_of_a_reader_without_one() -> usize {
    let relay = HostileRelay::start().await;
    let mut session = Session::connect(relay.url(), &Identity::generate())
        .await
        .unwrap();
    session.register(EndpointId::random(), SealingKey::generate().public());
    relay.flood(READY, EACH);
    let mut taken = Vec::new();
    while taken.len() < READY {
        if let Some(Incoming::Events(events)) = session.next().await {
            taken.extend(events);
        }
    }
    under_way(&relay)
}

#[tokio::test]
async fn i06_what_a_laptop_takes_and_has_not_stored_is_bounded_by_the_laptop() {
    let bounded = window_of_the_laptop().await;
    let unbounded = window_of_a_reader_without_one().await;
    Invariant::new("I6")
        .at_least("ready_mb", READY * EACH / 1_000_000, 2 * WINDOW)
        .figure("window_mb", bounded)
        .exactly("over_12_mb", bounded / WINDOW, 0)
        .at_least("control_window_mb", unbounded, 2 * WINDOW)
        .conclude();
}

#[tokio::test]
async fn i06_what_waited_for_weeks_is_drained_in_order_while_the_app_answers() {
    let (mut world, _) = TestWorld::ready().await;
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "contactCreated" });
    let listener = world.call("listeners.begin", begin).await;
    let url = text(&listener, "endpoint_url").to_owned();
    let create = json!({ "id": listener["id"], "signature_token": TOKEN });
    world.call("listeners.create", create).await;
    world.switch_off().await;

    let events = tries(100_000, 2_000);
    for number in 0..events {
        let post = Post {
            event: "contactCreated",
            token: format!("{number:032}"),
            triggered_at: world.clock.now().as_millisecond(),
            data: json!({ "opportunityId": format!("{number:08}") }),
        };
        let body = signed(&post, TOKEN).to_string();
        while world.post(&url, body.clone()).await != 200 {
            tokio::task::yield_now().await;
        }
    }

    world.switch_on().await;
    let mut answers = 0;
    let mut changes = world.engine().changes();
    loop {
        let relay = world.call("relay.show", json!({})).await;
        world.call("home.show", json!({})).await;
        answers += 1;
        if relay["state"] == "connected" && relay["waiting"] == 0 {
            break;
        }
        // A missed change is as good as a seen one.
        let _ = changes.recv().await;
    }
    // Of this whole process, so with Lever, the relay and the sender.
    let peak = peak_megabytes(std::process::id());
    world.switch_off().await;
    let store = world.world.store().unwrap();
    let stored: Vec<String> = store
        .read(|db| {
            let mut rows = db.prepare(
                "SELECT opportunity_id FROM inbox WHERE event = 'contactCreated' AND verdict IN ('verified', 'late') ORDER BY id",
            )?;
            let rows = rows.query_map([], |row| row.get(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    store.close().await;
    let wanted: Vec<_> = (0..events).map(|number| format!("{number:08}")).collect();
    let lost = wanted
        .iter()
        .filter(|id| stored.binary_search(id).is_err())
        .count();
    let in_order = stored.windows(2).filter(|pair| pair[0] < pair[1]).count() + 1;
    Invariant::new("I6")
        .at_least("waited", events, 2_000)
        .exactly("drained", stored.len(), events)
        .exactly("lost", lost, 0)
        .exactly("out_of_order_or_doubled", stored.len() - in_order, 0)
        .at_least("answers_meanwhile", answers, 2)
        .figure("peak_rss_mb", peak)
        .exactly("over_400_mb", peak / 400, 0)
        .conclude();
}
