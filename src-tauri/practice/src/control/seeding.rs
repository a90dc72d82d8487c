//! Other candidates in the place of those there are.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::seed;

/// Most opportunities that one world is seeded with: ten times what Fulcrum is measured with.
const MOST: usize = 1_000_000;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Size {
    Small,
}

/// Either a size, or a number of opportunities and what they are drawn from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seed {
    size: Option<Size>,
    opportunities: Option<usize>,
    random_seed: Option<u64>,
}

/// Replaces contacts and opportunities; hooks, consents and settings stay, and no event is sent.
pub(super) async fn replace(
    State(practice): State<Practice>,
    Json(seed): Json<Seed>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    match (seed.size, seed.opportunities, seed.random_seed) {
        (Some(Size::Small), None, None) => seed::replace_with_small(&mut world, now),
        (None, Some(count @ 0..=MOST), random_seed) => {
            seed::replace_with_crowd(&mut world, count, random_seed.unwrap_or(1), now);
        }
        (None, Some(_), _) => {
            return Err(Refusal(format!("At most {MOST} opportunities fit in")));
        }
        _ => {
            let text =
                "Send either {\"size\": \"small\"} or {\"opportunities\": N, \"random_seed\": S}";
            return Err(Refusal(text.to_owned()));
        }
    }
    let opportunities = world.opportunities.living().count();
    Ok(Json(json!({ "opportunities": opportunities })))
}
