//! Sending a call to where Lever's redirects lead, and nowhere else.

use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Response, Url};
use secrecy::ExposeSecret;
use url::Host;

use super::call::Call;
use super::client::Client;
use super::error::Error;
use super::pace::Leave;
use super::setback::Failed;
use crate::http::tokens::Credential;

/// The most redirects of one call.
const MOST_REDIRECTS: usize = 3;

impl Client {
    /// Sends the call and follows redirects within Lever, which lead European customers to their data centre
    /// (LEVER.md 1.1). The credential goes along, so nobody else may be followed to.
    ///
    /// A write is sent on only by 307 and 308, which keep its method and body (RFC 9110 15.4.8); after 301 and
    /// 302 it would have to be guessed what was meant.
    pub(super) async fn follow(
        &self,
        call: &Call<'_>,
        credential: &Credential,
    ) -> Result<(Response, Leave), Failed> {
        let mut url = call.url.clone();
        let mut left = Vec::new();
        loop {
            let leave = self.pace.admit(self.priority).await?;
            let response = self.send_to(&url, call, credential).await?;
            match response.status().as_u16() {
                301 | 302 if call.is_repeatable() => {}
                307 | 308 => {}
                301 | 302 => return Err(outside(None).into()),
                _ => return Ok((response, leave)),
            }
            let next = target(&url, &response, credential)?;
            left.push(std::mem::replace(&mut url, next));
            if left.contains(&url) || left.len() > MOST_REDIRECTS {
                return Err(outside(Some((&url, credential))).into());
            }
        }
    }

    async fn send_to(
        &self,
        url: &Url,
        call: &Call<'_>,
        credential: &Credential,
    ) -> Result<Response, Failed> {
        let request = self.http.request(call.method.clone(), url.clone());
        let request = match credential {
            Credential::Bearer(token) => request.bearer_auth(token.expose_secret()),
            Credential::ApiKey(key) => request.basic_auth(key.expose_secret(), Some("")),
        };
        let request = match call.body {
            Some(body) => request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string()),
            None => request,
        };
        let sent = request.timeout(self.patience.longest_try).send().await;
        sent.map_err(|broken| Failed::broken_off(&broken))
    }
}

/// Where a redirect leads, if the credential may go there: within the same origin, or from one of Lever's hosts
/// to another. Never from an encrypted to a plain connection, unless it stays on this computer.
fn target(from: &Url, response: &Response, credential: &Credential) -> Result<Url, Error> {
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let Some(to) = location.and_then(|location| from.join(location).ok()) else {
        return Err(outside(None));
    };
    let same_origin = to.origin() == from.origin() && (to.scheme() == "https" || is_here(&to));
    if same_origin || (is_lever(from) && is_lever(&to)) {
        Ok(to)
    } else {
        Err(outside(Some((&to, credential))))
    }
}

fn outside(to: Option<(&Url, &Credential)>) -> Error {
    let host = to.and_then(|(url, credential)| Some(credential.cut_out_of(url.host_str()?)));
    Error::Redirected { host }
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn is_lever(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https"
        && url.port().is_none()
        && (host == "lever.co" || host.ends_with(".lever.co"))
}
