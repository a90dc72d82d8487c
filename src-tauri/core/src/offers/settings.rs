//! What is set about offer letters.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::rules::Gate;
use crate::store::{StoreError, settings};

const NAME: &str = "offers";

/// What is set about offer letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct OfferSettings {
    /// The Offer stage, by its id in Lever; none for the one that Lever itself calls so.
    pub stage: Option<String>,
    /// Whether offers that Lever sends have letters too, not only those that are sent manually.
    pub also_sent: bool,
    /// Whether only privileged users of Lever see the note with the letter's link.
    pub secret_note: bool,
    /// The tag that a candidate with a letter gets in Lever.
    pub tag: String,
}

impl Default for OfferSettings {
    fn default() -> Self {
        Self {
            stage: None,
            also_sent: false,
            secret_note: true,
            tag: "Agora Offer".to_owned(),
        }
    }
}

impl OfferSettings {
    /// What is set, or was from the start.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn get(db: &Connection) -> Result<Self, StoreError> {
        Ok(settings::get(db, NAME)?.unwrap_or_default())
    }

    /// Saves all of it.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn put(&self, db: &Connection) -> Result<(), StoreError> {
        settings::put(db, NAME, self)
    }

    /// When an offer has a letter; `known` are the ids of the stages that Lever itself calls Offer.
    pub(super) fn gate(&self, known: &[String]) -> Gate {
        let chosen = self.stage.iter().cloned();
        let stages: BTreeSet<_> = match &self.stage {
            Some(_) => chosen.collect(),
            None => known.iter().cloned().collect(),
        };
        Gate {
            stages,
            also_sent: self.also_sent,
        }
    }
}
