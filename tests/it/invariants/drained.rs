//! I6: a laptop may sleep for weeks; what waited is drained in order, whole, and the app answers meanwhile.

use fulcrum_core::clock::Clock;
use fulcrum_core::store::StoreError;
use fulcrum_tests::{Invariant, Post, TestWorld, signed, text, tries};
use serde_json::json;

const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn i6_what_waited_for_weeks_is_drained_in_order_while_the_app_answers() {
    let (mut world, _) = TestWorld::ready().await;
    let begin = json!({ "workflow_id": "onboarding", "event": "contactCreated" });
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
        .conclude();
}
