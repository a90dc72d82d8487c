//! The control plane and the outer wall.

use serde_json::{Value, json};

use crate::world::{API_KEY, World, send};

#[tokio::test]
async fn a_foreign_host_name_is_refused_everywhere() {
    let world = World::start().await;
    for path in ["/candidates", "/v1/stages", "/practice/ledger"] {
        let answer = send(world.get(path).header("host", "lever.example.com")).await;
        assert_eq!(answer.status(), 421, "{path}");
    }
}

#[tokio::test]
async fn unknown_switches_and_records_are_refused() {
    let world = World::start().await;
    let answer = send(world.put("/practice/switches").json(&json!({"warp": 9}))).await;
    assert_eq!(answer.status(), 400);
    let answer = send(
        world
            .post("/practice/hire")
            .json(&json!({"opportunity": "x"})),
    )
    .await;
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn made_candidates_are_found_by_their_numbered_email_and_share_a_contact_by_email() {
    let world = World::start().await;
    let made = json!({"name": "Ana", "emails": ["ana@example.com"], "count": 3});
    let made = world.control("/candidates", made).await;
    assert_eq!(made["opportunities"].as_array().unwrap().len(), 3);
    let found = world.api("/opportunities?email=ana%2B2@example.com").await;
    assert_eq!(found["data"][0]["name"], "Ana 2");
    let again = json!({"name": "Other", "emails": ["ANA+2@example.com"]});
    world.control("/candidates", again).await;
    let both = world.api("/opportunities?email=ana%2B2@example.com").await;
    let both = both["data"].as_array().unwrap();
    assert_eq!(both.len(), 2);
    assert_eq!(both[0]["contact"], both[1]["contact"]);
    assert_eq!(both[0]["name"], both[1]["name"]);
}

#[tokio::test]
async fn a_seed_replaces_the_candidates_and_the_same_seed_gives_the_same_ones() {
    let world = World::start().await;
    let rosa = format!(
        "/opportunities/{}",
        fulcrum_practice::seeded_id("opportunity", "rosa-lindqvist")
    );
    let drawn = json!({"opportunities": 150, "random_seed": 7});
    let ids = async || {
        let page = world.api("/opportunities").await;
        let rows = page["data"].as_array().unwrap().iter();
        rows.map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    world.control("/seed", drawn.clone()).await;
    let first = ids().await;
    assert_eq!(first.len(), 100);
    let gone = send(
        world
            .get(&format!("/v1{rosa}"))
            .basic_auth(API_KEY, Some("")),
    )
    .await;
    assert_eq!(gone.status(), 404);
    world.control("/seed", json!({"size": "small"})).await;
    assert_eq!(world.api(&rosa).await["data"]["name"], "Rosa Lindqvist");
    world.control("/seed", drawn).await;
    assert_eq!(ids().await, first);
}

#[tokio::test]
async fn a_seed_that_says_nothing_or_too_much_is_refused_in_words() {
    let world = World::start().await;
    for body in [
        json!({}),
        json!({"size": "small", "opportunities": 3}),
        json!({"random_seed": 3}),
        json!({"opportunities": 1_000_001}),
    ] {
        let answer = send(world.post("/practice/seed").json(&body)).await;
        assert_eq!(answer.status(), 400, "{body}");
        let answer: Value = answer.json().await.unwrap();
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_clock_is_set_advanced_by_the_calendar_and_let_run() {
    let world = World::start().await;
    let change = json!({"set": "2027-01-31T12:00:00Z", "advance": "1 month"});
    let clock = world.control("/clock", change).await;
    assert_eq!(clock["now"], "2027-02-28T12:00:00Z");
    assert_eq!(clock["frozen"], true);
    let running = world.control("/clock", json!({"frozen": false})).await;
    assert_eq!(running["frozen"], false);
    let answer = send(
        world
            .post("/practice/clock")
            .json(&json!({"advance": "-1 day"})),
    )
    .await;
    assert_eq!(answer.status(), 400);
}
