//! `letters.settings`: what is set about offer letters, and the stages that can be the Offer stage.

use serde::Serialize;
use ts_rs::TS;

use crate::api::app::NoInput;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::lever::Priority;
use crate::offers::OfferSettings;
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;

/// The longest tag: Lever's own are short labels.
const LONGEST_TAG: usize = 100;

/// What is set about offer letters.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterSettings {
    /// What is set.
    pub set: OfferSettings,
    /// The stages of Lever; empty while it is not connected or may not be asked.
    pub stages: Vec<StageChoice>,
}

/// A stage of Lever.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StageChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether Lever itself calls it the Offer stage.
    pub is_offer: bool,
}

/// Answers `letters.settings`.
pub(in crate::api) async fn show(engine: &Engine, _: NoInput) -> Result<LetterSettings, AppError> {
    let running = engine.running().await?;
    let set = running.store.read(OfferSettings::get).await?;
    let access = &running.lever(Integration::OfferLetters).access;
    let stages = match access.client(Priority::Person).await {
        Ok(client) => client.stages().await.ok(),
        Err(_) => None,
    };
    let stages = stages.iter().flat_map(|stages| stages.iter());
    let stages = stages.map(|stage| StageChoice {
        id: stage.id.to_string(),
        name: stage.text.clone(),
        is_offer: stage.is_offer(),
    });
    Ok(LetterSettings {
        set,
        stages: stages.collect(),
    })
}

/// Answers `letters.save_settings`.
pub(in crate::api) async fn save(
    engine: &Engine,
    mut request: OfferSettings,
) -> Result<LetterSettings, AppError> {
    request.tag = request.tag.trim().to_owned();
    if request.tag.is_empty() || request.tag.chars().count() > LONGEST_TAG {
        let words = "Enter the tag that candidates with a letter get, 100 characters at most.";
        return Err(AppError::invalid("tag", words));
    }
    let running = engine.running().await?;
    let now = engine.now();
    let saved = running.store.write(move |db| {
        request.put(db)?;
        let sentence = "You changed the settings of offer letters.";
        Entry::new(Kind::Settings, Outcome::Done, sentence)
            .by(Actor::You)
            .write(db, now)
    });
    saved.await.map_err(|problem: StoreError| problem)?;
    show(engine, NoInput {}).await
}
