//! A sign-in: the loopback address is open before the browser, one at a time, and it ends by itself.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::model::{ConnectionState, SignIn, SignInFailure};
use super::{Connections, Integration, asked, claims};
use crate::config::{Environment, LeverAddresses};
use crate::feed::Tag;
use crate::oauth::loopback::{self, Callback, Denied, Judge, Reply};
use crate::oauth::{Client, Exchange, ExchangeError, Granted, Started};
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow, Login};
use crate::store::names::name;

/// How long a sign-in waits for the browser (T3: the listener is open for minutes only).
const WAIT: Duration = Duration::from_secs(10 * 60);

/// Stands for the `error` of an answer that names another server.
const WRONG_ISSUER: &str = "wrong issuer";

/// Why a sign-in cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The environment has no addresses.
    #[error("No address was given at the start of the program for this choice.")]
    NoAddress,
    /// None of the registered ports is free.
    #[error(
        "Another program uses the ports that Lever comes back to ({ports}). Close it, or register other ports with Lever and set them in Settings."
    )]
    NoPort {
        /// The ports, in words.
        ports: String,
        /// The system's own words.
        detail: String,
    },
    /// The addresses cannot be used.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address pasted back is not that of the sign-in that waits.
    #[error("{0}")]
    Paste(&'static str),
}

/// A sign-in that waits for the browser.
pub(super) struct Pending {
    view: SignIn,
    started: Option<Started>,
    answers: mpsc::Sender<(Started, Result<loopback::Code, Denied>)>,
    stop: Option<oneshot::Sender<()>>,
}

/// For which Lever and with which registration.
struct Target {
    environment: Environment,
    addresses: LeverAddresses,
    client: Client,
    scopes: Vec<String>,
}

impl Connections {
    /// The integrations that this sign-in asks for: its own, and the other one if it is connected, so that one
    /// list in Lever shows all that Fulcrum may do (SCREENS.md 4.2.2).
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn asking(&self) -> Result<Vec<Integration>, StoreError> {
        let own = self.integration;
        self.store
            .read(move |db| {
                let mut asking = vec![own];
                for other in Integration::ALL {
                    let row = connections::get(db, other)?;
                    if other != own && row.is_some_and(|row| row.login.tokens().is_some()) {
                        asking.push(other);
                    }
                }
                Ok(asking)
            })
            .await
    }

    /// Begins a sign-in, or gives the one that waits already. `open` opens the system browser and tells
    /// whether it could.
    ///
    /// # Errors
    /// [`SignInError`]; the connection stays as it was.
    pub async fn sign_in(
        self: &Arc<Self>,
        environment: Environment,
        client: Client,
        ports: &[u16],
        open: impl FnOnce(&Url) -> bool,
    ) -> Result<SignIn, SignInError> {
        if let Some(waiting) = self.waiting() {
            return Ok(waiting);
        }
        let addresses =
            LeverAddresses::of(environment, self.custom.as_ref()).ok_or(SignInError::NoAddress)?;
        let no_port = |problem: std::io::Error| SignInError::NoPort {
            ports: ports
                .iter()
                .map(u16::to_string)
                .collect::<Vec<_>>()
                .join(", "),
            detail: problem.to_string(),
        };
        let listener = loopback::bind(ports).await.map_err(no_port)?;
        let redirect_uri = loopback::redirect_uri(&listener).map_err(no_port)?;
        let asked = asked(&self.asking().await?);
        let scopes: Vec<_> = asked.iter().map(|permission| permission.scope).collect();
        let exchange = Exchange::new(self.http.clone(), addresses.clone(), client.clone());
        let started = exchange.start(&redirect_uri, &scopes)?;
        let target = Target {
            environment,
            addresses,
            client,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        };

        let now = self.clock.now().as_millisecond();
        let (answers, answered) = mpsc::channel(1);
        let (stop, stopped) = oneshot::channel();
        let url = started.authorize_url.clone();
        let mut view = SignIn {
            authorize_url: url.to_string(),
            redirect_uri,
            started_at: now,
            expires_at: now + i64::try_from(WAIT.as_millis()).unwrap_or(0),
            browser_opened: false,
        };
        *self.pending() = Some(Pending {
            view: view.clone(),
            started: Some(started),
            answers,
            stop: Some(stop),
        });
        self.forget_failure();
        let attending = Arc::clone(self).attend(view.clone(), target, listener, answered, stopped);
        tokio::spawn(attending);
        view.browser_opened = open(&url);
        if let Some(pending) = self.pending().as_mut() {
            pending.view.browser_opened = view.browser_opened;
        }
        self.feed.changed(&[Tag::Connection]);
        Ok(view)
    }

    /// The sign-in that waits, or none.
    pub fn waiting(&self) -> Option<SignIn> {
        self.pending().as_ref().map(|pending| pending.view.clone())
    }

    /// Why the last sign-in failed, until the next one begins.
    pub fn failure(&self) -> Option<SignInFailure> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn forget_failure(&self) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Ends the sign-in that waits; the connection is as it was before.
    pub fn cancel(&self) {
        if let Some(stop) = self
            .pending()
            .take()
            .and_then(|mut pending| pending.stop.take())
        {
            // A sign-in that ended by itself needs no telling.
            let _ = stop.send(());
        }
        self.settle();
    }

    /// Returns once no sign-in waits.
    pub async fn wait(&self) {
        let mut settled = self.settled.subscribe();
        while self.waiting().is_some() {
            if settled.changed().await.is_err() {
                return;
            }
        }
    }

    /// Takes the address that the browser was sent to, copied by hand.
    ///
    /// # Errors
    /// [`SignInError::Paste`] with what is wrong with it.
    pub async fn paste_back(&self, address: &str) -> Result<(), SignInError> {
        let callback = Url::parse(address.trim())
            .ok()
            .and_then(|url| url.query().and_then(Callback::parse))
            .ok_or(SignInError::Paste("This is not the address that Lever sent the browser to. Copy the whole address line."))?;
        match self.consider(callback) {
            Reply::Accepted | Reply::Refused => {
                self.wait().await;
                Ok(())
            }
            Reply::Unknown => Err(SignInError::Paste(
                "This address belongs to another sign-in. Use the newest browser tab, or start again.",
            )),
        }
    }

    /// Compares the state and, if it is right, hands the outcome on; it counts once.
    fn consider(&self, callback: Callback) -> Reply {
        let mut pending = self.pending();
        let Some(waiting) = pending.as_mut() else {
            return Reply::Unknown;
        };
        if !waiting
            .started
            .as_ref()
            .is_some_and(|started| started.is_state(&callback.state))
        {
            tracing::warn!(
                "an answer with a wrong or used state came to the sign-in address; it was ignored"
            );
            return Reply::Unknown;
        }
        let Some(started) = waiting.started.take() else {
            return Reply::Unknown;
        };
        // Another server's code would be sent to Lever, or Lever's to it (mix-up, RFC 9207 1).
        let outcome = match callback.issuer {
            Some(issuer) if !started.is_issuer(&issuer) => Err(Denied {
                error: WRONG_ISSUER.to_owned(),
                description: Some(issuer),
            }),
            _ => callback.outcome,
        };
        let reply = if outcome.is_ok() {
            Reply::Accepted
        } else {
            Reply::Refused
        };
        // The channel holds one, and the state counts once.
        let _ = waiting.answers.try_send((started, outcome));
        reply
    }

    /// Answers the browser until the sign-in has ended, one way or another.
    async fn attend(
        self: Arc<Self>,
        view: SignIn,
        target: Target,
        listener: tokio::net::TcpListener,
        mut answered: mpsc::Receiver<(Started, Result<loopback::Code, Denied>)>,
        stopped: oneshot::Receiver<()>,
    ) {
        let me = Arc::clone(&self);
        let judge: Judge = Arc::new(move |callback| me.consider(callback));
        let (close, closed) = oneshot::channel::<()>();
        let page = tokio::spawn(loopback::run(listener, judge, async {
            // Closed by a message or by the sender's end alike.
            let _ = closed.await;
        }));
        let end = Timestamp::from_millisecond(view.expires_at).unwrap_or(Timestamp::MAX);
        let ended = tokio::select! {
            // In this order: what was stopped neither succeeds nor runs out of time.
            biased;
            _ = stopped => Ok(()),
            answer = answered.recv() => match answer {
                Some((started, Ok(code))) => self.finish(&target, started, code).await,
                Some((_, Err(denied))) => Err(refusal(&denied)),
                None => Ok(()),
            },
            () = self.clock.sleep_until(end) => {
                Err(("The sign-in ended after ten minutes without an answer from Lever. Start it again when you are ready.".to_owned(), None))
            }
        };
        drop(close);
        if let Err((sentence, detail)) = ended {
            self.note_failure(sentence, detail).await;
        }
        // After a cancel the next sign-in may be waiting already.
        self.pending()
            .take_if(|pending| pending.view.authorize_url == view.authorize_url);
        self.settle();
        if let Ok(Err(problem)) = page.await {
            tracing::warn!(%problem, "the sign-in address failed");
        }
    }

    async fn finish(
        &self,
        target: &Target,
        started: Started,
        code: loopback::Code,
    ) -> Result<(), (String, Option<String>)> {
        let now = self.clock.now().as_millisecond();
        let exchange = Exchange::new(
            self.http.clone(),
            target.addresses.clone(),
            target.client.clone(),
        );
        let granted = exchange
            .finish(started, code.0, now)
            .await
            .map_err(failed_exchange)?;
        let row = connected(target, granted, now).map_err(in_words)?;
        let (label, integration) = (target.environment.label(), self.integration.label());
        let sentence = format!("You connected Lever ({label}) for {integration}.");
        self.keep(row, sentence).await.map_err(in_words)?;
        self.name_the_user().await;
        Ok(())
    }

    async fn note_failure(&self, sentence: String, detail: Option<String>) {
        let now = self.clock.now().as_millisecond();
        let failure = SignInFailure {
            sentence: sentence.clone(),
            detail: detail.clone(),
            at: now,
        };
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        let line = self.store.write(move |db| {
            let entry = Entry::new(Kind::Connection, Outcome::Refused, sentence).by(Actor::Lever);
            match detail {
                Some(detail) => entry.detail(detail).write(db, now),
                None => entry.write(db, now),
            }
        });
        if let Err(problem) = line.await {
            let problem: StoreError = problem;
            tracing::warn!(%problem, "a failed sign-in could not be logged");
        }
    }

    fn settle(&self) {
        self.settled.send_modify(|count| *count += 1);
        self.feed.changed(&[Tag::Connection, Tag::Activity]);
    }

    fn pending(&self) -> MutexGuard<'_, Option<Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn connected(target: &Target, granted: Granted, now: i64) -> Result<ConnectionRow, StoreError> {
    Ok(ConnectionRow {
        environment: name(&target.environment)?,
        account: serde_json::to_string(&claims::account(&granted.tokens.access))?,
        login: Login::LeverConnect {
            client_id: target.client.id.clone(),
            client_secret: Some(SecretString::clone(&target.client.secret)),
            tokens: Some(granted.tokens),
        },
        granted: granted
            .scopes
            .unwrap_or_else(|| target.scopes.clone())
            .join(" "),
        state: name(&ConnectionState::ConnectedNotValidated)?,
        checks: "[]".to_owned(),
        connected_at: now,
        validated_at: None,
    })
}

fn in_words(problem: StoreError) -> (String, Option<String>) {
    (
        "Lever agreed, but the connection could not be saved. Sign in again.".to_owned(),
        Some(problem.to_string()),
    )
}

fn failed_exchange(problem: ExchangeError) -> (String, Option<String>) {
    let sentence = match &problem {
        ExchangeError::Refused { .. } => {
            "Lever took too long or the answer was used before. Sign in again.".to_owned()
        }
        other => other.to_string(),
    };
    let (ExchangeError::Refused { detail }
    | ExchangeError::Client { detail }
    | ExchangeError::Unreachable { detail }
    | ExchangeError::Widened { detail }
    | ExchangeError::Address { detail }) = problem;
    (sentence, Some(detail))
}

fn refusal(denied: &Denied) -> (String, Option<String>) {
    let sentence = match denied.error.as_str() {
        "access_denied" => {
            "You chose not to allow access, or your role in Lever may not allow it: only a Super Admin can. Nothing was changed."
        }
        WRONG_ISSUER => {
            "The answer came from another server than the one that was asked, so it was thrown away. Close the other tabs and sign in again."
        }
        _ => {
            "Lever refused the sign-in. Check the client id, its redirect addresses and the environment."
        }
    };
    let detail = match &denied.description {
        Some(description) => format!("{}: {description}", denied.error),
        None => denied.error.clone(),
    };
    (sentence.to_owned(), Some(detail))
}
