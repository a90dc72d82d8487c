//! The offers of a candidate on their profile: the block (`offers-block.html`) and their part of the story.

use serde_json::{Value, json};

use super::show::{actor, tone};
use crate::state::{Offer, Opportunity, Right, World};
use crate::web::Visitor;

/// The stage at which making an offer is the next thing to do (LEVER.md 2.5).
const OFFER_STAGE: &str = "offer";

/// What the block shows: the offers that the visitor may see, newest first, and whether a new one is
/// the next thing to do, or can be made at all.
pub(in crate::web) fn block(world: &World, visitor: &Visitor, opportunity: &Opportunity) -> Value {
    let offers = seen(world, visitor, opportunity).rev().map(|offer| {
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

/// What happened to the offers that the visitor may see, as lines of the candidate's story: one for each
/// event and, after a change, one for each field with its value before and after.
pub(in crate::web) fn story_lines(
    world: &World,
    visitor: &Visitor,
    opportunity: &Opportunity,
) -> Vec<Value> {
    let entries = seen(world, visitor, opportunity).flat_map(Offer::story);
    let lines = entries.flat_map(|entry| {
        let by = actor(world, opportunity, &entry.by);
        let event = json!({"at": entry.at, "by": by, "what": entry.event.in_words()});
        let changes = entry.event.changes().iter().map(move |one| {
            let what = format!("Offer: {}", one.label);
            json!({"at": entry.at, "by": by, "what": what, "from": one.old, "to": one.new})
        });
        std::iter::once(event).chain(changes)
    });
    lines.collect()
}

fn seen<'a>(
    world: &'a World,
    visitor: &'a Visitor,
    opportunity: &'a Opportunity,
) -> impl DoubleEndedIterator<Item = &'a Offer> {
    let offers = opportunity.offers.iter();
    offers.filter(|offer| world.may_see_offer(&visitor.user, opportunity, offer))
}
