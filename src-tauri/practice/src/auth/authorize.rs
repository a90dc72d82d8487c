//! `/authorize`: the consent page and its answer (LEVER.md 1.3, 1.4).

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::client::{self, CLIENT_NAME};
use super::grants::Pending;
use super::pkce::Challenge;
use super::scope::Scopes;
use crate::Practice;
use crate::switches::AutomaticConsent;
use crate::web::page;

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
    user: String,
    decision: Decision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Accept,
    Deny,
}

/// Shows the consent page, or goes back at once where no answer is needed.
pub(super) async fn ask(
    State(practice): State<Practice>,
    Query(request): Query<Request>,
) -> Response {
    let switches = practice.world().switches.clone();
    let client_id = request.client_id.clone().unwrap_or_default();
    if !client::is_registered(&client_id) {
        return refusal_page(
            &practice,
            "Unknown client",
            "No application has this client ID.",
        );
    }
    let redirect_uri = request.redirect_uri.clone().unwrap_or_default();
    if !client::allows_redirect(&redirect_uri, switches.any_loopback_port) {
        let text = "The redirect address is not one that the application registered.";
        return refusal_page(&practice, "Callback URL mismatch", text);
    }
    let asks_for_consent = request.prompt.as_deref() == Some("consent");
    let pending = match parse(&practice, request, client_id, &redirect_uri) {
        Ok(pending) => pending,
        Err(problem) => return problem.redirect(&redirect_uri),
    };
    if let Some(answer) = switches.automatic_consent {
        let decision = match answer {
            AutomaticConsent::Accept => Decision::Accept,
            AutomaticConsent::Deny => Decision::Deny,
        };
        let user = practice.world().signed_in.clone();
        return finish(&practice, pending, decision, &user);
    }
    let remembered = switches.remember_consent && !asks_for_consent && {
        let world = practice.world();
        world.grants.remembers(&pending.client_id, &pending.scopes)
    };
    if remembered {
        let user = practice.world().signed_in.clone();
        return finish(&practice, pending, Decision::Accept, &user);
    }
    consent_page(&practice, pending)
}

fn parse(
    practice: &Practice,
    request: Request,
    client_id: String,
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
    let asked = Scopes::parse(&request.scope.unwrap_or_default());
    let audience = format!("{}/v1/", practice.origin());
    let scopes = if request.audience == Some(audience) {
        asked
    } else {
        asked.without_audience()
    };
    Ok(Pending {
        client_id,
        redirect_uri: redirect_uri.to_owned(),
        state,
        scopes,
        challenge,
    })
}

fn consent_page(practice: &Practice, pending: Pending) -> Response {
    let mut world = practice.world();
    let permissions = pending.scopes.described();
    let transaction = world.grants.keep_pending(pending);
    page(
        practice,
        &world,
        "consent.html",
        json!({ "app": CLIENT_NAME, "permissions": permissions, "transaction": transaction, "users": world.company.users }),
    )
}

/// Takes the answer of the consent page back to the application.
pub(super) async fn decide(
    State(practice): State<Practice>,
    Form(answer): Form<Answer>,
) -> Response {
    let may_consent = {
        let world = practice.world();
        if world.grants.pending(&answer.transaction).is_none() {
            drop(world);
            let text = "This request was answered already. Start again in the application.";
            return refusal_page(&practice, "Nothing to answer", text);
        }
        let user = world.company.user(&answer.user);
        user.is_some_and(crate::state::User::is_super_admin)
    };
    if answer.decision == Decision::Accept && !may_consent {
        let text = "Only a Super Admin can authorise an application for the company.";
        return refusal_page(&practice, "Not allowed", text);
    }
    let pending = practice.world().grants.take_pending(&answer.transaction);
    match pending {
        Some(pending) => finish(&practice, pending, answer.decision, &answer.user),
        None => refusal_page(
            &practice,
            "Nothing to answer",
            "Start again in the application.",
        ),
    }
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
            let code = practice.world().grants.consent(pending, user, now);
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
fn refusal_page(practice: &Practice, title: &str, text: &str) -> Response {
    let world = practice.world();
    let body: Html<String> = Html(practice.render(
        &world,
        "refusal.html",
        json!({ "title": title, "text": text }),
    ));
    (StatusCode::FORBIDDEN, body).into_response()
}
