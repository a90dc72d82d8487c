//! One read: pace, credential, redirects, tries, and a body of bounded size.

use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode, Url};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::client::Client;
use super::endpoint::Endpoint;
use super::error::Error;
use super::patience::{retry_after, server_date};
use crate::http::tokens::Credential;

/// The largest body that is taken, in bytes.
pub(super) const LARGEST_BODY: usize = 10_000_000;

/// The most redirects of one call.
const MOST_REDIRECTS: usize = 3;

/// What came of one try.
enum Try {
    Body(Vec<u8>),
    Refused,
    Again {
        asked: Option<Duration>,
        because: Error,
    },
}

impl Client {
    /// Reads the body of one resource.
    ///
    /// Waits for the pace before each try, replaces a refused credential once, and tries again after 429, 5xx
    /// and broken connections within [`Patience`](super::Patience).
    pub(super) async fn read(
        &self,
        endpoint: &'static Endpoint,
        url: &Url,
    ) -> Result<Vec<u8>, Error> {
        let mut credential = self.tokens.current().await?;
        let mut replaced = false;
        let mut waits = self.patience.waits();
        loop {
            self.pace.wait().await;
            match self.try_once(endpoint, url, &credential).await? {
                Try::Body(body) => return Ok(body),
                Try::Refused if replaced => return Err(Error::Unauthorized),
                Try::Refused => {
                    credential = self.tokens.replace(&credential).await?;
                    replaced = true;
                }
                Try::Again { asked, because } => {
                    let Some(wait) = waits.next(asked) else {
                        return Err(because);
                    };
                    tracing::debug!(thing = endpoint.thing, ?wait, "calling Lever again");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    async fn try_once(
        &self,
        endpoint: &'static Endpoint,
        url: &Url,
        credential: &Credential,
    ) -> Result<Try, Error> {
        let response = match self.follow(url, credential).await? {
            Ok(response) => response,
            Err(broken) => return Ok(broken_off(&broken)),
        };
        if let Some(date) = server_date(response.headers()) {
            self.note_server_date(date);
        }
        let status = response.status();
        let asked = retry_after(response.headers());
        if status == StatusCode::UNAUTHORIZED {
            return Ok(Try::Refused);
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            let retry_after = asked.unwrap_or(self.patience.longest_wait);
            return Ok(Try::Again {
                asked,
                because: Error::RateLimited { retry_after },
            });
        }
        if status.is_server_error() {
            let detail = format!("Lever answered {}", status.as_u16());
            return Ok(Try::Again {
                asked,
                because: Error::Unreachable { detail },
            });
        }
        let body = match bounded_body(endpoint, response).await? {
            Ok(body) => body,
            Err(broken) => return Ok(broken_off(&broken)),
        };
        if status.is_success() {
            Ok(Try::Body(body))
        } else {
            Err(refusal(endpoint, status, &body))
        }
    }

    /// Sends the call and follows redirects within Lever, which lead European customers to their data centre
    /// (LEVER.md 1.1). The credential goes along, so nobody else may be followed to.
    async fn follow(
        &self,
        url: &Url,
        credential: &Credential,
    ) -> Result<Result<Response, reqwest::Error>, Error> {
        let mut url = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            let call = match credential {
                Credential::Bearer(token) => self
                    .http
                    .get(url.clone())
                    .bearer_auth(token.expose_secret()),
                Credential::ApiKey(key) => self
                    .http
                    .get(url.clone())
                    .basic_auth(key.expose_secret(), Some("")),
            };
            let response = match call.send().await {
                Ok(response) => response,
                Err(broken) => return Ok(Err(broken)),
            };
            if !matches!(response.status().as_u16(), 301 | 302 | 307 | 308) {
                return Ok(Ok(response));
            }
            url = redirect(&url, &response)?;
        }
        Err(Error::Redirected {
            host: url.host_str().map(str::to_owned),
        })
    }
}

fn redirect(from: &Url, response: &Response) -> Result<Url, Error> {
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let Some(to) = location.and_then(|location| from.join(location).ok()) else {
        return Err(Error::Redirected { host: None });
    };
    let within_lever = is_lever(from) && is_lever(&to);
    if to.origin() == from.origin() || within_lever {
        Ok(to)
    } else {
        Err(Error::Redirected {
            host: to.host_str().map(str::to_owned),
        })
    }
}

fn is_lever(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https"
        && url.port().is_none()
        && (host == "lever.co" || host.ends_with(".lever.co"))
}

fn broken_off(broken: &reqwest::Error) -> Try {
    let what = if broken.is_timeout() {
        "no answer in time"
    } else if broken.is_connect() {
        "no connection"
    } else {
        "the connection broke off"
    };
    Try::Again {
        asked: None,
        because: Error::Unreachable {
            detail: what.to_owned(),
        },
    }
}

async fn bounded_body(
    endpoint: &'static Endpoint,
    mut response: Response,
) -> Result<Result<Vec<u8>, reqwest::Error>, Error> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LARGEST_BODY => {
                return Err(Error::TooLarge {
                    thing: endpoint.thing,
                    limit: LARGEST_BODY,
                });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(Ok(body)),
            Err(broken) => return Ok(Err(broken)),
        }
    }
}

/// Lever's error body (LEVER.md 2.7). Its message is looked at but not kept: it may repeat what was asked.
#[derive(Default, Deserialize)]
struct Refusal {
    code: Option<String>,
    #[serde(default)]
    message: String,
}

fn refusal(endpoint: &'static Endpoint, status: StatusCode, body: &[u8]) -> Error {
    let thing = endpoint.thing;
    let said: Refusal = serde_json::from_slice(body).unwrap_or_default();
    match status {
        StatusCode::FORBIDDEN if said.message.contains("signing key") => Error::WrongEnvironment,
        StatusCode::FORBIDDEN => Error::Forbidden {
            thing,
            scope_hint: endpoint.scope,
        },
        StatusCode::NOT_FOUND | StatusCode::GONE => Error::NotFound { thing },
        _ if said.message.contains("Invalid offset token") => Error::StaleCursor { thing },
        _ => Error::Refused {
            thing,
            status: status.as_u16(),
            code: said.code.and_then(plain_code),
        },
    }
}

/// An error name of Lever's own; anything that does not look like one is dropped.
fn plain_code(code: String) -> Option<String> {
    let plain = code.len() <= 60 && code.chars().all(|c| c.is_ascii_alphanumeric());
    plain.then_some(code)
}
