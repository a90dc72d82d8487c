//! The list of candidates.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Visitor;
use crate::Practice;
use crate::state::{Confidentiality, Filter, Hit, Opportunity, Tab, World};

/// Rows on a page.
const ROWS: usize = 50;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/candidates", get(list))
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Search {
    tab: Tab,
    q: String,
    stage: String,
    owner: String,
    /// Counts from 1; anything below is the first page, anything beyond the last.
    page: usize,
}

async fn list(
    State(practice): State<Practice>,
    visitor: Visitor,
    Query(search): Query<Search>,
) -> Response {
    let world = practice.world();
    let found: Vec<Hit<'_>> = world.search(&visitor.user, &search.filter()).collect();
    let pages = found.len().div_ceil(ROWS).max(1);
    let page = search.page.clamp(1, pages);
    let rows = found.iter().skip((page - 1) * ROWS).take(ROWS);
    let rows = rows.filter_map(|hit| world.opportunity(hit.opportunity));
    let rows: Vec<Value> = rows.map(|one| row(&world, one)).collect();
    let owners = world.company.active_users();
    let owners = owners.map(|user| json!({"id": user.id, "text": user.name}));
    let context = json!({
        "rows": rows,
        "total": found.len(),
        "search": search,
        "page": page,
        "pages": pages,
        "stages": world.company.stages,
        "owners": owners.collect::<Vec<_>>(),
    });
    visitor.page(&practice, &world, "candidates.html", context)
}

fn row(world: &World, opportunity: &Opportunity) -> Value {
    let contact = world.contact_of(opportunity);
    let posting = opportunity.application.as_ref();
    let posting = posting.and_then(|application| world.company.posting(&application.posting));
    let owner = opportunity.owner.as_deref();
    let owner = owner.and_then(|owner| world.company.user(owner));
    json!({
        "id": opportunity.id,
        "name": contact.name,
        "emails": contact.emails,
        "posting": posting.map(|posting| &posting.text),
        "stage": world.company.stage(&opportunity.stage).map(|stage| &stage.text),
        "owner": owner.map(|owner| &owner.name),
        "advanced": opportunity.last_advanced_at,
        "confidential": opportunity.confidentiality == Confidentiality::Confidential
    })
}

impl Search {
    fn filter(&self) -> Filter<'_> {
        Filter {
            tab: self.tab,
            stage: Some(self.stage.as_str()).filter(|id| !id.is_empty()),
            owner: Some(self.owner.as_str()).filter(|id| !id.is_empty()),
            posting: None,
            words: &self.q,
        }
    }
}
