//! Tags and sources with the number of opportunities that carry them (LEVER.md 3.5).

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::asked::Asked;
use super::error::ApiResult;
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::Opportunity;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/tags", get(list_tags))
        .route("/sources", get(list_sources))
}

async fn list_tags(asked: Asked) -> ApiResult {
    counted(&asked, Area::TAGS, |opportunity| &opportunity.tags)
}

async fn list_sources(asked: Asked) -> ApiResult {
    counted(&asked, Area::SOURCES, |opportunity| &opportunity.sources)
}

/// The texts of all living opportunities, by text.
fn counted(asked: &Asked, area: Area, texts: impl Fn(&Opportunity) -> &Vec<String>) -> ApiResult {
    let world = asked.reads(area)?;
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for opportunity in world.opportunities.living() {
        for text in texts(opportunity) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let items = counts
        .into_iter()
        .map(|(text, count)| json!({"text": text, "count": count}));
    paging::in_given_order(&asked.params, items.collect())
}
