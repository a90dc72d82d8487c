//! Looks after the connection while nobody does: one cheap read a minute, and every check after sleep, once a day
//! and when Lever is back.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Connections;
use super::checks::Obstacle;
use super::model::{Check, ConnectionState};
use super::validate::still;
use crate::feed::Tag;
use crate::lever::{Priority, is_granted};
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow};
use crate::store::names::{name, named};

/// How soon waking up is noticed.
const TICK: SignedDuration = SignedDuration::from_secs(15);

/// A tick that took so much longer by the wall clock was slept through: waits stand still while a computer sleeps,
/// and the wall clock does not.
const OVERSLEPT: SignedDuration = SignedDuration::from_secs(60);

/// How long a revocation in Lever can go unnoticed.
const POLL: SignedDuration = SignedDuration::from_secs(60);

/// How long a validation counts.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Scopes whose reading is cheap: a list, cut to one item.
const CHEAP: [&str; 3] = [
    "users:read:admin",
    "stages:read:admin",
    "opportunities:read:admin",
];

/// What was looked at when, in this run of the program.
#[derive(Default)]
struct Looked {
    polled: Option<Timestamp>,
    checked: Option<Timestamp>,
}

impl Connections {
    /// Watches until it is dropped.
    pub async fn watch(self: Arc<Self>) {
        let mut looked = Looked::default();
        let mut last = self.clock.now();
        loop {
            let due = last + TICK;
            let asleep_from = self.clock.now().max(due);
            self.clock.sleep_until(due).await;
            last = self.clock.now();
            let slept = last.duration_since(asleep_from) > OVERSLEPT;
            if let Err(problem) = self.keep_uses().await {
                tracing::warn!(%problem, "the uses of permissions could not be kept");
            }
            if let Err(problem) = self.look_after(&mut looked, slept).await {
                tracing::warn!(%problem, "the connection could not be looked after");
            }
        }
    }

    async fn look_after(
        self: &Arc<Self>,
        looked: &mut Looked,
        slept: bool,
    ) -> Result<(), StoreError> {
        let Some(row) = self.row().await? else {
            return Ok(());
        };
        let state: ConnectionState = named(&row.state)?;
        if !row.login.is_held() || state == ConnectionState::NeedsReconnect {
            return Ok(());
        }
        let now = self.clock.now();
        let is_over = |since: Option<Timestamp>, span| {
            since.is_none_or(|since| now.duration_since(since) >= span)
        };
        let counts_from = row.validated_at.unwrap_or(row.connected_at);
        let counts_from = Timestamp::from_millisecond(counts_from).ok();
        let stale = is_over(counts_from, DAY) && is_over(looked.checked, DAY);
        if slept || stale {
            looked.checked = Some(now);
            looked.polled = Some(now);
            return self.validate(Actor::Fulcrum).await;
        }
        if is_over(looked.polled, POLL) {
            looked.polled = Some(now);
            return self.poll(&row, state).await;
        }
        Ok(())
    }

    /// Asks Lever for next to nothing, to learn whether it still answers.
    async fn poll(
        self: &Arc<Self>,
        row: &ConnectionRow,
        state: ConnectionState,
    ) -> Result<(), StoreError> {
        let problem = match self.access.client(Priority::Poll).await {
            Ok(client) => client.probe(cheapest(&row.granted)).await.err(),
            Err(problem) => Some(problem),
        };
        let checks: Vec<Check> = serde_json::from_str(&row.checks)?;
        let known = Check::refuse_client(&checks);
        let away = state == ConnectionState::LeverNotReachable;
        match problem.as_ref().and_then(Obstacle::of) {
            Some(Obstacle::Refused) => self.fall(row, ConnectionState::NeedsReconnect).await,
            Some(Obstacle::Away) => self.fall(row, ConnectionState::LeverNotReachable).await,
            Some(Obstacle::Client) if !known => self.validate(Actor::Fulcrum).await,
            Some(Obstacle::Environment) if state != ConnectionState::ConnectedNotValidated => {
                self.validate(Actor::Fulcrum).await
            }
            Some(Obstacle::Client | Obstacle::Environment | Obstacle::Wait) => Ok(()),
            None if away || known => self.validate(Actor::Fulcrum).await,
            None => Ok(()),
        }
    }

    /// Notes once that the connection no longer works.
    async fn fall(&self, of: &ConnectionRow, state: ConnectionState) -> Result<(), StoreError> {
        let (integration, now) = (self.integration, self.clock.now().as_millisecond());
        let connected_at = of.connected_at;
        let fallen = self
            .store
            .write(move |db| {
                let fallen = still(db, integration, connected_at)?.is_some()
                    && connections::put_state(db, integration, &name(&state)?)?;
                if fallen {
                    let (outcome, sentence) = fallen_to(state);
                    Entry::new(Kind::Connection, outcome, sentence).write(db, now)?;
                }
                Ok::<_, StoreError>(fallen)
            })
            .await?;
        if fallen {
            self.feed.changed(&[Tag::Connection, Tag::Activity]);
        }
        Ok(())
    }
}

/// What the log says when the connection no longer works.
pub(super) fn fallen_to(state: ConnectionState) -> (Outcome, &'static str) {
    match state {
        ConnectionState::NeedsReconnect => (
            Outcome::Refused,
            "Lever no longer accepts the connection. Sign in again to go on.",
        ),
        _ => (
            Outcome::Waiting,
            "Lever does not answer. Nothing is lost; Fulcrum asks again every minute.",
        ),
    }
}

/// The granted scope that is cheapest to try. Without any of these, reading is refused, which is an answer too.
fn cheapest(granted: &str) -> &'static str {
    let [first, ..] = CHEAP;
    CHEAP
        .into_iter()
        .find(|scope| is_granted(granted, scope))
        .unwrap_or(first)
}
