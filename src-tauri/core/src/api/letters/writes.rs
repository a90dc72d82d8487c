//! `letters.writes`: every change that Fulcrum ever made in Lever for letters.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::store::letter_writes::{self, WriteKind, WriteRow};

/// Changes of one answer at most.
const MOST: u32 = 200;

/// Which part of them.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct WritesInput {
    /// The place of the first one, from 0.
    #[serde(default)]
    pub from: u32,
}

/// A part of them, the newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WritesPage {
    /// These.
    pub writes: Vec<WriteView>,
    /// Whether there are more.
    pub more: bool,
}

/// One change in Lever.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WriteView {
    /// The letter that it is for.
    pub letter_id: String,
    /// What is written.
    pub kind: WriteKind,
    /// The tag; none for a note and a link, which are the letter's address.
    pub said: Option<String>,
    /// The opportunity in Lever.
    pub opportunity_id: String,
    /// When it was decided on.
    pub asked_at: i64,
    /// When it was there; none while it is not.
    pub done_at: Option<i64>,
    /// Why it is not there yet, in words.
    pub problem: Option<String>,
}

impl WriteView {
    pub(super) fn of(row: WriteRow) -> Self {
        Self {
            letter_id: row.letter_id,
            kind: row.kind,
            said: row.said,
            opportunity_id: row.opportunity_id,
            asked_at: row.asked_at,
            done_at: row.done_at,
            problem: row.problem,
        }
    }
}

/// Answers `letters.writes`.
pub(in crate::api) async fn writes(
    engine: &Engine,
    request: WritesInput,
) -> Result<WritesPage, AppError> {
    let running = engine.running().await?;
    let rows = running
        .store
        .read(move |db| letter_writes::list(db, (request.from, MOST + 1)))
        .await?;
    let more = rows.len() > MOST as usize;
    let rows = rows.into_iter().take(MOST as usize);
    Ok(WritesPage {
        writes: rows.map(WriteView::of).collect(),
        more,
    })
}
