//! Fields that the company adds to its requisitions (LEVER.md 3.10).

use axum::Router;
use axum::routing::get;
use serde_json::Value;

use super::answer::Answer;
use super::asked::Asked;
use super::error::ApiResult;
use crate::Practice;
use crate::auth::Area;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/requisition_fields", get(list))
}

/// Without `hasNext`, as recorded (LEVER.md 2.2).
async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::REQUISITION_FIELDS)?;
    let required = asked.params.flag("isRequired")?;
    let fields = world.company.requisition_fields.iter().filter(|field| {
        required.is_none_or(|wanted| field["isRequired"] == wanted)
            && asked.params.accepts("type", field["type"].as_str())
    });
    let fields: Vec<&Value> = fields.collect();
    Ok(Answer::data(fields))
}
