//! Offers: a list for each opportunity, and their documents (LEVER.md 3.3).

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging::{self, BY_CREATION, creation_key};
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities/{id}/offers", get(list))
        .route("/opportunities/{id}/offers/{offer}/download", get(download))
}

async fn list(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::OFFERS)?;
    let projection = Projection::parse(&asked.params, &["creator"])?;
    let api = format!("{}/v1", asked.practice.origin());
    let opportunity = asked.opportunity(&world, &id)?;
    let signer = world.contact_of(opportunity);
    let offers = opportunity.offers.iter();
    let rows = offers.map(|offer| (creation_key(offer.created_at, &offer.id), offer));
    paging::answer(&asked.params, BY_CREATION, rows.collect(), |offer| {
        let document = offer.to_json(&api, &id, signer);
        projection.apply(document, |_, user| world.company.user_json(user))
    })
}

/// The letter as it was sent, or the signed copy: `status=sent` or `status=signed`.
async fn download(
    asked: Asked,
    Ids((id, offer)): Ids<(String, String)>,
) -> Result<Response, ApiError> {
    let world = asked.reads(Area::OFFERS)?;
    let opportunity = asked.opportunity(&world, &id)?;
    let mut offers = opportunity.offers.iter();
    let offer = offers
        .find(|one| one.id == offer)
        .ok_or_else(|| ApiError::not_found("offers", &offer))?;
    let document = match asked.params.first("status") {
        Some("sent") => offer.sent_document(),
        Some("signed") => offer.signed_document(),
        _ => return Err(ApiError::bad_request("status must be sent or signed")),
    };
    let document = document.ok_or_else(|| ApiError::not_found("documents", &offer.id))?;
    let bytes = world.document_bytes(document)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}
