//! PATCH: the examples of RFC 7644 3.5.2, and its errors.

use reqwest::Method;
use serde_json::{Value, json};

use super::{ENTERPRISE, body, create, scim};
use crate::world::World;

struct User {
    world: World,
    path: String,
}

impl User {
    async fn new() -> Self {
        let world = World::start().await;
        let user = json!({
            "userName": "bjensen",
            "name": {"givenName": "Barbara", "familyName": "Jensen"},
            "emails": [
                {"value": "bjensen@example.com", "type": "work", "primary": true},
                {"value": "babs@jensen.org", "type": "home"},
            ],
            "addresses": [
                {"type": "work", "streetAddress": "911 Universal City Plaza", "locality": "Hollywood"},
                {"type": "home", "streetAddress": "456 Hollywood Blvd"},
            ],
            ENTERPRISE: {"department": "Tours", "manager": {"value": "26118915"}},
        });
        let id = create(&world, user).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        Self {
            world,
            path: format!("/Users/{id}"),
        }
    }

    async fn patch(&self, operations: Value, status: u16) -> Value {
        let patch = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": operations,
        });
        body(
            scim(&self.world, Method::PATCH, &self.path, Some(patch)).await,
            status,
        )
        .await
    }

    async fn now(&self) -> Value {
        body(scim(&self.world, Method::GET, &self.path, None).await, 200).await
    }
}

#[tokio::test]
async fn values_are_added_without_and_with_a_path() {
    let user = User::new().await;
    let email = json!({"value": "b@new.org", "type": "other", "primary": true});
    let add = json!({"op": "add", "value": {"emails": [email], "nickname": "Babs"}});
    let after = user.patch(json!([add]), 200).await;
    assert_eq!(after["nickName"], "Babs");
    assert_eq!(after["emails"].as_array().unwrap().len(), 3);
    assert!(
        after["emails"][0]["primary"].is_null(),
        "one primary value: {after}"
    );
    let again = user.patch(json!([add]), 200).await;
    assert_eq!(
        again["meta"], after["meta"],
        "a value that is there is not added again"
    );
    let after = user
        .patch(
            json!([
                {"op": "Add", "path": "name.middleName", "value": "Jane"},
                {"op": "add", "path": "phoneNumbers", "value": {"value": "555", "type": "work"}},
                {"op": "add", "path": format!("{ENTERPRISE}:costCenter"), "value": "4130"},
                {"op": "add", "path": "emails[type eq \"home\"].display", "value": "Babs"},
            ]),
            200,
        )
        .await;
    assert_eq!(
        after["name"],
        json!({"givenName": "Barbara", "familyName": "Jensen", "middleName": "Jane"})
    );
    assert_eq!(
        after["phoneNumbers"],
        json!([{"value": "555", "type": "work"}])
    );
    assert_eq!(after[ENTERPRISE]["costCenter"], "4130");
    assert_eq!(after[ENTERPRISE]["department"], "Tours");
    assert_eq!(after["emails"][1]["display"], "Babs");
}

#[tokio::test]
async fn values_are_replaced_whole_in_part_and_by_filter() {
    let user = User::new().await;
    let work = json!({"type": "work", "streetAddress": "1 Main St", "country": "US"});
    let operations = json!([
        {"op": "replace", "path": "addresses[type eq \"work\"]", "value": work},
        {"op": "replace", "path": "addresses[type eq \"home\"].streetAddress", "value": "1010 Broadway Ave"},
        {"op": "replace", "path": "emails[value ew \"jensen.org\"].primary", "value": true},
        {"op": "replace", "value": {"active": false, "title": "Guide", "name.givenName": "Babs"}},
        {"op": "replace", "path": format!("{ENTERPRISE}:manager.value"), "value": "1"},
    ]);
    let after = user.patch(operations, 200).await;
    assert_eq!(after["addresses"][0], work);
    let home = json!({"type": "home", "streetAddress": "1010 Broadway Ave"});
    assert_eq!(after["addresses"][1], home);
    assert!(after["emails"][0]["primary"].is_null());
    assert_eq!(after["emails"][1]["primary"], true);
    assert_eq!(
        (&after["active"], &after["title"]),
        (&json!(false), &json!("Guide"))
    );
    assert_eq!(
        after["name"],
        json!({"givenName": "Babs", "familyName": "Jensen"})
    );
    assert_eq!(after[ENTERPRISE]["manager"], json!({"value": "1"}));
}

#[tokio::test]
async fn values_are_removed_whole_in_part_and_by_filter() {
    let user = User::new().await;
    let operations = json!([
        {"op": "remove", "path": "emails[type eq \"work\" and value ew \"example.com\"]"},
        {"op": "remove", "path": "addresses[type eq \"work\"].locality"},
        {"op": "remove", "path": "addresses[type eq \"home\"]"},
        {"op": "remove", "path": "name.givenName"},
        {"op": "remove", "path": ENTERPRISE},
    ]);
    let after = user.patch(operations, 200).await;
    assert_eq!(
        after["emails"],
        json!([{"value": "babs@jensen.org", "type": "home"}])
    );
    let work = json!([{"type": "work", "streetAddress": "911 Universal City Plaza"}]);
    assert_eq!(after["addresses"], work);
    assert_eq!(after["name"], json!({"familyName": "Jensen"}));
    assert!(after[ENTERPRISE].is_null());
    assert_eq!(after["schemas"].as_array().unwrap().len(), 1);
    let last = json!([{"op": "remove", "path": "emails[type eq \"home\"]"}]);
    assert!(user.patch(last, 200).await["emails"].is_null());
}

#[tokio::test]
async fn a_patch_that_cannot_be_done_says_why_and_changes_nothing() {
    let user = User::new().await;
    let before = user.now().await;
    let fine = json!({"op": "replace", "path": "title", "value": "Never"});
    for (operation, reason) in [
        (json!({"op": "remove"}), "noTarget"),
        (
            json!({"op": "replace", "path": "emails[type eq \"fax\"].value", "value": "x"}),
            "noTarget",
        ),
        (
            json!({"op": "add", "path": "shoeSize", "value": 9}),
            "invalidPath",
        ),
        (
            json!({"op": "add", "path": "emails[", "value": 9}),
            "invalidPath",
        ),
        (
            json!({"op": "add", "path": "title[value eq \"x\"]", "value": 9}),
            "invalidPath",
        ),
        (
            json!({"op": "replace", "path": "id", "value": "x"}),
            "mutability",
        ),
        (
            json!({"op": "replace", "path": "meta.created", "value": "x"}),
            "mutability",
        ),
        (json!({"op": "remove", "path": "userName"}), "mutability"),
        (
            json!({"op": "replace", "path": "userName", "value": null}),
            "invalidValue",
        ),
        (
            json!({"op": "replace", "path": "active", "value": "yes"}),
            "invalidValue",
        ),
        (json!({"op": "add", "path": "title"}), "invalidSyntax"),
        (
            json!({"op": "frobnicate", "path": "title"}),
            "invalidSyntax",
        ),
        (
            json!({"op": "replace", "value": {"name": "text", "name.givenName": "x"}}),
            "invalidValue",
        ),
        (
            json!({"op": "add", "path": "emails", "value": ["text"]}),
            "invalidValue",
        ),
    ] {
        let error = user.patch(json!([fine, operation]), 400).await;
        assert_eq!(error["scimType"], reason, "{operation}: {error}");
    }
    assert_eq!(user.now().await, before);
}
