//! Audit events, newest first (LEVER.md 3.12).

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::asked::Asked;
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::AuditEvent;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/audit_events", get(list))
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::AUDIT_EVENTS)?;
    let params = &asked.params;
    let created_at = params.range("created_at")?;
    if params.first("target_id").is_some() && params.first("target_type").is_none() {
        return Err(ApiError::bad_request("target_id needs target_type"));
    }
    let matching = world.audit_events.iter().filter(|event| {
        let user = event.user.as_ref().map_or("null", |user| &user.id);
        created_at.contains(Some(event.created_at))
            && params.accepts("type", Some(&event.kind))
            && params.accepts("user_id", Some(user))
            && params.accepts("target_type", Some(&event.target.kind))
            && params.accepts("target_id", Some(&event.target.id))
    });
    let place = |event: &AuditEvent| (event.created_at, event.id.clone());
    paging::newest_first(params, matching, place, |event| json!(event))
}
