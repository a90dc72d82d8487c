//! `mappings.fields`: what Lever offers. Reading it takes some forty calls, so a list is shown at once and read
//! anew beside it.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::engine::Engine;
use super::error::AppError;
use super::mappings::{Fields, ListFields};
use crate::clock::{DAY, SharedClock};
use crate::feed::{Feed, Tag};
use crate::http::tokens::TokenError;
use crate::jobs;
use crate::lever::{self, Client, Priority};
use crate::mapping::{Drift, Mapping, Schema, SourceField};
use crate::oauth::Access;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, Integration};
use crate::store::{Store, StoreError, catalog, mappings, settings, target_fields};

/// The setting with the time at which the fields were last read.
pub(super) const READ_AT: &str = "catalog_read_at";

/// The age from which they are read anew, in milliseconds.
const STALE: i64 = 10 * 60 * 1_000;

/// How long after a failure nobody tries again by itself, in milliseconds.
const AFTER_FAILURE: i64 = 60 * 1_000;

/// How old they may become while nobody opens the mapping, in milliseconds: a mapping learns within a day that a
/// field is gone, before a hire needs it (SCREENS.md 4.4.12).
const DAILY: i64 = DAY;

/// How often it is looked whether they are that old.
const LOOK: SignedDuration = SignedDuration::from_mins(15);

/// Reads the fields of the connected Lever, one reading at a time.
#[derive(Clone)]
pub(super) struct Reader {
    store: Store,
    /// The ways to Lever, the one that may read the most first.
    ways: Vec<Access>,
    clock: SharedClock,
    feed: Feed,
    one_at_a_time: Arc<tokio::sync::Mutex<()>>,
    last: Arc<Mutex<Last>>,
}

#[derive(Default)]
struct Last {
    reading: bool,
    problem: Option<(String, i64)>,
}

impl Reader {
    pub(super) fn new(store: Store, ways: Vec<Access>, clock: SharedClock, feed: Feed) -> Self {
        Self {
            store,
            ways,
            clock,
            feed,
            one_at_a_time: Arc::default(),
            last: Arc::default(),
        }
    }

    /// Reads Lever and keeps what it said; a failure is kept in words.
    pub(super) async fn read(&self, priority: Priority) -> Result<(), StoreError> {
        let _one_at_a_time = self.one_at_a_time.lock().await;
        self.last().reading = true;
        let read = match self.client(priority).await {
            Ok(client) => {
                client.refresh().await;
                Box::pin(lever::catalog(&client)).await
            }
            Err(problem) => Err(problem),
        };
        let now = self.clock.now().as_millisecond();
        let problem = match read {
            Ok(fields) => {
                let kept = self.store.write(move |db| keep(db, &fields, now));
                kept.await
                    .err()
                    .map(|problem: StoreError| problem.to_string())
            }
            Err(problem) => Some(problem.to_string()),
        };
        *self.last() = Last {
            reading: false,
            problem: problem.map(|problem| (problem, now)),
        };
        self.feed.changed(&[Tag::Mapping, Tag::Activity]);
        Ok(())
    }

    /// Reads them once a day, from the first reading on. Runs until it is dropped.
    pub(super) async fn watch(self) {
        loop {
            let next = self.clock.now().saturating_add(LOOK);
            self.clock.sleep_until(next.unwrap_or(Timestamp::MAX)).await;
            if let Err(problem) = self.read_if_a_day_old().await {
                tracing::warn!(%problem, "the fields of Lever could not be read");
            }
        }
    }

    async fn read_if_a_day_old(&self) -> Result<(), StoreError> {
        let read = self.store.read(|db| settings::get(db, READ_AT));
        let read_at: Option<i64> = read.await?;
        let now = self.clock.now().as_millisecond();
        if read_at.is_some_and(|at| now - at >= DAILY) && self.is_connected().await? {
            self.read(Priority::Poll).await?;
        }
        Ok(())
    }

    async fn is_connected(&self) -> Result<bool, StoreError> {
        let held = self.store.read(|db| {
            for integration in Integration::ALL {
                let row = connections::get(db, integration)?;
                if row.is_some_and(|row| row.login.is_held()) {
                    return Ok(true);
                }
            }
            Ok(false)
        });
        held.await
    }

    /// The first way that leads to a Lever; none while nothing is connected.
    async fn way(&self) -> Result<Option<&Access>, TokenError> {
        for way in &self.ways {
            if way.addresses().await?.is_some() {
                return Ok(Some(way));
            }
        }
        Ok(None)
    }

    async fn client(&self, priority: Priority) -> Result<Client, lever::Error> {
        let way = self.way().await?.or(self.ways.first());
        way.expect("every integration is a way")
            .client(priority)
            .await
    }

    /// Begins a reading beside the caller, if the list is old and none runs.
    fn read_if_stale(&self, read_at: Option<i64>) {
        let now = self.clock.now().as_millisecond();
        let mut last = self.last();
        let fresh = read_at.is_some_and(|at| now - at < STALE);
        let failed = last
            .problem
            .as_ref()
            .is_some_and(|(_, at)| now - at < AFTER_FAILURE);
        if fresh || failed || last.reading {
            return;
        }
        last.reading = true;
        let me = self.clone();
        tokio::spawn(async move {
            if let Err(problem) = me.read(Priority::Poll).await {
                tracing::warn!(%problem, "the fields of Lever could not be kept");
            }
        });
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers `mappings.fields`.
pub(super) async fn fields(engine: &Engine, request: ListFields) -> Result<Fields, AppError> {
    let running = engine.running().await?;
    if request.fresh {
        running.fields.read(Priority::Person).await?;
    }
    let Kept {
        fields: kept,
        read_at,
        schema,
    } = running
        .store
        .read(move |db| kept(db, request.mapping))
        .await?;
    if running.fields.way().await?.is_some() {
        running.fields.read_if_stale(read_at);
    }
    let last = running.fields.last();
    let problem = last.problem.as_ref();
    Ok(Fields {
        lever: kept,
        target: schema.fields().to_vec(),
        read_at,
        reading: last.reading,
        problem: problem
            .map(|(words, _)| format!("{words} Fields of your own may be missing from the list.")),
    })
}

/// What became of the fields of both mappings.
pub(super) fn drifts(db: &Connection) -> Result<Vec<(Mapping, Drift)>, StoreError> {
    let mut all = Vec::new();
    for mapping in [Mapping::People, Mapping::Offers] {
        let drifted = mappings::drifted(db, mapping)?;
        all.extend(drifted.into_iter().map(|drift| (mapping, drift)));
    }
    Ok(all)
}

/// A drift as a sentence: `“Squad”, which the mapping reads for Team: No longer in Lever.`
pub(super) fn drift_sentence(
    db: &Connection,
    mapping: Mapping,
    drift: &Drift,
) -> Result<String, StoreError> {
    let schema = target_fields::schema(db, mapping)?;
    let target = schema
        .get(&drift.target)
        .map_or(drift.target.as_str(), |field| &field.label);
    let Drift { label, words, .. } = drift;
    Ok(format!(
        "“{label}”, which the mapping reads for {target}: {words}."
    ))
}

/// Keeps what Lever offers, and tells what became of the fields that a mapping reads.
fn keep(db: &Connection, fields: &[SourceField], now: i64) -> Result<(), StoreError> {
    let before = drifts(db)?;
    catalog::replace(db, fields)?;
    settings::put(db, READ_AT, &now)?;
    tell_drift(db, &before, &drifts(db)?, now)
}

/// Writes down what became of the fields since the last reading, and tries the imports again that may have waited for
/// one that is back.
fn tell_drift(
    db: &Connection,
    before: &[(Mapping, Drift)],
    after: &[(Mapping, Drift)],
    now: i64,
) -> Result<(), StoreError> {
    for (mapping, drift) in after.iter().filter(|one| !before.contains(one)) {
        let sentence = drift_sentence(db, *mapping, drift)?;
        Entry::new(Kind::Mapping, Outcome::Waiting, sentence)
            .by(Actor::Lever)
            .write(db, now)?;
    }
    let still = |mapping: Mapping, drift: &Drift| {
        after.iter().any(|(other, one)| {
            *other == mapping && one.target == drift.target && one.field == drift.field
        })
    };
    let over: Vec<_> = before
        .iter()
        .filter(|(mapping, drift)| !still(*mapping, drift))
        .collect();
    for (_, drift) in &over {
        let sentence = format!(
            "“{}” in Lever is as the mapping knows it again.",
            drift.label
        );
        Entry::new(Kind::Mapping, Outcome::Done, sentence)
            .by(Actor::Lever)
            .write(db, now)?;
    }
    if !over.is_empty() {
        jobs::wake_unmapped(db, now)?;
    }
    Ok(())
}

/// What the mapping screen can show without asking Lever.
struct Kept {
    fields: Vec<SourceField>,
    read_at: Option<i64>,
    schema: Schema,
}

fn kept(db: &Connection, mapping: Mapping) -> Result<Kept, StoreError> {
    Ok(Kept {
        fields: lever::source_fields(db, mapping)?,
        read_at: settings::get(db, READ_AT)?,
        schema: target_fields::schema(db, mapping)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{FieldType, Remembered, Rule, Rules, Source, SourceGroup};
    use crate::store::activity;
    use crate::store::mappings::MappingRow;
    use crate::vault::MasterKey;

    fn field(id: &str, kind: FieldType) -> SourceField {
        SourceField {
            id: id.into(),
            label: "Begin".into(),
            group: SourceGroup::Requisition,
            kind,
            custom: true,
            example: None,
        }
    }

    fn begin(kind: FieldType) -> SourceField {
        field("requisition.custom.begin", kind)
    }

    /// A version that takes the start date from a field of the customer's.
    fn saved() -> MappingRow {
        let begin = begin(FieldType::Date);
        let source = Source::Lever {
            field: begin.id.clone(),
        };
        let rule = Rule {
            target: "start_date".into(),
            source,
            transforms: Vec::new(),
            accepts_loss: false,
        };
        MappingRow {
            version: 1,
            rules: Rules { rules: vec![rule] },
            sources: [(begin.id.clone(), Remembered::from(begin))].into(),
            saved_at: 0,
            saved_by: String::new(),
        }
    }

    #[tokio::test]
    async fn what_becomes_of_a_field_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &MasterKey::random()).unwrap();
        let told = store.write(|db| {
            mappings::add(db, Mapping::People, &saved(), &[], None)?;
            let other = || field("requisition.custom.floor", FieldType::Text);
            keep(db, &[other(), begin(FieldType::Date)], 1)?;
            keep(db, &[other()], 2)?;
            keep(db, &[other()], 3)?;
            keep(db, &[other(), begin(FieldType::Text)], 4)?;
            keep(db, &[other(), begin(FieldType::Date)], 5)?;
            activity::list(db, None, None, 10)
        });
        let told: Result<_, StoreError> = told.await;
        let told: Vec<_> = told
            .unwrap()
            .into_iter()
            .map(|line| (line.at, line.sentence))
            .collect();
        let said = |at, sentence: &str| (at, sentence.to_owned());
        assert_eq!(
            told,
            [
                said(5, "“Begin” in Lever is as the mapping knows it again."),
                said(
                    4,
                    "“Begin”, which the mapping reads for Start date: Was a date, is now a text."
                ),
                said(
                    2,
                    "“Begin”, which the mapping reads for Start date: No longer in Lever."
                ),
            ]
        );
    }
}
