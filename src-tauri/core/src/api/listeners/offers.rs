//! `listeners.of_offers` and `listeners.set_up_offers`: the events that tell of offers (AG-04).

use serde::Serialize;
use ts_rs::TS;

use super::set_up::{self, SetUpState};
use super::{BeginListener, ListenerView, Surroundings};
use crate::api::app::NoInput;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::api::workflows::ById;
use crate::listeners::LeverEvent;
use crate::store::connections::Integration;
use crate::store::listeners::{self, Purpose};

/// The events that tell of offers, and whether Fulcrum hears of them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OffersEvents {
    /// Each of them.
    pub events: Vec<OffersEvent>,
    /// The events whose webhook Fulcrum can make in Lever now: what nobody has set up yet.
    pub to_set_up: Vec<LeverEvent>,
    /// Whether Fulcrum can make webhooks through this connection at all.
    pub set_up: SetUpState,
}

/// An event that tells of offers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OffersEvent {
    /// The event.
    pub event: LeverEvent,
    /// Its label in Lever.
    pub label: String,
    /// What it means for a letter.
    pub meaning: String,
    /// Its listener, on or off, with what last arrived; none if nobody began one.
    pub listener: Option<ListenerView>,
}

/// Answers `listeners.of_offers`.
pub(in crate::api) async fn of_offers(
    engine: &Engine,
    _: NoInput,
) -> Result<OffersEvents, AppError> {
    let running = engine.running().await?;
    let rows = running
        .store
        .read(|db| listeners::of(db, Integration::OfferLetters))
        .await?;
    let around = Surroundings::of(&running, Integration::OfferLetters).await?;
    let mut views = super::views(&running, rows, &around)?;
    let events = LeverEvent::OF_OFFERS.map(|(event, meaning)| {
        let place = views.iter().position(|view| view.event == event);
        OffersEvent {
            event,
            label: event.label().to_owned(),
            meaning: meaning.to_owned(),
            listener: place.map(|place| views.swap_remove(place)),
        }
    });
    let set_up = set_up::of_a_new_one(around.may);
    let lacks = |one: &&OffersEvent| match &one.listener {
        None => set_up == SetUpState::Possible,
        Some(listener) => match listener.set_up {
            // One with a token that nobody made for it was set up by hand.
            SetUpState::Possible => listener.token_hint.is_none(),
            SetUpState::Interrupted | SetUpState::Gone => true,
            SetUpState::NotPermitted | SetUpState::NotConnected | SetUpState::Made => false,
        },
    };
    let to_set_up = events.iter().filter(lacks).map(|one| one.event).collect();
    Ok(OffersEvents {
        events: events.to_vec(),
        to_set_up,
        set_up,
    })
}

/// Answers `listeners.set_up_offers`. Stops at the first that Lever does not make; those before it stay.
pub(in crate::api) async fn set_up_offers(
    engine: &Engine,
    _: NoInput,
) -> Result<OffersEvents, AppError> {
    for event in of_offers(engine, NoInput {}).await?.to_set_up {
        let purpose = Purpose::OfferLetters;
        let begun = super::begin(engine, BeginListener { purpose, event }).await?;
        super::set_up(engine, ById { id: begun.id }).await?;
    }
    of_offers(engine, NoInput {}).await
}
