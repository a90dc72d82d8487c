//! Moving, tagging, linking, deleting and anonymising.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Form, Router};
use serde::Deserialize;

use super::{change, unknown, visible};
use crate::Practice;
use crate::state::{ChangeError, Label, Right};
use crate::web::{Refused, Visitor};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/candidates/{id}/stage", post(move_stage))
        .route("/candidates/{id}/tags", post(tags))
        .route("/candidates/{id}/links", post(links))
        .route("/candidates/{id}/delete", post(delete))
        .route("/candidates/{id}/anonymise", post(anonymise))
}

#[derive(Deserialize)]
struct Move {
    stage: String,
    /// Set on the board, which the move leads back to.
    #[serde(default)]
    on_board: bool,
}

async fn move_stage(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(to): Form<Move>,
) -> Result<Response, Refused> {
    let moved = change(
        &practice,
        &visitor,
        &id,
        "The stage was changed.",
        |world, now| world.move_stage(&id, &to.stage, Some(&visitor.user.id), now),
    )?;
    if to.on_board {
        let board = visitor.came_from.as_deref().unwrap_or("/board");
        return Ok(Redirect::to(board).into_response());
    }
    Ok(moved)
}

/// One text to add or to take away.
#[derive(Deserialize)]
struct Labelled {
    add: Option<String>,
    remove: Option<String>,
}

async fn tags(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<Labelled>,
) -> Result<Response, Refused> {
    label(&practice, &visitor, &id, Label::Tags, form)
}

async fn links(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<Labelled>,
) -> Result<Response, Refused> {
    label(&practice, &visitor, &id, Label::Links, form)
}

fn label(
    practice: &Practice,
    visitor: &Visitor,
    id: &str,
    label: Label,
    form: Labelled,
) -> Result<Response, Refused> {
    change(practice, visitor, id, "Saved.", |world, now| {
        if let Some(text) = form.remove {
            return world.remove_labels(id, label, &[text], now);
        }
        let text = form.add.unwrap_or_default().trim().to_owned();
        if text.is_empty() {
            return Err(ChangeError::invalid("There is nothing to add."));
        }
        let most = longest(label);
        if text.chars().count() > most {
            let text = format!("This is longer than {most} characters.");
            return Err(ChangeError::invalid(text));
        }
        world.add_labels(id, label, vec![text], now)
    })
}

/// Most characters of a text that somebody adds, so that the profile stays readable; Lever documents
/// no limit.
fn longest(label: Label) -> usize {
    match label {
        Label::Links => 2_000,
        Label::Tags | Label::Sources => 255,
    }
}

async fn delete(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::EraseProfiles, "delete candidates")?;
    let now = practice.now_ms();
    let mut world = visitor.world(&practice);
    if visible(&world, &visitor, &id).is_none() {
        return Err(unknown(&practice, &visitor));
    }
    let outcome = world.delete_opportunity(&id, &visitor.user.id, now);
    if let Err(error) = outcome {
        return Err(Refused::change(&practice, &visitor, &error));
    }
    Ok(visitor.go(&mut world, "/candidates", "The candidate was deleted."))
}

async fn anonymise(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::EraseProfiles, "anonymise candidates")?;
    let notice = "The candidate was anonymised.";
    change(&practice, &visitor, &id, notice, |world, now| {
        world.anonymise(&id, now)
    })
}
