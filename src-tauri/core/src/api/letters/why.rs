//! `letters.why`: why a candidate has no letter.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::engine::Engine;
use crate::api::error::{AppError, ErrorCode};
use crate::lever::{OpportunityFilter, Priority};
use crate::offers::rules::Condition;
use crate::offers::{SyncError, WhyOffer};
use crate::store::connections::Integration;
use crate::store::letters;

/// Candidacies of one answer at most; each takes some calls.
const MOST: usize = 5;

/// Whom it is about.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WhyInput {
    /// A whole e-mail address; or a name, or a part of one, of somebody with a letter.
    pub who: String,
}

/// What decides about the letters of whoever was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhyAnswer {
    /// Their candidacies, five at most.
    pub found: Vec<WhyCandidacy>,
}

/// What decides about the letters of one candidacy.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhyCandidacy {
    /// The opportunity in Lever.
    pub opportunity_id: String,
    /// The candidate's name.
    pub name: String,
    /// Each of its offers.
    pub offers: Vec<WhyLetter>,
}

/// What decides about one letter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhyLetter {
    /// The offer's state as Lever writes it; none if there is no offer.
    pub status: Option<String>,
    /// What has to be so.
    pub conditions: Vec<Condition>,
    /// The letter, if there is one.
    pub letter_id: Option<String>,
    /// What it lacks, a sentence each.
    pub lacks: Vec<String>,
    /// Whether the offer was sent before Fulcrum was connected, and so waits under History.
    pub passed: bool,
}

/// Answers `letters.why`.
pub(in crate::api) async fn why(engine: &Engine, request: WhyInput) -> Result<WhyAnswer, AppError> {
    let running = engine.running().await?;
    let who = request.who.trim().to_owned();
    if who.is_empty() {
        let words = "Enter the candidate's e-mail address, or the name of somebody with a letter.";
        return Err(AppError::invalid("who", words));
    }
    let candidacies: Vec<String> = if who.contains('@') {
        let access = &running.lever(Integration::OfferLetters).access;
        let client = access.client(Priority::Person).await?;
        let filter = OpportunityFilter {
            email: Some(who),
            ..OpportunityFilter::default()
        };
        let page = client.opportunities_page(&filter, None).await?;
        page.items
            .into_iter()
            .map(|one| one.id.to_string())
            .collect()
    } else {
        let named = running.store.read(move |db| letters::named(db, &who)).await;
        named?
    };
    if candidacies.is_empty() {
        let words = "Nobody was found. Lever finds candidates by their whole e-mail address only; by name, Fulcrum knows those with a letter.";
        return Err(AppError::new(ErrorCode::NotFound, words));
    }
    let mut found = Vec::new();
    for id in candidacies.iter().take(MOST) {
        let why = Box::pin(running.offers.why(id)).await?;
        found.push(WhyCandidacy {
            opportunity_id: why.opportunity_id,
            name: why.stands.name,
            offers: why.offers.into_iter().map(WhyLetter::of).collect(),
        });
    }
    Ok(WhyAnswer { found })
}

impl WhyLetter {
    fn of(offer: WhyOffer) -> Self {
        Self {
            status: offer.status,
            conditions: offer.conditions,
            letter_id: offer.letter.map(|letter| letter.id),
            lacks: offer.lacks,
            passed: offer.passed,
        }
    }
}

impl From<SyncError> for AppError {
    fn from(problem: SyncError) -> Self {
        match problem {
            SyncError::Lever(problem) => problem.into(),
            SyncError::Store(problem) => problem.into(),
        }
    }
}
