//! The pages a person clicks: plain forms that a browser or an HTTP client can follow.
//!
//! A handler takes a [`Visitor`], which sends everybody who is not logged in to the log-in page, answers
//! with [`Visitor::page`], and asks [`Visitor::require`] before it changes what not every role may.

mod approvals;
mod authorized_apps;
mod board;
mod candidate;
mod candidates;
mod credentials;
mod local;
mod login;
mod navigation;
mod offer_form;
mod offers;
mod pipeline;
mod refused;
mod strays;
mod templates;
mod visitor;
mod webhooks;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::{Map, Value, json};

pub(crate) use refused::Refused;
pub(crate) use strays::explain as explain_strays;
pub(crate) use templates::{rendered, templates};
pub(crate) use visitor::{Visitor, session_cookie};

use crate::Practice;
use crate::state::{Right, World};
use crate::{hris, mail};

/// The routes of the pages, and the page for every address that nobody else answers.
pub(crate) fn routes(practice: &Practice) -> Router<Practice> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/candidates") }))
        .route("/settings", get(|| async { Redirect::to(webhooks::PAGE) }))
        .merge(login::routes())
        .merge(candidates::routes())
        .merge(candidate::routes())
        .merge(board::routes())
        .merge(pipeline::routes())
        .merge(webhooks::routes())
        .merge(authorized_apps::routes())
        .merge(credentials::routes())
        .merge(mail::page_routes())
        .merge(offers::routes())
        .merge(offer_form::routes())
        .merge(approvals::routes())
        .merge(hris::page_routes())
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(practice.clone(), explain_strays))
}

/// Answers with a page for which nobody needs to be logged in.
pub(crate) fn public_page(
    practice: &Practice,
    world: &World,
    name: &str,
    context: Value,
) -> Response {
    render(practice, world, None, name, context)
}

/// Renders one of the embedded templates: `context` joined with what the frame shows.
fn render(
    practice: &Practice,
    world: &World,
    visitor: Option<&Visitor>,
    name: &str,
    context: Value,
) -> Response {
    let mut all = json!({
        "company": world.company.name,
        "visitor": visitor.map(who),
        "rights": rights(visitor),
        "notice": visitor.and_then(|visitor| visitor.notice.as_ref()),
        "navigation": navigation::navigation(visitor.map_or("", |visitor| &visitor.path)),
    });
    if let (Some(all), Value::Object(context)) = (all.as_object_mut(), context) {
        all.extend(context);
    }
    let page = rendered(practice.templates(), name, all);
    let headers = [
        // What somebody saw is not shown again after they logged out.
        (header::CACHE_CONTROL, "no-store"),
        // No other site may lay the consent page under a lure.
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'self'"),
    ];
    (headers, page).into_response()
}

fn who(visitor: &Visitor) -> Value {
    json!({
        "id": visitor.user.id,
        "name": visitor.user.name,
        "role": visitor.user.access_role.label(),
        "path": visitor.path,
    })
}

/// Each right with whether the visitor has it and who does, so that a page can enable or explain.
fn rights(visitor: Option<&Visitor>) -> Map<String, Value> {
    let rights = Right::ALL.into_iter().filter_map(|right| {
        let may = visitor.is_some_and(|visitor| visitor.may(right));
        let name = json!(right).as_str()?.to_owned();
        Some((name, json!({"may": may, "who": right.holders()})))
    });
    rights.collect()
}
