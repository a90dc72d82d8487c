//! *Offer details*: making an offer, and *Modify Offer*.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::form_rows::{answers, rows};
use super::{Ids, open, page_of, path_of, refused, require_maker};
use crate::Practice;
use crate::api::Params;
use crate::identifiers::random_id;
use crate::state::{OfferError, OfferField, Opportunity, Problem, Revision, World};
use crate::web::candidate::{unknown, visible};
use crate::web::{Refused, Visitor};

/// What the form is shown for.
struct Shown<'a> {
    opportunity: &'a Opportunity,
    /// The offer that is modified, and whether a marked field leads back to approval.
    modified: Option<(&'a str, bool)>,
    fields: &'a [OfferField],
    typed: &'a HashMap<&'a str, &'a str>,
    problems: &'a [Problem],
}

pub(super) async fn blank(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let now = practice.now_ms();
    let world = practice.world();
    let fields = world.blank_offer(&id, now);
    let (Ok(fields), Some(opportunity)) = (fields, visible(&world, &visitor, &id)) else {
        return Err(unknown(&practice, &visitor));
    };
    let shown = Shown {
        opportunity,
        modified: None,
        fields: &fields,
        typed: &HashMap::new(),
        problems: &[],
    };
    Ok(page(&practice, &world, &visitor, &shown))
}

pub(super) async fn create(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let form = Params::parse_bytes(&body);
    let now = practice.now_ms();
    let mut world = practice.world();
    let fields = visible(&world, &visitor, &id).map(|_| world.blank_offer(&id, now));
    let Some(Ok(fields)) = fields else {
        return Err(unknown(&practice, &visitor));
    };
    let typed = answers(&form);
    let read = world.read_answers(&fields, |identifier| typed.get(identifier).copied());
    let made =
        read.and_then(|values| world.create_offer(&id, random_id(), values, &visitor.user.id, now));
    match (made, world.opportunity(&id)) {
        (Ok(offer), _) => {
            let path = path_of(&(id, offer));
            let next = match form.first("then") {
                Some("next") => format!("{path}/approval"),
                _ => path,
            };
            Ok(visitor.go(&mut world, &next, "The offer is saved as a draft."))
        }
        (Err(OfferError::Invalid(problems)), Some(opportunity)) => {
            let shown = Shown {
                opportunity,
                modified: None,
                fields: &fields,
                typed: &typed,
                problems: &problems,
            };
            let page = page(&practice, &world, &visitor, &shown);
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        (Err(error), _) => Err(refused(&practice, &visitor, &error)),
    }
}

pub(super) async fn filled(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    page_of(&practice, &visitor, &ids, |world, opportunity, offer| {
        let shown = Shown {
            opportunity,
            modified: Some((&offer.id, offer.approval_is_at_stake())),
            fields: offer.fields(),
            typed: &HashMap::new(),
            problems: &[],
        };
        page(&practice, world, &visitor, &shown)
    })
}

pub(super) async fn modify(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
    body: Bytes,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let form = Params::parse_bytes(&body);
    let now = practice.now_ms();
    let mut world = practice.world();
    let typed = answers(&form);
    let read = open(&world, &visitor, &ids).and_then(|(_, offer)| {
        world.read_answers(offer.fields(), |identifier| typed.get(identifier).copied())
    });
    let by = &visitor.user.id;
    let changed = read.and_then(|values| world.modify_offer(&ids.0, &ids.1, values, by, now));
    match changed {
        Ok(revision) => {
            let (next, notice) = after(revision, form.first("then"));
            let path = format!("{}{next}", path_of(&ids));
            Ok(visitor.go(&mut world, &path, notice))
        }
        Err(OfferError::Invalid(problems)) => {
            let (opportunity, offer) = match open(&world, &visitor, &ids) {
                Ok(found) => found,
                Err(error) => {
                    return Err(refused(&practice, &visitor, &error));
                }
            };
            let shown = Shown {
                opportunity,
                modified: Some((&offer.id, offer.approval_is_at_stake())),
                fields: offer.fields(),
                typed: &typed,
                problems: &problems,
            };
            let page = page(&practice, &world, &visitor, &shown);
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(refused(&practice, &visitor, &error)),
    }
}

/// Where it goes on after a revision, and what is said there.
fn after(revision: Revision, then: Option<&str>) -> (&'static str, &'static str) {
    match (revision, then) {
        (Revision::Unchanged, _) => ("", "Nothing was changed."),
        (Revision::Reopened, _) => (
            "/approval",
            "The changes are saved. They include a field that must be approved again.",
        ),
        (Revision::Saved, Some("next")) => ("/approval", "The changes are saved."),
        (Revision::Saved, _) => ("", "The changes are saved without sending."),
    }
}

fn page(practice: &Practice, world: &World, visitor: &Visitor, shown: &Shown<'_>) -> Response {
    let contact = world.contact_of(shown.opportunity);
    let application = shown.opportunity.application.as_ref();
    let posting = application.and_then(|one| world.company.posting(&one.posting));
    let context = json!({
        "opportunity": shown.opportunity.id,
        "name": contact.name,
        "posting": posting.map(|posting| &posting.text),
        "offer": shown.modified.map(|(offer, _)| offer),
        "at_stake": shown.modified.is_some_and(|(_, at_stake)| at_stake),
        "rows": rows(world, shown.fields, shown.typed, shown.problems),
        "has_problems": !shown.problems.is_empty(),
    });
    visitor.page(practice, world, "offer-details.html", context)
}
