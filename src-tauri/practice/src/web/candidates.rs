//! The list of candidates.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Visitor;
use crate::Practice;
use crate::state::{Confidentiality, Opportunity, ReasonType, User, World};

/// Rows on a page.
const ROWS: usize = 50;

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
    let words = search.q.trim().to_lowercase();
    let found = world.opportunities.living();
    let found = found.filter(|one| search.takes(&world, &visitor.user, one, &words));
    let found: Vec<&Opportunity> = found.collect();
    let pages = found.len().div_ceil(ROWS).max(1);
    let page = search.page.clamp(1, pages);
    let rows = found.iter().skip((page - 1) * ROWS).take(ROWS);
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
    /// Whether an opportunity is to be shown; the cheap questions come first. `words` is in lower case.
    fn takes(&self, world: &World, user: &User, opportunity: &Opportunity, words: &str) -> bool {
        (self.stage.is_empty() || self.stage == opportunity.stage)
            && (self.owner.is_empty() || opportunity.owner.as_ref() == Some(&self.owner))
            && tab_of(world, opportunity) == self.tab
            && (words.is_empty() || mentions(world, opportunity, words))
            && world.may_see(user, opportunity)
    }
}

/// Whether name, an e-mail address, a tag or the posting contains `words`.
fn mentions(world: &World, opportunity: &Opportunity, words: &str) -> bool {
    let has = |text: &String| text.to_lowercase().contains(words);
    let contact = world.contact_of(opportunity);
    let posting = opportunity.application.as_ref();
    let posting = posting.and_then(|application| world.company.posting(&application.posting));
    has(&contact.name)
        || contact.emails.iter().any(has)
        || opportunity.tags.iter().any(has)
        || posting.is_some_and(|posting| has(&posting.text))
}
