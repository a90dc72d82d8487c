//! `mappings.*`: which Lever field sets which person field.

mod drafts;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(super) use self::drafts::keep_draft;
pub use self::drafts::{Draft, DraftKept, KeepDraft, KeptDraft};
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
pub(super) use super::fields::fields;
use crate::jobs::Remedy;
use crate::lever::types::Identified;
use crate::lever::{self, Candidate, OpportunityFilter, Priority};
use crate::mapping::{Mapping, Rules, SourceField, TargetField, check, evaluate};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::Integration;
use crate::store::mappings::MappingRow;
use crate::store::names::name;
use crate::store::{
    StoreError, catalog, drafts as kept_drafts, jobs, mappings, people, target_fields,
};

/// How far back *Any recent hire* looks.
const RECENT: jiff::SignedDuration = jiff::SignedDuration::from_hours(90 * 24);

/// Which mapping is meant.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ForMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
}

/// How to list the fields.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ListFields {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// Whether to read Lever first, which takes some seconds; without it the fields read last come at once.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub fresh: bool,
}

/// Both sides of the mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Fields {
    /// What Lever offers, custom fields included, in the order of the dropdown.
    pub lever: Vec<SourceField>,
    /// What the mapping fills, in the order of the rows.
    pub target: Vec<TargetField>,
    /// When Lever was read; none if it could not be and only the standard fields are listed.
    pub read_at: Option<i64>,
    /// Whether Lever is being read right now.
    pub reading: bool,
    /// Why custom fields are missing, in words.
    pub problem: Option<String>,
}

/// The saved mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingView {
    /// Counts up with every save; 0 while nothing was saved.
    pub version: i64,
    /// Its rules.
    pub rules: Rules,
    /// When it was saved.
    pub saved_at: Option<i64>,
    /// The name by which the operating system knows who saved it; none if it could not be told.
    pub saved_by: Option<String>,
    /// Ids of Lever fields in the rules that Lever no longer has.
    pub vanished: Vec<String>,
    /// What was edited after it and neither saved nor discarded.
    pub draft: Option<KeptDraft>,
}

/// A mapping to save.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The version it was made from; another one saved meanwhile is a conflict.
    pub base_version: i64,
    /// The rules.
    pub rules: Rules,
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
    /// The candidate hired last.
    RecentHire,
}

/// A draft to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewInput {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// Whose values to show.
    pub subject: Subject,
    /// The unsaved draft.
    pub rules: Rules,
}

/// What the draft gives for one candidate.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Preview {
    /// Sample values.
    Samples {
        /// Whose they are.
        candidate: CandidateChoice,
        /// When Lever was read.
        read_at: i64,
        /// One for each rule, in order.
        samples: Vec<Sample>,
        /// Required fields that would stop the import, in words.
        blockers: Vec<String>,
    },
    /// Several candidates match: choose one.
    Choose {
        /// The matches.
        candidates: Vec<CandidateChoice>,
    },
}

/// A candidate in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CandidateChoice {
    /// The opportunity's id.
    pub opportunity_id: String,
    /// The name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
}

/// What one rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sample {
    /// The person field's id.
    pub target: String,
    /// The value as it came from Lever; none if empty.
    pub raw: Option<String>,
    /// The value after every transform; none if empty.
    pub value: Option<String>,
    /// The value after each transform, in order; none if empty.
    pub steps: Vec<Option<String>>,
    /// Why there is no usable value, in words.
    pub problem: Option<String>,
}

/// Answers `mappings.show`.
pub(super) async fn show(engine: &Engine, request: ForMapping) -> Result<MappingView, AppError> {
    let running = engine.running().await?;
    let (row, known, draft) = running
        .store
        .read(move |db| {
            Ok::<_, StoreError>((
                mappings::newest(db, request.mapping)?,
                catalog::all(db)?,
                kept_drafts::get(db, request.mapping)?,
            ))
        })
        .await?;
    let draft = draft.map(KeptDraft::from);
    let Some(row) = row else {
        return Ok(MappingView {
            version: 0,
            rules: Rules::default(),
            saved_at: None,
            saved_by: None,
            vanished: Vec::new(),
            draft,
        });
    };
    let used = row.rules.rules.iter().flat_map(|rule| rule.source.fields());
    // Before Lever was read, nothing is known to be missing.
    let vanished = used
        .filter(|field| !known.is_empty() && known.iter().all(|known| known.id != *field))
        .collect();
    Ok(MappingView {
        version: row.version,
        rules: row.rules,
        saved_at: Some(row.saved_at),
        saved_by: (!row.saved_by.is_empty()).then_some(row.saved_by),
        vanished,
        draft,
    })
}

/// Answers `mappings.save`.
pub(super) async fn save(engine: &Engine, request: SaveMapping) -> Result<MappingView, AppError> {
    let running = engine.running().await?;
    let mapping = request.mapping;
    let schema = running
        .store
        .read(move |db| target_fields::schema(db, mapping))
        .await?;
    if let Err(problems) = check(&request.rules, &schema) {
        let sentences: Vec<_> = problems.iter().map(ToString::to_string).collect();
        return Err(AppError::invalid("rules", sentences.join(" ")));
    }
    let now = engine.now();
    let next = MappingRow {
        version: request.base_version.saturating_add(1),
        rules: request.rules,
        saved_at: now,
        saved_by: whoami::username().unwrap_or_default(),
    };
    let saved = running
        .store
        .write(move |db| {
            let saved = mappings::add(db, mapping, &next)?;
            if saved {
                kept_drafts::forget(db, mapping)?;
                let sentence = format!("You saved the field mapping as version {}.", next.version);
                Entry::new(Kind::Mapping, Outcome::Done, sentence)
                    .by(Actor::You)
                    .write(db, now)?;
                jobs::wake_all(db, &name(&Remedy::Mapping)?, now)?;
            }
            Ok::<_, StoreError>(saved)
        })
        .await?;
    if !saved {
        let sentence = "The mapping was saved meanwhile by another window. Load it again, then repeat your change.";
        return Err(AppError::new(ErrorCode::Conflict, sentence));
    }
    running.bell.ring();
    show(engine, ForMapping { mapping }).await
}

/// Answers `mappings.preview`: the same function as the import, on a draft.
pub(super) async fn preview(engine: &Engine, request: PreviewInput) -> Result<Preview, AppError> {
    let running = engine.running().await?;
    let access = &running.lever(Integration::Onboarding).access;
    let client = access.client(Priority::Person).await?;
    let id = match find(engine, &client, request.subject).await? {
        Found::One(id) => id,
        Found::Several(candidates) => return Ok(Preview::Choose { candidates }),
    };
    let candidate = lever::candidate(&client, &id).await?;
    let schema = running
        .store
        .read(move |db| target_fields::schema(db, request.mapping))
        .await?;
    let evaluation = evaluate(&request.rules, &candidate.record, &schema);
    let samples = evaluation.outcomes.into_iter().map(|outcome| Sample {
        target: outcome.target,
        raw: outcome.raw,
        value: outcome.value,
        steps: outcome.steps,
        problem: outcome.problem.map(|problem| problem.to_string()),
    });
    Ok(Preview::Samples {
        read_at: engine.now(),
        samples: samples.collect(),
        blockers: evaluation
            .blockers
            .iter()
            .map(ToString::to_string)
            .collect(),
        candidate: choice(&candidate),
    })
}

fn choice(candidate: &Candidate) -> CandidateChoice {
    CandidateChoice {
        opportunity_id: candidate.opportunity_id.clone(),
        name: candidate.name.clone(),
        description: candidate.description.clone(),
    }
}

enum Found {
    One(String),
    Several(Vec<CandidateChoice>),
}

async fn find(
    engine: &Engine,
    client: &lever::Client,
    subject: Subject,
) -> Result<Found, AppError> {
    match subject {
        Subject::Opportunity { id } => Ok(Found::One(id)),
        Subject::Person { id } => {
            let person = engine
                .running()
                .await?
                .store
                .read(move |db| people::get(db, &id))
                .await?;
            let gone = || AppError::new(ErrorCode::NotFound, "This person is no longer here.");
            Ok(Found::One(person.ok_or_else(gone)?.opportunity_id))
        }
        Subject::RecentHire => {
            let since = engine
                .clock()
                .now()
                .checked_sub(RECENT)
                .unwrap_or(jiff::Timestamp::MIN);
            let hires = lever::recent_hires(client, since).await?;
            let none = || {
                AppError::new(
                    ErrorCode::NotFound,
                    "Nobody is marked hired in Lever yet. Choose a candidate by e-mail.",
                )
            };
            hires
                .into_iter()
                .next()
                .map(|hire| Found::One(hire.id.into()))
                .ok_or_else(none)
        }
        Subject::Email { email } => {
            let email = email.trim().to_owned();
            if !email.contains('@') {
                return Err(AppError::invalid(
                    "email",
                    "Enter the candidate's whole e-mail address.",
                ));
            }
            by_email(client, email).await
        }
    }
}

async fn by_email(client: &lever::Client, email: String) -> Result<Found, AppError> {
    let filter = OpportunityFilter {
        email: Some(email),
        ..OpportunityFilter::default()
    };
    let matches = client.opportunities(&filter).await?;
    match matches.as_slice() {
        [] => Err(AppError::new(
            ErrorCode::NotFound,
            "No candidate with that e-mail.",
        )),
        [one] => Ok(Found::One(one.id.to_string())),
        several => {
            let stages = client.stages().await?;
            let stage = |id: Option<&str>| {
                stages
                    .iter()
                    .find(|stage| Some(stage.id.as_str()) == id)
                    .map(|stage| stage.text.clone())
            };
            let candidates = several.iter().map(|opportunity| CandidateChoice {
                opportunity_id: opportunity.id.to_string(),
                name: opportunity.name.clone(),
                description: stage(opportunity.stage.as_ref().map(Identified::id))
                    .unwrap_or_default(),
            });
            Ok(Found::Several(candidates.collect()))
        }
    }
}
