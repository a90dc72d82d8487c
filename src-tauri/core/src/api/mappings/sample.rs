//! `mappings.sample`: what Lever says about one candidate, kept so that every later look at it is local.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::offer_sample::{self, WantedOffer};
use crate::api::engine::Engine;
use crate::api::error::{AppError, ErrorCode};
use crate::lever::types::{Identified, Opportunity};
use crate::lever::{self, Client, Priority};
use crate::mapping::Mapping;
use crate::store::connections::Integration;
use crate::store::samples::SampleRow;
use crate::store::{Store, StoreError, people, samples};

/// How far back *Any recent hire* looks.
const RECENT: jiff::SignedDuration = jiff::SignedDuration::from_hours(90 * 24);

/// Whose values to read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SampleInput {
    /// The mapping to try on them; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// Whose.
    pub subject: Subject,
}

/// Whose values to show.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// The candidate with this e-mail address.
    Email {
        /// The address.
        email: String,
    },
    /// One opportunity, after a choice among several.
    Opportunity {
        /// Its id.
        id: String,
    },
    /// A person in Fulcrum who came from Lever.
    Person {
        /// The person's id.
        id: String,
    },
    /// The candidate hired last; of offers, the newest offer of somebody in the Offer stage.
    RecentHire,
    /// One offer, after a choice among several.
    Offer {
        /// The opportunity's id.
        opportunity_id: String,
        /// The offer's id.
        offer_id: String,
    },
}

/// What was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SampleAnswer {
    /// One candidate.
    Found {
        /// Their sample, which `mappings.preview` can use now.
        sample: KeptSample,
    },
    /// Several candidates match: choose one.
    Choose {
        /// The matches.
        candidates: Vec<CandidateChoice>,
    },
}

/// A candidate whose values are kept.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeptSample {
    /// Whose they are.
    pub candidate: CandidateChoice,
    /// When Lever was read.
    pub read_at: i64,
    /// Why Lever could not be read again just now, in words; none if it was.
    pub not_fresh: Option<String>,
}

/// A candidate in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CandidateChoice {
    /// The opportunity's id.
    pub opportunity_id: String,
    /// The offer's id, in a choice among offers.
    pub offer_id: Option<String>,
    /// The name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
}

impl From<&SampleRow> for CandidateChoice {
    fn from(sample: &SampleRow) -> Self {
        Self {
            opportunity_id: sample.opportunity_id.clone(),
            offer_id: None,
            name: sample.name.clone(),
            description: sample.description.clone(),
        }
    }
}

/// Whose values to show, as it can be looked up at Lever and among what is kept.
#[derive(Clone)]
enum Wanted {
    Opportunity(String),
    Offer {
        opportunity_id: String,
        offer_id: String,
    },
    Email(String),
    RecentHire,
}

impl From<Wanted> for WantedOffer {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Opportunity(id) => Self::Opportunity(id),
            Wanted::Offer {
                opportunity_id,
                offer_id,
            } => Self::Offer {
                opportunity_id,
                offer_id,
            },
            Wanted::Email(email) => Self::Email(email),
            Wanted::RecentHire => Self::Recent,
        }
    }
}

/// Answers `mappings.sample`.
pub(in crate::api) async fn sample(
    engine: &Engine,
    request: SampleInput,
) -> Result<SampleAnswer, AppError> {
    let running = engine.running().await?;
    let integration = Integration::of(request.mapping);
    let wanted = wanted(&running.store, request.subject).await?;
    let client = running.lever(integration).access.client(Priority::Person);
    let read = match client.await {
        Ok(client) => {
            let at = engine.clock().now();
            match request.mapping {
                Mapping::People => {
                    Box::pin(read(&running.store, integration, &client, &wanted, at)).await
                }
                Mapping::Offers => {
                    let wanted = WantedOffer::from(wanted.clone());
                    Box::pin(offer_sample::read(&running.store, &client, &wanted, at)).await
                }
            }
        }
        Err(problem) => Err(problem.into()),
    };
    let away = |code| {
        matches!(
            code,
            ErrorCode::LeverUnreachable | ErrorCode::ReconnectLever
        )
    };
    match read {
        Err(problem) if away(problem.code) => {
            let older = kept(&running.store, integration, wanted).await?;
            older.map_or(Err(problem.clone()), |rows| {
                Ok(answer(&rows, Some(&problem.message)))
            })
        }
        read => read,
    }
}

async fn wanted(store: &Store, subject: Subject) -> Result<Wanted, AppError> {
    match subject {
        Subject::Opportunity { id } => Ok(Wanted::Opportunity(id)),
        Subject::RecentHire => Ok(Wanted::RecentHire),
        Subject::Offer {
            opportunity_id,
            offer_id,
        } => Ok(Wanted::Offer {
            opportunity_id,
            offer_id,
        }),
        Subject::Person { id } => {
            let person = store.read(move |db| people::get(db, &id)).await?;
            let gone = || AppError::new(ErrorCode::NotFound, "This person is no longer here.");
            Ok(Wanted::Opportunity(person.ok_or_else(gone)?.opportunity_id))
        }
        Subject::Email { email } => {
            let email = email.trim();
            if !email.contains('@') {
                let words = "Enter the candidate's whole e-mail address.";
                return Err(AppError::invalid("email", words));
            }
            Ok(Wanted::Email(email.to_owned()))
        }
    }
}

/// Finds the candidate in Lever, reads everything about them and keeps it.
async fn read(
    store: &Store,
    integration: Integration,
    client: &Client,
    wanted: &Wanted,
    now: jiff::Timestamp,
) -> Result<SampleAnswer, AppError> {
    let id = match wanted {
        Wanted::Opportunity(id)
        | Wanted::Offer {
            opportunity_id: id, ..
        } => id.clone(),
        Wanted::Email(email) => match client.opportunities_by_email(email).await?.as_slice() {
            [] => return Err(not_found("No candidate with that e-mail.")),
            [one] => one.id.to_string(),
            several => {
                return Ok(SampleAnswer::Choose {
                    candidates: choices(client, several).await?,
                });
            }
        },
        Wanted::RecentHire => {
            let since = now.checked_sub(RECENT).unwrap_or(jiff::Timestamp::MIN);
            let mut hires = lever::recent_hires(client, since).await?.into_iter();
            let latest = hires.find(|hire| !hire.is_anonymized && hire.deleted_at.is_none());
            let none = "Nobody was marked hired in Lever in the last 90 days. Choose a candidate by e-mail.";
            latest.ok_or_else(|| not_found(none))?.id.to_string()
        }
    };
    let read = match lever::candidate(client, &id).await {
        Ok(candidate) => candidate.sample(now.as_millisecond()),
        Err(lever::Error::NotFound { .. }) => None,
        Err(problem) => return Err(problem.into()),
    };
    let Some(row) = read else {
        return forget(store, id).await;
    };
    let fresh = answer(std::slice::from_ref(&row), None);
    store
        .write(move |db| samples::put(db, integration, &row))
        .await?;
    Ok(fresh)
}

/// Deletes what is kept of a candidate whom Lever no longer has, and says so.
pub(super) async fn forget(store: &Store, id: String) -> Result<SampleAnswer, AppError> {
    let forgotten = store.write(move |db| samples::remove(db, &id)).await;
    forgotten.map_err(|problem: StoreError| problem)?;
    Err(not_found("This candidate is no longer in Lever."))
}

/// What was kept of whoever is wanted; none if nothing was.
async fn kept(
    store: &Store,
    integration: Integration,
    wanted: Wanted,
) -> Result<Option<Vec<SampleRow>>, StoreError> {
    let rows = store.read(move |db| match wanted {
        Wanted::Opportunity(id)
        | Wanted::Offer {
            opportunity_id: id, ..
        } => Ok::<_, StoreError>(samples::get(db, integration, &id)?.into_iter().collect()),
        Wanted::Email(email) => samples::by_email(db, integration, &email),
        Wanted::RecentHire if integration == Integration::OfferLetters => {
            Ok(samples::latest(db, integration)?.into_iter().collect())
        }
        Wanted::RecentHire => samples::hires(db, integration, 1),
    });
    let rows: Vec<_> = rows.await?;
    Ok((!rows.is_empty()).then_some(rows))
}

pub(super) fn answer(rows: &[SampleRow], not_fresh: Option<&str>) -> SampleAnswer {
    match rows {
        [one] => SampleAnswer::Found {
            sample: KeptSample {
                candidate: one.into(),
                read_at: one.read_at,
                not_fresh: not_fresh.map(str::to_owned),
            },
        },
        several => SampleAnswer::Choose {
            candidates: several.iter().map(CandidateChoice::from).collect(),
        },
    }
}

async fn choices(
    client: &Client,
    several: &[Opportunity],
) -> Result<Vec<CandidateChoice>, lever::Error> {
    let stages = client.stages().await?;
    let stage = |opportunity: &Opportunity| {
        let id = opportunity.stage.as_ref().map(Identified::id)?;
        let stage = stages.iter().find(|stage| stage.id.as_str() == id)?;
        Some(stage.text.clone())
    };
    let choices = several.iter().map(|opportunity| CandidateChoice {
        opportunity_id: opportunity.id.to_string(),
        offer_id: None,
        name: opportunity.name.clone(),
        description: stage(opportunity).unwrap_or_default(),
    });
    Ok(choices.collect())
}

pub(super) fn not_found(words: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, words)
}
