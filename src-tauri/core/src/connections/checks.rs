//! The checks of *Validate*: harmless reads, each with what is wrong, why it matters and the one thing to do
//! (SCREENS.md 4.3). Nothing is written to Lever.

use async_trait::async_trait;

use super::Account;
use super::model::{Check, CheckOutcome, ConnectionState};
use super::scopes::Asked;
use crate::clock::SharedClock;
use crate::http::TokenError;
use crate::lever::{self, Client, Probe, is_granted};
use crate::oauth::OFFLINE_ACCESS;
use crate::store::connections::{ConnectionRow, Login};

/// How far this clock and Lever's may differ, in milliseconds (SCREENS.md 4.3.2).
const CLOCK_MARGIN: u64 = 60_000;

/// The way in for events, as the checks look at it.
#[async_trait]
pub trait WayIn: Send + Sync {
    /// The relay's address as it is set; none for the one inside the app.
    fn address(&self) -> Option<String>;

    /// Whether it works, as soon as that is known, and the sentence beside it.
    async fn look(&self) -> (bool, String);
}

/// One check, before it is made.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Whether Lever accepts the credential.
    Token,
    /// Whose it is.
    Account,
    /// A permission.
    Permission(Asked),
    /// This computer's clock.
    Clock,
    /// The way for events.
    Relay,
}

impl Step {
    /// All of them, in the order of SCREENS.md 4.3.2: what is tried by a read comes before what is compared.
    pub(super) fn all(mut permissions: Vec<Asked>) -> Vec<Self> {
        permissions.sort_by_key(|permission| !permission.scope.contains(":read:"));
        let permissions = permissions.into_iter().map(Self::Permission);
        [Self::Token, Self::Account]
            .into_iter()
            .chain(permissions)
            .chain([Self::Clock, Self::Relay])
            .collect()
    }

    /// What is checked, in words.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Token => "Lever accepts the connection",
            Self::Account => "Organisation and user",
            Self::Permission(permission) => permission.words,
            Self::Clock => "This computer's clock",
            Self::Relay => "Events can reach this laptop",
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Token => "token".to_owned(),
            Self::Account => "user".to_owned(),
            Self::Permission(permission) => Check::of_permission(permission.scope),
            Self::Clock => "clock".to_owned(),
            Self::Relay => "relay".to_owned(),
        }
    }

    /// Whether Lever is asked for it.
    fn asks_lever(&self) -> bool {
        matches!(self, Self::Token | Self::Account | Self::Permission(_))
    }

    fn check(&self, outcome: CheckOutcome, what: impl Into<String>) -> Check {
        Check {
            id: self.id(),
            title: self.title().to_owned(),
            outcome,
            what: what.into(),
            why: String::new(),
            action: String::new(),
            detail: None,
        }
    }
}

/// What keeps the rest of Lever from being looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Lever refuses the credential for good.
    Refused,
    /// Lever refuses the client secret; the grant may well be good.
    Client,
    /// The token is of Lever's other environment, where the grant may well be good.
    Environment,
    /// Lever does not answer.
    Away,
    /// Lever asked to wait, or this copy of the data folder stands by, which is no failure.
    Wait,
}

impl Obstacle {
    /// Why nothing can be read of Lever at all; none if the problem is with one thing.
    pub(super) fn of(problem: &lever::Error) -> Option<Self> {
        if problem.refuses_client() {
            Some(Self::Client)
        } else if matches!(problem, lever::Error::WrongEnvironment) {
            Some(Self::Environment)
        } else if problem.needs_connection() {
            Some(Self::Refused)
        } else if matches!(
            problem,
            lever::Error::RateLimited { .. } | lever::Error::Token(TokenError::StandingBy)
        ) {
            Some(Self::Wait)
        } else {
            problem.is_passing().then_some(Self::Away)
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Refused => "Connect Lever again. Your set-up stays as it is.",
            Self::Client => "Change the client secret. No sign-in is needed, and nothing is lost.",
            Self::Environment => {
                "Connect again and choose the environment that the account is in. Your set-up stays as it is."
            }
            Self::Away => "Check this computer's network; Fulcrum tries again by itself.",
            Self::Wait => "Nothing is wrong. Validate again after that.",
        }
    }
}

/// One run through the checks.
pub(super) struct Run<'a> {
    /// The API, or why there is none.
    pub(super) client: Result<Client, lever::Error>,
    pub(super) row: &'a ConnectionRow,
    /// Completed with what Lever says.
    pub(super) account: Account,
    pub(super) relay: &'a dyn WayIn,
    pub(super) clock: &'a SharedClock,
    /// Met by an earlier check.
    pub(super) obstacle: Option<Obstacle>,
}

impl Run<'_> {
    /// Makes one check. After an obstacle, what would ask Lever is left out.
    pub(super) async fn look(&mut self, step: &Step) -> Check {
        if self.obstacle.is_some() && step.asks_lever() {
            let what = "Not looked at, because an earlier check could not be made.";
            return step.check(CheckOutcome::NotReached, what);
        }
        match step {
            Step::Token => self.token(step).await,
            Step::Account => self.account(step).await,
            Step::Permission(permission) => self.permission(step, permission).await,
            Step::Clock => self.clock(step),
            Step::Relay => self.relay(step).await,
        }
    }

    /// The state that these checks leave the connection in; `before` is the one it had.
    pub(super) fn state(&self, checks: &[Check], before: ConnectionState) -> ConnectionState {
        use ConnectionState::{
            ConnectedLimited, ConnectedNotValidated, LeverNotReachable, NeedsReconnect, Verified,
        };
        let any = |wanted: CheckOutcome| checks.iter().any(|check| check.outcome == wanted);
        match self.obstacle {
            Some(Obstacle::Refused) => NeedsReconnect,
            Some(Obstacle::Away) => LeverNotReachable,
            // The grant stands, and nothing could be looked at with it.
            Some(Obstacle::Client | Obstacle::Environment) => ConnectedNotValidated,
            // Nothing was found that speaks against what was known.
            Some(Obstacle::Wait) if matches!(before, Verified | ConnectedLimited) => before,
            Some(Obstacle::Wait) => ConnectedNotValidated,
            None if any(CheckOutcome::Failed) => ConnectedNotValidated,
            None if any(CheckOutcome::Limited) => ConnectedLimited,
            None => Verified,
        }
    }

    async fn token(&mut self, step: &Step) -> Check {
        let problem = match &self.client {
            // A permission that is missing is named by its own check; this is about the credential.
            Ok(client) => client.probe("opportunities:read:admin").await.err(),
            Err(problem) => Some(problem.clone()),
        };
        match problem {
            None => step.check(CheckOutcome::Passed, "It answered."),
            Some(problem) => {
                let why = "Without it nothing can be read from Lever.";
                self.failed(step, &problem, why)
            }
        }
    }

    async fn account(&mut self, step: &Step) -> Check {
        let Ok(client) = &self.client else {
            return step.check(CheckOutcome::NotReached, "Lever could not be asked.");
        };
        match complete(client, &mut self.account).await {
            Ok(()) => step.check(CheckOutcome::Passed, in_words(&self.account)),
            Err(problem) => {
                let why = "Activity names who connected Lever.";
                let check = self.failed(step, &problem, why);
                if !problem.is_about_one_thing() {
                    return check;
                }
                let action = "Connect again as a Super Admin who is active in Lever.";
                Check {
                    outcome: CheckOutcome::Limited,
                    action: action.to_owned(),
                    ..check
                }
            }
        }
    }

    async fn permission(&mut self, step: &Step, permission: &Asked) -> Check {
        let blocked: Vec<_> = permission.needs.iter().map(|need| need.blocked).collect();
        let blocked = blocked.join(" ");
        let limited = |what: &str| Check {
            why: blocked.clone(),
            action: "Connect again and accept every permission.".to_owned(),
            ..step.check(CheckOutcome::Limited, what)
        };
        let known = match &self.row.login {
            Login::LeverConnect { tokens, .. } => {
                if !is_granted(&self.row.granted, permission.scope) {
                    return limited("Lever did not grant it.");
                }
                let stays = tokens.as_ref().is_some_and(|one| one.refresh.is_some());
                if permission.scope == OFFLINE_ACCESS && !stays {
                    return limited("Lever gave no token for staying connected.");
                }
                true
            }
            // A key holds until it is deleted in Lever, which does not tell what it allows (LEVER.md 2.1).
            Login::ApiKey(_) if permission.scope == OFFLINE_ACCESS => {
                return step.check(CheckOutcome::Passed, "An API key does not run out.");
            }
            Login::ApiKey(_) => false,
        };
        let Ok(client) = &self.client else {
            return step.check(CheckOutcome::NotReached, "Lever could not be asked.");
        };
        match client.probe(permission.scope).await {
            Ok(Probe::Denied) if known => limited("Lever granted it, but refuses to use it."),
            Ok(Probe::Denied) => Check {
                action: "Give the API key this permission in Lever.".to_owned(),
                ..limited("The API key does not have it.")
            },
            Ok(_) if known => step.check(CheckOutcome::Passed, "Granted."),
            Ok(Probe::Untested) => {
                let what = "No harmless read can tell; it shows when it is first used.";
                step.check(CheckOutcome::Passed, what)
            }
            Ok(Probe::Allowed) if permission.scope.contains(":write:") => {
                let what =
                    "Reading works. Whether the key may also write shows at the first change.";
                step.check(CheckOutcome::Passed, what)
            }
            Ok(Probe::Allowed) => step.check(CheckOutcome::Passed, "It works."),
            Err(problem) => self.failed(step, &problem, &blocked),
        }
    }

    /// A check that did not end well. It may end the questions to Lever.
    fn failed(&mut self, step: &Step, problem: &lever::Error, why: &str) -> Check {
        self.obstacle = Obstacle::of(problem);
        let outcome = match self.obstacle {
            Some(Obstacle::Wait | Obstacle::Away) => CheckOutcome::NotReached,
            Some(Obstacle::Refused | Obstacle::Client | Obstacle::Environment) | None => {
                CheckOutcome::Failed
            }
        };
        let action = self
            .obstacle
            .map_or("Read the details, then validate again.", Obstacle::action);
        let what = match problem {
            lever::Error::RateLimited { wait, .. } => {
                format!("Lever asked us to wait {} s.", wait.as_secs().max(1))
            }
            other => other.to_string(),
        };
        let check = Check {
            why: why.to_owned(),
            action: action.to_owned(),
            detail: Some(format!("{problem:?}")),
            ..step.check(outcome, what)
        };
        if self.obstacle == Some(Obstacle::Client) {
            return check.of_client_secret();
        }
        check
    }

    fn clock(&self, step: &Step) -> Check {
        let date = self.client.as_ref().ok().and_then(Client::server_date);
        let Some(date) = date else {
            let what = "No answer of Lever carried a date to compare with.";
            return step.check(CheckOutcome::NotReached, what);
        };
        let now = self.clock.now().as_millisecond();
        let apart = now.abs_diff(date.as_millisecond());
        if apart <= CLOCK_MARGIN {
            return step.check(CheckOutcome::Passed, "It agrees with Lever's.");
        }
        let what = format!("It differs from Lever's by {} seconds.", apart / 1_000);
        Check {
            why: "Genuine events could be taken for old or future ones.".to_owned(),
            action: "Set this computer's clock.".to_owned(),
            ..step.check(CheckOutcome::Failed, what)
        }
    }

    async fn relay(&self, step: &Step) -> Check {
        let (connected, sentence) = self.relay.look().await;
        if connected {
            return step.check(CheckOutcome::Passed, sentence);
        }
        let action = "Check this computer's network, and the relay's address in Settings.";
        Check {
            why: "Lever's events wait at the relay until it is reachable.".to_owned(),
            action: action.to_owned(),
            ..step.check(CheckOutcome::Failed, sentence)
        }
    }
}

fn in_words(account: &Account) -> String {
    let who = account
        .user_name
        .as_deref()
        .unwrap_or("Lever does not name the user");
    match &account.organisation {
        Some(organisation) => format!("{who}, for the organisation {organisation}."),
        None => format!("{who}."),
    }
}

/// Asks Lever for the user's name and address, if the token named the user.
pub(super) async fn complete(client: &Client, account: &mut Account) -> Result<(), lever::Error> {
    let Some(id) = &account.user_id else {
        return Ok(());
    };
    let user = client.user(id).await?;
    account.user_name = Some(user.name);
    account.user_email = user.email;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::Integration;
    use crate::connections::scopes::needed;

    #[test]
    fn the_checks_come_in_the_order_of_the_screen() {
        let steps = Step::all(needed(&[Integration::OfferLetters], &[]));
        let ids: Vec<_> = steps.iter().map(Step::id).collect();
        assert_eq!(
            ids,
            [
                "token",
                "user",
                "permission:offers:read:admin",
                "permission:users:read:admin",
                "permission:notes:write:admin",
                "permission:opportunities:write:admin",
                "permission:offline_access",
                "clock",
                "relay"
            ]
        );
    }

    #[test]
    fn only_a_refusal_is_one_and_being_asked_to_wait_is_none() {
        use std::time::Duration;

        let detail = String::new;
        let away = lever::Error::Unreachable { detail: detail() };
        assert_eq!(Obstacle::of(&away), Some(Obstacle::Away));
        let token = lever::Error::Token(TokenError::ReconnectNeeded { detail: detail() });
        assert_eq!(Obstacle::of(&token), Some(Obstacle::Refused));
        let secret = lever::Error::Token(TokenError::ClientRefused { detail: detail() });
        assert_eq!(Obstacle::of(&secret), Some(Obstacle::Client));
        let other = lever::Error::WrongEnvironment;
        assert_eq!(Obstacle::of(&other), Some(Obstacle::Environment));
        let wait = lever::Error::RateLimited {
            wait: Duration::from_secs(7),
            until: jiff::Timestamp::UNIX_EPOCH,
        };
        assert_eq!(Obstacle::of(&wait), Some(Obstacle::Wait));
        let one = lever::Error::NotFound { thing: "the user" };
        assert_eq!(Obstacle::of(&one), None);
    }
}
