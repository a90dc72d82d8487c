//! Settings > Offers > Offer form: the editor of LV-11 (PRODUCTS.md 3.5).

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::api::Params;
use crate::state::{FieldChoice, FieldKind, FormField, OfferError, OfferForm, Right, STANDARD};

const PAGE: &str = "/settings/offers/form";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(PAGE, get(show).post(add))
        .route("/settings/offers/form/standard", post(add_standard))
        .route("/settings/offers/form/{action}", post(change))
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let form = &world.company.offer_form;
    let last = form.rows().len().saturating_sub(1);
    let rows = form.rows().iter().enumerate();
    let rows = rows.map(|(place, field)| row(field, place == 0, place == last));
    let kinds = FieldKind::CUSTOM.map(|kind| json!({"id": kind, "text": kind.label()}));
    let missing = STANDARD.iter().filter(|(identifier, ..)| {
        let mut rows = form.rows().iter();
        rows.all(|row| row.identifier != *identifier)
    });
    let missing = missing.map(|(identifier, text, _)| json!({"id": identifier, "text": text}));
    let context = json!({
        "rows": rows.collect::<Vec<_>>(),
        "kinds": kinds,
        "standard": missing.collect::<Vec<_>>(),
    });
    visitor.page(&practice, &world, "offer-form.html", context)
}

fn row(field: &FormField, is_first: bool, is_last: bool) -> Value {
    json!({
        "identifier": field.identifier,
        "text": field.text,
        "type": field.kind.label(),
        "is_dropdown": field.kind == FieldKind::Dropdown,
        "options": field.options,
        "fixed": field.is_fixed(),
        "custom": field.is_custom(),
        "needs_reapproval": field.needs_reapproval,
        "first": is_first,
        "last": is_last,
    })
}

async fn add(
    State(practice): State<Practice>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Refused> {
    let sent = Params::parse_bytes(&body);
    let kind = sent.first("type").unwrap_or_default();
    let kind = FieldKind::CUSTOM.into_iter().find(|own| json!(own) == kind);
    edit(&practice, &visitor, |form| {
        let kind = kind.ok_or_else(|| OfferError::Form("Choose one of the field types.".into()))?;
        let identifier = form.add(choice(&sent, kind))?;
        Ok(format!("The field is added as {identifier}."))
    })
}

async fn add_standard(
    State(practice): State<Practice>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Refused> {
    let sent = Params::parse_bytes(&body);
    edit(&practice, &visitor, |form| {
        form.add_standard(sent.first("identifier").unwrap_or_default())?;
        Ok("The field is back on the form.".to_owned())
    })
}

/// `save`, `up`, `down` or `remove` the field named in `identifier`: names of fields can have a slash,
/// so they do not stand in the path.
async fn change(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(action): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let sent = Params::parse_bytes(&body);
    let field = sent.first("identifier").unwrap_or_default();
    edit(&practice, &visitor, |form| match action.as_str() {
        "save" => {
            // The type of an existing field stays, whatever is said here.
            form.edit(field, choice(&sent, FieldKind::Text))?;
            Ok("The field is saved. Offers that exist keep theirs.".to_owned())
        }
        "up" | "down" => {
            form.shift(field, action == "down")?;
            Ok("The order is saved.".to_owned())
        }
        "remove" => {
            form.remove(field)?;
            Ok("The field is removed. Offers that exist keep their values.".to_owned())
        }
        other => Err(OfferError::not_found("action", other)),
    })
}

fn choice(sent: &Params, kind: FieldKind) -> FieldChoice {
    let options = sent.first("options").unwrap_or_default();
    FieldChoice {
        text: sent.first("text").unwrap_or_default().to_owned(),
        kind,
        options: options.lines().map(str::to_owned).collect(),
        needs_reapproval: sent.first("needs_reapproval").is_some(),
    }
}

fn edit(
    practice: &Practice,
    visitor: &Visitor,
    edit: impl FnOnce(&mut OfferForm) -> Result<String, OfferError>,
) -> Result<Response, Refused> {
    visitor.require(practice, Right::ManageOfferForms, "change the offer form")?;
    let outcome = edit(&mut practice.world().company.offer_form);
    match outcome {
        Ok(notice) => Ok(visitor.go(&mut practice.world(), PAGE, notice)),
        Err(error) => {
            let status = match error {
                OfferError::NotFound { .. } => StatusCode::NOT_FOUND,
                _ => StatusCode::BAD_REQUEST,
            };
            Err(visitor.refuse(practice, status, &error.to_string()))
        }
    }
}
