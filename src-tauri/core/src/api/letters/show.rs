//! `letters.show`: the record of one letter.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use super::gone;
use super::list::today;
use super::writes::WriteView;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::api::workflows::ById;
use crate::mapping::{NOT_SUPPORTED, NotSupported, Schema};
use crate::offers;
use crate::offers::rules::{FieldChange, Kept, LetterSource, LetterStatus, Out};
use crate::store::letters::{self, LetterRow, VersionRow};
use crate::store::{StoreError, letter_writes, pages};

/// A letter's record.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterView {
    /// Its id.
    pub id: String,
    /// The candidate's name; empty once they are gone.
    pub candidate: String,
    /// The job title.
    pub job: String,
    /// How far it is.
    pub status: LetterStatus,
    /// What Lever says where nobody knows it.
    pub status_in_lever: String,
    /// Where its offer is.
    pub source: LetterSource,
    /// What should be put right, in words.
    pub attention: Option<String>,
    /// The stage in Lever.
    pub stage: Option<String>,
    /// Why the candidate is out of the pipeline; none while they are in it.
    pub out: Option<Out>,
    /// Lever's id of the opportunity.
    pub opportunity_id: Option<String>,
    /// Its candidate's address; none while it is not shown.
    pub link: Option<String>,
    /// Why the relay does not show it, in words.
    pub page_problem: Option<String>,
    /// The last day on which it can be seen.
    pub expires_on: Option<String>,
    /// Its fields, in the order of the letter.
    pub fields: Vec<LetterFieldView>,
    /// What a letter has and Lever cannot fill.
    pub not_supported: Vec<NotSupported>,
    /// Its versions, the newest first.
    pub versions: Vec<LetterVersion>,
    /// What is written to Lever for it.
    pub writes: Vec<WriteView>,
    /// When it was made.
    pub made_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// When Lever was last asked.
    pub checked_at: i64,
}

/// A field of a letter, and where its value comes from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterFieldView {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What the letter shows; none if it is empty.
    pub value: Option<String>,
    /// Whether to mask it until revealed.
    pub masked: bool,
    /// What the mapping makes of Lever's value.
    pub in_lever: Option<String>,
    /// The value as it stands in Lever.
    pub raw: Option<String>,
    /// The rule, in words.
    pub rule: String,
    /// Why it is empty, in words.
    pub problem: Option<String>,
    /// What a person should look at although nothing is wrong.
    pub note: Option<String>,
    /// What a person set in place of Lever's value.
    pub kept: Option<Kept>,
    /// Whether Lever says something else since then.
    pub overtaken: bool,
}

/// One version of a letter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterVersion {
    /// Counts from 1.
    pub version: i64,
    /// What it said otherwise than the one before.
    pub changes: Vec<FieldChange>,
    /// When it was made.
    pub made_at: i64,
    /// Since when the candidate could see it; none if never.
    pub shown_at: Option<i64>,
}

/// Answers `letters.show`.
pub(in crate::api) async fn show(engine: &Engine, request: ById) -> Result<LetterView, AppError> {
    let running = engine.running().await?;
    let now = engine.clock().now();
    let view = running
        .store
        .read(move |db| {
            let Some(letter) = letters::get(db, &request.id)? else {
                return Ok(None);
            };
            let status = LetterStatus::of(
                letter.state,
                &letter.status,
                letter.expires_on.as_deref(),
                today(db, now)?,
            );
            view(db, letter, status).map(Some)
        })
        .await;
    view.map_err(|problem: StoreError| problem)?
        .ok_or_else(gone)
}

fn view(
    db: &Connection,
    letter: LetterRow,
    status: LetterStatus,
) -> Result<LetterView, StoreError> {
    let page = pages::of_letter(db, &letter.id)?;
    let page = page.filter(|page| page.content.is_some());
    let link = page.as_ref().and_then(offers::link);
    let writes = letter_writes::of_letter(db, &letter.id)?;
    let versions = letters::versions(db, &letter.id)?;
    Ok(LetterView {
        fields: fields(&letter),
        not_supported: NOT_SUPPORTED.to_vec(),
        versions: versions.into_iter().map(LetterVersion::of).collect(),
        writes: writes.into_iter().map(WriteView::of).collect(),
        link: link.map(String::from),
        page_problem: page.and_then(|page| page.problem),
        status,
        id: letter.id,
        candidate: letter.candidate,
        job: letter.job,
        status_in_lever: letter.status,
        source: letter.source,
        attention: letter.attention,
        stage: letter.stands.stage.map(|(_, name)| name),
        out: letter.stands.out,
        opportunity_id: letter.opportunity_id,
        expires_on: letter.expires_on,
        made_at: letter.made_at,
        updated_at: letter.updated_at,
        checked_at: letter.checked_at,
    })
}

fn fields(letter: &LetterRow) -> Vec<LetterFieldView> {
    let schema = Schema::of_offers();
    let fields = schema.fields().iter().filter_map(|field| {
        let stored = letter.fields.get(&field.id)?;
        Some(LetterFieldView {
            id: field.id.clone(),
            label: field.label.clone(),
            value: stored.shown().map(str::to_owned),
            masked: field.masked,
            in_lever: stored.value.clone(),
            raw: stored.raw.clone(),
            rule: stored.rule.clone(),
            problem: stored.problem.clone(),
            note: stored.note.clone(),
            kept: stored.kept.clone(),
            overtaken: stored.is_overtaken(),
        })
    });
    fields.collect()
}

impl LetterVersion {
    fn of(row: VersionRow) -> Self {
        Self {
            version: row.version,
            changes: row.changes,
            made_at: row.made_at,
            shown_at: row.shown_at,
        }
    }
}
