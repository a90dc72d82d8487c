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
use crate::state::{Filter, Opportunity, World};

/// Cards in a column; the count tells how many there are, and the list shows the rest.
const CARDS: usize = 12;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/board", get(show))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Choice {
    posting: String,
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Query(choice): Query<Choice>,
) -> Response {
    let world = practice.world();
    let filter = Filter {
        posting: Some(choice.posting.as_str()).filter(|id| !id.is_empty()),
        ..Filter::default()
    };
    let mut columns: HashMap<&str, (usize, Vec<Value>)> = HashMap::new();
    for hit in world.search(&visitor.user, &filter) {
        let (count, cards) = columns.entry(hit.stage).or_default();
        *count += 1;
        if cards.len() < CARDS {
            let opportunity = world.opportunity(hit.opportunity);
            cards.extend(opportunity.map(|one| card(&world, one)));
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
        "posting": choice.posting,
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
