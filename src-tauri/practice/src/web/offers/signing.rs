//! The candidate's page at an unguessable address: reading, signing, declining. Nobody logs in there.

use axum::Form;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::approval::Reason;
use super::show::fields;
use crate::Practice;
use crate::state::{Offer, OfferError, OfferStatus, World};
use crate::web::{Refused, public_page};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/offers/{opportunity}/{link}", get(read))
        .route("/offers/{opportunity}/{link}/sign", post(sign))
        .route("/offers/{opportunity}/{link}/decline", post(decline))
}

/// Opportunity and secret of a candidate's address.
type Address = (String, String);

async fn read(
    State(practice): State<Practice>,
    Path(address): Path<Address>,
) -> Result<Response, Refused> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let Some(id) = offer_at(&world, &address).map(|offer| offer.id.clone()) else {
        return Err(ended(&practice));
    };
    // Somebody who comes back after the answer only reads.
    let _ = world.change_offer(&address.0, &id, now, |offer| offer.open(now));
    let context = letter(&world, &address, None);
    Ok(public_page(
        &practice,
        &world,
        "offer-signing.html",
        context,
    ))
}

#[derive(Deserialize)]
struct Signature {
    #[serde(default)]
    name: String,
}

async fn sign(
    State(practice): State<Practice>,
    Path(address): Path<Address>,
    Form(form): Form<Signature>,
) -> Result<Response, Refused> {
    answer(&practice, &address, |offer, now| {
        offer.sign(&form.name, now)
    })
}

async fn decline(
    State(practice): State<Practice>,
    Path(address): Path<Address>,
    Form(form): Form<Reason>,
) -> Result<Response, Refused> {
    answer(&practice, &address, |offer, now| {
        offer.decline(&form.reason, now)
    })
}

fn answer(
    practice: &Practice,
    address: &Address,
    answer: impl FnOnce(&mut Offer, i64) -> Result<(), OfferError>,
) -> Result<Response, Refused> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let Some(id) = offer_at(&world, address).map(|offer| offer.id.clone()) else {
        return Err(ended(practice));
    };
    match world.change_offer(&address.0, &id, now, |offer| answer(offer, now)) {
        Ok(()) => Ok(Redirect::to(&format!("/offers/{}/{}", address.0, address.1)).into_response()),
        Err(error) => {
            let context = letter(&world, address, Some(&error));
            let page = public_page(practice, &world, "offer-signing.html", context);
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
    }
}

fn offer_at<'a>(world: &'a World, (opportunity, link): &Address) -> Option<&'a Offer> {
    let mut offers = world.opportunity(opportunity)?.offers.iter();
    offers.find(|offer| offer.link() == Some(link.as_str()))
}

fn letter(world: &World, address: &Address, problem: Option<&OfferError>) -> Value {
    let (Some(opportunity), Some(offer)) =
        (world.opportunity(&address.0), offer_at(world, address))
    else {
        return json!({});
    };
    let shown = fields(world, offer).into_iter();
    json!({
        "opportunity": address.0,
        "link": address.1,
        "name": world.contact_of(opportunity).name,
        "fields": shown.filter(|row| row["value"] != "").collect::<Vec<_>>(),
        "signed": offer.status() == OfferStatus::Signed,
        "declined": offer.status() == OfferStatus::Denied,
        "problem": problem.map(ToString::to_string),
    })
}

fn ended(practice: &Practice) -> Refused {
    let text = "This offer is being revised, or the address is not complete. Ask the company for a new link.";
    Refused::page(
        practice,
        None,
        StatusCode::NOT_FOUND,
        "There is no offer here",
        text,
    )
}
