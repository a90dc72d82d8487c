//! Whom a listener lets in: stages, filters, and what Lever says when it is read again.

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// The listener that the world is ready with.
async fn listener(world: &TestWorld) -> Value {
    let workflow = json!({ "id": "onboarding" });
    let workflow = world.call("workflows.show", workflow).await;
    workflow["listeners"][0].clone()
}

async fn admit(world: &TestWorld, id: &Value, admission: Value) {
    let admit = json!({ "id": id, "admission": admission });
    world.call("listeners.admit", admit).await;
}

/// A listener of stage changes with its webhook in Lever.
async fn stage_listener(world: &TestWorld, stage: &Value) -> Webhook {
    let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateStageChange" });
    let draft = world.call("listeners.begin", begin).await;
    let url = text(&draft, "endpoint_url");
    let webhook = world.visitor.add_webhook("candidateStageChange", url).await;
    let webhook = webhook.unwrap();
    let create = json!({ "id": draft["id"], "signature_token": webhook.signature_token });
    let refused = world.try_call("listeners.create", create.clone()).await;
    assert_eq!(refused.unwrap_err().field.as_deref(), Some("stage"));
    admit(world, &draft["id"], json!({ "stage": stage })).await;
    world.call("listeners.create", create).await;
    webhook
}

async fn move_to(world: &TestWorld, opportunity: &str, stage: &str) {
    let request = json!({ "opportunity": opportunity, "stage": stage });
    let moved = world.world.control("move", Some(&request)).await;
    moved.unwrap_or_else(|problem| panic!("{problem}"));
}

#[tokio::test]
async fn a_stage_listener_lets_in_who_comes_into_its_stage_and_records_the_others() {
    let (world, _) = TestWorld::ready().await;
    let choices = world.call("listeners.choices", json!({})).await;
    let stages = choices["stages"].as_array().unwrap();
    let offer = stages.iter().find(|stage| stage["name"] == "Offer");
    let offer = offer.unwrap().clone();
    let other = stages
        .iter()
        .find(|stage| stage["name"] != "Offer")
        .unwrap();
    assert!(!choices["departments"].as_array().unwrap().is_empty());
    assert_eq!(choices["problems"], json!([]));
    stage_listener(&world, &offer).await;

    let request =
        json!({ "name": "Ada Ito", "emails": ["ada@example.com"], "stage": "applicant-new" });
    let made = world
        .world
        .control("candidates", Some(&request))
        .await
        .unwrap();
    let opportunity = made["opportunities"][0].as_str().unwrap();
    move_to(&world, opportunity, text(other, "id")).await;
    world.activity("Another stage").await;
    assert_eq!(world.call("people.list", json!({})).await, json!([]));

    move_to(&world, opportunity, text(&offer, "id")).await;
    let people = world.people(1).await;
    assert_eq!(text(&people[0], "name"), "Ada Ito");
    world.activity("is in the stage “Offer”").await;
}

#[tokio::test]
async fn a_filter_is_judged_on_what_lever_says_and_skips_with_the_reason() {
    let (world, _) = TestWorld::ready().await;
    let listener = listener(&world).await;
    let choices = world.call("listeners.choices", json!({})).await;
    let posting = choices["postings"][0].clone();
    admit(
        &world,
        &listener["id"],
        json!({ "postings": [posting], "origins": ["referred"] }),
    )
    .await;

    let candidate = |name: &str, origin: &str| {
        json!({ "name": name, "emails": [format!("{}@example.com", origin)], "stage": "offer",
                "posting": posting["id"], "origin": origin })
    };
    for (name, origin) in [("Ben Applied", "applied"), ("Cleo Referred", "referred")] {
        let request = candidate(name, origin);
        let made = world
            .world
            .control("candidates", Some(&request))
            .await
            .unwrap();
        let opportunity = made["opportunities"][0].as_str().unwrap();
        world.visitor.hire(opportunity).await.unwrap();
        if origin == "applied" {
            world.activity("Skipped: origin is applied").await;
        }
    }
    let people = world.people(1).await;
    assert_eq!(people.as_array().unwrap().len(), 1);
    assert_eq!(text(&people[0], "name"), "Cleo Referred");
}
