//! One call until it is answered: pace, credential, tries, and a body of bounded size.

use reqwest::{Response, StatusCode, Url};

use super::call::Call;
use super::client::Client;
use super::endpoint::Endpoint;
use super::error::Error;
use super::patience::{retry_after, server_date};
use super::refusal::refusal;
use super::setback::{Failed, Setback};
use crate::http::tokens::Credential;

/// The largest body that is taken, in bytes. Nothing is ever unpacked: Fulcrum asks for no compression, and an
/// answer that is compressed all the same is not JSON.
pub(super) const LARGEST_BODY: usize = 10_000_000;

impl Client {
    /// Reads the body of one resource; see [`Client::send`].
    pub(super) async fn read(
        &self,
        endpoint: &'static Endpoint,
        url: &Url,
    ) -> Result<Vec<u8>, Error> {
        self.send(&Call::read(endpoint, url)).await
    }

    /// Sends one call and gives the body of the answer, whatever 2xx it has. The meter counts it once, however
    /// many tries it takes, for each permission that it takes.
    ///
    /// Waits for the pace before each try, replaces a refused credential once, and tries again within
    /// [`Patience`](super::Patience). A read is tried again after 429, 5xx and broken connections. A write is
    /// tried again only where Lever certainly did not do it, which is after 429, after a refused credential and
    /// where no connection came about. Its body is empty where Lever sent none or where it was lost on the way:
    /// the 2xx alone says that it is done.
    ///
    /// # Errors
    /// [`Error::OutcomeUnknown`] if a write was sent and its answer is lost or a 5xx; after any other error
    /// Lever did not do it.
    pub(super) async fn send(&self, call: &Call<'_>) -> Result<Vec<u8>, Error> {
        let answered = self.send_until_answered(call).await;
        if let Some(meter) = &self.meter
            && is_let_in(&answered)
        {
            let now = self.pace.clock().now();
            call.scopes()
                .into_iter()
                .for_each(|scope| meter.count(scope, now));
        }
        answered
    }

    async fn send_until_answered(&self, call: &Call<'_>) -> Result<Vec<u8>, Error> {
        let mut credential = self.tokens.current().await?;
        let mut replaced = false;
        let mut waits = self.patience.waits((self.jitter)());
        loop {
            let setback = match self.try_once(call, &credential).await {
                Ok(body) => return Ok(body),
                Err(Failed::Finally(error)) => return Err(error),
                Err(Failed::Unauthorized) if replaced => return Err(Error::Unauthorized),
                Err(Failed::Unauthorized) => {
                    credential = self.tokens.replace(&credential).await?;
                    replaced = true;
                    continue;
                }
                Err(Failed::Passing(setback)) => setback,
            };
            if setback.perhaps_done && !call.is_repeatable() {
                return Err(Error::OutcomeUnknown {
                    detail: format!("{:?}", setback.because),
                });
            }
            let Some(wait) = waits.next(setback.asked) else {
                return Err(setback.because);
            };
            tracing::debug!(thing = call.endpoint.thing, ?wait, "calling Lever again");
            self.pace.clock().sleep(wait).await;
        }
    }

    async fn try_once(&self, call: &Call<'_>, credential: &Credential) -> Result<Vec<u8>, Failed> {
        let (response, leave) = self.follow(call, credential).await?;
        if let Some(date) = server_date(response.headers()) {
            self.note_server_date(date);
        }
        let status = response.status();
        let asked = retry_after(response.headers(), self.pace.clock().now());
        if status == StatusCode::UNAUTHORIZED {
            return Err(Failed::Unauthorized);
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.pace.slow_down(leave, asked);
            let wait = asked.unwrap_or(self.patience.longest_wait);
            return Err(Failed::Passing(Setback {
                because: Error::rate_limited(self.pace.clock().now(), wait),
                asked,
                perhaps_done: false,
            }));
        }
        if says_nothing(status) {
            let detail = format!("Lever answered {}", status.as_u16());
            return Err(Failed::Passing(Setback {
                because: Error::Unreachable { detail },
                asked,
                perhaps_done: true,
            }));
        }
        let body = bounded_body(call.endpoint, response).await;
        if !status.is_success() {
            let body = body.unwrap_or_default();
            return Err(refusal(call.endpoint, status, &body, credential).into());
        }
        match body {
            Err(_) if !call.is_repeatable() => Ok(Vec::new()),
            body => body,
        }
    }
}

/// Whether the permission let the call in, whatever Lever then made of it; so also a write that perhaps was done.
fn is_let_in(answered: &Result<Vec<u8>, Error>) -> bool {
    matches!(
        answered,
        Ok(_)
            | Err(Error::NotFound { .. }
                | Error::Refused { .. }
                | Error::StaleCursor { .. }
                | Error::TooLarge { .. }
                | Error::OutcomeUnknown { .. })
    )
}

/// Whether the status leaves open what became of the call: Lever's own failures, the `RequestTimeout` of LEVER.md
/// 2.7, and redirections such as 303 that nobody follows.
pub(super) fn says_nothing(status: StatusCode) -> bool {
    status.is_server_error() || status.is_redirection() || status == StatusCode::REQUEST_TIMEOUT
}

async fn bounded_body(
    endpoint: &'static Endpoint,
    mut response: Response,
) -> Result<Vec<u8>, Failed> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|broken| Failed::broken_off(&broken))?
    {
        if body.len() + chunk.len() > LARGEST_BODY {
            return Err(Failed::Finally(Error::TooLarge {
                thing: endpoint.thing,
                limit: LARGEST_BODY,
            }));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
