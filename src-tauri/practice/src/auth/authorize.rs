//! `/authorize`: the consent page and its answer (LEVER.md 1.3, 1.4).

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::client::{Client, MAX_SCOPES};
use super::grants::Pending;
use super::pkce::Challenge;
use super::scope::Scopes;
use crate::Practice;
use crate::state::Right;
use crate::switches::AutomaticConsent;
use crate::web::{Refused, Visitor};

/// The query of the authorization request.
#[derive(Deserialize)]
pub(super) struct Request {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    state: Option<String>,
    audience: Option<String>,
    scope: Option<String>,
    prompt: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
}

/// The answer given on the consent page.
#[derive(Deserialize)]
pub(super) struct Answer {
    transaction: String,
    decision: Decision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Accept,
    Deny,
}

/// Shows the consent page to a Super Admin who is logged in, or goes back at once where no answer is needed.
pub(super) async fn ask(
    State(practice): State<Practice>,
    visitor: Result<Visitor, Redirect>,
    Query(request): Query<Request>,
) -> Result<Response, Response> {
    let switches = practice.world().switches.clone();
    let client_id = request.client_id.as_deref();
    let client = client_id.and_then(|id| Client::find(practice.tenant().own(id)?));
    let client = client.ok_or_else(|| {
        let text = "No application has this client ID.";
        refused(&practice, "Unknown client", text)
    })?;
    let redirect_uri = request.redirect_uri.clone().unwrap_or_default();
    if !client.allows_redirect(&redirect_uri, switches.any_loopback_port) {
        let text = "The redirect address is not one that the application registered.";
        return Err(refused(&practice, "Callback URL mismatch", text));
    }
    let asks_for_consent = request.prompt.as_deref() == Some("consent");
    let pending = parse(&practice, request, client, &redirect_uri)
        .map_err(|problem| problem.redirect(&redirect_uri))?;
    if let Some(answer) = switches.automatic_consent {
        let decision = match answer {
            AutomaticConsent::Accept => Decision::Accept,
            AutomaticConsent::Deny => Decision::Deny,
        };
        let user = {
            let world = practice.world();
            let admin = world.company.first_super_admin();
            admin.map(|admin| admin.id.clone()).unwrap_or_default()
        };
        return Ok(finish(&practice, pending, decision, &user));
    }
    let visitor = visitor.map_err(IntoResponse::into_response)?;
    if !visitor.may(Right::ManageIntegrations) {
        return Ok(cannot_consent(&practice, &visitor, pending));
    }
    let remembered = switches.remember_consent && !asks_for_consent && {
        let world = practice.world();
        world.grants.remembers(client.id, &pending.scopes)
    };
    if remembered {
        return Ok(finish(
            &practice,
            pending,
            Decision::Accept,
            &visitor.user.id,
        ));
    }
    Ok(consent_page(&practice, &visitor, pending))
}

fn parse(
    practice: &Practice,
    request: Request,
    client: &'static Client,
    redirect_uri: &str,
) -> Result<Pending, Problem> {
    let state = request.state.unwrap_or_default();
    let problem = |error, description| Problem {
        error,
        description,
        state: state.clone(),
    };
    if request.response_type.as_deref() != Some("code") {
        let description = "The response type must be code";
        return Err(problem("unsupported_response_type", description));
    }
    if state.is_empty() {
        return Err(problem(
            "invalid_request",
            "Missing required parameter: state",
        ));
    }
    let challenge = Challenge::parse(
        request.code_challenge.as_deref(),
        request.code_challenge_method.as_deref(),
    )
    .map_err(|()| problem("invalid_request", "The code challenge method is unknown"))?;
    let scope = request.scope.filter(|scope| !scope.trim().is_empty());
    let missing = "Missing required parameter: scope";
    let asked = Scopes::parse(&scope.ok_or_else(|| problem("invalid_request", missing))?);
    if asked.len() > MAX_SCOPES {
        let description = "An application may have at most 20 scopes";
        return Err(problem("invalid_scope", description));
    }
    let audience = format!("{}/v1/", practice.origin());
    let scopes = if request.audience == Some(audience) {
        asked
    } else {
        asked.without_audience()
    };
    Ok(Pending {
        client,
        redirect_uri: redirect_uri.to_owned(),
        state,
        scopes,
        challenge,
    })
}

fn consent_page(practice: &Practice, visitor: &Visitor, pending: Pending) -> Response {
    let now = practice.now_ms();
    let mut world = practice.world();
    let (client, permissions) = (pending.client, pending.scopes.described());
    let transaction = world.grants.keep_pending(pending, now);
    let context = json!({
        "app": client.name,
        "description": client.description,
        "permissions": permissions,
        "transaction": transaction
    });
    visitor.page(practice, &world, "consent.html", context)
}

/// Says before anything is asked that this user cannot consent, and who could: Lever lets them go the
/// whole way and fails at its end (PRODUCTS.md LV-16).
fn cannot_consent(practice: &Practice, visitor: &Visitor, pending: Pending) -> Response {
    let now = practice.now_ms();
    let mut world = practice.world();
    let app = pending.client.name;
    let transaction = world.grants.keep_pending(pending, now);
    let able = world.company.active_users();
    let able = able.filter(|user| user.may(Right::ManageIntegrations));
    let able: Vec<_> = able
        .map(|user| json!({"name": user.name, "email": user.email}))
        .collect();
    let context = json!({ "app": app, "able": able, "transaction": transaction });
    let page = visitor.page(practice, &world, "cannot-consent.html", context);
    (StatusCode::FORBIDDEN, page).into_response()
}

/// Takes the answer of the consent page back to the application.
pub(super) async fn decide(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(answer): Form<Answer>,
) -> Result<Response, Response> {
    if answer.decision == Decision::Accept {
        let what = "authorize an application for the company";
        let may = visitor.require(&practice, Right::ManageIntegrations, what);
        may.map_err(IntoResponse::into_response)?;
    }
    let pending = practice.world().grants.take_pending(&answer.transaction);
    let pending = pending.ok_or_else(|| {
        let text = "This request was answered already. Start again in the application.";
        refused(&practice, "Nothing to answer", text)
    })?;
    Ok(finish(
        &practice,
        pending,
        answer.decision,
        &visitor.user.id,
    ))
}

fn finish(practice: &Practice, pending: Pending, decision: Decision, user: &str) -> Response {
    let redirect_uri = pending.redirect_uri.clone();
    let state = pending.state.clone();
    match decision {
        Decision::Deny => Problem {
            error: "access_denied",
            description: "User did not authorize the request",
            state,
        }
        .redirect(&redirect_uri),
        Decision::Accept => {
            let now = practice.now_ms();
            let mut world = practice.world();
            let lifetime_s = world.switches.code_lifetime_seconds;
            let code = world.grants.consent(pending, user, lifetime_s, now);
            go_back(&redirect_uri, &[("code", &code), ("state", &state)])
        }
    }
}

/// An error that the application hears of by redirect (RFC 6749 section 4.1.2.1).
struct Problem {
    error: &'static str,
    description: &'static str,
    state: String,
}

impl Problem {
    fn redirect(&self, redirect_uri: &str) -> Response {
        go_back(
            redirect_uri,
            &[
                ("error", self.error),
                ("error_description", self.description),
                ("state", &self.state),
            ],
        )
    }
}

fn go_back(redirect_uri: &str, parameters: &[(&str, &str)]) -> Response {
    let mut url = Url::parse(redirect_uri).expect("registered redirect addresses are valid");
    url.query_pairs_mut().extend_pairs(parameters);
    Redirect::to(url.as_str()).into_response()
}

/// A page for errors that must not be sent to an address nobody registered.
fn refused(practice: &Practice, title: &str, text: &str) -> Response {
    Refused::page(practice, None, StatusCode::FORBIDDEN, title, text).into_response()
}
