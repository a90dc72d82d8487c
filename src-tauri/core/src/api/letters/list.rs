//! `letters.list`: the offers page.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::connections::{self, ForIntegration};
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::offers;
use crate::offers::rules::{LetterSource, LetterStatus};
use crate::store::connections::Integration;
use crate::store::letters::{self, ListedRow};
use crate::store::{StoreError, watched};

/// Letters of one answer at most.
const MOST: u32 = 500;

/// Which letters to list.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListLetters {
    /// Text to find in names and job titles; all if empty.
    pub search: Option<String>,
    /// Only those that are so far; all if left out.
    pub status: Option<LetterStatus>,
    /// Only those whose offer is there; all if left out.
    pub source: Option<LetterSource>,
    /// Only those in which something should be put right.
    #[serde(default)]
    pub attention: bool,
    /// By what they are sorted.
    #[serde(default)]
    pub order: LetterOrder,
    /// Whether the order is turned round.
    #[serde(default)]
    pub turned: bool,
    /// The place of the first one, from 0.
    #[serde(default)]
    pub from: u32,
    /// How many at most; 500 are the most.
    pub most: Option<u32>,
}

/// By what letters are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterOrder {
    /// The latest change first.
    #[default]
    Updated,
    /// By the candidate's name.
    Candidate,
    /// By the job title.
    Job,
    /// The earliest first day first, those without one last.
    StartDate,
    /// By how far they are.
    Status,
    /// The one that was not checked for the longest time first.
    Checked,
}

/// A part of the letters.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LettersPage {
    /// These letters.
    pub rows: Vec<LetterLine>,
    /// How many there are of which these are a part.
    pub total: u32,
    /// How many there are in all, by how far they are.
    pub counts: BTreeMap<LetterStatus, u32>,
    /// In how many something should be put right.
    pub attention: u32,
    /// When Lever was last asked about any of them; none if never.
    pub checked_at: Option<i64>,
    /// How many candidates are looked at every minute.
    pub watched: u32,
    /// Why nothing is checked now; none if it is.
    pub paused: Option<String>,
}

/// A letter in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterLine {
    /// Its id.
    pub id: String,
    /// The candidate's name; empty once they are gone.
    pub candidate: String,
    /// The job title.
    pub job: String,
    /// The first day of the job, as `2026-11-21`.
    pub start_date: Option<String>,
    /// The pay with its currency and period, to be masked; empty if it says none.
    pub pay: String,
    /// How far it is.
    pub status: LetterStatus,
    /// What Lever says where nobody knows it.
    pub status_in_lever: String,
    /// Where its offer is.
    pub source: LetterSource,
    /// What should be put right, in words.
    pub attention: Option<String>,
    /// When it last changed.
    pub updated_at: i64,
    /// When Lever was last asked.
    pub checked_at: i64,
}

impl LetterLine {
    fn of(row: ListedRow, today: Date) -> Self {
        let ListedRow {
            state, expires_on, ..
        } = &row;
        Self {
            status: LetterStatus::of(*state, &row.status, expires_on.as_deref(), today),
            id: row.id,
            candidate: row.candidate,
            job: row.job,
            start_date: row.starts_on,
            pay: row.pay,
            status_in_lever: row.status,
            source: row.source,
            attention: row.attention,
            updated_at: row.updated_at,
            checked_at: row.checked_at,
        }
    }

    fn is_in(&self, wanted: &ListLetters, search: &str) -> bool {
        let found = || {
            let texts = [&self.candidate, &self.job];
            texts
                .into_iter()
                .any(|text| text.to_lowercase().contains(search))
        };
        wanted.status.is_none_or(|status| status == self.status)
            && wanted.source.is_none_or(|source| source == self.source)
            && (!wanted.attention || self.attention.is_some())
            && (search.is_empty() || found())
    }

    fn compare(&self, other: &Self, order: LetterOrder) -> Ordering {
        let name = |line: &Self| line.candidate.to_lowercase();
        let start = |line: &Self| (line.start_date.is_none(), line.start_date.clone());
        let by = match order {
            LetterOrder::Updated => other.updated_at.cmp(&self.updated_at),
            LetterOrder::Candidate => Ordering::Equal,
            LetterOrder::Job => self.job.to_lowercase().cmp(&other.job.to_lowercase()),
            LetterOrder::StartDate => start(self).cmp(&start(other)),
            LetterOrder::Status => self.status.cmp(&other.status),
            LetterOrder::Checked => self.checked_at.cmp(&other.checked_at),
        };
        by.then_with(|| name(self).cmp(&name(other)))
            .then_with(|| self.id.cmp(&other.id))
    }
}

/// Answers `letters.list`.
pub(in crate::api) async fn list(
    engine: &Engine,
    request: ListLetters,
) -> Result<LettersPage, AppError> {
    let running = engine.running().await?;
    let connection = ForIntegration {
        integration: Integration::OfferLetters,
    };
    let connection = connections::show(engine, connection).await?;
    let paused = (connection.state.severity() == 0 || connection.state.severity() >= 5)
        .then_some(connection.sentence);
    let now = engine.clock().now();
    let (lines, watched) = running
        .store
        .read(move |db| Ok::<_, StoreError>((lines(db, now)?, watched::count(db)?)))
        .await?;
    Ok(page(lines, &request, watched, paused))
}

fn lines(db: &Connection, now: Timestamp) -> Result<Vec<LetterLine>, StoreError> {
    let today = today(db, now)?;
    let rows = letters::listed(db)?.into_iter();
    Ok(rows.map(|row| LetterLine::of(row, today)).collect())
}

/// The day in the time zone of the company.
pub(super) fn today(db: &Connection, now: Timestamp) -> Result<Date, StoreError> {
    Ok(now.to_zoned(offers::company(db)?.zone).date())
}

fn page(
    mut lines: Vec<LetterLine>,
    request: &ListLetters,
    watched: u32,
    paused: Option<String>,
) -> LettersPage {
    let mut counts = BTreeMap::new();
    for line in &lines {
        *counts.entry(line.status).or_insert(0) += 1;
    }
    let attention = lines.iter().filter(|line| line.attention.is_some()).count();
    let checked_at = lines.iter().map(|line| line.checked_at).max();
    let search = request.search.as_deref().unwrap_or_default();
    let search = search.trim().to_lowercase();
    lines.retain(|line| line.is_in(request, &search));
    lines.sort_unstable_by(|one, other| one.compare(other, request.order));
    if request.turned {
        lines.reverse();
    }
    let most = request.most.unwrap_or(MOST).min(MOST);
    let total = lines.len();
    let rows = lines.into_iter().skip(request.from as usize);
    LettersPage {
        rows: rows.take(most as usize).collect(),
        total: u32::try_from(total).unwrap_or(u32::MAX),
        counts,
        attention: u32::try_from(attention).unwrap_or(u32::MAX),
        checked_at,
        watched,
        paused,
    }
}
