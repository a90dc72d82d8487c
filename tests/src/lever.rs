//! A practice Lever by itself, and the product's client for it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fulcrum_core::clock::SystemClock;
use fulcrum_core::http::{self, AccessTokens, Credential, TokenError};
use fulcrum_core::lever::{Client, Pace, Patience};
use fulcrum_practice::{Practice, Settings};
use secrecy::SecretString;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// The API key that every practice company has.
const API_KEY: &str = "practice-api-key";

/// A practice Lever without relay and laptop; it goes when it is dropped.
pub struct Lever {
    root: Url,
    http: reqwest::Client,
    server: JoinHandle<()>,
}

impl Lever {
    /// Starts one.
    pub async fn start(settings: Settings) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port is free");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let lever =
            fulcrum_practice::run(Practice::new(settings), listener, std::future::pending());
        Self {
            root: Url::parse(&format!("http://{address}")).expect("an address makes a URL"),
            http: http::client().expect("an HTTP client can be made"),
            server: tokio::spawn(async move { lever.await.expect("the practice Lever runs") }),
        }
    }

    /// Its address.
    pub fn root(&self) -> &Url {
        &self.root
    }

    /// The product's client, with the key of the practice company.
    pub fn client(&self, pace: Pace, patience: Patience) -> Client {
        let api = self.url("v1");
        let client = Client::new(self.http.clone(), api, Arc::new(Key), pace);
        client.with_patience(patience)
    }

    /// The product's client as fast as it can, with little patience.
    pub fn hasty_client(&self) -> Client {
        let patience = Patience {
            retries: 3,
            first_wait: Duration::from_millis(1),
            longest_wait: Duration::from_millis(4),
            budget: Duration::from_secs(1),
            longest_try: Duration::from_millis(250),
        };
        self.client(Pace::unlimited(Arc::new(SystemClock)), patience)
    }

    /// What Lever answers at this path of its API, read without the product.
    pub async fn read(&self, path: &str) -> Value {
        let request = self.http.get(self.url(&format!("v1/{path}")));
        self.answer(request.basic_auth(API_KEY, Some(""))).await
    }

    /// What the control plane shows at this path.
    pub async fn look(&self, path: &str) -> Value {
        self.answer(self.http.get(self.control(path))).await
    }

    /// Tells the control plane something.
    pub async fn tell(&self, path: &str, body: &Value) -> Value {
        self.answer(self.http.post(self.control(path)).json(body))
            .await
    }

    /// Empties what the control plane keeps at this path.
    pub async fn clear(&self, path: &str) {
        self.answer(self.http.delete(self.control(path))).await;
    }

    fn control(&self, path: &str) -> Url {
        self.url(&format!("practice/{path}"))
    }

    fn url(&self, path: &str) -> Url {
        self.root.join(path).expect("a path makes a URL")
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> Value {
        let answer = request.send().await.expect("the practice Lever answers");
        let answer = answer
            .error_for_status()
            .expect("the practice Lever agrees");
        answer.json().await.expect("the practice Lever speaks JSON")
    }
}

impl Drop for Lever {
    fn drop(&mut self) {
        self.server.abort();
    }
}

struct Key;

#[async_trait]
impl AccessTokens for Key {
    async fn current(&self) -> Result<Credential, TokenError> {
        Ok(Credential::ApiKey(SecretString::from(API_KEY)))
    }

    async fn replace(&self, _: &Credential) -> Result<Credential, TokenError> {
        Err(TokenError::NotConnected)
    }
}
