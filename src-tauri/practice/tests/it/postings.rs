//! Job postings over the API.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{World, text};

fn as_mei(path: &str) -> String {
    format!("{path}?perform_as={}", seeded_id("user", "mei-tanabe"))
}

async fn texts(world: &World, query: &str) -> Vec<String> {
    let list = world.api(&format!("/postings?{query}")).await;
    let items = list["data"].as_array().unwrap().iter();
    items.map(|one| text(&one["text"])).collect()
}

#[tokio::test]
async fn a_posting_is_made_changed_found_and_applied_to() {
    let world = World::start().await;
    let body = json!({
        "text": "Glass Blower", "state": "published", "distributionChannels": ["internal"],
        "categories": {"team": "Optics", "location": "Jena", "commitment": "Full-time"},
        "content": {"descriptionHtml": "<div>Blow <b>glass</b>.</div>"},
        "tags": ["craft"], "workplaceType": "onsite", "requisitionCodes": ["ENG-77"],
    });
    let (status, made) = world.write("POST", &as_mei("/postings"), body).await;
    assert_eq!(status, 201, "{made}");
    let made = &made["data"];
    assert_eq!(made["content"]["description"], "Blow glass.");
    assert!(made["urls"]["apply"].is_string());
    let path = format!("/postings/{}", text(&made["id"]));
    assert!(
        texts(&world, "tag=craft&team=Optics")
            .await
            .contains(&"Glass Blower".to_owned())
    );
    assert!(
        !texts(&world, "state=published")
            .await
            .contains(&"Glass Blower".to_owned())
    );
    let both = "state=published&distributionChannel=internal&distributionChannel=public";
    assert!(
        texts(&world, both)
            .await
            .contains(&"Glass Blower".to_owned())
    );

    let change = json!({"text": "Glass Artist"});
    let (status, changed) = world.write("POST", &as_mei(&path), change).await;
    assert_eq!(status, 200);
    assert_eq!(
        changed["data"]["categories"]["team"], "Optics",
        "what is left out stays"
    );

    let questions = world.api(&format!("{path}/apply")).await;
    assert_eq!(
        questions["data"]["personalInformation"][0]["name"],
        "fullName"
    );
    let answers = json!({"personalInformation": [
        {"name": "fullName", "value": "Otto Schott"}, {"name": "email", "value": "otto@example.com"},
    ]});
    let (status, applied) = world.write("POST", &format!("{path}/apply"), answers).await;
    assert_eq!(status, 201, "{applied}");
    let found = world
        .api("/opportunities?email=otto@example.com&expand=applications")
        .await;
    let found = &found["data"][0];
    assert_eq!(
        found["applications"][0]["id"],
        applied["data"]["applicationId"]
    );
    assert_eq!(found["stage"], "applicant-new");
    assert_eq!(
        found["tags"],
        json!(["Glass Artist", "Optics", "Jena", "Full-time"])
    );
    let users = world.api(&format!("{path}/users")).await;
    assert_eq!(users["users"][0]["name"], "Mei Tanabe");
}

#[tokio::test]
async fn a_posting_needs_a_performer_a_text_and_known_words() {
    let world = World::start().await;
    for (path, body, expected) in [
        ("/postings".to_owned(), json!({"text": "X"}), 400),
        (as_mei("/postings"), json!({"state": "draft"}), 400),
        (
            as_mei("/postings"),
            json!({"text": "X", "state": "open"}),
            400,
        ),
        (
            as_mei("/postings"),
            json!({"text": "X", "workplaceType": "moon"}),
            400,
        ),
        (
            as_mei("/postings"),
            json!({"text": "X", "owner": "nobody"}),
            404,
        ),
        (as_mei("/postings/none"), json!({"text": "X"}), 404),
    ] {
        let (status, error) = world.write("POST", &path, body.clone()).await;
        assert_eq!(status, expected, "{path} {body}: {error}");
    }
    let apply = format!("/postings/{}/apply", seeded_id("posting", "data-engineer"));
    let nameless = json!({"personalInformation": [{"name": "email", "value": "x@example.com"}]});
    assert_eq!(world.write("POST", &apply, nameless).await.0, 400);
}

#[tokio::test]
async fn confidential_postings_are_listed_only_on_request() {
    let world = World::start().await;
    let director = "Finance Director".to_owned();
    assert!(!texts(&world, "").await.contains(&director));
    assert!(
        texts(&world, "confidentiality=all")
            .await
            .contains(&director)
    );
    let id = seeded_id("posting", "finance-director");
    let key = "practice-api-key-non-confidential";
    let (status, _) = world
        .write_with(key, "GET", &format!("/postings/{id}"), Value::Null)
        .await;
    assert_eq!(status, 403);
    let drafts = world.api("/postings?confidentiality=all&state=draft").await;
    assert_eq!(drafts["data"][0]["urls"], Value::Null);
    assert_eq!(
        world.api("/postings/deleted").await,
        json!({"data": [], "hasNext": false})
    );
}
