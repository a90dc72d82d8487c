//! Opportunities: lists, single ones, and the changes the API allows (LEVER.md 3.1).

mod create;
mod filter;
mod labels;
mod writes;

use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

use filter::Filter;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::paging::{self, BY_CREATION, Column, Key, Part, creation_key};
use super::params::Params;
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Details, Opportunity, Place, World};

const EXPANDABLE: &[&str] = &[
    "applications",
    "stage",
    "owner",
    "followers",
    "sourcedBy",
    "contact",
];

/// Stage rank, then last advanced, then id (LEVER.md 2.3).
const COLUMNS: &[Column] = &[Column::Ascending, Column::Newest, Column::Text];

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities", get(list).post(create::create))
        .route("/opportunities/deleted", get(list_deleted))
        .route("/opportunities/{id}", get(show))
        .merge(writes::routes())
        .merge(labels::routes())
}

/// The opportunity of a path, if it exists and the caller may see it.
pub(super) fn visible<'a>(
    world: &'a World,
    caller: &Caller,
    id: &str,
) -> Result<&'a Opportunity, ApiError> {
    let opportunity = world
        .opportunity(id)
        .ok_or_else(|| ApiError::not_found("opportunities", id))?;
    if caller.may_see(opportunity) {
        Ok(opportunity)
    } else {
        Err(ApiError::Forbidden("the opportunity is confidential"))
    }
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::OPPORTUNITIES)?;
    let Asked { caller, params, .. } = &asked;
    let projection = Projection::parse(params, EXPANDABLE)?;
    let filter = Filter::parse(params)?;
    let rows_from = |key: Option<Key>| {
        let from = key.as_deref().and_then(place_of);
        let matching = candidates(&world, params, from).filter(|(_, opportunity)| {
            caller.may_see(opportunity)
                && filter.accepts(opportunity, world.contact_of(opportunity))
        });
        matching.map(|(place, opportunity)| (key_of(&place), opportunity))
    };
    paging::answer_in_order(params, COLUMNS, rows_from, |opportunity| {
        render(&asked, &world, opportunity, &projection)
    })
}

/// What can match at all, in the order of the list: a filter for a person is answered from the indexes,
/// any other by looking at everything from `from` on.
fn candidates<'a>(
    world: &'a World,
    params: &'a Params,
    from: Option<Place>,
) -> Box<dyn Iterator<Item = (Place, &'a Opportunity)> + 'a> {
    let all = &world.opportunities;
    let from = from.as_ref();
    if let Some(email) = params.first("email") {
        let contacts = world.contacts.ids_with_email(email).iter();
        let rows = all.of_contacts_in_order(contacts.map(AsRef::as_ref), from);
        return Box::new(rows.into_iter());
    }
    if params.first("contact_id").is_some() {
        let rows = all.of_contacts_in_order(params.all("contact_id"), from);
        return Box::new(rows.into_iter());
    }
    let in_order = all.in_order(from.cloned());
    Box::new(in_order.map(|(place, opportunity)| (place.clone(), opportunity)))
}

fn key_of(place: &Place) -> Key {
    vec![
        Part::Ascending(place.rank),
        Part::Newest(place.last_advanced_at),
        Part::Text(place.id.as_ref().to_owned()),
    ]
}

fn place_of(key: &[Part]) -> Option<Place> {
    let [
        Part::Ascending(rank),
        Part::Newest(last_advanced_at),
        Part::Text(id),
    ] = key
    else {
        return None;
    };
    Some(Place {
        rank: *rank,
        last_advanced_at: *last_advanced_at,
        id: id.as_str().into(),
    })
}

async fn list_deleted(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::OPPORTUNITIES)?;
    let Asked { caller, params, .. } = &asked;
    let deleted_at = params.range("deleted_at")?;
    let projection = Projection::parse(params, EXPANDABLE)?;
    let deleted = world.opportunities.deleted().filter(|opportunity| {
        let at = opportunity.deleted.as_ref().map(|deleted| deleted.at);
        deleted_at.contains(at) && caller.may_see(opportunity)
    });
    let rows = deleted.map(|one| (creation_key(one.created_at, &one.id), one));
    paging::answer(params, BY_CREATION, rows.collect(), |opportunity| {
        render(&asked, &world, opportunity, &projection)
    })
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::OPPORTUNITIES)?;
    let projection = Projection::parse(&asked.params, EXPANDABLE)?;
    let opportunity = asked.opportunity(&world, &id)?;
    Ok(Answer::data(render(
        &asked,
        &world,
        opportunity,
        &projection,
    )))
}

/// The opportunity as answers of writes show it: without contact details (LEVER.md 3.1).
fn blank(asked: &Asked, world: &World, id: &str) -> Result<Value, ApiError> {
    let opportunity = asked.opportunity(world, id)?;
    Ok(world.opportunity_json(opportunity, Details::Blank, asked.practice.origin()))
}

fn changed(asked: &Asked, world: &World, id: &str) -> ApiResult {
    Ok(Answer::data(blank(asked, world, id)?))
}

/// The whole opportunity, with nothing left out and nothing expanded.
fn render_plain(asked: &Asked, world: &World, opportunity: &Opportunity) -> Value {
    world.opportunity_json(opportunity, Details::Shown, asked.practice.origin())
}

fn render(
    asked: &Asked,
    world: &World,
    opportunity: &Opportunity,
    projection: &Projection,
) -> Value {
    let contact = world.contact_of(opportunity);
    let document = render_plain(asked, world, opportunity);
    projection.apply(document, |member, id| match member {
        "applications" => opportunity.application_json(contact),
        "stage" => {
            let stage = world.company.stage(id)?;
            Some(json!({"id": stage.id, "text": stage.text}))
        }
        "contact" => Some(contact.to_json()),
        _ => world.company.user_json(id),
    })
}
