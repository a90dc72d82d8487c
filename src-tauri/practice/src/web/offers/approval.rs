//! *Approvals*: the chain, custom approvers, and the answers.

use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::approval_mail::mail_asked;
use super::{Ids, change, may_decide_for_others, page_of, path_of, require_maker};
use crate::Practice;
use crate::api::Params;
use crate::state::{OfferStatus, World};
use crate::web::{Refused, Visitor};

/// The second step of the flow; an offer that needs no approval any more goes on to the third.
pub(super) async fn ask(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    page_of(&practice, &visitor, &ids, |world, opportunity, offer| {
        if offer.status() != OfferStatus::Draft {
            return Redirect::to(&format!("{}/review", path_of(&ids))).into_response();
        }
        let chain = offer.chain().iter().map(
            |step| json!({ "needed": step.needed, "approvers": names(world, &step.approvers) }),
        );
        let users = world.company.users.iter().filter(|user| user.is_active());
        let users = users.map(|user| json!({ "id": user.id, "name": user.name }));
        let context = json!({
            "opportunity": opportunity.id,
            "name": world.contact_of(opportunity).name,
            "offer": offer.id,
            "needs_approval": offer.needs_approval(),
            "chain": chain.collect::<Vec<_>>(),
            "users": users.collect::<Vec<_>>(),
            "missing": offer.missing(),
        });
        visitor.page(&practice, world, "offer-approval.html", context)
    })
}

/// Names of users by id.
pub(super) fn names(world: &World, ids: &[String]) -> Vec<Value> {
    let users = ids.iter().filter_map(|id| world.company.user(id));
    users.map(|user| json!(user.name)).collect()
}

pub(super) async fn request(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
    body: Bytes,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let form = Params::parse_bytes(&body);
    let custom: Vec<String> = {
        let world = practice.world();
        let known = form
            .all("approver")
            .filter(|id| world.company.user(id).is_some());
        known.map(str::to_owned).collect()
    };
    let message = form.first("message").unwrap_or_default();
    let notice = "The request for approval is sent.";
    let answer = change(&practice, &visitor, &ids, notice, |offer, by, now| {
        offer.request_approval(&custom, message, by, now)
    })?;
    mail_asked(&practice, &visitor, &ids, &[]);
    Ok(answer)
}

pub(super) async fn approve(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    let in_place = may_decide_for_others(&visitor);
    let mut asked = Vec::new();
    let notice = "The approval is recorded.";
    let answer = change(&practice, &visitor, &ids, notice, |offer, by, now| {
        let waiting = offer.approval().waiting_for();
        asked = waiting.into_iter().map(str::to_owned).collect();
        offer.approve(by, in_place, now)
    })?;
    mail_asked(&practice, &visitor, &ids, &asked);
    Ok(answer)
}

#[derive(Deserialize)]
pub(super) struct Reason {
    #[serde(default)]
    pub(super) reason: String,
}

pub(super) async fn reject(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
    Form(form): Form<Reason>,
) -> Result<Response, Refused> {
    let in_place = may_decide_for_others(&visitor);
    let notice = "The offer is rejected and a draft again.";
    change(&practice, &visitor, &ids, notice, |offer, by, now| {
        offer.reject(by, in_place, &form.reason, now)
    })
}
