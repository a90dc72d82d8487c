//! Sending a call to where Lever's redirects lead.

use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, Url};
use secrecy::ExposeSecret;

use super::call::Call;
use super::client::Client;
use super::pace::Leave;
use super::redirect::{redirect, refused};
use super::setback::Failed;
use crate::http::tokens::Credential;

/// The most redirects of one call.
const MOST_REDIRECTS: usize = 3;

impl Client {
    /// Sends the call and follows redirects within Lever, which lead European customers to their data centre
    /// (LEVER.md 1.1). The credential goes along, so nobody else may be followed to.
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
            let Some(next) = redirect(call, &url, &response, credential)? else {
                return Ok((response, leave));
            };
            left.push(std::mem::replace(&mut url, next));
            if left.contains(&url) || left.len() > MOST_REDIRECTS {
                return Err(refused(Some(&url), credential).into());
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
