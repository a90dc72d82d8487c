//! What the service can do (RFC 7644 4).

use axum::extract::{Path, State};
use axum::response::Response;
use scim_v2::models::scim_schema::Schema;
use scim_v2::schema_urns::{
    ENTERPRISE_USER, LIST_RESPONSE, RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG, USER,
};
use serde_json::{Value, json};

use super::error::ScimError;
use super::list::MAX_RESULTS;
use super::resource::scim_json;
use super::schema::published;
use crate::Practice;

/// `GET /ServiceProviderConfig`.
pub(super) async fn config(State(practice): State<Practice>) -> Response {
    let location = format!("{}/scim/v2/ServiceProviderConfig", practice.origin());
    scim_json(&json!({
        "schemas": [SERVICE_PROVIDER_CONFIG],
        "patch": {"supported": true},
        "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": true, "maxResults": MAX_RESULTS},
        "changePassword": {"supported": false},
        "sort": {"supported": true},
        "etag": {"supported": true},
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "The token of the practice HRIS in the Authorization header",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true,
        }],
        "meta": {"resourceType": "ServiceProviderConfig", "location": location},
    }))
}

/// `GET /ResourceTypes`.
pub(super) async fn resource_types(State(practice): State<Practice>) -> Response {
    scim_json(&listed(vec![described_user_type(practice.origin())]))
}

/// `GET /ResourceTypes/User`.
pub(super) async fn user_type(State(practice): State<Practice>) -> Response {
    scim_json(&described_user_type(practice.origin()))
}

/// `GET /Schemas`.
pub(super) async fn schemas(State(practice): State<Practice>) -> Response {
    let schemas = published().into_iter();
    let schemas = schemas.map(|schema| described(schema, practice.origin()));
    scim_json(&listed(schemas.collect()))
}

/// `GET /Schemas/{id}`.
pub(super) async fn schema(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> Result<Response, ScimError> {
    let found = published()
        .into_iter()
        .find(|schema| schema.id.eq_ignore_ascii_case(&id));
    match found {
        Some(schema) => Ok(scim_json(&described(schema, practice.origin()))),
        None => Err(ScimError::NotFound(format!("schema {id}"))),
    }
}

fn described(mut schema: Schema, origin: &str) -> Value {
    schema.schemas = vec![SCHEMA.to_owned()];
    schema.meta.resource_type = Some("Schema".to_owned());
    schema.meta.location = Some(format!("{origin}/scim/v2/Schemas/{}", schema.id));
    json!(schema)
}

fn described_user_type(origin: &str) -> Value {
    json!({
        "schemas": [RESOURCE_TYPE],
        "id": "User",
        "name": "User",
        "endpoint": "/Users",
        "description": "A person in the practice HRIS",
        "schema": USER,
        "schemaExtensions": [{"schema": ENTERPRISE_USER, "required": false}],
        "meta": {
            "resourceType": "ResourceType",
            "location": format!("{origin}/scim/v2/ResourceTypes/User"),
        },
    })
}

fn listed(resources: Vec<Value>) -> Value {
    json!({
        "schemas": [LIST_RESPONSE],
        "totalResults": resources.len(),
        "startIndex": 1,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    })
}
