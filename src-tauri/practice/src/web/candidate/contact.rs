//! *Edit contact*: a person's own details, which show on all of their opportunities.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Form, Router};

use super::typed::Typed;
use super::{change, unknown, visible};
use crate::Practice;
use crate::state::{ChangeError, Right, World};
use crate::web::{Refused, Visitor};

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/candidates/{id}/contact", get(show).post(save))
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageProfiles, "change profiles")?;
    let world = practice.world();
    let Some(opportunity) = visible(&world, &visitor, &id) else {
        return Err(unknown(&practice, &visitor));
    };
    let typed = Typed::of(world.contact_of(opportunity));
    Ok(page(&practice, &world, &visitor, &id, &typed, None))
}

fn page(
    practice: &Practice,
    world: &World,
    visitor: &Visitor,
    id: &str,
    typed: &Typed,
    problem: Option<&str>,
) -> Response {
    let mut context = typed.context(problem);
    context["id"] = id.into();
    visitor.page(practice, world, "contact.html", context)
}

async fn save(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageProfiles, "change profiles")?;
    let details = match typed.read() {
        Ok(details) => details,
        Err(problem) => {
            let world = practice.world();
            let page = page(&practice, &world, &visitor, &id, &typed, Some(&problem));
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let notice = "The contact was changed.";
    change(&practice, &visitor, &id, notice, |world, now| {
        let opportunity = world.opportunity(&id);
        let contact = opportunity.map(|opportunity| world.contact_of(opportunity));
        let contact = contact.ok_or_else(|| ChangeError::not_found("opportunities", &id))?;
        if contact.is_anonymized {
            let text = "This candidate was anonymised: details would make them known again.";
            return Err(ChangeError::invalid(text));
        }
        let contact = contact.id.clone();
        world.edit_contact(
            &contact,
            |contact| {
                contact.phones = details.phones(&contact.phones);
                contact.name = details.name;
                contact.headline = details.headline;
                contact.location = details.location;
                contact.emails = details.emails;
            },
            now,
        );
        Ok(())
    })
}
