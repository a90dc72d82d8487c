//! Offers made and moved by a test, from the draft to every state.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::identifiers::random_id;
use crate::state::{OfferError, OfferField, OfferStatus, OfferValue, Step, World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Create {
    opportunity: String,
    #[serde(default)]
    fields: BTreeMap<String, Value>,
    /// Id of a user; without it the owner of the opportunity.
    creator: Option<String>,
}

/// Makes a draft, with the named fields and the rest as the form fills it in.
pub(super) async fn create(
    State(practice): State<Practice>,
    Json(create): Json<Create>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let rows = world.blank_offer(&create.opportunity, now)?;
    let values = read(&world, &rows, &create.fields)?;
    let owner = world
        .opportunity(&create.opportunity)
        .and_then(|one| one.owner.clone());
    let creator = create.creator.or(owner).unwrap_or_default();
    let offer = world.create_offer(&create.opportunity, random_id(), values, &creator, now)?;
    Ok(Json(json!({ "offer": offer })))
}

pub(super) async fn show(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let world = practice.world();
    let opportunity = holder(&world, &id)?;
    let (_, offer) = world.offer(&opportunity, &id)?;
    let story = offer.story().iter();
    let story = story.map(|entry| {
        let changes = entry.event.changes().iter();
        let changes = changes.map(|one| json!([one.label, one.old, one.new]));
        json!({
            "at": entry.at,
            "event": entry.event.in_words(),
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    let link = offer
        .link()
        .map(|link| format!("{}/offers/{opportunity}/{link}", practice.origin()));
    Ok(Json(json!({
        "opportunity": opportunity,
        "status": offer.status(),
        "link": link,
        "story": story.collect::<Vec<_>>(),
    })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modify {
    fields: BTreeMap<String, Value>,
    user: Option<String>,
}

/// Changes values as *Modify Offer* does, with everything that follows.
pub(super) async fn modify(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(modify): Json<Modify>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let opportunity = holder(&world, &id)?;
    let (_, offer) = world.offer(&opportunity, &id)?;
    let values = read(&world, offer.fields(), &modify.fields)?;
    let user = modify.user.unwrap_or_else(|| offer.creator.clone());
    let revision = world.modify_offer(&opportunity, &id, values, &user, now)?;
    Ok(Json(json!({ "revision": revision })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    to: Option<OfferStatus>,
    step: Option<Step>,
    user: Option<String>,
}

/// Walks an offer to a state, or takes one step, as a person does on the pages: an offer that is sent is
/// mailed as well.
pub(super) async fn advance(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(advance): Json<Advance>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let opportunity = holder(&world, &id)?;
    let (found, offer) = world.offer(&opportunity, &id)?;
    let name = world.contact_of(found).name.clone();
    let user = advance.user.unwrap_or_else(|| offer.creator.clone());
    let origin = practice.origin();
    let status = world.act_on_offer((&opportunity, &id), &user, origin, now, |offer| {
        if let Some(step) = advance.step {
            offer.take(step, &user, &name, now)?;
        }
        if let Some(to) = advance.to {
            offer.walk_to(to, &user, &name, |_| now)?;
        }
        Ok(offer.status())
    })?;
    Ok(Json(json!({ "status": status })))
}

fn holder(world: &World, offer: &str) -> Result<String, OfferError> {
    let mut living = world.opportunities.living();
    let holder = living.find(|one| one.offers.iter().any(|own| own.id == offer));
    holder
        .map(|one| one.id.clone())
        .ok_or_else(|| OfferError::not_found("offers", offer))
}

/// Values as the API answers them, or as a person types them.
fn read(
    world: &World,
    rows: &[OfferField],
    fields: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, OfferValue>, OfferError> {
    let mut values = BTreeMap::new();
    for (identifier, value) in fields {
        let mut rows = rows.iter();
        let row = rows
            .find(|row| row.field.identifier == *identifier)
            .ok_or_else(|| OfferError::not_found("offer field", identifier))?;
        let value = OfferValue::from_json(world, &row.field, value);
        let value = value.map_err(|problem| OfferError::Invalid(vec![problem]))?;
        values.insert(identifier.clone(), value);
    }
    Ok(values)
}
