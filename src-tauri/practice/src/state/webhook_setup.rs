//! How webhooks are set up and changed, on the settings page and by API (LEVER.md 5.5, 5.6).

use super::endpoint::{UrlRefused, check_endpoint};
use super::{EventName, MadeBy, Origin, Webhook, World};
use crate::identifiers::random_hex_token;

/// Why a webhook is not set up or not changed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WebhookRefused {
    #[error(transparent)]
    Url(#[from] UrlRefused),
    #[error("Webhooks for {0:?} cannot be limited to origins.")]
    NoOriginCondition(&'static str),
    #[error("Choose at least one origin.")]
    NoOrigin,
    #[error("webhooks {0} was not found")]
    NotFound(String),
    #[error("This webhook was made by the API and can only be changed there.")]
    MadeByApi,
    #[error("This webhook was set up on the settings page and can only be changed there.")]
    MadeOnPage,
}

/// What is to be different; `None` leaves a member as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct WebhookChange {
    pub(crate) url: Option<String>,
    pub(crate) origins: Option<Vec<Origin>>,
}

impl WebhookChange {
    fn check(&self, event: EventName) -> Result<(), WebhookRefused> {
        if let Some(url) = &self.url {
            check_endpoint(url)?;
        }
        match &self.origins {
            Some(_) if !event.has_origin_condition() => {
                Err(WebhookRefused::NoOriginCondition(event.label()))
            }
            Some(origins) if origins.is_empty() => Err(WebhookRefused::NoOrigin),
            _ => Ok(()),
        }
    }

    fn write_to(self, hook: &mut Webhook, now: i64) {
        if let Some(url) = self.url {
            hook.url = url;
        }
        if let Some(origins) = self.origins {
            hook.origins = Origin::ALL.to_vec();
            hook.origins.retain(|origin| origins.contains(origin));
        }
        hook.updated_at = now;
    }
}

impl World {
    /// Adds an empty tile, as *Add webhook* on the settings page does: nothing is sent until it has an
    /// address.
    pub(crate) fn add_empty_webhook(&mut self, event: EventName, now: i64) -> &Webhook {
        let hook = Webhook::new(MadeBy::Page, event, String::new(), now);
        self.webhooks.push(hook);
        self.webhooks.last().expect("one was just pushed")
    }

    /// Adds a webhook for `event`; `wanted` must hold its address.
    ///
    /// # Errors
    /// Refused if the address or the origin condition is.
    pub(crate) fn add_webhook(
        &mut self,
        made_by: MadeBy,
        event: EventName,
        wanted: WebhookChange,
        now: i64,
    ) -> Result<&Webhook, WebhookRefused> {
        wanted.check(event)?;
        if wanted.url.is_none() {
            check_endpoint("")?;
        }
        let mut hook = Webhook::new(made_by, event, String::new(), now);
        wanted.write_to(&mut hook, now);
        self.webhooks.push(hook);
        Ok(self.webhooks.last().expect("one was just pushed"))
    }

    /// Changes webhooks where they were made: all of them, or none if one change is refused.
    ///
    /// # Errors
    /// Refused if one is not there, was made elsewhere, or its new address or condition is refused.
    pub(crate) fn change_webhooks(
        &mut self,
        by: MadeBy,
        changes: Vec<(String, WebhookChange)>,
        now: i64,
    ) -> Result<Vec<&Webhook>, WebhookRefused> {
        for (id, change) in &changes {
            change.check(self.webhook_made(by, id)?.event)?;
        }
        let mut changed = Vec::with_capacity(changes.len());
        for (id, change) in changes {
            let place = self.webhooks.iter().position(|hook| hook.id == id);
            let place = place.ok_or(WebhookRefused::NotFound(id))?;
            change.write_to(&mut self.webhooks[place], now);
            changed.push(place);
        }
        Ok(changed
            .into_iter()
            .map(|place| &self.webhooks[place])
            .collect())
    }

    /// Gives a webhook a new signature token; the old one signs nothing from now on.
    ///
    /// # Errors
    /// Refused if it is not there or was made elsewhere.
    pub(crate) fn renew_signature_token(
        &mut self,
        by: MadeBy,
        id: &str,
        now: i64,
    ) -> Result<(), WebhookRefused> {
        let hook = self.webhook_made(by, id)?;
        hook.signature_token = random_hex_token();
        hook.updated_at = now;
        Ok(())
    }

    /// Deletes a webhook; what was queued for it is not sent any more.
    ///
    /// # Errors
    /// Refused if it is not there or was made elsewhere.
    pub(crate) fn delete_webhook(&mut self, by: MadeBy, id: &str) -> Result<(), WebhookRefused> {
        self.webhook_made(by, id)?;
        self.webhooks.retain(|hook| hook.id != id);
        self.deliveries.forget_history(id);
        Ok(())
    }

    /// A webhook that may be changed from where the request comes.
    fn webhook_made(&mut self, by: MadeBy, id: &str) -> Result<&mut Webhook, WebhookRefused> {
        let hook = self.webhooks.iter_mut().find(|hook| hook.id == id);
        let hook = hook.ok_or_else(|| WebhookRefused::NotFound(id.to_owned()))?;
        match hook.made_by {
            made_by if made_by == by => Ok(hook),
            MadeBy::Api => Err(WebhookRefused::MadeByApi),
            MadeBy::Page => Err(WebhookRefused::MadeOnPage),
        }
    }
}
