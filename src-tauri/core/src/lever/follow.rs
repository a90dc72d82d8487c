//! Sending a call to where Lever's redirects lead.

use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode, Url};
use secrecy::ExposeSecret;

use super::call::Call;
use super::client::Client;
use super::error::Error;
use super::pace::Leave;
use super::redirect::{redirect, refused};
use super::send::says_nothing;
use super::setback::Failed;
use crate::http::tokens::Credential;

/// The most redirects of one call.
const MOST_REDIRECTS: usize = 3;

type Answered = Result<(Response, Leave), Failed>;

impl Client {
    /// Sends the call and follows redirects within Lever, which lead European customers to their data centre
    /// (LEVER.md 1.1). The credential goes along, so nobody else may be followed to.
    ///
    /// Where an earlier call was led for good the next one starts. That host is believed while it takes the calls:
    /// after any other answer it is forgotten, and what it certainly did not do is asked for at the API root
    /// again, so that an account that moved back is not taken for an empty one.
    pub(super) async fn follow(&self, call: &Call<'_>, credential: &Credential) -> Answered {
        let root = call.url.clone();
        let Some(there) = self.shared.moved.there(&root) else {
            return self.follow_from(root, call, credential).await;
        };
        let answered = self.follow_from(there, call, credential).await;
        if is_taken(&answered) {
            return answered;
        }
        self.shared.moved.forget();
        if is_perhaps_done(&answered) && !call.is_repeatable() {
            return answered;
        }
        self.follow_from(root, call, credential).await
    }

    async fn follow_from(
        &self,
        mut url: Url,
        call: &Call<'_>,
        credential: &Credential,
    ) -> Answered {
        let mut left = Vec::new();
        let mut moved = true;
        loop {
            let leave = self.pace.admit(self.priority).await?;
            let response = self.send_to(&url, call, credential).await?;
            let Some(next) = redirect(call, &url, &response, credential)? else {
                if moved && !left.is_empty() && response.status().is_success() {
                    self.shared.moved.note(&url);
                }
                return Ok((response, leave));
            };
            moved &= next.moves_host;
            left.push(std::mem::replace(&mut url, next.to));
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

/// Whether the host is the right one: it did what was asked, or nobody asked it now.
fn is_taken(answered: &Answered) -> bool {
    match answered {
        Ok((response, _)) => {
            response.status().is_success() || response.status() == StatusCode::TOO_MANY_REQUESTS
        }
        Err(Failed::Finally(Error::RateLimited { .. })) => true,
        Err(_) => false,
    }
}

fn is_perhaps_done(answered: &Answered) -> bool {
    match answered {
        Ok((response, _)) => says_nothing(response.status()),
        Err(Failed::Passing(setback)) => setback.perhaps_done,
        Err(Failed::Finally(_) | Failed::Unauthorized) => false,
    }
}
