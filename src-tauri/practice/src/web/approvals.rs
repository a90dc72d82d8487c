//! Settings > Approvals: whom every new offer asks, and what the mails tell (PRODUCTS.md 3.4, L24,
//! L25, L32).

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::api::Params;
use crate::state::{ChainApprover, OfferError, Right, World};

const PAGE: &str = "/settings/approvals/offers";

/// What the form sends for the hiring manager; no user has it as id.
const HIRING_MANAGER: &str = "hiring-manager";

pub(super) fn routes() -> Router<Practice> {
    Router::new().route(PAGE, get(show).post(change))
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let chain = &world.company.approvals;
    let steps = chain.steps().iter().map(|step| {
        let approvers = step.approvers.iter().map(|one| name(&world, one));
        json!({
            "id": step.id,
            "needed": step.needed,
            "approvers": approvers.collect::<Vec<_>>(),
        })
    });
    let users = world.company.active_users();
    let users = users.map(|user| json!({"id": user.id, "name": user.name}));
    let context = json!({
        "steps": steps.collect::<Vec<Value>>(),
        "users": users.collect::<Vec<Value>>(),
        "hiring_manager": HIRING_MANAGER,
        "hides_details": chain.hides_details_in_mails,
    });
    visitor.page(&practice, &world, "approvals.html", context)
}

fn name(world: &World, approver: &ChainApprover) -> String {
    match approver {
        ChainApprover::HiringManager => "Hiring manager of the posting".to_owned(),
        ChainApprover::User(id) => {
            let user = world.company.user(id);
            user.map_or_else(|| "A former user".to_owned(), |user| user.name.clone())
        }
    }
}

/// `add`, `raise` or `remove` a step, or keep what the `mails` tell.
async fn change(
    State(practice): State<Practice>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageApprovals, "change approval chains")?;
    let sent = Params::parse_bytes(&body);
    let mut world = practice.world();
    let outcome = apply(&mut world, &sent);
    match outcome {
        Ok(()) => Ok(visitor.go(
            &mut world,
            PAGE,
            "Saved. Offers that exist keep their approvers.",
        )),
        Err(error) => {
            drop(world);
            let text = match error {
                OfferError::NotFound { .. } => "This step was removed in the meantime.".to_owned(),
                error => error.to_string(),
            };
            Err(visitor.refuse(&practice, StatusCode::BAD_REQUEST, &text))
        }
    }
}

fn apply(world: &mut World, sent: &Params) -> Result<(), OfferError> {
    let step = sent.first("step").unwrap_or_default();
    match sent.first("change") {
        Some("add") => {
            let approvers = sent.all("approver").filter_map(|id| match id {
                HIRING_MANAGER => Some(ChainApprover::HiringManager),
                id => {
                    let user = world.company.user(id).filter(|user| user.is_active());
                    user.map(|user| ChainApprover::User(user.id.clone()))
                }
            });
            let approvers: Vec<ChainApprover> = approvers.collect();
            let needed = sent.first("needed").unwrap_or_default().trim().parse();
            let needed = needed.map_err(|_| {
                OfferError::Form("Say as a number how many of them must approve.".to_owned())
            })?;
            world.company.approvals.add(approvers, needed)
        }
        Some("raise") => world.company.approvals.raise(step),
        Some("remove") => world.company.approvals.remove(step),
        Some("mails") => {
            world.company.approvals.hides_details_in_mails = sent.first("hide").is_some();
            Ok(())
        }
        _ => Err(OfferError::Form("Choose what to change.".to_owned())),
    }
}
