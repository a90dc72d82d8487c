//! A sign-in: the loopback address is open before the browser, one at a time, and it ends by itself.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::failure::{self, Failure};
use super::model::{SignIn, SignInFailure};
use super::scopes::Asked;
use super::{Connections, Integration, each};
use crate::config::{Environment, LeverAddresses, callback_address};
use crate::feed::Tag;
use crate::oauth::loopback::{self, Callback, Denied, Judge, Reply};
use crate::oauth::{Client, Exchange, ExchangeError, Started};
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections;
use crate::store::mappings;

/// How long a sign-in waits for the browser (T3: the listener is open for minutes only).
const WAIT: Duration = Duration::from_secs(10 * 60);

/// Stands for the `error` of an answer that names another server.
pub(super) const WRONG_ISSUER: &str = "wrong issuer";

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
pub(super) struct Target {
    pub(super) environment: Environment,
    pub(super) addresses: LeverAddresses,
    pub(super) client: Client,
    /// What is asked for.
    pub(super) scopes: Vec<String>,
}

/// Where the browser comes back to.
struct WayBack {
    redirect_uri: String,
    /// Bound before the browser opens; none if no port is free.
    listener: Option<TcpListener>,
    /// Why there is no listener.
    problem: Option<String>,
}

impl WayBack {
    /// The first of these ports that is free. If none is, the browser is sent to the first one all the same, and
    /// its address is pasted: whoever listens there cannot use the code without the verifier (RFC 7636 1).
    async fn open(ports: &[u16]) -> Result<Self, SignInError> {
        let problem = match loopback::bind(ports).await {
            Ok(listener) => {
                let redirect_uri = loopback::redirect_uri(&listener);
                return Ok(Self {
                    redirect_uri: redirect_uri.map_err(|problem| no_port(ports, &problem))?,
                    listener: Some(listener),
                    problem: None,
                });
            }
            Err(problem) => no_port(ports, &problem),
        };
        let Some(first) = ports.iter().find(|port| **port != 0) else {
            return Err(problem);
        };
        Ok(Self {
            redirect_uri: callback_address(*first),
            listener: None,
            problem: Some(problem.to_string()),
        })
    }
}

fn no_port(ports: &[u16], problem: &std::io::Error) -> SignInError {
    let ports: Vec<_> = ports.iter().map(u16::to_string).collect();
    SignInError::NoPort {
        ports: ports.join(", "),
        detail: problem.to_string(),
    }
}

impl Connections {
    /// What this sign-in asks for: what its own integration needs, and the other one if it is connected, so that
    /// one list in Lever shows all that Fulcrum may do (SCREENS.md 4.2.2).
    ///
    /// Each permission that it could ask for, with whether what is set up needs it.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn asking(&self) -> Result<Vec<Asked>, StoreError> {
        let own = self.integration;
        self.store
            .read(move |db| {
                let mut asking = vec![own];
                let mut mapped = mappings::fields(db, own.mapping())?;
                for other in Integration::ALL {
                    let row = connections::get(db, other)?;
                    if other != own && row.is_some_and(|row| row.login.tokens().is_some()) {
                        asking.push(other);
                        mapped.extend(mappings::fields(db, other.mapping())?);
                    }
                }
                Ok(each(&asking, &mapped))
            })
            .await
    }

    /// Begins a sign-in, or gives the one that waits already. It asks for what is needed, and for what is optional
    /// and among `also`, the scopes that the user ticked. `open` opens the system browser and tells
    /// whether it could.
    ///
    /// # Errors
    /// [`SignInError`]; the connection stays as it was.
    pub async fn sign_in(
        self: &Arc<Self>,
        environment: Environment,
        client: Client,
        also: &[String],
        ports: &[u16],
        open: impl FnOnce(&Url) -> bool,
    ) -> Result<SignIn, SignInError> {
        let _one_at_a_time = self.beginning.lock().await;
        if let Some(waiting) = self.waiting() {
            return Ok(waiting);
        }
        let addresses =
            LeverAddresses::of(environment, self.custom.as_ref()).ok_or(SignInError::NoAddress)?;
        let way_back = WayBack::open(ports).await?;
        let mut asked = self.asking().await?;
        asked.retain(|one| !one.optional || also.iter().any(|scope| scope == one.scope));
        let scopes: Vec<_> = asked.iter().map(|permission| permission.scope).collect();
        let exchange = Exchange::new(self.http.clone(), addresses.clone(), client.clone());
        let started = exchange.start(&way_back.redirect_uri, &scopes)?;
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
            redirect_uri: way_back.redirect_uri,
            started_at: now,
            expires_at: now + i64::try_from(WAIT.as_millis()).unwrap_or(0),
            browser_opened: false,
            port_problem: way_back.problem,
        };
        *self.pending() = Some(Pending {
            view: view.clone(),
            started: Some(started),
            answers,
            stop: Some(stop),
        });
        self.forget_failure();
        self.forget_unconfirmed();
        let listener = way_back.listener;
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
        listener: Option<TcpListener>,
        mut answered: mpsc::Receiver<(Started, Result<loopback::Code, Denied>)>,
        stopped: oneshot::Receiver<()>,
    ) {
        let me = Arc::clone(&self);
        let judge: Judge = Arc::new(move |callback| me.consider(callback));
        let (close, closed) = oneshot::channel::<()>();
        let page = listener.map(|listener| {
            tokio::spawn(loopback::run(listener, judge, async {
                // Closed by a message or by the sender's end alike.
                let _ = closed.await;
            }))
        });
        let end = Timestamp::from_millisecond(view.expires_at).unwrap_or(Timestamp::MAX);
        let (ended, answered) = tokio::select! {
            // In this order: what was stopped neither succeeds nor runs out of time.
            biased;
            _ = stopped => (Ok(()), false),
            answer = answered.recv() => match answer {
                Some((started, Ok(code))) => (self.finish(&target, started, code).await, true),
                Some((_, Err(denied))) => (Err(failure::denied(&denied)), true),
                None => (Ok(()), false),
            },
            () = self.clock.sleep_until(end) => (Err(failure::time_is_up()), false),
        };
        drop(close);
        if let Err(failure) = ended {
            self.note_failure(failure).await;
        }
        // After a cancel the next sign-in may be waiting already.
        self.pending()
            .take_if(|pending| pending.view.authorize_url == view.authorize_url);
        self.settle();
        if answered {
            (self.come_to_front)();
        }
        if let Some(page) = page
            && let Ok(Err(problem)) = page.await
        {
            tracing::warn!(%problem, "the sign-in address failed");
        }
    }

    async fn note_failure(&self, failure: Failure) {
        let now = self.clock.now().as_millisecond();
        let Failure {
            sentence,
            action,
            detail,
        } = failure;
        let failure = SignInFailure {
            sentence: sentence.clone(),
            action,
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
