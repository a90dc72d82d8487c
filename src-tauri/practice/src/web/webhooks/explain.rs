//! *Explain this signature*: how the signature of one delivery comes about, step by step (LV-06).

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;

use super::history::gone;
use crate::Practice;
use crate::deliveries::{DeliveryNumber, explain};
use crate::state::{MadeBy, Right};
use crate::web::{Refused, Visitor};

/// Shows the steps. The key and what only its holder could compute are for those who see it on the
/// Webhooks page: a Super Admin, and only where a person set the webhook up.
pub(super) async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(number): Path<DeliveryNumber>,
) -> Result<Response, Refused> {
    let now = practice.now_ms();
    let world = practice.world();
    let found = world
        .deliveries
        .in_history(number, now)
        .and_then(|delivery| {
            let sent = delivery.signature.as_ref()?;
            let hook = world
                .webhooks
                .iter()
                .find(|hook| hook.id == delivery.webhook)?;
            Some((delivery, sent, hook))
        });
    let Some((delivery, sent, hook)) = found else {
        return Err(gone(&practice, &visitor));
    };
    let steps = explain(
        &hook.signature_token,
        &delivery.token,
        delivery.triggered_at,
    );
    let is_current = steps.signature == *sent;
    let sees_key = visitor.may(Right::ManageIntegrations) && hook.made_by == MadeBy::Page;
    let steps = (sees_key && is_current).then_some(steps);
    let context = json!({
        "number": number,
        "label": delivery.event.label(),
        "token": delivery.token,
        "triggered_at": delivery.triggered_at,
        "signature": sent,
        "is_current": is_current,
        "by_api": hook.made_by == MadeBy::Api,
        "key": sees_key.then_some(&hook.signature_token),
        "inner": steps.as_ref().map(|steps| &steps.inner),
        "outer": steps.as_ref().map(|steps| &steps.signature),
    });
    Ok(visitor.page(&practice, &world, "webhook-signature.html", context))
}
