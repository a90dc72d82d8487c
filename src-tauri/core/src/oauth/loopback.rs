//! The address on this computer that the browser comes back to: one port, one path, open only while a sign-in
//! waits (RFC 8252 7.3; T3). Anything else is counted and refused, and never ends the sign-in.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::any;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use crate::config::{CALLBACK_PATH, callback_address};
use crate::redact;

/// The longest query that is looked at.
const LONGEST_QUERY: usize = 8 * 1024;

/// What came back from the browser, before its state is compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// The `state`, as it came.
    pub state: String,
    /// The `iss`, if the server names itself (RFC 9207 2).
    pub issuer: Option<String>,
    /// The outcome.
    pub outcome: Result<Code, Denied>,
}

/// An authorization code. Has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(pub String);

/// A refusal in Lever's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The `error`, for example `access_denied`.
    pub error: String,
    /// The description, if any; never compared (LEVER.md 1.4).
    pub description: Option<String>,
}

impl Callback {
    /// Reads the query of a redirect; none unless there is exactly one `state`, at most one `iss`, and
    /// either one `code` or one `error`.
    pub fn parse(query: &str) -> Option<Self> {
        if query.len() > LONGEST_QUERY {
            return None;
        }
        let one = |name: &str| {
            let mut values =
                url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
            match (values.next(), values.next()) {
                (Some((_, value)), None) => Ok(Some(value.into_owned())),
                (None, _) => Ok(None),
                (Some(_), Some(_)) => Err(()),
            }
        };
        let state = one("state").ok()??;
        let issuer = one("iss").ok()?;
        let outcome = match (one("code").ok()?, one("error").ok()?) {
            (Some(code), None) if !code.is_empty() => {
                redact::conceal(&code);
                Ok(Code(code))
            }
            (None, Some(error)) => Err(Denied {
                error,
                description: one("error_description").ok()?,
            }),
            _ => return None,
        };
        Some(Self {
            state,
            issuer,
            outcome,
        })
    }
}

/// How the page in the browser answers a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The sign-in goes on in the app.
    Accepted,
    /// The user or Lever refused.
    Refused,
    /// It is not the sign-in that waits.
    Unknown,
}

/// Decides about a callback; called for every one, in turn.
pub type Judge = Arc<dyn Fn(Callback) -> Reply + Send + Sync>;

/// Binds the first of these ports that is free, on 127.0.0.1 only.
///
/// # Errors
/// The last port's error if none is free.
pub async fn bind(ports: &[u16]) -> std::io::Result<TcpListener> {
    let mut last = std::io::Error::other("no port is set");
    for port in ports {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).await {
            Ok(listener) => return Ok(listener),
            Err(problem) => last = problem,
        }
    }
    Err(last)
}

/// The redirect address of a bound listener.
///
/// # Errors
/// If the system does not know the socket's own address.
pub fn redirect_uri(listener: &TcpListener) -> std::io::Result<String> {
    Ok(callback_address(listener.local_addr()?.port()))
}

#[derive(Clone)]
struct Page {
    host: HeaderValue,
    judge: Judge,
    closing: mpsc::Sender<()>,
}

/// Connections open at once; a browser needs two or three. One more ends the oldest, so that silent ones cannot
/// keep the browser out.
const MOST_CONNECTIONS: usize = 32;

/// How long a browser may take to send its request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How long running answers may take after the end.
const END_PATIENCE: Duration = Duration::from_secs(2);

/// Answers callbacks until `shutdown`, or until one was accepted or refused and its page is on its way.
/// Afterwards no connection is left, however its peer behaves.
///
/// # Errors
/// If the socket does not know its own address.
pub async fn run(
    listener: TcpListener,
    judge: Judge,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let host = listener.local_addr()?.to_string();
    let host = HeaderValue::try_from(host).map_err(std::io::Error::other)?;
    let (closing, mut closed) = mpsc::channel(1);
    let page = Page {
        host,
        judge,
        closing,
    };
    let router = Router::new()
        .route(CALLBACK_PATH, any(answer))
        .layer(middleware::from_fn_with_state(page.clone(), guard))
        .with_state(page);
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .keep_alive(false);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // A failed accept is the peer's affair; the next one is waited for.
                let Ok((stream, _)) = accepted else { continue };
                let service = TowerToHyperService::new(router.clone());
                let connection = builder.serve_connection(TokioIo::new(stream), service);
                let connection = graceful.watch(connection);
                open.retain(|connection| !connection.is_finished());
                if open.len() == MOST_CONNECTIONS && let Some(oldest) = open.pop_front() {
                    oldest.abort();
                }
                open.push_back(connections.spawn(async move {
                    // As above.
                    let _ = connection.await;
                }));
            }
            Some(_) = connections.join_next() => {}
            _ = closed.recv() => break,
            () = &mut shutdown => break,
        }
    }
    drop(listener);
    // What has not ended by then is cut off with the set of connections.
    let _ = tokio::time::timeout(END_PATIENCE, graceful.shutdown()).await;
    connections.shutdown().await;
    Ok(())
}

/// Refuses what no browser sends when it follows Lever's redirect.
async fn guard(State(page): State<Page>, request: Request, next: Next) -> Response {
    let refusal = refusal(&page.host, &request);
    let mut response = match refusal {
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    response
}

fn refusal(host: &HeaderValue, request: &Request) -> Option<StatusCode> {
    let headers = request.headers();
    let mut hosts = headers.get_all(HOST).iter();
    // A whole address in the request line wins over the header (RFC 9112 3.2.2); no browser sends one here.
    let whole_address = request.uri().authority().is_some();
    if hosts.next() != Some(host) || hosts.next().is_some() || whole_address {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    if request.method() != Method::GET {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    let navigates = headers
        .get("sec-fetch-mode")
        .is_none_or(|mode| mode == "navigate");
    if headers.contains_key(ORIGIN) || !navigates {
        return Some(StatusCode::FORBIDDEN);
    }
    None
}

async fn answer(State(page): State<Page>, RawQuery(query): RawQuery) -> Response {
    let callback = query.as_deref().and_then(Callback::parse);
    let reply = callback.map_or(Reply::Unknown, |callback| (page.judge)(callback));
    let (status, title, text) = match reply {
        Reply::Accepted => (
            StatusCode::OK,
            "Lever has answered",
            "Fulcrum is finishing the connection. You can close this tab and go back to the app.",
        ),
        Reply::Refused => (
            StatusCode::OK,
            "Lever was not connected",
            "Nothing was changed. You can close this tab; the app says how to go on.",
        ),
        Reply::Unknown => (
            StatusCode::BAD_REQUEST,
            "This is not the sign-in that Fulcrum waits for",
            "Start again in the app. You can close this tab.",
        ),
    };
    if reply != Reply::Unknown {
        // A full channel means that it closes already.
        let _ = page.closing.try_send(());
    }
    (
        status,
        Html(PAGE.replace("{title}", title).replace("{text}", text)),
    )
        .into_response()
}

/// Static but for our own words: nothing of the request is shown.
const PAGE: &str = include_str!("callback.html");
