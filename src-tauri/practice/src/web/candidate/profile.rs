//! What a profile shows.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::{unknown, visible};
use crate::Practice;
use crate::state::{
    ArchiveReason, Author, Confidentiality, Note, Opportunity, ReasonType, StoryEntry, World,
};
use crate::web::{Refused, Visitor, offers};

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/candidates/{id}", get(show))
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let world = practice.world();
    let Some(opportunity) = visible(&world, &visitor, &id) else {
        return Err(unknown(&practice, &visitor));
    };
    let mut context = header(&world, opportunity);
    for section in [
        sections(&world, &visitor, opportunity),
        choices(&world, opportunity),
    ] {
        if let (Some(context), Value::Object(section)) = (context.as_object_mut(), section) {
            context.extend(section);
        }
    }
    Ok(visitor.page(&practice, &world, "candidate.html", context))
}

fn user_name<'a>(world: &'a World, id: &str) -> Option<&'a str> {
    world.company.user(id).map(|user| user.name.as_str())
}

/// Who this is and where they stand.
fn header(world: &World, opportunity: &Opportunity) -> Value {
    let company = &world.company;
    let contact = world.contact_of(opportunity);
    let posting = opportunity.application.as_ref();
    let posting = posting.and_then(|application| company.posting(&application.posting));
    let archived = opportunity.archived.as_ref();
    let reason = archived.and_then(|archived| company.reason(&archived.reason));
    let owner = opportunity.owner.as_deref();
    json!({
        "id": opportunity.id,
        "name": contact.name,
        "headline": contact.headline,
        "location": contact.location,
        "emails": contact.emails,
        "phones": contact.phones,
        "links": contact.links,
        "anonymised": contact.is_anonymized,
        "confidential": opportunity.confidentiality == Confidentiality::Confidential,
        "stage": opportunity.stage,
        "stage_name": company.stage(&opportunity.stage).map(|stage| &stage.text),
        "posting": posting.map(|posting| &posting.text),
        "owner": owner.and_then(|owner| user_name(world, owner)),
        "origin": opportunity.origin,
        "tags": opportunity.tags,
        "sources": opportunity.sources,
        "created_at": opportunity.created_at,
        "archived_at": archived.map(|archived| archived.archived_at),
        "archive_reason": reason.map(|reason| &reason.text),
        "is_hired": reason.is_some_and(|reason| reason.kind == ReasonType::Hired),
    })
}

/// What hangs on the profile.
fn sections(world: &World, visitor: &Visitor, opportunity: &Opportunity) -> Value {
    let contact = world.contact_of(opportunity);
    let siblings = world.opportunities.of_contact(&contact.id);
    let siblings = siblings
        .filter(|one| one.id != opportunity.id && world.may_see(&visitor.user, one))
        .map(|one| header(world, one));
    let notes = opportunity.notes.iter().rev();
    let notes = notes.filter(|note| note.is_for(&visitor.user));
    json!({
        "siblings": siblings.collect::<Vec<_>>(),
        "notes": notes.map(|note| note_json(world, note)).collect::<Vec<_>>(),
        "story": story(world, visitor, opportunity),
        "offers": offers::block(world, visitor, opportunity),
        "application": opportunity.application_json(contact),
        "forms": opportunity.forms,
        "referrals": opportunity.referrals,
        "resumes": opportunity.resumes.iter().map(|one| one.to_json("")).collect::<Vec<_>>(),
    })
}

/// What can be chosen in the forms.
fn choices(world: &World, opportunity: &Opportunity) -> Value {
    let company = &world.company;
    let reasons = company.archive_reasons.iter();
    let reasons: Vec<&ArchiveReason> = reasons.filter(|reason| reason.status == "active").collect();
    let open = company.requisitions.iter();
    let open = open.filter(|requisition| requisition.is_open());
    let open = open.map(|one| json!({"id": one.id, "text": one.code}));
    json!({
        "stages": company.stages,
        "reasons": reasons,
        "requisitions": open.collect::<Vec<_>>(),
        "can_anonymise": world.can_anonymise(world.contact_of(opportunity)),
    })
}

fn note_json(world: &World, note: &Note) -> Value {
    json!({
        "at": note.created_at,
        "value": note.value(),
        "answers": note.comments.iter().skip(1).map(|one| &one.value).collect::<Vec<_>>(),
        "secret": note.secret,
        "by": note.user.as_deref().and_then(|user| user_name(world, user)),
    })
}

/// The story of the profile and of its offers, newest first.
fn story(world: &World, visitor: &Visitor, opportunity: &Opportunity) -> Vec<Value> {
    let own = world.story_of(opportunity);
    let own = own.iter().map(|entry| story_json(world, entry));
    let mut lines = offers::story_lines(world, visitor, opportunity);
    lines.reverse();
    lines.extend(own);
    lines.sort_by_key(|line| std::cmp::Reverse(line["at"].as_i64()));
    lines
}

fn story_json(world: &World, entry: &StoryEntry) -> Value {
    let by = match &entry.by {
        Author::User(user) => user_name(world, user).unwrap_or("A former user"),
        Author::App(app) => app,
        Author::Nobody => "",
    };
    json!({"at": entry.at, "by": by, "what": entry.what, "from": entry.from, "to": entry.to})
}
