//! The page of an offer: where it stands, what can be done, and what happened.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{Ids, may_decide_for_others, open, page_of, refused};
use crate::Practice;
use crate::state::{
    Document, FieldKind, Offer, OfferActor, OfferError, OfferStatus, Opportunity, Right, World,
};
use crate::web::{Refused, Visitor};

pub(super) async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    page_of(&practice, &visitor, &ids, |world, opportunity, offer| {
        let context = context(&practice, world, &visitor, opportunity, offer);
        visitor.page(&practice, world, "offer.html", context)
    })
}

fn context(
    practice: &Practice,
    world: &World,
    visitor: &Visitor,
    opportunity: &Opportunity,
    offer: &Offer,
) -> Value {
    let user_name = |id: &str| world.company.user(id).map(|user| user.name.as_str());
    let waiting = offer.approval().waiting_for();
    let decides = waiting.contains(&visitor.user.id.as_str()) || may_decide_for_others(visitor);
    let visible_to = world.offer_participants(opportunity, offer).into_iter();
    let posting = offer
        .posting
        .as_deref()
        .and_then(|id| world.company.posting(id));
    let link = offer.link().filter(|_| offer.status().is_extended());
    let link = link.map(|link| format!("{}/offers/{}/{link}", practice.origin(), opportunity.id));
    json!({
        "opportunity": opportunity.id,
        "name": world.contact_of(opportunity).name,
        "posting": posting.map(|posting| &posting.text),
        "offer": offer.id,
        "status": offer.status(),
        "label": offer.status().label(),
        "tone": tone(offer.status()),
        "created_at": offer.created_at,
        "creator": user_name(&offer.creator),
        "fields": fields(world, offer),
        "steps": steps(world, offer),
        "waiting": waiting.iter().filter_map(|id| user_name(id)).collect::<Vec<_>>(),
        "decides": decides && offer.status() == OfferStatus::ApprovalSent,
        "makes": visitor.may(Right::CreateOffers),
        "needs_approval": offer.needs_approval(),
        "answered": offer.status().is_answered(),
        "unsent": offer.has_unsent_changes(),
        "sent_document": offer.sent_document().map(shown_document),
        "signed_document": offer.signed_document().map(shown_document),
        "link": link,
        "visible_to": visible_to.filter_map(user_name).collect::<Vec<_>>(),
        "story": story(world, opportunity, offer),
    })
}

/// The colour in which a state is shown.
pub(super) const fn tone(status: OfferStatus) -> &'static str {
    match status {
        OfferStatus::Draft => "",
        OfferStatus::ApprovalSent => "warn",
        OfferStatus::Approved
        | OfferStatus::Sent
        | OfferStatus::SentManually
        | OfferStatus::Opened => "go",
        OfferStatus::Denied => "bad",
        OfferStatus::Signed => "good",
    }
}

/// Labels and values as a person reads them.
pub(super) fn fields(world: &World, offer: &Offer) -> Vec<Value> {
    let posting = offer
        .posting
        .as_deref()
        .and_then(|id| world.company.posting(id));
    let rows = offer.fields().iter().map(|row| {
        let value = match row.field.kind {
            FieldKind::JobPosting => {
                posting.map_or_else(String::new, |posting| posting.text.clone())
            }
            _ => world.in_words(&row.field, &row.value),
        };
        json!({
            "label": row.field.text,
            "value": value,
            "needs_reapproval": row.field.needs_reapproval,
        })
    });
    rows.collect()
}

/// The steps of the approval with who agreed, or those that a draft will need.
fn steps(world: &World, offer: &Offer) -> Vec<Value> {
    let user_name = |id: &str| world.company.user(id).map(|user| user.name.as_str());
    let approval = offer.approval();
    let asked = if approval.steps.is_empty() {
        offer.chain()
    } else {
        &approval.steps
    };
    let steps = asked.iter().enumerate().map(|(place, step)| {
        let approvers = step.approvers.iter().map(|id| {
            let decision = approval.decision(place, id);
            let instead = decision.filter(|decision| decision.by != *id);
            json!({
                "name": user_name(id),
                "at": decision.map(|decision| decision.at),
                "instead": instead.and_then(|decision| user_name(&decision.by)),
            })
        });
        json!({
            "needed": step.needed,
            "done": !approval.steps.is_empty() && approval.is_step_done(place),
            "approvers": approvers.collect::<Vec<_>>(),
        })
    });
    steps.collect()
}

/// Who acted on an offer, by name.
pub(super) fn actor<'a>(world: &'a World, opportunity: &Opportunity, by: &OfferActor) -> &'a str {
    match by {
        OfferActor::User(id) => world.company.user(id).map_or("Somebody", |user| &user.name),
        OfferActor::Candidate => &world.contact_of(opportunity).name,
    }
}

fn story(world: &World, opportunity: &Opportunity, offer: &Offer) -> Vec<Value> {
    let entries = offer.story().iter().rev().map(|entry| {
        let by = actor(world, opportunity, &entry.by);
        let changes = entry.event.changes().iter();
        let changes =
            changes.map(|one| json!({"label": one.label, "old": one.old, "new": one.new}));
        json!({
            "at": entry.at,
            "by": by,
            "text": entry.event.in_words(),
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    entries.collect()
}

fn shown_document(document: &Document) -> Value {
    json!({
        "name": document.file_name,
        "at": document.uploaded_at,
        "processed": document.is_processed(),
    })
}

/// The letter as it was sent, or the signed copy: `sent` or `signed`.
pub(super) async fn document(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path((id, offer, which)): Path<(String, String, String)>,
) -> Result<Response, Refused> {
    let world = practice.world();
    let bytes = open(&world, &visitor, &(id, offer)).and_then(|(_, offer)| {
        let document = match which.as_str() {
            "sent" => offer.sent_document(),
            "signed" => offer.signed_document(),
            _ => None,
        };
        let document = document.ok_or_else(|| OfferError::not_found("documents", &which))?;
        Ok(world.document_bytes(document))
    });
    drop(world);
    match bytes {
        Ok(Ok(bytes)) => Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response()),
        Ok(Err(error)) => {
            let text = format!("{error}: it is no PDF.");
            Err(visitor.refuse(&practice, StatusCode::UNPROCESSABLE_ENTITY, &text))
        }
        Err(error) => Err(refused(&practice, &visitor, &error)),
    }
}
