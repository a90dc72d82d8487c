//! Contacts: read and updated by id, never listed (LEVER.md 3.2).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::params::json_body;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Contact, EventName, Phone};

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/contacts/{id}", get(show).put(update))
}

/// The members a PUT may hold; those left out stay as they are.
#[derive(Deserialize)]
struct ContactBody {
    name: Option<String>,
    headline: Option<String>,
    location: Option<String>,
    emails: Option<Vec<String>>,
    phones: Option<Vec<Phone>>,
}

impl ContactBody {
    fn write_to(self, contact: &mut Contact) {
        let set = |field: &mut String, value: Option<String>| {
            if let Some(value) = value {
                *field = value;
            }
        };
        set(&mut contact.name, self.name);
        set(&mut contact.headline, self.headline);
        set(&mut contact.location, self.location);
        if let Some(emails) = self.emails {
            contact.emails = emails;
        }
        if let Some(phones) = self.phones {
            contact.phones = phones;
        }
    }
}

async fn show(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> ApiResult {
    caller.may_read(Area::CONTACT)?;
    let world = practice.world();
    let contact = world.contacts.get(&id);
    let contact = contact.ok_or_else(|| ApiError::not_found("contacts", &id))?;
    Ok(Json(json!({ "data": contact.to_json() })))
}

async fn update(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: String,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    caller.may_write(Area::CONTACT)?;
    let body: ContactBody = json_body(&body)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let contact = world.contacts.update(&id, |contact| body.write_to(contact));
    let contact = contact.ok_or_else(|| ApiError::not_found("contacts", &id))?;
    let answer = contact.to_update_answer();
    for opportunity in world.opportunities_of(&id) {
        if let Some(mut opportunity) = world.opportunity_mut(&opportunity) {
            opportunity.touch(now);
        }
    }
    world.queue_event(
        EventName::ContactUpdated,
        None,
        &json!({"contactId": id}),
        now,
    );
    let status = StatusCode::from_u16(world.switches.put_status).unwrap_or(StatusCode::OK);
    Ok((status, Json(json!({ "data": answer }))))
}
