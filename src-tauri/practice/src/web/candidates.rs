//! The list of candidates.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Visitor;
use crate::Practice;
use crate::state::{Confidentiality, Opportunity, ReasonType, World};

/// Rows on the page; the search narrows them down.
const MAX_ROWS: usize = 200;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/candidates", get(list))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tab {
    #[default]
    Active,
    Hired,
    Archived,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Search {
    tab: Tab,
    q: String,
    stage: String,
}

async fn list(
    State(practice): State<Practice>,
    visitor: Visitor,
    Query(search): Query<Search>,
) -> Response {
    let world = practice.world();
    let living = world.opportunities.living();
    let found: Vec<&Opportunity> = living.filter(|one| search.matches(&world, one)).collect();
    let total = found.len();
    let rows: Vec<Value> = found
        .into_iter()
        .take(MAX_ROWS)
        .map(|one| row(&world, one))
        .collect();
    let context = json!({
        "rows": rows,
        "total": total,
        "tab": search.tab,
        "q": search.q,
        "stage": search.stage,
        "stages": world.company.stages
    });
    visitor.page(&practice, &world, "candidates.html", context)
}

/// The tab on which a candidate is shown.
fn tab_of(world: &World, opportunity: &Opportunity) -> Tab {
    match &opportunity.archived {
        None => Tab::Active,
        Some(archived) => {
            let reason = world.company.reason(&archived.reason);
            if reason.is_some_and(|reason| reason.kind == ReasonType::Hired) {
                Tab::Hired
            } else {
                Tab::Archived
            }
        }
    }
}

fn row(world: &World, opportunity: &Opportunity) -> Value {
    let contact = world.contact_of(opportunity);
    let posting = opportunity.application.as_ref();
    let posting = posting.and_then(|application| world.company.posting(&application.posting));
    json!({
        "id": opportunity.id,
        "name": contact.name,
        "emails": contact.emails,
        "posting": posting.map(|posting| &posting.text),
        "stage": world.company.stage(&opportunity.stage).map(|stage| &stage.text),
        "advanced": opportunity.last_advanced_at,
        "confidential": opportunity.confidentiality == Confidentiality::Confidential
    })
}

impl Search {
    fn matches(&self, world: &World, opportunity: &Opportunity) -> bool {
        let contact = world.contact_of(opportunity);
        let wanted = self.q.trim().to_lowercase();
        let has = |text: &String| text.to_lowercase().contains(&wanted);
        tab_of(world, opportunity) == self.tab
            && (self.stage.is_empty() || self.stage == opportunity.stage)
            && (wanted.is_empty() || has(&contact.name) || contact.emails.iter().any(has))
    }
}
