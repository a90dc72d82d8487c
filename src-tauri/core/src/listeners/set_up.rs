//! *Set up for me*: Fulcrum makes the webhook through Lever's API (LEVER.md 5.6). What is begun is noted before Lever
//! is asked, since Lever takes the same webhook twice and tells its signature token once or never: a try that was cut
//! short is cleared away in Lever before the next one.

use reqwest::Url;
use secrecy::ExposeSecret;

use super::manage::{self, existing};
use super::{LeverEvent, ListenerError};
use crate::clock::SharedClock;
use crate::lever::types::Webhook;
use crate::lever::{self, Client, MadeWebhook, Priority};
use crate::oauth::Access;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::listeners::{self, ListenerRow, WebhookState};
use crate::store::names::named;
use crate::store::webhooks::{self, WebhookRow};
use crate::store::{Store, StoreError};

/// Why Fulcrum cannot set a listener up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The listener is not as it has to be.
    #[error(transparent)]
    Listener(#[from] ListenerError),
    /// The relay has not named the address yet.
    #[error("There is no address yet that Lever could call. Set up when it is shown.")]
    NoAddress,
    /// The webhook is there already.
    #[error("Fulcrum has made the webhook of this listener already.")]
    Made,
    /// Somebody made one by hand.
    #[error(
        "Lever has a webhook with this address already, made by hand. Paste its signature token here, or delete it in \
         Lever and try again."
    )]
    ByHand,
    /// Lever refused or does not answer.
    #[error(transparent)]
    Lever(#[from] lever::Error),
}

impl From<StoreError> for SetUpError {
    fn from(problem: StoreError) -> Self {
        Self::Listener(problem.into())
    }
}

/// Makes the webhook of a listener and completes the listener with the token, where Lever tells it. Tells whether it
/// did. At most one such call for a listener may run at a time.
///
/// # Errors
/// [`SetUpError`]; after any of them it may be tried again.
pub async fn set_up(
    store: &Store,
    access: &Access,
    clock: &SharedClock,
    id: &str,
) -> Result<bool, SetUpError> {
    let now = clock.now().as_millisecond();
    let client = access.client(Priority::Person).await?;
    let wanted = id.to_owned();
    let listener = store
        .write(move |db| {
            let listener = existing(db, &wanted)?;
            manage::require_stage(&listener)?;
            if listener.webhook == WebhookState::Made {
                return Err(SetUpError::Made);
            }
            if listener.endpoint_url.is_none() {
                return Err(SetUpError::NoAddress);
            }
            listeners::begin_webhook(db, &wanted, now)?;
            Ok(listener)
        })
        .await?;
    let begun_before = listener.webhook == WebhookState::Begun;
    let made = match make(&client, &listener, begun_before).await {
        Ok(made) => made,
        Err(problem) => {
            if !may_be_made(&problem) && !begun_before {
                let id = id.to_owned();
                store
                    .write(move |db| listeners::end_webhook(db, &id))
                    .await?;
            }
            return Err(problem);
        }
    };
    let now = clock.now().as_millisecond();
    let id = id.to_owned();
    store
        .write(move |db| keep(db, &id, &listener, &made, now))
        .await
}

/// Whether Lever may have the webhook although it did not say so.
fn may_be_made(problem: &SetUpError) -> bool {
    matches!(
        problem,
        SetUpError::Lever(
            lever::Error::OutcomeUnknown { .. }
                | lever::Error::NotJson { .. }
                | lever::Error::Unexpected { .. }
                | lever::Error::TooLarge { .. }
        )
    )
}

async fn make(
    client: &Client,
    listener: &ListenerRow,
    begun_before: bool,
) -> Result<MadeWebhook, SetUpError> {
    let address = listener.endpoint_url.as_deref().unwrap_or_default();
    let url: Url = address.parse().map_err(|_| SetUpError::NoAddress)?;
    for there in at_address(client, address).await? {
        // Nobody knows the token of one that a lost try left; what a person made is theirs.
        if !begun_before {
            return Err(SetUpError::ByHand);
        }
        match client.delete_webhook(there.id.as_str()).await {
            Err(lever::Error::Forbidden { .. }) => return Err(SetUpError::ByHand),
            deleted => deleted?,
        }
    }
    Ok(client.make_webhook(&listener.event, &url).await?)
}

/// The webhooks in Lever that call an address.
pub(super) async fn at_address(
    client: &Client,
    address: &str,
) -> Result<Vec<Webhook>, lever::Error> {
    let mut webhooks = client.webhooks().await?;
    webhooks.retain(|webhook| webhook.url == address);
    Ok(webhooks)
}

/// Keeps what Lever made, with its token, in one transaction.
fn keep(
    db: &rusqlite::Connection,
    id: &str,
    listener: &ListenerRow,
    made: &MadeWebhook,
    now: i64,
) -> Result<bool, SetUpError> {
    let webhook = WebhookRow {
        id: made.id.to_string(),
        event: listener.event.clone(),
        url: listener.endpoint_url.clone().unwrap_or_default(),
    };
    webhooks::add(db, listener.purpose.integration(), &webhook, now)?;
    listeners::made_webhook(db, id, &webhook.id)?;
    let event: LeverEvent = named(&listener.event).map_err(ListenerError::from)?;
    let sentence = format!(
        "Lever made the webhook for {:?}, as you asked.",
        event.label()
    );
    Entry::new(Kind::Listener, Outcome::Done, sentence)
        .by(Actor::You)
        .write(db, now)?;
    let Some(token) = &made.signature_token else {
        return Ok(false);
    };
    manage::create(db, id, token.expose_secret(), now)?;
    Ok(true)
}
