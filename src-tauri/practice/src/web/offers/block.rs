//! The offers of a candidate, for the block on their profile (`offers-block.html`).

use serde_json::{Value, json};

use super::show::tone;
use crate::state::{Opportunity, Right, World};
use crate::web::Visitor;

/// The stage at which making an offer is the next thing to do (LEVER.md 2.5).
const OFFER_STAGE: &str = "offer";

/// What the block shows: the offers that the visitor may see, newest first, and whether a new one is
/// the next thing to do, or can be made at all.
pub(in crate::web) fn block(world: &World, visitor: &Visitor, opportunity: &Opportunity) -> Value {
    let seen = opportunity.offers.iter().rev();
    let seen = seen.filter(|offer| world.may_see_offer(&visitor.user, opportunity, offer));
    let offers = seen.map(|offer| {
        let last = offer.story().last();
        json!({
            "id": offer.id,
            "label": offer.status().label(),
            "status": offer.status(),
            "tone": tone(offer.status()),
            "created_at": offer.created_at,
            "creator": world.company.user(&offer.creator).map(|user| &user.name),
            "changed_at": last.map(|entry| entry.at),
            "unsent": offer.has_unsent_changes(),
        })
    });
    let pending = opportunity
        .offers
        .iter()
        .any(|offer| !offer.status().is_answered());
    json!({
        "opportunity": opportunity.id,
        "offers": offers.collect::<Vec<_>>(),
        "may_create": visitor.may(Right::CreateOffers),
        "is_next": opportunity.stage == OFFER_STAGE && opportunity.archived.is_none() && !pending,
    })
}
