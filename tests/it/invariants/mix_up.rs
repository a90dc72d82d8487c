//! I18: a hostile authorization server gets no token stored and never sees a code verifier that was meant for
//! another (RFC 9207, RFC 9700 2.1 and 4.4).

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use fulcrum_cli::headless::NoWindow;
use fulcrum_core::Engine;
use fulcrum_core::config::Flags;
use fulcrum_core::vault::{MasterKey, Vault};
use fulcrum_tests::{Invariant, TestClock, text};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// How the hostile server answers a request for tokens.
#[derive(Clone)]
enum Answer {
    /// As an honest one, but for these members.
    Tokens(Value),
    /// With this status and text.
    Text(u16, &'static str),
    /// With a redirect to another server.
    Elsewhere(u16),
}

/// A server that records what it gets.
#[derive(Clone)]
struct Hostile {
    answer: Arc<Mutex<Answer>>,
    elsewhere: Option<Url>,
    received: Arc<Mutex<Vec<(String, String)>>>,
}

impl Hostile {
    async fn start(elsewhere: Option<Url>) -> (Self, Url, JoinHandle<()>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let hostile = Self {
            answer: Arc::new(Mutex::new(Answer::Tokens(json!({})))),
            elsewhere,
            received: Arc::default(),
        };
        let app = Router::new().fallback(received).with_state(hostile.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (hostile, url, task)
    }

    fn answer(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    /// The paths at which a code verifier arrived.
    fn verifiers(&self) -> Vec<String> {
        let received = self.received.lock().unwrap();
        let with_verifier = received
            .iter()
            .filter(|(_, body)| body.contains("code_verifier"));
        with_verifier.map(|(path, _)| path.clone()).collect()
    }
}

async fn received(State(hostile): State<Hostile>, uri: Uri, body: Bytes) -> Response {
    let body = String::from_utf8_lossy(&body).into_owned();
    let query = uri.query().unwrap_or_default();
    let line = (uri.path().to_owned(), format!("{query} {body}"));
    hostile.received.lock().unwrap().push(line);
    if uri.path() != "/oauth/token" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let answer = hostile.answer.lock().unwrap().clone();
    match answer {
        Answer::Tokens(other) => {
            let mut tokens = json!({ "access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 3600 });
            for (name, value) in other.as_object().unwrap() {
                tokens[name] = value.clone();
            }
            axum::Json(tokens).into_response()
        }
        Answer::Text(status, text) => (StatusCode::from_u16(status).unwrap(), text).into_response(),
        Answer::Elsewhere(status) => {
            let to = hostile.elsewhere.as_ref().unwrap().join("oauth/token");
            let to = [(header::LOCATION, to.unwrap().to_string())];
            (StatusCode::from_u16(status).unwrap(), to).into_response()
        }
    }
}

/// What the browser is sent back with; `{state}` stands for the right state and `{issuer}` for the right server.
type Back = &'static str;

const HONEST: Back = "code=c&state={state}";

fn cases() -> Vec<(Back, Answer)> {
    let honest = || Answer::Tokens(json!({}));
    let tokens = Answer::Tokens;
    vec![
        ("code=c&state={state}&iss=https://evil.example", honest()),
        ("code=c&state={state}&iss=", honest()),
        ("code=c&state={state}&iss={issuer}&iss={issuer}", honest()),
        ("code=c&state={state}&iss={issuer}.evil.example", honest()),
        ("code=c&state={state}&iss={issuer}/tenant", honest()),
        ("code=c&state={state}x", honest()),
        ("code=c", honest()),
        ("code=c&code=d&state={state}", honest()),
        ("code=c&error=access_denied&state={state}", honest()),
        // A server without PKCE: the sign-in ends, and is not tried without it.
        (
            "error=invalid_request&error_description=code_challenge&state={state}",
            honest(),
        ),
        // A code that was made for another client.
        (HONEST, Answer::Text(403, r#"{"error":"invalid_grant"}"#)),
        (HONEST, Answer::Text(401, r#"{"error":"invalid_client"}"#)),
        (HONEST, tokens(json!({ "token_type": "mac" }))),
        (HONEST, tokens(json!({ "token_type": null }))),
        (HONEST, tokens(json!({ "access_token": "" }))),
        (
            HONEST,
            tokens(json!({ "scope": "offline_access everything:write:admin" })),
        ),
        (HONEST, Answer::Elsewhere(302)),
        (HONEST, Answer::Elsewhere(307)),
        (HONEST, Answer::Elsewhere(308)),
        (HONEST, Answer::Text(200, "<html>sign in</html>")),
        (
            HONEST,
            Answer::Text(200, r#"{"access_token":"a","token_type":"Bear"#),
        ),
    ]
}

/// An engine whose Lever is the hostile server; its folder goes with it.
async fn laptop(auth: &Url) -> (Engine, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let flags = Flags {
        data_dir: Some(folder.path().to_owned()),
        relay: Some("http://127.0.0.1:9".to_owned()),
        lever_auth_url: Some(auth.to_string()),
        lever_api_url: Some(auth.join("v1").unwrap().to_string()),
        callback_ports: vec![0],
        unpaced: true,
        ..Flags::default()
    };
    let options = flags.into_options().unwrap();
    let vault = Vault::in_memory(&options.data_dir, Arc::new(MasterKey::random()));
    let clock = Arc::new(TestClock::default());
    let engine = Engine::start_with(options, Arc::new(NoWindow), clock, vault).await;
    (engine.unwrap(), folder)
}

/// Signs in as the browser does, sent back with `back`; returns the connection and whether PKCE was asked for.
async fn sign_in(engine: &Engine, issuer: &Url, back: Back) -> (Value, bool) {
    let request = json!({ "integration": "onboarding", "environment": "custom", "client_id": "id", "client_secret": "s" });
    let waiting = engine.call("connections.sign_in", request).await.unwrap();
    let authorize = Url::parse(text(&waiting, "authorize_url")).unwrap();
    let asked: HashMap<String, String> = authorize.query_pairs().into_owned().collect();
    let pkce = asked["code_challenge_method"] == "S256" && asked["code_challenge"].len() == 43;
    let back = back
        .replace("{state}", &asked["state"])
        .replace("{issuer}", issuer.as_str().trim_end_matches('/'));
    let address = format!("{}?{back}", text(&waiting, "redirect_uri"));
    let http = fulcrum_core::http::client().unwrap();
    let page = http.get(address).send().await.unwrap();
    let onboarding = json!({ "integration": "onboarding" });
    let end = if page.status() == 200 {
        "connections.wait"
    } else {
        // What was not looked at leaves the sign-in waiting.
        "connections.cancel"
    };
    (engine.call(end, onboarding).await.unwrap(), pkce)
}

#[tokio::test]
async fn i18_mix_up_and_downgrade_are_refused() {
    let (elsewhere, elsewhere_url, far) = Hostile::start(None).await;
    let (hostile, issuer, near) = Hostile::start(Some(elsewhere_url)).await;
    let (engine, _folder) = laptop(&issuer).await;
    let (mut stored, mut with_pkce, mut cases_run) = (Vec::new(), 0, 0);
    for (back, answer) in cases() {
        hostile.answer(answer);
        let (connection, pkce) = sign_in(&engine, &issuer, back).await;
        if text(&connection, "state") != "not_connected" {
            stored.push(back);
        }
        with_pkce += usize::from(pkce);
        cases_run += 1;
    }
    let away: Vec<_> = hostile
        .verifiers()
        .into_iter()
        .filter(|path| path != "/oauth/token")
        .chain(elsewhere.verifiers())
        .collect();
    assert_eq!(stored, Vec::<Back>::new(), "stored a token after these");

    // The same with an honest answer, with and without `iss`: else nothing was shown.
    let mut honest = 0;
    for back in [HONEST, "code=c&state={state}&iss={issuer}/"] {
        hostile.answer(Answer::Tokens(json!({})));
        let (connection, _) = sign_in(&engine, &issuer, back).await;
        honest += usize::from(text(&connection, "state") == "connected_not_validated");
    }
    Invariant::new("I18")
        .at_least("cases", cases_run, 20)
        .exactly("token_stored", stored.len(), 0)
        .exactly("verifier_sent_elsewhere", away.len(), 0)
        .all("with_pkce", with_pkce, cases_run)
        .at_least("honest_ok", honest, 2)
        .conclude();
    engine.stop().await;
    near.abort();
    far.abort();
}
