//! *Validate*: one check after the other, with progress, until all are made or somebody stops it.

use std::pin::pin;
use std::sync::{Arc, PoisonError};

use jiff::SignedDuration;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::basis::Basis;
use super::checks::{Run, Step};
use super::lookout::fallen_to;
use super::model::{Check, CheckOutcome, ConnectionState, Validation};
use super::scopes::needed;
use super::{Connections, Integration};
use crate::feed::Tag;
use crate::lever::{Client, Priority};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow};
use crate::store::names::{name, named};
use crate::store::{StoreError, jobs, mappings, validations};

/// After so long the screen says which step takes long (SCREENS.md 4.3.4).
const SLOW_AFTER: SignedDuration = SignedDuration::from_secs(15);

impl Connections {
    /// Runs every check and saves the outcome, or waits for the run under way; `by` is who wants to know. Dropping the future does not end
    /// the run; [`Connections::stop_validation`] does, and leaves everything as it was before.
    ///
    /// # Errors
    /// [`StoreError`] if the connection cannot be read or the outcome not saved.
    pub async fn validate(self: &Arc<Self>, by: Actor) -> Result<(), StoreError> {
        let mapped = self.mapped().await?;
        let steps = Step::all(needed(&[self.integration], &mapped));
        let first = Validation {
            checks: Vec::new(),
            total: u32::try_from(steps.len()).unwrap_or(u32::MAX),
            current: steps.first().map_or("", Step::title).to_owned(),
            slow: false,
        };
        let begun = self.validation.send_if_modified(|running| {
            let begins = running.is_none();
            running.get_or_insert(first);
            begins
        });
        if !begun {
            // The sender lives as long as the connection.
            let _ = self.validation.subscribe().wait_for(Option::is_none).await;
            return Ok(());
        }
        let (stop, stopped) = oneshot::channel();
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(stop);
        self.feed.changed(&[Tag::Connection]);
        let me = Arc::clone(self);
        let running = tokio::spawn(async move {
            let _ended = Ended(&me);
            tokio::select! {
                biased;
                Ok(()) = stopped => Ok(()),
                outcome = me.check_all(&steps, &mapped, by) => outcome,
            }
        });
        running.await.unwrap_or(Err(StoreError::Closed))
    }

    /// The validation under way, or none.
    pub fn validation(&self) -> Option<Validation> {
        self.validation.borrow().clone()
    }

    /// Stops the validation under way, if there is one.
    pub fn stop_validation(&self) {
        let stop = self
            .stop
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(stop) = stop {
            // A validation that ended by itself needs no telling.
            let _ = stop.send(());
        }
    }

    /// Returns once no validation runs.
    pub async fn validated(&self) {
        // As above.
        let _ = self.validation.subscribe().wait_for(Option::is_none).await;
    }

    async fn mapped(&self) -> Result<Vec<String>, StoreError> {
        let mapping = self.integration.mapping();
        self.store
            .read(move |db| mappings::fields(db, mapping))
            .await
    }

    /// Makes the checks, for a mapping that reads the fields `mapped`.
    async fn check_all(
        &self,
        steps: &[Step],
        mapped: &[String],
        by: Actor,
    ) -> Result<(), StoreError> {
        let Some(row) = self.row().await? else {
            return Ok(());
        };
        let priority = match by {
            Actor::You => Priority::Person,
            Actor::Lever | Actor::Fulcrum => Priority::Poll,
        };
        let mut run = Run {
            client: self.access.client(priority).await.map(Client::uncounted),
            account: serde_json::from_str(&row.account)?,
            row: &row,
            relay: &*self.relay,
            clock: &self.clock,
            obstacle: None,
        };
        let slow_at = self.clock.now().saturating_add(SLOW_AFTER);
        let slow_at = slow_at.unwrap_or(jiff::Timestamp::MAX);
        let mut checks = Vec::new();
        let mut next = steps.iter().skip(1).map(Step::title);
        for step in steps {
            let mut looking = pin!(run.look(step));
            let check = tokio::select! {
                biased;
                check = &mut looking => check,
                () = self.clock.sleep_until(slow_at) => {
                    self.show(|shown| shown.slow = true);
                    looking.await
                }
            };
            let current = next.next().unwrap_or_default();
            self.show(|shown| {
                shown.checks.push(check.clone());
                current.clone_into(&mut shown.current);
            });
            checks.push(check);
        }
        let about = Basis::of(&row, mapped, self.relay.address());
        let found = Found {
            about: serde_json::to_string(&about)?,
            state: run.state(&checks, named(&row.state)?),
            account: serde_json::to_string(&run.account)?,
            through: run.obstacle.is_none(),
            checks,
        };
        self.save(by, row.connected_at, found).await
    }

    fn show(&self, change: impl FnMut(&mut Validation)) {
        self.validation
            .send_modify(|running| running.iter_mut().for_each(change));
        self.feed.changed(&[Tag::Connection]);
    }

    /// Saves what was found of the connection that was made at `connected_at`, if it is still that one.
    async fn save(&self, by: Actor, connected_at: i64, found: Found) -> Result<(), StoreError> {
        let now = self.clock.now().as_millisecond();
        let integration = self.integration;
        let bell = self.bell.clone();
        self.store
            .write(move |db| {
                let Some(row) = still(db, integration, connected_at)? else {
                    return Ok(());
                };
                let state = name(&found.state)?;
                connections::put_validation(
                    db,
                    integration,
                    (
                        &state,
                        &found.account,
                        &serde_json::to_string(&found.checks)?,
                    ),
                    found.through.then_some(now),
                )?;
                if found.through {
                    validations::put(db, integration, &found.about)?;
                    // What else is wrong, the clock say, keeps nothing from being read.
                    bell.connected(db, now)?;
                }
                let was_away = named::<ConnectionState>(&row.state)?
                    == ConnectionState::LeverNotReachable
                    && row.state != state;
                if was_away {
                    jobs::hurry(db, now)?;
                }
                // What Fulcrum finds by itself is said once for each cause (SCREENS.md 4.3.5).
                let before: Vec<Check> = serde_json::from_str(&row.checks)?;
                let refused = [&before, &found.checks].map(|checks| Check::refuse_client(checks));
                if by == Actor::You || row.state != state || refused[0] != refused[1] {
                    let (outcome, sentence) = told(by, was_away, &found);
                    Entry::new(Kind::Connection, outcome, sentence)
                        .by(by)
                        .write(db, now)?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        self.bell.ring();
        Ok(())
    }
}

/// Says that the validation has ended, however it did.
struct Ended<'a>(&'a Connections);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.validation.send_replace(None);
        self.0.feed.changed(&[Tag::Connection, Tag::Activity]);
    }
}

/// The outcome of a run.
struct Found {
    about: String,
    state: ConnectionState,
    account: String,
    checks: Vec<Check>,
    /// Whether everything could be looked at.
    through: bool,
}

/// The connection that was made at `connected_at`; none if it was replaced or disconnected meanwhile.
pub(super) fn still(
    db: &Connection,
    integration: Integration,
    connected_at: i64,
) -> Result<Option<ConnectionRow>, StoreError> {
    let row = connections::get(db, integration)?;
    Ok(row.filter(|row| row.connected_at == connected_at && row.login.is_held()))
}

/// The line in the log about a run.
fn told(by: Actor, was_away: bool, found: &Found) -> (Outcome, String) {
    use ConnectionState::{LeverNotReachable, NeedsReconnect};
    if by != Actor::You && matches!(found.state, LeverNotReachable | NeedsReconnect) {
        let (outcome, sentence) = fallen_to(found.state);
        return (outcome, sentence.to_owned());
    }
    if by != Actor::You && Check::refuse_client(&found.checks) {
        let sentence = "Lever refuses the client secret. Change it to go on.";
        return (Outcome::Refused, sentence.to_owned());
    }
    let who = match by {
        Actor::You => "You validated the connection to Lever",
        Actor::Lever | Actor::Fulcrum if was_away => "Lever answers again",
        Actor::Lever | Actor::Fulcrum => "Fulcrum checked the connection to Lever",
    };
    let passed = |check: &&Check| check.outcome == CheckOutcome::Passed;
    match found.checks.len() - found.checks.iter().filter(passed).count() {
        0 => (Outcome::Done, format!("{who}: every check passed.")),
        1 => (Outcome::Waiting, format!("{who}: 1 check did not pass.")),
        more => (
            Outcome::Waiting,
            format!("{who}: {more} checks did not pass."),
        ),
    }
}
