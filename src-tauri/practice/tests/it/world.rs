//! A practice world of one test, served on a port of its own.

use std::sync::Mutex;

use fulcrum_practice::{Clock, Practice, Settings, Switches, run, seeded_id};
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The moment at which every test world stands until its clock is advanced.
pub const START_MS: i64 = 1_790_000_000_000;
pub const CALLBACK: &str = "http://127.0.0.1:45110/callback";
pub const API_KEY: &str = "practice-api-key";

/// A running practice world with a frozen clock and, unless switched on, no rate limit.
pub struct World {
    pub url: String,
    pub http: Client,
    pub clock: Clock,
    pub practice: Practice,
    /// The cookie of the person at the pages.
    cookie: Mutex<String>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl World {
    pub async fn start() -> Self {
        Self::with(Switches {
            rate_limit: false,
            ..Switches::default()
        })
        .await
    }

    pub async fn with(switches: Switches) -> Self {
        Self::of(Settings {
            clock: Clock::frozen(START_MS),
            switches,
            ..Settings::default()
        })
        .await
    }

    pub async fn of(settings: Settings) -> Self {
        let clock = settings.clock.clone();
        let practice = Practice::new(settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(run(practice.clone(), listener, std::future::pending()));
        let world = Self {
            url,
            http: client(),
            clock,
            practice,
            cookie: Mutex::default(),
            server,
        };
        world.log_in("ola-berg").await;
        world
    }

    /// From now on the person at the pages is this seeded user; at first it is a Super Admin.
    pub async fn log_in(&self, user: &str) {
        let cookie = self.log_in_elsewhere(user).await;
        *self.cookie.lock().unwrap() = cookie;
    }

    /// The cookie of another browser, in which a seeded user logs in.
    pub async fn log_in_elsewhere(&self, user: &str) -> String {
        let user = json!({"user": seeded_id("user", user)});
        text(&self.control("/sessions", user).await["cookie"])
    }

    /// From now on nobody is logged in.
    pub fn log_out(&self) {
        self.cookie.lock().unwrap().clear();
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.with_cookie(self.http.get(format!("{}{path}", self.url)))
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.with_cookie(self.http.post(format!("{}{path}", self.url)))
    }

    fn with_cookie(&self, request: RequestBuilder) -> RequestBuilder {
        let cookie = self.cookie.lock().unwrap().clone();
        match cookie.as_str() {
            "" => request,
            cookie => request.header("cookie", cookie),
        }
    }

    pub fn put(&self, path: &str) -> RequestBuilder {
        self.http.put(format!("{}{path}", self.url))
    }

    /// The JSON of an API answer, asked for with the seeded API key.
    pub async fn api(&self, path: &str) -> Value {
        let request = self.get(&format!("/v1{path}"));
        let answer = send(request.basic_auth(API_KEY, Some(""))).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// Sends JSON to a path of the API with the seeded key; returns the status and the answer, which
    /// is null if it is empty.
    pub async fn write(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.write_with(API_KEY, method, path, body).await
    }

    /// The same with another key.
    pub async fn write_with(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: Value,
    ) -> (u16, Value) {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.http.request(method, format!("{}/v1{path}", self.url));
        let answer = send(request.basic_auth(key, Some("")).json(&body)).await;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.unwrap();
        let body = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).unwrap()
        };
        (status, body)
    }

    /// The error of a read that is refused: its status and message.
    pub async fn refused(&self, path: &str) -> (u16, String) {
        let request = self
            .get(&format!("/v1{path}"))
            .basic_auth(API_KEY, Some(""));
        let answer = send(request).await;
        let status = answer.status().as_u16();
        let error: Value = answer.json().await.unwrap();
        assert!(error["code"].is_string(), "{path}: {error}");
        (status, text(&error["message"]))
    }

    /// Sends JSON to the control plane and returns its answer.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let answer = send(self.post(&format!("/practice{path}")).json(&body)).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    pub async fn switch(&self, changes: Value) {
        let answer = send(self.put("/practice/switches").json(&changes)).await;
        assert_eq!(answer.status(), 200, "{changes}");
    }

    pub async fn ledger(&self) -> Value {
        let answer = send(self.get("/practice/ledger")).await;
        answer.json().await.unwrap()
    }

    /// Sets up a webhook whose event is switched on; returns its id and signature token.
    pub async fn add_webhook(&self, event: &str, url: &str) -> (String, String) {
        let body = json!({"event": event, "url": url});
        let hook = self.control("/webhooks", body).await;
        (text(&hook["id"]), text(&hook["signature_token"]))
    }

    /// The address of the authorization request for `scope`.
    pub fn authorize_path(&self, scope: &str) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", "fulcrum-practice")
            .append_pair("redirect_uri", CALLBACK)
            .append_pair("response_type", "code")
            .append_pair("state", "state-1")
            .append_pair("audience", &format!("{}/v1/", self.url))
            .append_pair("scope", scope)
            .finish();
        format!("/authorize?{query}")
    }
}

pub async fn send(request: RequestBuilder) -> Response {
    request.send().await.unwrap()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The value of the first `name="value"` attribute after `marker` in a page.
pub fn attribute_after(page: &str, marker: &str, name: &str) -> String {
    let rest = &page[page.find(marker).unwrap_or_else(|| panic!("no {marker}"))..];
    let start = rest.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
    let value = &rest[start..];
    let value = &value[..value.find('"').unwrap()];
    value.replace("&#x2f;", "/").replace("&amp;", "&")
}

fn client() -> Client {
    // Refused only when another test of this process installed it first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(
        clippy::disallowed_methods,
        reason = "the tests' own browser, which stops at redirects to look at them"
    )]
    let builder = Client::builder();
    builder.redirect(Policy::none()).no_proxy().build().unwrap()
}
