//! Files and resumes over the API.

use fulcrum_practice::seeded_id;
use serde_json::Value;

use crate::world::{API_KEY, World, send, text};

fn of(list: &str) -> String {
    format!(
        "/opportunities/{}/{list}",
        seeded_id("opportunity", "rosa-lindqvist")
    )
}

#[tokio::test]
async fn files_and_resumes_are_listed_by_upload_and_downloaded_from_their_address() {
    let world = World::start().await;
    for list in ["files", "resumes"] {
        let all = world.api(&of(list)).await["data"].clone();
        let one = &all[0];
        assert_eq!(
            world
                .api(&of(&format!("{list}/{}", text(&one["id"]))))
                .await["data"],
            *one
        );
        let file = if list == "files" { one } else { &one["file"] };
        let request = world.http.get(text(&file["downloadUrl"]));
        let answer = send(request.basic_auth(API_KEY, Some(""))).await;
        assert_eq!(answer.status(), 200, "{list}");
        let disposition = answer.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            disposition.contains(file["name"].as_str().unwrap()),
            "{disposition}"
        );
        let size = answer.bytes().await.unwrap().len();
        assert_eq!(file["size"], size);
        let at = &file["uploadedAt"];
        let inside = format!("{list}?uploaded_at_start={at}&uploaded_at_end={at}");
        assert_eq!(world.api(&of(&inside)).await["data"][0], *one);
        assert_eq!(
            world
                .refused(&of(&format!("{list}?uploaded_at_start=soon")))
                .await
                .0,
            400
        );
        assert_eq!(
            world.refused(&of(&format!("{list}/none/download"))).await.0,
            404
        );
    }
    assert_eq!(
        world.api(&of("file_actions")).await["data"],
        Value::Array(Vec::new())
    );
}

#[tokio::test]
async fn a_file_is_deleted_on_behalf_of_somebody_only() {
    let world = World::start().await;
    let file = of(&format!(
        "files/{}",
        text(&world.api(&of("files")).await["data"][0]["id"])
    ));
    assert_eq!(world.write("DELETE", &file, Value::Null).await.0, 400);
    let by_mei = format!("{file}?perform_as={}", seeded_id("user", "mei-tanabe"));
    assert_eq!(world.write("DELETE", &by_mei, Value::Null).await.0, 204);
    assert_eq!(world.refused(&file).await.0, 404);
}
