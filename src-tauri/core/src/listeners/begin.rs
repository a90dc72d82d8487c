//! Beginning a listener: its address is there before its signature token.

use fulcrum_relay::{EndpointId, SealingKey};
use rusqlite::Connection;

use super::manage::of_what;
use super::{LeverEvent, ListenerError};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::listeners::{self, ListenerRow, Purpose};
use crate::store::names::name;
use crate::store::{endpoints, workflows};

/// Begins a listener with a new address, or gives the draft of that event again, so that closing the form
/// half-way loses nothing. Of offer letters there is one for each event, draft or not. Returns the listener's id.
///
/// # Errors
/// [`ListenerError::NoWorkflow`], [`ListenerError::NotOfOffers`], or a failure of the database.
pub fn begin(
    db: &Connection,
    purpose: &Purpose,
    event: LeverEvent,
    now: i64,
) -> Result<String, ListenerError> {
    match purpose {
        Purpose::Onboarding { workflow_id } if workflows::get(db, workflow_id)?.is_none() => {
            return Err(ListenerError::NoWorkflow);
        }
        Purpose::OfferLetters if !event.tells_of_offers() => {
            return Err(ListenerError::NotOfOffers);
        }
        Purpose::Onboarding { .. } | Purpose::OfferLetters => {}
    }
    let event_name = name(&event)?;
    let continued = |listener: &ListenerRow| match purpose {
        Purpose::Onboarding { .. } => listener.signature_token.is_none(),
        Purpose::OfferLetters => true,
    };
    let known = listeners::of(db, purpose.integration())?
        .into_iter()
        .find(|listener| {
            listener.purpose == *purpose && listener.event == event_name && continued(listener)
        });
    if let Some(known) = known {
        return Ok(known.id);
    }
    let id = uuid::Uuid::new_v4().to_string();
    let endpoint = EndpointId::random().to_string();
    endpoints::add(
        db,
        &endpoint,
        SealingKey::generate().to_secret_bytes().as_slice(),
    )?;
    listeners::add(db, purpose, (&id, &event_name, &endpoint), now)?;
    let sentence = format!(
        "You began a listener{} for {:?}.",
        of_what(purpose),
        event.label()
    );
    Entry::new(Kind::Listener, Outcome::Done, sentence)
        .by(Actor::You)
        .write(db, now)?;
    Ok(id)
}
