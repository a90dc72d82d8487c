//! Tags, sources and links over the API.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::World;

fn opportunity(key: &str) -> String {
    format!("/opportunities/{}", seeded_id("opportunity", key))
}

fn count(list: &Value, text: &str) -> Value {
    let mut items = list["data"].as_array().unwrap().iter();
    let item = items.find(|item| item["text"] == text);
    item.map_or(json!(0), |item| item["count"].clone())
}

#[tokio::test]
async fn tags_and_sources_are_added_counted_and_removed() {
    let world = World::start().await;
    let path = opportunity("rosa-lindqvist");
    for (member, list) in [("tags", "/tags"), ("sources", "/sources")] {
        let title = member[..1].to_uppercase() + &member[1..];
        let body = json!({ member: ["Letter sent", "Letter sent"] });
        let (status, answer) = world
            .write("POST", &format!("{path}/add{title}"), body.clone())
            .await;
        assert_eq!(status, 200);
        assert_eq!(answer["data"]["name"], "", "contact details are blank");
        assert_eq!(count(&world.api(list).await, "Letter sent"), 1);
        let (status, answer) = world
            .write("POST", &format!("{path}/remove{title}"), body)
            .await;
        assert_eq!(status, 200);
        assert!(!answer["data"][member].to_string().contains("Letter sent"));
        assert_eq!(count(&world.api(list).await, "Letter sent"), 0);
    }
}

#[tokio::test]
async fn adding_what_is_there_and_removing_what_is_not_changes_nothing() {
    let world = World::start().await;
    let path = opportunity("two-opportunities-1");
    let before = world.api(&path).await["data"].clone();
    assert_eq!(before["updatedAt"], Value::Null);
    let tags = json!({"tags": before["tags"]});
    assert_eq!(
        world
            .write("POST", &format!("{path}/addTags"), tags)
            .await
            .0,
        200
    );
    let links = json!({"links": ["https://example.com/unknown"]});
    assert_eq!(
        world
            .write("POST", &format!("{path}/removeLinks"), links)
            .await
            .0,
        200
    );
    assert_eq!(world.api(&path).await["data"], before);
}

#[tokio::test]
async fn the_array_must_have_the_name_of_what_it_holds() {
    let world = World::start().await;
    let path = format!("{}/addTags", opportunity("rosa-lindqvist"));
    for body in [
        json!({"links": ["x"]}),
        json!({"tags": "x"}),
        json!([]),
        json!({"tags": [1]}),
    ] {
        let (status, error) = world.write("POST", &path, body.clone()).await;
        assert_eq!(
            (status, &error["code"]),
            (400, &json!("BadRequestError")),
            "{body}"
        );
    }
}
