//! Offers of an opportunity (LEVER.md 3.3).

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Router};

use super::error::ApiResult;
use super::gate::Caller;
use super::opportunities::visible;
use super::paging::{self, BY_CREATION, creation_key};
use super::params::Params;
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/opportunities/{id}/offers", get(list_offers))
}

async fn list_offers(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::OFFERS)?;
    let projection = Projection::parse(&params, &["creator"])?;
    let api = format!("{}/v1", practice.origin());
    let world = practice.world();
    let opportunity = visible(&world, &caller, &id)?;
    let signer = world.contact_of(opportunity);
    let offers = opportunity.offers.iter();
    let rows = offers.map(|offer| (creation_key(offer.created_at, &offer.id), offer));
    paging::answer(&params, BY_CREATION, rows.collect(), |offer| {
        let document = offer.to_json(&api, &id, signer);
        projection.apply(document, |_, user| world.company.user_json(user))
    })
}
