//! The offer flow on the pages (PRODUCTS.md 3.4): details, approvals, sending, outcome.
//!
//! `open` lets a visitor in; every step then goes through [`change`], back to the page of the offer.

mod approval;
mod approval_mail;
mod block;
mod details;
mod form_rows;
mod outcome;
mod sending;
mod show;
mod signing;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

pub(super) use block::{block, story_lines};

use super::{Refused, Visitor};
use crate::Practice;
use crate::state::{Offer, OfferError, Opportunity, Right, Role, World};

/// Largest signed copy, in bytes: the limit of Lever's files (LEVER.md 3).
const MAX_UPLOAD: usize = 30 * 1024 * 1024;

pub(super) fn routes() -> Router<Practice> {
    let upload = post(outcome::upload).layer(axum::extract::DefaultBodyLimit::max(MAX_UPLOAD));
    Router::new()
        .route("/candidates/{id}/offers", post(details::create))
        .route("/candidates/{id}/offers/new", get(details::blank))
        .route("/candidates/{id}/offers/{offer}", get(show::show))
        .route(
            "/candidates/{id}/offers/{offer}/modify",
            get(details::filled).post(details::modify),
        )
        .route(
            "/candidates/{id}/offers/{offer}/approval",
            get(approval::ask).post(approval::request),
        )
        .route(
            "/candidates/{id}/offers/{offer}/approve",
            post(approval::approve),
        )
        .route(
            "/candidates/{id}/offers/{offer}/reject",
            post(approval::reject),
        )
        .route(
            "/candidates/{id}/offers/{offer}/review",
            get(sending::review),
        )
        .route("/candidates/{id}/offers/{offer}/send", post(sending::send))
        .route(
            "/candidates/{id}/offers/{offer}/send-manually",
            post(sending::send_manually),
        )
        .route("/candidates/{id}/offers/{offer}/signed-copy", upload)
        .route(
            "/candidates/{id}/offers/{offer}/declined",
            post(outcome::decline),
        )
        .route(
            "/candidates/{id}/offers/{offer}/documents/{which}",
            get(show::document),
        )
        .merge(signing::routes())
}

/// Ids of an opportunity and of one of its offers, as they stand in a path.
type Ids = (String, String);

/// An offer that the visitor may see, and what it belongs to.
///
/// # Errors
/// If it does not exist, or the visitor may not know that it does.
fn open<'a>(
    world: &'a World,
    visitor: &Visitor,
    (opportunity, offer): &Ids,
) -> Result<(&'a Opportunity, &'a Offer), OfferError> {
    let (opportunity, own) = world.offer(opportunity, offer)?;
    if world.may_see_offer(&visitor.user, opportunity, own) {
        Ok((opportunity, own))
    } else {
        Err(OfferError::not_found("offers", offer))
    }
}

/// Answers with what `render` makes of an offer that the visitor may see.
fn page_of(
    practice: &Practice,
    visitor: &Visitor,
    ids: &Ids,
    render: impl FnOnce(&World, &Opportunity, &Offer) -> Response,
) -> Result<Response, Refused> {
    let world = practice.world();
    open(&world, visitor, ids)
        .map(|(opportunity, offer)| render(&world, opportunity, offer))
        .map_err(|error| refused(practice, visitor, &error))
}

fn path_of((opportunity, offer): &Ids) -> String {
    format!("/candidates/{opportunity}/offers/{offer}")
}

/// Whether the visitor may decide in the place of an approver.
fn may_decide_for_others(visitor: &Visitor) -> bool {
    visitor.user.access_role == Role::SuperAdmin
}

/// Refuses a visitor who makes no offers.
fn require_maker(practice: &Practice, visitor: &Visitor) -> Result<(), Refused> {
    visitor.require(practice, Right::CreateOffers, "make and send offers")
}

/// Changes an offer that the visitor may see, as the visitor and now, and goes to its page with
/// `notice`.
fn change(
    practice: &Practice,
    visitor: &Visitor,
    ids: &Ids,
    notice: &str,
    change: impl FnOnce(&mut Offer, &str, i64) -> Result<(), OfferError>,
) -> Result<Response, Refused> {
    let now = practice.now_ms();
    let mut world = visitor.world(practice);
    let may = open(&world, visitor, ids).map(|_| ());
    let outcome = may.and_then(|()| {
        let (by, origin) = (&visitor.user.id, practice.origin());
        world.act_on_offer((&ids.0, &ids.1), by, origin, now, |offer| {
            change(offer, by, now)
        })
    });
    match outcome {
        Ok(()) => Ok(visitor.go(&mut world, &path_of(ids), notice)),
        Err(error) => Err(refused(practice, visitor, &error)),
    }
}

/// The page that says why it did not work.
fn refused(practice: &Practice, visitor: &Visitor, error: &OfferError) -> Refused {
    let status = match error {
        OfferError::NotFound { .. } => StatusCode::NOT_FOUND,
        _ => StatusCode::BAD_REQUEST,
    };
    let text = match error {
        OfferError::NotFound { .. } => {
            "There is no such offer, or you are not among those who see it.".to_owned()
        }
        error => error.to_string(),
    };
    visitor.refuse(practice, status, &text)
}
