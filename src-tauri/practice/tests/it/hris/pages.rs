//! The pages of the HRIS.

use reqwest::Method;
use serde_json::json;

use super::{ENTERPRISE, create, scim};
use crate::world::{World, send};

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_new_colleague_is_listed_found_and_shown_with_every_change() {
    let world = World::start().await;
    let user = json!({
        "userName": "rosa@example.com",
        "name": {"givenName": "Rosa", "familyName": "<b>Lindqvist</b>"},
        "title": "Engineer",
        ENTERPRISE: {"department": "Research"},
    });
    let id = create(&world, user).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let patch = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "title", "value": "Head of Research"}],
    });
    scim(&world, Method::PATCH, &format!("/Users/{id}"), Some(patch)).await;
    let list = page(&world, "/hris").await;
    assert!(
        list.contains("Rosa &lt;b&gt;Lindqvist&lt;&#x2f;b&gt;"),
        "{list}"
    );
    let colleagues = list.matches("data-testid=\"person-").count();
    assert!(
        colleagues > 5,
        "users of the practice Lever are there from the start"
    );
    let found = page(&world, "/hris?q=research").await;
    assert!(found.contains("1 person"), "{found}");
    assert_eq!(found.matches("data-testid=\"person-").count(), 1);
    assert!(
        page(&world, "/hris?q=nobody-at-all")
            .await
            .contains("Nobody has")
    );
    let person = page(&world, &format!("/hris/{id}")).await;
    for text in [
        "Head of Research",
        "Engineer",
        "Created",
        "Patched",
        "&quot;userName&quot;",
    ] {
        assert!(person.contains(text), "{text}: {person}");
    }
    assert_eq!(send(world.get("/hris/nobody")).await.status(), 404);
}
