//! The profile of a candidate: what it shows, and what can be done there.

mod actions;
mod add;
mod archive;
mod contact;
mod notes;
mod profile;
mod typed;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Refused, Visitor};
use crate::Practice;
use crate::state::{ChangeError, Opportunity, Right, World};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .merge(profile::routes())
        .merge(actions::routes())
        .merge(archive::routes())
        .merge(contact::routes())
        .merge(notes::routes())
        .merge(add::routes())
}

/// The opportunity of a page, if there is one that the visitor may see. Others do not hear that it exists.
pub(super) fn visible<'a>(
    world: &'a World,
    visitor: &Visitor,
    id: &str,
) -> Option<&'a Opportunity> {
    world
        .opportunity(id)
        .filter(|opportunity| world.may_see(&visitor.user, opportunity))
}

/// The page for a candidate who does not exist, or of whom the visitor may not know.
pub(super) fn unknown(practice: &Practice, visitor: &Visitor) -> Refused {
    visitor.refuse(
        practice,
        StatusCode::NOT_FOUND,
        "There is no such candidate.",
    )
}

/// Makes a change of a profile for a visitor with the right to, and goes back to it.
fn change(
    practice: &Practice,
    visitor: &Visitor,
    id: &str,
    notice: &str,
    change: impl FnOnce(&mut World, i64) -> Result<(), ChangeError>,
) -> Result<Response, Refused> {
    visitor.require(practice, Right::ManageProfiles, "change profiles")?;
    let now = practice.now_ms();
    let mut world = visitor.world(practice);
    if visible(&world, visitor, id).is_none() {
        return Err(unknown(practice, visitor));
    }
    let outcome = change(&mut world, now);
    if let Err(error) = outcome {
        return Err(Refused::change(practice, visitor, &error));
    }
    Ok(visitor.go(&mut world, &format!("/candidates/{id}"), notice))
}
