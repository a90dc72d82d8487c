//! *Review and send*: through Lever, or *Sending offer outside of Lever?*.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;

use super::show::fields;
use super::{Ids, change, page_of, require_maker};
use crate::Practice;
use crate::state::{OfferStatus, Step};
use crate::web::{Refused, Visitor};

pub(super) async fn review(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    page_of(&practice, &visitor, &ids, |world, opportunity, offer| {
        let contact = world.contact_of(opportunity);
        let context = json!({
            "opportunity": opportunity.id,
            "name": contact.name,
            "email": contact.emails.first(),
            "offer": offer.id,
            "label": offer.status().label(),
            "fields": fields(world, offer),
            "missing": offer.missing(),
            "sendable": offer.check_sendable(Step::Send).is_ok(),
            "why_not": offer.check_sendable(Step::Send).err().map(|error| error.to_string()),
            "again": offer.status().is_extended(),
            "is_draft": offer.status() == OfferStatus::Draft,
        });
        visitor.page(&practice, world, "offer-review.html", context)
    })
}

pub(super) async fn send(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    change(
        &practice,
        &visitor,
        &ids,
        "The offer is sent.",
        |offer, by, now| offer.send(by, now),
    )
}

pub(super) async fn send_manually(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let notice =
        "The offer is marked as sent outside of Lever. Record the candidate's answer here.";
    change(&practice, &visitor, &ids, notice, |offer, by, now| {
        offer.send_manually(by, now)
    })
}
