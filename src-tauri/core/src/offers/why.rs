//! *Why no letter?*: for one candidate the conditions, each with what Lever says about it (SCREENS.md 3, idea 1).

use super::drawn::Drawn;
use super::look::{Glass, look};
use super::rules::{Condition, Stands};
use super::settings::OfferSettings;
use super::sync::{OfferSync, SyncError};
use crate::lever::{self, Priority};
use crate::store::StoreError;
use crate::store::letters::{self, LetterRow};
use crate::store::watched::{self, WatchedRow};

/// Why an offer of a candidate has a letter, or has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The candidacy.
    pub opportunity_id: String,
    /// Where it stands.
    pub stands: Stands,
    /// One for each offer, the newest first; one without an offer where there is none.
    pub offers: Vec<WhyOffer>,
}

/// Why an offer has a letter, or has none.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyOffer {
    /// Its state as Lever writes it; none if there is no offer.
    pub status: Option<String>,
    /// What has to be so.
    pub conditions: Vec<Condition>,
    /// Its letter, if it has one.
    pub letter: Option<LetterRow>,
    /// What the letter would lack, a sentence each.
    pub lacks: Vec<String>,
    /// Whether it was sent before Fulcrum looked for the first time, and so belongs to the past.
    pub passed: bool,
}

impl OfferSync {
    /// Looks at a candidacy without writing anything.
    ///
    /// # Errors
    /// [`SyncError`] if Lever or the database cannot be read.
    pub async fn why(&self, opportunity_id: &str) -> Result<Why, SyncError> {
        let id = opportunity_id.to_owned();
        let (drawn, settings, letters, watched) = self
            .store
            .read(move |db| {
                Ok::<_, StoreError>((
                    Drawn::read(db)?,
                    OfferSettings::get(db)?,
                    letters::of_opportunity(db, &id)?,
                    watched::get(db, &id)?,
                ))
            })
            .await?;
        let client = self.access.client(Priority::Person).await?;
        let stages = lever::offer_stages(&client).await?;
        let gate = settings.gate(&stages);
        // Every offer is filled as if it had no letter yet, so that what it lacks is known.
        let glass = Glass {
            drawn: &drawn,
            gate: &gate,
            tag: &settings.tag,
            history: true,
            first: false,
            passed: &[],
            letters: &[],
            at: self.clock.now(),
        };
        let looked = Box::pin(look(&client, opportunity_id, &glass)).await?;
        let passed = |watched: &Option<WatchedRow>, id: &String| {
            watched.as_ref().is_some_and(|one| one.passed.contains(id))
        };
        let mut offers: Vec<_> = looked
            .offers
            .into_iter()
            .rev()
            .map(|offer| WhyOffer {
                conditions: gate.conditions(&looked.stands, Some(&offer.status)),
                letter: letters
                    .iter()
                    .find(|letter| letter.offer_id.as_ref() == Some(&offer.id))
                    .cloned(),
                lacks: offer
                    .filled
                    .into_iter()
                    .flat_map(|filled| filled.blockers)
                    .map(|blocking| blocking.words)
                    .collect(),
                passed: passed(&watched, &offer.id),
                status: Some(offer.status),
            })
            .collect();
        if offers.is_empty() {
            offers.push(WhyOffer {
                status: None,
                conditions: gate.conditions(&looked.stands, None),
                letter: None,
                lacks: Vec::new(),
                passed: false,
            });
        }
        Ok(Why {
            opportunity_id: looked.opportunity_id,
            stands: looked.stands,
            offers,
        })
    }
}
