//! A Lever of a few lines for tests: answers from a closure, and remembers what was asked.

use std::convert::Infallible;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Response, header};
use axum::serve::Listener;
use futures_util::{StreamExt, stream};
use reqwest::Url;
use secrecy::SecretString;
use serde_json::Value as Json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Client, Pace, Patience};
use crate::clock::SystemClock;
use crate::http::loopback_client;
use crate::http::tokens::{AccessTokens, Credential, TokenError};

/// One request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The host that was meant.
    pub(super) host: String,
    /// Below the API root, without the query.
    pub(super) path: String,
    /// As it was on the wire.
    pub(super) query: String,
    pub(super) authorization: String,
    pub(super) user_agent: String,
    pub(super) accept_encoding: String,
    pub(super) method: String,
    pub(super) body: String,
}

pub(super) struct Stub {
    pub(super) root: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
    server: JoinHandle<()>,
}

impl Stub {
    /// Serves `answer`, which gets the request and how many came before it.
    pub(super) async fn start(
        answer: impl Fn(&Asked, usize) -> Response<Body> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let root = format!("http://{}/v1", listener.local_addr().unwrap());
        Self::serve(listener, root.parse().unwrap(), answer)
    }

    /// The same on another listener, for clients that call `root`.
    pub(super) fn serve<L>(
        listener: L,
        root: Url,
        answer: impl Fn(&Asked, usize) -> Response<Body> + Send + Sync + 'static,
    ) -> Self
    where
        L: Listener,
        L::Addr: Debug,
    {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        let app = Router::new().fallback(async move |request: Request| {
            let request = Asked::of(request).await;
            let mut log = log.lock().unwrap();
            let response = answer(&request, log.len());
            log.push(request);
            response
        });
        let server = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            root,
            asked,
            server,
        }
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(super) fn client(&self) -> Client {
        client(self.root.clone(), Arc::new(Tokens::default()))
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Asked {
    async fn of(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let header = |name| {
            let value: Option<&HeaderValue> = head.headers.get(name);
            value.map_or("", |value| value.to_str().unwrap()).to_owned()
        };
        let path = head.uri.path();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            host: header(header::HOST),
            path: path.strip_prefix("/v1").unwrap_or(path).to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            authorization: header(header::AUTHORIZATION),
            user_agent: header(header::USER_AGENT),
            accept_encoding: header(header::ACCEPT_ENCODING),
            method: head.method.to_string(),
            body: String::from_utf8(body.into()).unwrap(),
        }
    }
}

pub(super) fn answer(status: u16, body: impl Into<Body>) -> Response<Body> {
    Response::builder()
        .status(status)
        .body(body.into())
        .unwrap()
}

pub(super) fn json(value: &Json) -> Response<Body> {
    answer(200, value.to_string())
}

/// An answer that begins and never ends.
pub(super) fn unended(status: u16) -> Response<Body> {
    let begun = stream::once(async { Ok::<_, Infallible>(r#"{"data": {"#) });
    answer(status, Body::from_stream(begun.chain(stream::pending())))
}

pub(super) fn redirected(status: u16, to: &str) -> Response<Body> {
    let mut response = answer(status, "");
    response
        .headers_mut()
        .insert(header::LOCATION, to.parse().unwrap());
    response
}

/// A client that waits for almost nothing.
pub(super) fn client(root: Url, tokens: Arc<dyn AccessTokens>) -> Client {
    client_over(loopback_client(), root, tokens)
}

/// The same over another HTTP client.
pub(super) fn client_over(
    http: reqwest::Client,
    root: Url,
    tokens: Arc<dyn AccessTokens>,
) -> Client {
    let patience = Patience {
        retries: 3,
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(2),
        budget: Duration::from_secs(1),
        ..Patience::default()
    };
    Client::new(http, root, tokens, Pace::unlimited(Arc::new(SystemClock))).with_patience(patience)
}

/// Hands out `token-0`, then `token-1` and so on for each replacement.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) replaced: AtomicUsize,
}

fn token(number: usize) -> Credential {
    Credential::Bearer(SecretString::from(format!("token-{number}")))
}

#[async_trait]
impl AccessTokens for Tokens {
    async fn current(&self) -> Result<Credential, TokenError> {
        Ok(token(self.replaced.load(Ordering::SeqCst)))
    }

    async fn replace(&self, refused: &Credential) -> Result<Credential, TokenError> {
        assert!(refused.is_same(&token(self.replaced.load(Ordering::SeqCst))));
        Ok(token(self.replaced.fetch_add(1, Ordering::SeqCst) + 1))
    }
}

/// An API key, which nothing can replace.
pub(super) struct Key;

#[async_trait]
impl AccessTokens for Key {
    async fn current(&self) -> Result<Credential, TokenError> {
        Ok(Credential::ApiKey(SecretString::from("key")))
    }

    async fn replace(&self, _: &Credential) -> Result<Credential, TokenError> {
        Err(TokenError::ReconnectNeeded {
            detail: "the key was refused".to_owned(),
        })
    }
}
