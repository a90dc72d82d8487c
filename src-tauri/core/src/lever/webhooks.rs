//! Webhooks made by the API: they can be changed by the API alone, and do nothing until a Super Admin has switched
//! their event on (LEVER.md 5.5, 5.6).

use reqwest::{Method, Url};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;

use super::call::Call;
use super::client::Client;
use super::endpoint::Endpoint;
use super::envelope::one;
use super::error::Error;
use super::types::{Id, Webhook};
use crate::redact;

/// The scope that making and deleting webhooks takes (LEVER.md 1.10).
pub const MANAGE_WEBHOOKS: &str = "webhooks:write:admin";

static MAKE: Endpoint = Endpoint {
    verb: "make",
    thing: "the webhook",
    scope: MANAGE_WEBHOOKS,
};

static CHANGE: Endpoint = Endpoint {
    verb: "change",
    thing: "the webhook",
    scope: MANAGE_WEBHOOKS,
};

static DELETE: Endpoint = Endpoint {
    verb: "delete",
    thing: "the webhook",
    scope: MANAGE_WEBHOOKS,
};

/// A webhook as Lever answers its making.
pub struct MadeWebhook {
    /// Lever's id of it.
    pub id: Id<Webhook>,
    /// What its events are signed with. Lever tells it in this one answer or never; it has been seen missing.
    pub signature_token: Option<SecretString>,
}

#[derive(Deserialize)]
struct Answer {
    id: Id<Webhook>,
    configuration: Option<Configuration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Configuration {
    signature_token: Option<String>,
}

impl Client {
    /// Makes a webhook for one of Lever's ten events, such as `candidateHired`, that calls `url`.
    ///
    /// # Errors
    /// [`Error`]; [`Error::OutcomeUnknown`] if it may have been made all the same: look at
    /// [`Client::webhooks`] before it is tried again, since Lever takes the same one twice.
    pub async fn make_webhook(&self, event: &str, url: &Url) -> Result<MadeWebhook, Error> {
        let body = json!({ "url": url.as_str(), "event": event });
        let call = Call {
            endpoint: &MAKE,
            method: &Method::POST,
            url: &self.url(&MAKE, &["webhooks"])?,
            body: Some(&body),
        };
        let answer: Answer = one(&MAKE, &self.send(&call).await?)?;
        let token = answer
            .configuration
            .and_then(|configuration| configuration.signature_token)
            .filter(|token| !token.is_empty());
        Ok(MadeWebhook {
            id: answer.id,
            signature_token: token.map(redact::secret),
        })
    }

    /// Has a webhook that the API made call `url`; its signature token stays.
    ///
    /// # Errors
    /// [`Error`]; it may be tried again after any of them.
    pub async fn move_webhook(&self, id: &str, url: &Url) -> Result<(), Error> {
        let body = json!({ "data": [{ "id": id, "url": url.as_str() }] });
        let call = Call {
            endpoint: &CHANGE,
            method: &Method::PUT,
            url: &self.url(&CHANGE, &["webhooks"])?,
            body: Some(&body),
        };
        self.send(&call).await.map(drop)
    }

    /// Deletes a webhook that the API made; one that is not there is gone already.
    ///
    /// # Errors
    /// [`Error`]; it may be tried again after any of them.
    pub async fn delete_webhook(&self, id: &str) -> Result<(), Error> {
        let call = Call {
            endpoint: &DELETE,
            method: &Method::DELETE,
            url: &self.url(&DELETE, &["webhooks", id])?,
            body: None,
        };
        match self.send(&call).await {
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
