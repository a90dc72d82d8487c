//! Records of users: made, read, replaced, deleted, and guarded.

use reqwest::Method;
use serde_json::{Value, json};

use super::{ENTERPRISE, body, create, found, scim};
use crate::world::{World, send};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

#[tokio::test]
async fn a_user_is_made_read_replaced_and_deleted() {
    let world = World::start().await;
    let user = json!({
        "schemas": [USER],
        "USERNAME": "bjensen",
        "externalId": "701984",
        "password": "t1meMa$heen",
        "id": "chosen by the client",
        "emails": [],
        "nickName": null,
        "title": "Guide",
    });
    let made = scim(&world, Method::POST, "/Users", Some(user)).await;
    assert_eq!(made.headers()["etag"], "W/\"1\"");
    assert_eq!(made.headers()["content-type"], "application/scim+json");
    let location = made.headers()["location"].to_str().unwrap().to_owned();
    let made = body(made, 201).await;
    assert_eq!(made["userName"], "bjensen");
    assert_eq!(made["meta"]["location"], location);
    assert_eq!(made["meta"]["created"], "2026-09-21T14:13:20.000Z");
    for name in ["password", "emails", "nickName", "USERNAME"] {
        assert!(made.get(name).is_none(), "{name}: {made}");
    }
    let path = location.split_once("/scim/v2").unwrap().1.to_owned();
    assert_eq!(
        body(scim(&world, Method::GET, &path, None).await, 200).await,
        made
    );
    let other = json!({"schemas": [USER], "userName": "babs", "active": true});
    let replaced = body(scim(&world, Method::PUT, &path, Some(other)).await, 200).await;
    assert!(replaced.get("title").is_none() && replaced.get("externalId").is_none());
    assert_eq!(replaced["id"], made["id"]);
    assert_eq!(replaced["meta"]["version"], "W/\"2\"");
    assert_eq!(
        scim(&world, Method::DELETE, &path, None).await.status(),
        204
    );
    let gone = body(scim(&world, Method::GET, &path, None).await, 404).await;
    assert_eq!(
        gone["schemas"],
        json!(["urn:ietf:params:scim:api:messages:2.0:Error"])
    );
    assert_eq!(
        scim(&world, Method::DELETE, &path, None).await.status(),
        404
    );
}

#[tokio::test]
async fn a_repeated_creation_makes_nobody_twice_and_the_first_is_found_by_its_external_id() {
    let world = World::start().await;
    let user = json!({"schemas": [USER], "userName": "ana", "externalId": "lever:1"});
    let made = create(&world, user.clone()).await;
    for other in ["ana", "ANA", "somebody"] {
        let mut again = user.clone();
        again["userName"] = json!(other);
        let refused = body(scim(&world, Method::POST, "/Users", Some(again)).await, 409).await;
        assert_eq!(refused["scimType"], "uniqueness");
    }
    let found = found(&world, &[("filter", "externalId eq \"lever:1\"")]).await;
    assert_eq!(found, ["ana"]);
    let other = create(&world, json!({"userName": "bo"})).await;
    let path = format!("/Users/{}", other["id"].as_str().unwrap());
    let taken = json!({"schemas": [USER], "userName": "Ana"});
    assert_eq!(
        scim(&world, Method::PUT, &path, Some(taken)).await.status(),
        409
    );
    let people: Value = send(world.get("/practice/people"))
        .await
        .json()
        .await
        .unwrap();
    let people = people.as_array().unwrap().iter();
    let ours: Vec<&Value> = people.filter(|person| person["id"] == made["id"]).collect();
    assert_eq!(ours.len(), 1);
    assert_eq!(ours[0]["history"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_old_version_is_not_overwritten() {
    let world = World::start().await;
    let made = create(&world, json!({"userName": "ana"})).await;
    let path = format!("/Users/{}", made["id"].as_str().unwrap());
    let url = format!("{}/scim/v2{path}", world.url);
    let send_if = async |method: Method, header: &str, tag: &str, body: Option<&Value>| {
        let request = world
            .http
            .request(method, &url)
            .bearer_auth(fulcrum_practice::SCIM_TOKEN);
        let request = request.header(header, tag);
        let request = match body {
            Some(body) => request.body(body.to_string()),
            None => request,
        };
        send(request).await.status().as_u16()
    };
    let user = json!({"schemas": [USER], "userName": "ana", "title": "Guide"});
    assert_eq!(
        send_if(Method::PUT, "if-match", "W/\"9\"", Some(&user)).await,
        412
    );
    assert_eq!(
        send_if(Method::PUT, "if-match", "W/\"1\"", Some(&user)).await,
        200
    );
    assert_eq!(
        send_if(Method::DELETE, "if-match", "W/\"1\"", None).await,
        412
    );
    assert_eq!(
        send_if(Method::GET, "if-none-match", "\"7\", W/\"2\"", None).await,
        304
    );
    assert_eq!(
        send_if(Method::GET, "if-none-match", "W/\"1\"", None).await,
        200
    );
    assert_eq!(send_if(Method::DELETE, "if-match", "*", None).await, 204);
}

#[tokio::test]
async fn a_user_out_of_form_is_refused_with_the_reason() {
    let world = World::start().await;
    for (user, reason) in [
        (json!({"userName": "x"}), "invalidSyntax"),
        (
            json!({"schemas": ["urn:other"], "userName": "x"}),
            "invalidValue",
        ),
        (json!({"schemas": [USER]}), "invalidValue"),
        (json!({"schemas": [USER], "userName": " "}), "invalidValue"),
        (json!({"schemas": [USER], "userName": 5}), "invalidValue"),
        (
            json!({"schemas": [USER], "userName": "x", "shoeSize": 9}),
            "invalidSyntax",
        ),
        (
            json!({"schemas": [USER], "userName": "x", "emails": {"value": "y"}}),
            "invalidValue",
        ),
        (
            json!({"schemas": [USER], "userName": "x", "emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]}),
            "invalidValue",
        ),
        (
            json!({"schemas": [USER], "userName": "x", ENTERPRISE: "y"}),
            "invalidValue",
        ),
        (json!(["not an object"]), "invalidSyntax"),
    ] {
        let answer = scim(&world, Method::POST, "/Users", Some(user.clone())).await;
        let error = body(answer, 400).await;
        assert_eq!(error["scimType"], reason, "{user}: {error}");
        assert!(!error["detail"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn only_the_token_opens_the_service() {
    let world = World::start().await;
    for request in [
        world.get("/scim/v2/Users"),
        world.get("/scim/v2/Users").bearer_auth("wrong"),
        world
            .get("/scim/v2/Users")
            .basic_auth("practice-scim-token", Some("")),
        world.get("/scim/v2/ServiceProviderConfig"),
    ] {
        let answer = send(request).await;
        assert!(
            answer.headers()["www-authenticate"]
                .to_str()
                .unwrap()
                .starts_with("Bearer")
        );
        assert_eq!(body(answer, 401).await["status"], "401");
    }
    assert_eq!(
        scim(&world, Method::GET, "/Groups", None).await.status(),
        404
    );
}

#[tokio::test]
async fn the_service_says_what_it_can_do() {
    let world = World::start().await;
    let ask = async |path: &str| body(scim(&world, Method::GET, path, None).await, 200).await;
    let config = ask("/ServiceProviderConfig").await;
    for feature in ["patch", "filter", "sort", "etag"] {
        assert_eq!(config[feature]["supported"], true, "{feature}");
    }
    assert_eq!(config["bulk"]["supported"], false);
    assert_eq!(
        ask("/ResourceTypes").await["Resources"][0],
        ask("/ResourceTypes/User").await
    );
    let schemas = ask("/Schemas").await;
    let ids = schemas["Resources"].as_array().unwrap().iter();
    let ids: Vec<&Value> = ids.map(|schema| &schema["id"]).collect();
    assert_eq!(ids, [USER, ENTERPRISE]);
    assert_eq!(
        ask(&format!("/Schemas/{ENTERPRISE}")).await["attributes"][0]["name"],
        "employeeNumber"
    );
}
