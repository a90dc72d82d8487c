//! What a person does with a letter: look at Lever now, set a value in place of Lever's, take it back, try a write again.

use serde::Deserialize;
use ts_rs::TS;

use super::gone;
use super::show::{LetterView, show};
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::api::workflows::ById;
use crate::jobs::WriteBack;
use crate::lever::Priority;
use crate::mapping::Schema;
use crate::offers::rules::Kept;
use crate::offers::{Decision, DecisionError, decide};
use crate::store::StoreError;
use crate::store::letter_writes::WriteKind;
use crate::store::letters::{self, LetterState};

/// A field of a letter.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(rename = "OfLetterField")]
pub struct LetterField {
    /// The letter's id.
    pub id: String,
    /// The field's id.
    pub field: String,
}

/// A value in place of Lever's.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeepValue {
    /// The letter's id.
    pub id: String,
    /// The field's id.
    pub field: String,
    /// The value in its canonical text; none leaves the field empty.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
}

/// A change in Lever that is to be tried again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RetryWrite {
    /// The letter's id.
    pub id: String,
    /// What is written.
    pub kind: WriteKind,
}

/// Answers `letters.check_now`.
pub(in crate::api) async fn check_now(
    engine: &Engine,
    request: ById,
) -> Result<LetterView, AppError> {
    let running = engine.running().await?;
    let id = request.id.clone();
    let letter = running.store.read(move |db| letters::get(db, &id)).await?;
    let letter = letter.ok_or_else(gone)?;
    if let Some(opportunity) = letter.opportunity_id
        && letter.state != LetterState::Deleted
    {
        let looked = running.offers.look_now(&opportunity, Priority::Person);
        Box::pin(looked).await?;
    }
    show(engine, request).await
}

/// Answers `letters.keep`.
pub(in crate::api) async fn keep(
    engine: &Engine,
    request: KeepValue,
) -> Result<LetterView, AppError> {
    let reason = request.reason.trim();
    if reason.is_empty() {
        let words = "Say why, so that others understand it later.";
        return Err(AppError::invalid("reason", words));
    }
    let schema = Schema::of_offers();
    let unknown = || AppError::invalid("field", "A letter has no such field.");
    let field = schema.get(&request.field).ok_or_else(unknown)?;
    let typed = request.value.as_deref().unwrap_or_default();
    let refused = |problem| AppError::invalid("value", format!("{}: {problem}", field.label));
    let value = field.accept(typed).map_err(refused)?;
    let running = engine.running().await?;
    let (id, asked) = (request.id.clone(), request.field.clone());
    let letter = running.store.read(move |db| letters::get(db, &id)).await?;
    let letter = letter.ok_or_else(gone)?;
    let now = letter
        .fields
        .get(&asked)
        .and_then(|field| field.value.clone());
    let kept = Kept {
        value,
        reason: reason.to_owned(),
        by: whoami::username().unwrap_or_default(),
        at: engine.now(),
        instead_of: now,
    };
    carry_out(engine, request.id, Decision::Keep(request.field, kept)).await
}

/// Answers `letters.take`.
pub(in crate::api) async fn take(
    engine: &Engine,
    request: LetterField,
) -> Result<LetterView, AppError> {
    carry_out(engine, request.id, Decision::Take(request.field)).await
}

/// Answers `letters.withdraw`.
pub(in crate::api) async fn withdraw(
    engine: &Engine,
    request: ById,
) -> Result<LetterView, AppError> {
    carry_out(engine, request.id, Decision::Withdraw).await
}

/// Answers `letters.publish`.
pub(in crate::api) async fn publish(
    engine: &Engine,
    request: ById,
) -> Result<LetterView, AppError> {
    carry_out(engine, request.id, Decision::Publish).await
}

async fn carry_out(
    engine: &Engine,
    id: String,
    decision: Decision,
) -> Result<LetterView, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    let letter = id.clone();
    running
        .store
        .write(move |db| decide(db, &letter, decision, now))
        .await?;
    running.hurry();
    show(engine, ById { id }).await
}

/// Answers `letters.retry`.
pub(in crate::api) async fn retry(
    engine: &Engine,
    request: RetryWrite,
) -> Result<LetterView, AppError> {
    let running = engine.running().await?;
    let (now, id) = (engine.now(), request.id.clone());
    let woken = running.store.write(move |db| {
        WriteBack::add_all(db, &request.id, now)?;
        WriteBack::wake(db, &request.id, request.kind, now)
    });
    woken.await.map_err(|problem: StoreError| problem)?;
    running.bell.ring();
    show(engine, ById { id }).await
}

impl From<DecisionError> for AppError {
    fn from(problem: DecisionError) -> Self {
        match problem {
            DecisionError::Gone => gone(),
            DecisionError::Store(problem) => problem.into(),
            DecisionError::NoField => Self::invalid("field", problem.to_string()),
            DecisionError::Refused(_) | DecisionError::Lacks(_) => {
                Self::invalid("value", problem.to_string())
            }
        }
    }
}
