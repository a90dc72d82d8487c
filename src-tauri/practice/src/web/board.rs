//! The board: a column for each stage, with its first candidates.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Visitor;
use crate::Practice;
use crate::state::{Opportunity, World};

/// Cards in a column; the count tells how many there are, and the list shows the rest.
const CARDS: usize = 12;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/board", get(show))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Filter {
    posting: String,
}

impl Filter {
    fn takes(&self, opportunity: &Opportunity) -> bool {
        let application = opportunity.application.as_ref();
        self.posting.is_empty() || application.is_some_and(|one| one.posting == self.posting)
    }
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Query(filter): Query<Filter>,
) -> Response {
    let world = practice.world();
    let mut columns: HashMap<&str, (usize, Vec<Value>)> = HashMap::new();
    for one in world.opportunities.living() {
        if one.archived.is_none() && filter.takes(one) && world.may_see(&visitor.user, one) {
            let (count, cards) = columns.entry(&one.stage).or_default();
            *count += 1;
            if cards.len() < CARDS {
                cards.push(card(&world, one));
            }
        }
    }
    let stages = world.company.stages.iter().map(|stage| {
        let (count, cards) = columns.remove(stage.id.as_str()).unwrap_or_default();
        json!({"id": stage.id, "text": stage.text, "count": count, "cards": cards})
    });
    let postings = world.company.postings.iter();
    let postings = postings.map(|one| json!({"id": one.id, "text": one.text}));
    let context = json!({
        "columns": stages.collect::<Vec<_>>(),
        "postings": postings.collect::<Vec<_>>(),
        "posting": filter.posting,
    });
    visitor.page(&practice, &world, "board.html", context)
}

fn card(world: &World, opportunity: &Opportunity) -> Value {
    let posting = opportunity.application.as_ref();
    let posting = posting.and_then(|one| world.company.posting(&one.posting));
    let owner = opportunity.owner.as_deref();
    let owner = owner.and_then(|owner| world.company.user(owner));
    json!({
        "id": opportunity.id,
        "name": world.contact_of(opportunity).name,
        "posting": posting.map(|posting| &posting.text),
        "owner": owner.map(|owner| &owner.name),
        "advanced": opportunity.last_advanced_at,
    })
}
