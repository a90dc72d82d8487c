//! `mappings.back_test`: the last hires under a draft and under the saved mapping (SCREENS.md, idea 5). It works on
//! what is kept of them, so it follows the draft.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::hires::{HiresRead, MOST};
use super::offers::{complete, in_use};
use super::sample::CandidateChoice;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::mapping::{ChangedCell, Comparison, Compiled, Mapping, Rules, Schema, Verdict, compare};
use crate::store::connections::Integration;
use crate::store::samples::SampleRow;
use crate::store::{StoreError, samples, target_fields};

/// A draft to try on the last hires.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackTestInput {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The unsaved draft.
    pub rules: Rules,
}

/// What the draft would change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackTest {
    /// How far the reading of the hires is.
    pub hires: HiresRead,
    /// The version that the draft is compared with; 0 while nothing was saved.
    pub version: i64,
    /// The hires that were read, the latest first.
    pub people: Vec<TestedHire>,
}

/// One hire under both mappings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TestedHire {
    /// Who.
    pub candidate: CandidateChoice,
    /// When they were hired.
    pub hired_at: Option<i64>,
    /// The worst that happens to any field.
    pub verdict: Verdict,
    /// The fields that differ.
    pub cells: Vec<ChangedCell>,
    /// What would keep them from being imported, in words.
    pub blockers: Vec<String>,
}

/// Answers `mappings.back_test`.
pub(in crate::api) async fn back_test(
    engine: &Engine,
    request: BackTestInput,
) -> Result<BackTest, AppError> {
    let running = engine.running().await?;
    let BackTestInput { mapping, rules } = request;
    let given = running.store.read(move |db| given(db, mapping)).await?;
    let live = Compiled::new(&given.live, &given.schema);
    let draft = Compiled::new(&rules, &given.schema);
    let people = given.hires.iter().map(|sample| {
        let comparison = compare(
            &live.preview(&sample.record),
            &draft.preview(&sample.record),
            &given.schema,
        );
        tested(sample, comparison)
    });
    Ok(BackTest {
        people: people.collect(),
        version: given.version,
        hires: running.lever(Integration::of(mapping)).hires.so_far(),
    })
}

fn tested(sample: &SampleRow, comparison: Comparison) -> TestedHire {
    TestedHire {
        candidate: sample.into(),
        hired_at: sample.hired_at,
        verdict: comparison.verdict,
        cells: comparison.cells,
        blockers: comparison.blockers,
    }
}

struct Given {
    hires: Vec<SampleRow>,
    live: Rules,
    version: i64,
    schema: Schema,
}

fn given(db: &Connection, mapping: Mapping) -> Result<Given, StoreError> {
    let (version, live) = in_use(db, mapping)?;
    let mut hires = samples::hires(db, Integration::of(mapping), MOST)?;
    let mut records: Vec<_> = hires.iter_mut().map(|hire| &mut hire.record).collect();
    complete(db, mapping, &mut records)?;
    Ok(Given {
        hires,
        live,
        version,
        schema: target_fields::schema(db, mapping)?,
    })
}
