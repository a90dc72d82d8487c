//! `mappings.fields`: what Lever offers. Reading it takes some forty calls, so a list is shown at once and read
//! anew beside it.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::engine::Engine;
use super::error::AppError;
use super::mappings::{Fields, ListFields};
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::lever::{self, Priority};
use crate::mapping::{Mapping, Schema, SourceField};
use crate::oauth::Access;
use crate::store::connections::Integration;
use crate::store::{Store, StoreError, catalog, settings, target_fields};

/// The setting with the time at which the fields were last read.
const READ_AT: &str = "catalog_read_at";

/// The age from which they are read anew, in milliseconds.
const STALE: i64 = 10 * 60 * 1_000;

/// How long after a failure nobody tries again by itself, in milliseconds.
const AFTER_FAILURE: i64 = 60 * 1_000;

/// Reads the fields of the connected Lever, one reading at a time.
#[derive(Clone)]
pub(super) struct Reader {
    store: Store,
    access: Access,
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
    pub(super) fn new(store: Store, access: Access, clock: SharedClock, feed: Feed) -> Self {
        Self {
            store,
            access,
            clock,
            feed,
            one_at_a_time: Arc::default(),
            last: Arc::default(),
        }
    }

    /// Reads Lever and keeps what it said; a failure is kept in words.
    async fn read(&self, priority: Priority) -> Result<(), StoreError> {
        let _one_at_a_time = self.one_at_a_time.lock().await;
        self.last().reading = true;
        let read = match self.access.client(priority).await {
            Ok(client) => {
                client.refresh().await;
                Box::pin(lever::catalog(&client)).await
            }
            Err(problem) => Err(problem),
        };
        let now = self.clock.now().as_millisecond();
        let problem = match read {
            Ok(fields) => {
                let kept = self.store.write(move |db| {
                    catalog::replace(db, &fields)?;
                    settings::put(db, READ_AT, &now)
                });
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
        self.feed.changed(&[Tag::Mapping]);
        Ok(())
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
    if running
        .lever(Integration::Onboarding)
        .access
        .addresses()
        .await?
        .is_some()
    {
        running.fields.read_if_stale(read_at);
    }
    let last = running.fields.last();
    let problem = last.problem.as_ref();
    Ok(Fields {
        lever: if kept.is_empty() {
            lever::standard_fields()
        } else {
            kept
        },
        target: schema.fields().to_vec(),
        read_at,
        reading: last.reading,
        problem: problem
            .map(|(words, _)| format!("{words} Fields of your own may be missing from the list.")),
    })
}

/// What the mapping screen can show without asking Lever.
struct Kept {
    fields: Vec<SourceField>,
    read_at: Option<i64>,
    schema: Schema,
}

fn kept(db: &Connection, mapping: Mapping) -> Result<Kept, StoreError> {
    Ok(Kept {
        fields: catalog::all(db)?,
        read_at: settings::get(db, READ_AT)?,
        schema: target_fields::schema(db, mapping)?,
    })
}
