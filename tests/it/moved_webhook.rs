//! A public address that changes: webhooks that Fulcrum made follow, those made by hand are listed.

use std::time::Duration;

use fulcrum_cli::demo::world::World;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

use crate::set_up_for_me::{draft, in_lever, permitted};

/// Moves the laptop to the relay of another world.
pub async fn move_to(mut world: TestWorld, elsewhere: &World) -> TestWorld {
    world.switch_off().await;
    let relay = elsewhere.flags().relay.unwrap().parse().unwrap();
    world.world = world.world.behind(relay);
    world.switch_on().await;
    world
}

async fn moved(world: &TestWorld) -> Value {
    world
        .until_call("path.show", json!({}), |path| path["moved"] != json!([]))
        .await["moved"]
        .clone()
}

#[tokio::test]
async fn a_webhook_that_fulcrum_made_follows_to_the_new_address_once_and_one_made_by_hand_is_listed()
 {
    let world = permitted().await;
    let by_hand = world
        .call("workflows.show", json!({ "id": "onboarding" }))
        .await;
    let by_hand = by_hand["listeners"][0]["id"].clone();
    let listener = draft(&world).await;
    let id = json!({ "id": listener["id"] });
    let made = world.call("listeners.set_up", id.clone()).await;
    let old = text(&made, "endpoint_url").to_owned();

    // The first change is made and its answer lost.
    let lost = json!({ "kind": "drop_after", "method": "PUT", "path": "/v1/webhooks", "count": 1 });
    world.world.control("faults", Some(&lost)).await.unwrap();
    let elsewhere = World::start().await.unwrap();
    let world = move_to(world, &elsewhere).await;
    world.attention("still calls the old address").await;
    let list = moved(&world).await;
    assert_eq!(list.as_array().unwrap().len(), 1, "{list:#}");
    assert_eq!(list[0]["listener_id"], by_hand);

    let since = async || {
        let items = world.call("attention.list", json!({})).await;
        items
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["id"] == "moved")
            .unwrap()["since"]
            .as_i64()
    };
    let before = since().await;
    world.clock.advance(Duration::from_secs(10));
    world.activity("calls the new public address").await;
    assert_eq!(since().await, before, "it is not since now");
    let shown = world.call("listeners.show", id.clone()).await;
    let new = text(&shown, "endpoint_url");
    assert_ne!(new, old);
    assert_eq!(
        (in_lever(&world, &old).await, in_lever(&world, new).await),
        (0, 1)
    );
    assert_eq!(text(&shown, "set_up"), "made");

    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
}

async fn doubled(world: &TestWorld) -> Value {
    world.call("listeners.doubled", json!({})).await
}

#[tokio::test]
async fn two_webhooks_with_one_address_are_told_where_the_connection_may_see_them() {
    let (unpermitted, webhook) = TestWorld::ready().await;
    let again = unpermitted
        .visitor
        .add_webhook("candidateHired", &webhook.url);
    again.await.unwrap();
    assert_eq!(doubled(&unpermitted).await, json!([]));

    let world = permitted().await;
    assert_eq!(doubled(&world).await, json!([]));
    let shown = world
        .call("workflows.show", json!({ "id": "onboarding" }))
        .await;
    let listener = &shown["listeners"][0];
    let url = text(listener, "endpoint_url");
    world
        .visitor
        .add_webhook("candidateHired", url)
        .await
        .unwrap();
    world.clock.advance(Duration::from_secs(60));
    let told = json!([{ "listener_id": listener["id"], "webhooks": 2 }]);
    assert_eq!(doubled(&world).await, told);
}
