//! *Validate*: one check after the other, with progress, until all are made or somebody stops it.

use std::pin::pin;
use std::sync::{Arc, PoisonError};

use jiff::SignedDuration;
use tokio::sync::oneshot;

use super::checks::{Run, Step, complete};
use super::model::{Account, Check, CheckOutcome, ConnectionState, Validation};
use super::{Connections, RelayCheck, asked};
use crate::feed::Tag;
use crate::jobs::Remedy;
use crate::lever::Priority;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow};
use crate::store::names::{name, named};
use crate::store::{StoreError, jobs};

/// After so long the screen says which step takes long (SCREENS.md 4.3.4).
const SLOW_AFTER: SignedDuration = SignedDuration::from_secs(15);

impl Connections {
    /// Runs every check and saves the outcome, or waits for the run under way. Dropping the future does not end
    /// the run; [`Connections::stop_validation`] does, and leaves everything as it was before.
    ///
    /// # Errors
    /// [`StoreError`] if the connection cannot be read or the outcome not saved.
    pub async fn validate(self: &Arc<Self>, relay: RelayCheck) -> Result<(), StoreError> {
        let steps = Step::all(asked(&[self.integration]));
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
                outcome = me.check_all(&steps, relay) => outcome,
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

    async fn check_all(&self, steps: &[Step], relay: RelayCheck) -> Result<(), StoreError> {
        let Some(row) = self.row().await? else {
            return Ok(());
        };
        let mut run = Run {
            client: self.access.client(Priority::Person).await,
            account: serde_json::from_str(&row.account)?,
            row: &row,
            relay,
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
        let state = run.state(&checks, named(&row.state)?);
        let through = run.obstacle.is_none();
        self.save(state, &run.account, &checks, through).await
    }

    fn show(&self, change: impl FnMut(&mut Validation)) {
        self.validation
            .send_modify(|running| running.iter_mut().for_each(change));
        self.feed.changed(&[Tag::Connection]);
    }

    async fn save(
        &self,
        state: ConnectionState,
        account: &Account,
        checks: &[Check],
        through: bool,
    ) -> Result<(), StoreError> {
        let now = self.clock.now().as_millisecond();
        let (state_name, account) = (name(&state)?, serde_json::to_string(account)?);
        let (outcome, sentence) = told(checks);
        let checks = serde_json::to_string(checks)?;
        let works = matches!(
            state,
            ConnectionState::Verified | ConnectionState::ConnectedLimited
        );
        let integration = self.integration;
        self.store
            .write(move |db| {
                connections::put_validation(
                    db,
                    integration,
                    (&state_name, &account, &checks),
                    through.then_some(now),
                )?;
                if works {
                    jobs::wake_all(db, &name(&Remedy::Connection)?, now)?;
                }
                Entry::new(Kind::Connection, outcome, sentence)
                    .by(Actor::You)
                    .write(db, now)
            })
            .await?;
        if works {
            self.bell.ring();
        }
        Ok(())
    }

    /// Asks Lever for the user's name right after a sign-in; without an answer, the name stays open.
    pub(super) async fn name_the_user(&self) {
        let read = self.row().await;
        let (Ok(Some(row)), Ok(client)) = (read, self.access.client(Priority::Person).await) else {
            return;
        };
        let Ok(mut account) = serde_json::from_str::<Account>(&row.account) else {
            return;
        };
        if complete(&client, &mut account).await.is_err() {
            return;
        }
        let integration = self.integration;
        let saved = self.store.write(move |db| {
            let row = ConnectionRow {
                account: serde_json::to_string(&account)?,
                ..row
            };
            connections::put(db, integration, &row)
        });
        if let Err(problem) = saved.await {
            let problem: StoreError = problem;
            tracing::warn!(%problem, "the user's name could not be saved");
        }
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

/// The line in the log about a run.
fn told(checks: &[Check]) -> (Outcome, String) {
    let passed = |check: &&Check| check.outcome == CheckOutcome::Passed;
    let sentence = match checks.len() - checks.iter().filter(passed).count() {
        0 => {
            let sentence = "You validated the connection to Lever: every check passed.";
            return (Outcome::Done, sentence.to_owned());
        }
        1 => "You validated the connection to Lever: 1 check did not pass.".to_owned(),
        more => format!("You validated the connection to Lever: {more} checks did not pass."),
    };
    (Outcome::Waiting, sentence)
}
