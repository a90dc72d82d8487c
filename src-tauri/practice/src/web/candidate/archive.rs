//! Hiring, archiving and taking back.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use axum::{Form, Router};
use serde::Deserialize;

use super::change;
use crate::Practice;
use crate::state::ArchiveChange;
use crate::web::{Refused, Visitor};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/candidates/{id}/hired", post(hire))
        .route("/candidates/{id}/archive", post(archive))
        .route("/candidates/{id}/unarchive", post(unarchive))
}

/// The *Hired* button: on the posting's requisition, if that is open.
async fn hire(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    change(
        &practice,
        &visitor,
        &id,
        "Marked as hired.",
        |world, now| world.hire(&id, now),
    )
}

#[derive(Deserialize)]
struct Archive {
    reason: String,
    /// Only for a hire; empty for none.
    #[serde(default)]
    requisition: String,
}

async fn archive(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<Archive>,
) -> Result<Response, Refused> {
    let archive = ArchiveChange {
        reason: Some(form.reason),
        requisition: Some(form.requisition).filter(|id| !id.is_empty()),
    };
    change(&practice, &visitor, &id, "Archived.", |world, now| {
        world.change_archive(&id, archive, now)
    })
}

async fn unarchive(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    change(
        &practice,
        &visitor,
        &id,
        "Taken out of the archive.",
        |world, now| world.change_archive(&id, ArchiveChange::default(), now),
    )
}
