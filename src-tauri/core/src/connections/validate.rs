//! *Validate*: harmless reads, one after the other, each with what is wrong, why it matters and what to do
//! (SCREENS.md 4.3). Nothing is written to Lever.

use super::Connections;
use super::model::{Account, Check, CheckOutcome, ConnectionState};
use super::scopes::{Asked, asked, is_granted};
use crate::feed::Tag;
use crate::jobs::Remedy;
use crate::lever::{self, Client, Priority, Probe};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow};
use crate::store::names::name;
use crate::store::{StoreError, jobs};

/// How far this clock and Lever's may differ, in milliseconds (SCREENS.md 4.3.2).
const CLOCK_MARGIN: u64 = 60_000;

/// What the caller knows of the relay: whether it is connected, and the sentence beside it.
pub type RelayCheck = (bool, String);

impl Connections {
    /// Runs every check and saves the outcome.
    ///
    /// # Errors
    /// [`StoreError`] if the connection cannot be read or the outcome not saved.
    pub async fn validate(&self, relay: RelayCheck) -> Result<(), StoreError> {
        let Some(row) = self.row().await? else {
            return Ok(());
        };
        let mut account: Account = serde_json::from_str(&row.account)?;
        let (state, checks) = match self.access.client(Priority::Person).await {
            Ok(client) => self.look(&client, &row, &mut account, relay).await,
            Err(problem) => (unusable(&problem), vec![token_check(Some(&problem))]),
        };
        self.save(state, &account, &checks).await
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
        if fill_in(&client, &mut account).await.is_err() {
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

    async fn look(
        &self,
        client: &Client,
        row: &ConnectionRow,
        account: &mut Account,
        relay: RelayCheck,
    ) -> (ConnectionState, Vec<Check>) {
        let first = client.probe("opportunities:read:admin").await.err();
        let mut checks = vec![token_check(first.as_ref())];
        if let Some(problem) = first {
            return (unusable(&problem), checks);
        }
        checks.push(user_check(client, account).await);
        for permission in asked(&[self.integration]) {
            checks.push(permission_check(client, row, &permission).await);
        }
        checks.push(self.clock_check(client));
        checks.push(relay_check(relay));
        (overall(&checks), checks)
    }

    fn clock_check(&self, client: &Client) -> Check {
        let title = "This computer's clock";
        let Some(date) = client.server_date() else {
            let what = "Lever's answers carry no date to compare with.";
            return check("clock", title, CheckOutcome::NotReached, what, ("", ""));
        };
        let apart = self
            .clock
            .now()
            .as_millisecond()
            .abs_diff(date.as_millisecond());
        if apart <= CLOCK_MARGIN {
            return check(
                "clock",
                title,
                CheckOutcome::Passed,
                "It agrees with Lever's.",
                ("", ""),
            );
        }
        let what = format!("It differs from Lever's by {} seconds.", apart / 1_000);
        let why = "Genuine events could be taken for old or future ones.";
        check(
            "clock",
            title,
            CheckOutcome::Failed,
            &what,
            (why, "Set this computer's clock."),
        )
    }

    async fn save(
        &self,
        state: ConnectionState,
        account: &Account,
        checks: &[Check],
    ) -> Result<(), StoreError> {
        let now = self.clock.now().as_millisecond();
        let (state_name, account) = (name(&state)?, serde_json::to_string(account)?);
        let failed = checks
            .iter()
            .filter(|check| check.outcome != CheckOutcome::Passed)
            .count();
        let checks = serde_json::to_string(checks)?;
        let works = matches!(
            state,
            ConnectionState::Verified | ConnectionState::ConnectedLimited
        );
        let (outcome, sentence) = match failed {
            0 => (
                Outcome::Done,
                "You validated the connection to Lever: every check passed.".to_owned(),
            ),
            1 => (
                Outcome::Waiting,
                "You validated the connection to Lever: 1 check did not pass.".to_owned(),
            ),
            more => (
                Outcome::Waiting,
                format!("You validated the connection to Lever: {more} checks did not pass."),
            ),
        };
        let integration = self.integration;
        self.store
            .write(move |db| {
                connections::put_validation(
                    db,
                    integration,
                    (&state_name, &account, &checks),
                    now,
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
        self.feed.changed(&[Tag::Connection, Tag::Activity]);
        Ok(())
    }
}

/// What a failure of the first read says about the whole connection.
fn unusable(problem: &lever::Error) -> ConnectionState {
    if problem.needs_connection() {
        ConnectionState::NeedsReconnect
    } else if problem.is_passing() {
        ConnectionState::LeverNotReachable
    } else {
        ConnectionState::ConnectedNotValidated
    }
}

fn overall(checks: &[Check]) -> ConnectionState {
    let any = |wanted: CheckOutcome| checks.iter().any(|check| check.outcome == wanted);
    if any(CheckOutcome::Failed) {
        ConnectionState::ConnectedNotValidated
    } else if any(CheckOutcome::Limited) {
        ConnectionState::ConnectedLimited
    } else {
        ConnectionState::Verified
    }
}

fn token_check(problem: Option<&lever::Error>) -> Check {
    let title = "Lever accepts the connection";
    match problem {
        None => check(
            "token",
            title,
            CheckOutcome::Passed,
            "It answered.",
            ("", ""),
        ),
        Some(problem) => {
            let why = "Without it nothing can be read from Lever.";
            let action = if problem.needs_connection() {
                "Sign in again."
            } else {
                "Try again in a moment."
            };
            let failed = check(
                "token",
                title,
                CheckOutcome::Failed,
                &problem.to_string(),
                (why, action),
            );
            Check {
                detail: Some(format!("{problem:?}")),
                ..failed
            }
        }
    }
}

async fn user_check(client: &Client, account: &mut Account) -> Check {
    let title = "Who authorised it";
    match fill_in(client, account).await {
        Ok(()) => {
            let who = account
                .user_name
                .clone()
                .unwrap_or_else(|| "Lever does not name the user".to_owned());
            let what = match &account.organisation {
                Some(organisation) => format!("{who}, for the organisation {organisation}."),
                None => format!("{who}."),
            };
            check("user", title, CheckOutcome::Passed, &what, ("", ""))
        }
        Err(problem) => {
            let why = "Activity names who connected Lever.";
            check(
                "user",
                title,
                CheckOutcome::NotReached,
                &problem.to_string(),
                (why, "Try again in a moment."),
            )
        }
    }
}

async fn fill_in(client: &Client, account: &mut Account) -> Result<(), lever::Error> {
    let Some(id) = &account.user_id else {
        return Ok(());
    };
    let user = client.user(id).await?;
    account.user_name = Some(user.name);
    account.user_email = user.email;
    Ok(())
}

async fn permission_check(client: &Client, row: &ConnectionRow, permission: &Asked) -> Check {
    let id = format!("permission:{}", permission.scope);
    let granted = is_granted(&row.granted, permission.scope);
    let blocked: Vec<_> = permission.needs.iter().map(|need| need.blocked).collect();
    let blocked = blocked.join(" ");
    let outcome: Result<(), String> = if !granted {
        Err("Lever did not grant it.".to_owned())
    } else if permission.scope == "offline_access" {
        let kept = row
            .login
            .tokens()
            .is_some_and(|tokens| tokens.refresh.is_some());
        kept.then_some(())
            .ok_or_else(|| "Lever gave no token for staying connected.".to_owned())
    } else {
        match client.probe(permission.scope).await {
            Ok(Probe::Allowed | Probe::Untested) => Ok(()),
            Ok(Probe::Denied) => Err("Lever granted it, but refuses to use it.".to_owned()),
            Err(problem) if problem.is_passing() => {
                let what = problem.to_string();
                let remedy = (blocked.as_str(), "Try again in a moment.");
                return check(
                    &id,
                    permission.words,
                    CheckOutcome::NotReached,
                    &what,
                    remedy,
                );
            }
            Err(problem) => Err(problem.to_string()),
        }
    };
    match outcome {
        Ok(()) => check(
            &id,
            permission.words,
            CheckOutcome::Passed,
            "Granted, and it works.",
            ("", ""),
        ),
        Err(what) => {
            let action = "Sign in again and accept every permission.";
            check(
                &id,
                permission.words,
                CheckOutcome::Limited,
                &what,
                (blocked.as_str(), action),
            )
        }
    }
}

fn relay_check((connected, sentence): RelayCheck) -> Check {
    let title = "Events can reach this laptop";
    if connected {
        return check("relay", title, CheckOutcome::Passed, &sentence, ("", ""));
    }
    let why = "Lever's events wait at the relay until it is reachable.";
    let action = "Check this computer's network, and the relay's address in Settings.";
    check(
        "relay",
        title,
        CheckOutcome::Failed,
        &sentence,
        (why, action),
    )
}

fn check(
    id: &str,
    title: &str,
    outcome: CheckOutcome,
    what: &str,
    (why, action): (&str, &str),
) -> Check {
    Check {
        id: id.to_owned(),
        title: title.to_owned(),
        outcome,
        what: what.to_owned(),
        why: why.to_owned(),
        action: action.to_owned(),
        detail: None,
    }
}
