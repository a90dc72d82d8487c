//! The connection doctor: takes the way to the relay step by step and says which step fails (SCREENS.md complaint 3).

mod text;
mod words;

use fulcrum_relay::client::{self, Passed, Step, Way};
use serde::Serialize;
use ts_rs::TS;
use url::Url;

pub use self::text::for_network_team;
use super::{Probe, RelayState, StatusCell};
use crate::clock::SharedClock;
use crate::config::is_loopback;

/// A step of the examination, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepId {
    /// The address of the host's name.
    Dns,
    /// The TCP connection.
    Tcp,
    /// The proxy, if there is one.
    Proxy,
    /// Encryption and certificate.
    Tls,
    /// The sign-in to the relay.
    SignIn,
    /// A signed probe through the public address.
    Probe,
}

impl StepId {
    const ALL: [Self; 6] = [
        Self::Dns,
        Self::Tcp,
        Self::Proxy,
        Self::Tls,
        Self::SignIn,
        Self::Probe,
    ];

    fn of(step: Step) -> Self {
        match step {
            Step::Name => Self::Dns,
            Step::Tcp => Self::Tcp,
            Step::Proxy => Self::Proxy,
            Step::Tls => Self::Tls,
            Step::SignIn => Self::SignIn,
        }
    }
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It works.
    Passed,
    /// It is not needed here.
    NotNeeded,
    /// It fails; the later ones were not tried.
    Failed,
    /// Not tried, because one before it failed.
    NotReached,
}

/// What was found at one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Examined {
    /// Which one.
    pub id: StepId,
    /// How it went.
    pub state: StepState,
    /// How long it took, in milliseconds; none if it was not tried.
    pub took_ms: Option<u64>,
    /// What was found, in words.
    pub found: String,
    /// What to do about it, in words; none where nothing is to be done.
    pub action: Option<String>,
    /// The raw text behind it.
    pub detail: Option<String>,
}

/// The way that is examined.
pub struct Patient<'a> {
    /// The relay's base address.
    pub relay: &'a Url,
    /// The public address of a relay inside the app, if the user has one.
    pub public: Option<&'a Url>,
    /// How the internet is reached.
    pub way: &'a Way,
    /// What is known of the session.
    pub status: &'a StatusCell,
    /// What sends the probe.
    pub probe: &'a Probe,
    /// The clock.
    pub clock: &'a SharedClock,
}

/// What an examination found.
#[derive(Debug, Clone)]
pub struct Examination {
    /// The address whose name, connection and certificate were looked at.
    pub target: Url,
    /// Host and port of the proxy, if one was used.
    pub proxy: Option<(String, u16)>,
    /// When it began, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Every step, in order.
    pub steps: Vec<Examined>,
}

impl Examination {
    /// The step that failed, if one did.
    pub fn failed(&self) -> Option<&Examined> {
        let mut steps = self.steps.iter();
        steps.find(|step| step.state == StepState::Failed)
    }
}

/// Takes one step after the other until one fails. Ends by itself, after a minute at most.
pub async fn examine(patient: &Patient<'_>) -> Examination {
    // Where the session goes no further than this computer, the public address is what can fail.
    let behind_tunnel = patient.public.filter(|_| is_loopback(patient.relay));
    let target = behind_tunnel.unwrap_or(patient.relay).clone();
    let mut notes = Notes {
        clock: patient.clock,
        since: patient.clock.now().as_millisecond(),
        steps: Vec::new(),
    };
    let at = notes.since;
    let last = match behind_tunnel {
        Some(_) => Step::Tls,
        None => Step::SignIn,
    };
    let mut tell = |passed: Passed| {
        if let Some((id, state, found)) = words::passed(&target, &passed) {
            notes.add(id, state, found);
        }
    };
    match client::examine(patient.way, &target, last, &mut tell).await {
        Ok(()) => {
            sign_in(patient, behind_tunnel.is_some(), &mut notes).await;
        }
        Err(problem) => {
            let id = problem.step().map_or(StepId::Dns, StepId::of);
            notes.fail(id, words::failed(&target, &problem));
        }
    }
    let proxy = patient.way.proxy_to(&target);
    Examination {
        proxy: proxy.map(|proxy| (proxy.host().to_owned(), proxy.port())),
        target,
        at,
        steps: notes.complete(),
    }
}

/// Signs in, and sends a probe. Behind a tunnel the steps so far were those of the public address.
async fn sign_in(patient: &Patient<'_>, behind_tunnel: bool, notes: &mut Notes<'_>) {
    if behind_tunnel {
        let relay = patient.relay;
        if let Err(problem) = client::examine(patient.way, relay, Step::SignIn, &mut |_| {}).await {
            notes.fail(StepId::SignIn, words::failed(relay, &problem));
            return;
        }
    }
    sign_in_and_probe(patient, notes).await;
}

/// The session that is up is what counts: a second sign-in would end it.
async fn sign_in_and_probe(patient: &Patient<'_>, notes: &mut Notes<'_>) {
    let status = patient.status.decided().await;
    if status.state != RelayState::Connected {
        notes.fail(StepId::SignIn, words::not_signed_in(status.sentence));
        return;
    }
    let found = "The relay answers, and this installation is signed in.".to_owned();
    notes.add(StepId::SignIn, StepState::Passed, found);
    match patient.probe.send().await {
        Ok(_) => {
            let found = "A signed probe came back through the public address.".to_owned();
            notes.add(StepId::Probe, StepState::Passed, found);
        }
        Err(problem) => notes.fail(StepId::Probe, words::lost(&problem)),
    }
}

/// What was found so far.
struct Notes<'a> {
    clock: &'a SharedClock,
    since: i64,
    steps: Vec<Examined>,
}

impl Notes<'_> {
    fn add(&mut self, id: StepId, state: StepState, found: String) {
        let took_ms = (state == StepState::Passed).then(|| self.took());
        self.steps.push(Examined {
            id,
            state,
            took_ms,
            found,
            action: None,
            detail: None,
        });
    }

    fn fail(&mut self, id: StepId, failure: words::Failure) {
        let took_ms = Some(self.took());
        self.steps.push(Examined {
            id,
            state: StepState::Failed,
            took_ms,
            found: failure.found,
            action: Some(failure.action),
            detail: failure.detail,
        });
    }

    fn took(&mut self) -> u64 {
        let now = self.clock.now().as_millisecond();
        let since = std::mem::replace(&mut self.since, now);
        u64::try_from(now.saturating_sub(since)).unwrap_or(0)
    }

    /// With the steps that were not reached.
    fn complete(mut self) -> Vec<Examined> {
        for id in StepId::ALL {
            if !self.steps.iter().any(|step| step.id == id) {
                let found = "Not tried, because a step before it failed.".to_owned();
                self.add(id, StepState::NotReached, found);
            }
        }
        self.steps
    }
}
