//! Contacts: read and updated by id, never listed (LEVER.md 3.2).

use axum::Router;
use axum::routing::get;
use serde::Deserialize;

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use crate::Practice;
use crate::auth::Area;
use crate::state::{Contact, Phone};

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

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::CONTACT)?;
    let contact = world.contacts.get(&id);
    let contact = contact.ok_or_else(|| ApiError::not_found("contacts", &id))?;
    Ok(Answer::data(contact.to_json()))
}

async fn update(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::CONTACT)?;
    let body: ContactBody = body.read()?;
    let contact = world.edit_contact(&id, |contact| body.write_to(contact), asked.now());
    let contact = contact.ok_or_else(|| ApiError::not_found("contacts", &id))?;
    let answer = contact.to_update_answer();
    Ok(Answer::put(&world, answer))
}
