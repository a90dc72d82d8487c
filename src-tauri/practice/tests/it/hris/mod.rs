//! The HRIS over SCIM 2.0, and its pages.

mod filter;
mod pages;
mod patch;
mod records;

use fulcrum_practice::SCIM_TOKEN;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::world::{World, send, text};

pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Sends a request with the HRIS's token.
pub async fn scim(world: &World, method: Method, path: &str, body: Option<Value>) -> Response {
    let mut request = world
        .http
        .request(method, format!("{}/scim/v2{path}", world.url))
        .bearer_auth(SCIM_TOKEN);
    if let Some(body) = body {
        request = request
            .header("content-type", "application/scim+json")
            .body(body.to_string());
    }
    send(request).await
}

/// The JSON of an answer that must have this status.
pub async fn body(answer: Response, status: u16) -> Value {
    let given = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(given, status, "{body}");
    body
}

/// Creates a user with `userName` and more attributes; returns the answer.
pub async fn create(world: &World, mut user: Value) -> Value {
    user["schemas"] = json!(["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE]);
    body(scim(world, Method::POST, "/Users", Some(user)).await, 201).await
}

/// The names of the users that a query finds, in order.
pub async fn found(world: &World, query: &[(&str, &str)]) -> Vec<String> {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    let answer = scim(world, Method::GET, &format!("/Users?{query}"), None).await;
    let list = body(answer, 200).await;
    let users = list["Resources"].as_array().unwrap().iter();
    users.map(|user| text(&user["userName"])).collect()
}
