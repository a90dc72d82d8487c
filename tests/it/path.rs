//! The proof that events can arrive.

use std::time::Duration;

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

async fn proven(world: &TestWorld) -> Value {
    world
        .until_call("relay.show", json!({}), |relay| relay["path"] == "proven")
        .await
}

#[tokio::test]
async fn the_path_is_proven_before_the_first_listener_and_the_probe_is_no_event() {
    let world = TestWorld::new().await;
    proven(&world).await;
    let home = world.call("home.show", json!({})).await;
    for hop in home["hops"].as_array().unwrap() {
        let timed = ["relay", "laptop", "verify", "store", "mapping"].contains(&text(hop, "id"));
        assert_eq!(hop["took_us"].is_u64(), timed, "{hop}");
    }
    assert_eq!(home["hops"][4]["count"], 0, "nothing arrived: {home:#}");
    let lines = world.call("activity.list", json!({})).await;
    let events = lines.as_array().unwrap().iter();
    assert_eq!(events.filter(|line| line["kind"] == "event").count(), 0);
    assert_eq!(world.call("attention.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_probe_goes_out_every_minute_and_after_sleep() {
    let world = TestWorld::new().await;
    let mut before = proven(&world).await["last_proof_at"].as_i64();
    for pause in [60, 60, 8 * 60 * 60] {
        world.clock.advance(Duration::from_secs(pause));
        let next = world
            .until_call("relay.show", json!({}), |relay| {
                relay["path"] == "proven" && relay["last_proof_at"].as_i64() > before
            })
            .await;
        before = next["last_proof_at"].as_i64();
    }
}
