//! One session with the relay, from sign-in to its end.

use std::collections::HashSet;

use fulcrum_relay::client::{ConnectError, Incoming, Session};
use fulcrum_relay::protocol::{Refusal, StoreId};
use fulcrum_relay::{EndpointId, SealingKey};
use rusqlite::Connection;

use super::pages::AskedPages;
use super::{RelayState, Tunnel};
use crate::feed::Tag;
use crate::jobs::Rehook;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::endpoints::{self, EndpointState};
use crate::store::relay_positions::{self, Reached};
use crate::store::{StoreError, listeners, webhooks};

/// How a session ended.
pub(super) struct Ended {
    /// Whether the relay let us in.
    pub(super) was_connected: bool,
    /// What is next.
    pub(super) then: Then,
    /// Why it ended, in words.
    pub(super) sentence: String,
}

/// What the relay was asked for in a session.
#[derive(Default)]
struct Asked {
    /// Endpoints, each with whether it is to be live.
    endpoints: HashSet<(String, bool)>,
    pages: AskedPages,
}

/// What comes after a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// Another one after a pause.
    Pause,
    /// Another one at once: this side ended it for that.
    Renew,
    /// None until the user chooses this copy: another one is in use.
    StandBy,
}

impl Ended {
    /// No session came about.
    fn before_it_began(then: Then, sentence: String) -> Self {
        Self {
            was_connected: false,
            then,
            sentence,
        }
    }
}

impl Tunnel {
    /// One session; with `take_over` the user chose this copy, whatever others have received.
    pub(super) async fn session(&self, take_over: bool) -> Ended {
        let (mut session, store) = match self.sign_in(take_over).await {
            Ok(signed_in) => signed_in,
            Err(ended) => return ended,
        };
        let welcome = session.welcome().clone();
        self.status.change(|status| {
            status.public_url = Some(welcome.public_url_base.to_string());
            status.waiting = welcome.waiting;
        });
        let sentence = match welcome.waiting {
            0 => "The relay is connected.".to_owned(),
            1 => "The relay is connected; 1 event waited.".to_owned(),
            waiting => format!("The relay is connected; {waiting} events waited."),
        };
        self.tell(RelayState::Connected, sentence).await;
        let (then, sentence) = tokio::select! {
            ended = self.carry(&mut session, store) => ended.unwrap_or_else(|problem| (Then::Pause, not_stored(&problem))),
            () = self.probe.renewal() => {
                (Then::Renew, "The connection to the relay is being built anew.".to_owned())
            }
        };
        Ended {
            was_connected: true,
            then,
            sentence,
        }
    }

    /// Signs in as this copy, and takes up its events where it left off. Tells which store the relay has.
    async fn sign_in(&self, take_over: bool) -> Result<(Session, Option<StoreId>), Ended> {
        let fail = |problem: StoreError| Ended::before_it_began(Then::Pause, not_stored(&problem));
        let copy = self.local_copy(take_over).await.map_err(fail)?;
        let session =
            Session::connect_by(&self.way, &self.relay, &self.identity, Some(&copy)).await;
        let session = session.map_err(|problem| {
            let then = match problem {
                ConnectError::Refused(Refusal::Superseded) => Then::StandBy,
                _ => Then::Pause,
            };
            Ended::before_it_began(then, self.in_words(&problem))
        })?;
        let welcome = session.welcome();
        self.let_in(welcome, &copy).await.map_err(fail)?;
        let store = welcome.position.map(|(store, _)| store);
        Ok((session, store))
    }

    /// Registers endpoints, stores what arrives, acknowledges it; until the session ends.
    async fn carry(
        &self,
        session: &mut Session,
        store: Option<StoreId>,
    ) -> Result<(Then, String), StoreError> {
        let reached = |number| store.map(|StoreId(store)| Reached { store, number });
        let lost = |sentence: String| Ok((Then::Pause, sentence));
        self.pages_at(store).await?;
        let mut asked = Asked::default();
        self.ask(session, &mut asked).await?;
        loop {
            tokio::select! {
                incoming = session.next() => match incoming {
                    Some(Incoming::Events(events)) => self.deliver(session, events, reached).await?,
                    Some(Incoming::Acknowledged { through }) => self.standing.confirm(through),
                    Some(Incoming::Expired { through, events }) => self.expired(session, (through, events), reached(through)).await?,
                    Some(Incoming::Registered { endpoint, url }) => self.registered(endpoint, url.as_str()).await?,
                    Some(Incoming::Retired { endpoint }) => self.retired(endpoint).await?,
                    Some(Incoming::Published { page, url }) => self.page_done(&mut asked.pages, page, Some(url)).await?,
                    Some(Incoming::Unpublished { page }) => self.page_done(&mut asked.pages, page, None).await?,
                    Some(Incoming::PageRefused { page, reason }) => self.page_refused(&mut asked.pages, page, reason).await?,
                    Some(Incoming::Refused { reason, endpoint: Some(endpoint) }) => {
                        tracing::warn!(endpoint = endpoint.prefix(), %reason, "the relay refused an endpoint");
                    }
                    Some(Incoming::Refused { reason, endpoint: None }) => {
                        let then = if reason == Refusal::Replaced { Then::StandBy } else { Then::Pause };
                        return Ok((then, format!("The relay ended the session: {reason}.")));
                    }
                    Some(Incoming::Closed(end)) => return lost(format!("The relay is not reachable: {end}.")),
                    None => return lost("The relay is not reachable.".to_owned()),
                },
                () = self.hurry.notified() => self.ask(session, &mut asked).await?,
            }
        }
    }

    async fn deliver(
        &self,
        session: &Session,
        events: Vec<fulcrum_relay::protocol::Event>,
        reached: impl Fn(i64) -> Option<Reached>,
    ) -> Result<(), StoreError> {
        let Some(last) = events.last().map(|event| event.seq) else {
            return Ok(());
        };
        let count = u64::try_from(events.len()).unwrap_or(0);
        let numbers: Vec<_> = events.iter().map(|event| (event.seq, event.prev)).collect();
        // Before they are stored: what is on disk is not followed a second time.
        let left_out = self.chain.follow(&numbers);
        if left_out > 0 {
            self.intake.left_out(left_out).await?;
        }
        self.intake.take(events, reached(last)).await?;
        session.ack(last);
        self.status
            .change(|status| status.waiting = status.waiting.saturating_sub(count));
        self.feed.changed(&[Tag::Relay]);
        Ok(())
    }

    /// Tells the user what the relay deleted because nobody fetched it in time, then lets it forget that.
    async fn expired(
        &self,
        session: &Session,
        (through, events): (i64, u64),
        reached: Option<Reached>,
    ) -> Result<(), StoreError> {
        let sentence = match events {
            1 => "The relay deleted 1 event that was not fetched within its retention time."
                .to_owned(),
            events => format!(
                "The relay deleted {events} events that were not fetched within its retention time."
            ),
        };
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                if let Some(reached) = reached {
                    relay_positions::reach(db, reached)?;
                }
                Entry::new(Kind::Relay, Outcome::Refused, sentence).write(db, now)
            })
            .await?;
        self.chain.expired(through);
        self.intake.lost();
        session.ack(through);
        self.feed.changed(&[Tag::Relay, Tag::Activity]);
        Ok(())
    }

    /// Asks for what the database wants and this session has not asked for yet.
    async fn ask(&self, session: &Session, asked: &mut Asked) -> Result<(), StoreError> {
        let (live, retiring) = self
            .store
            .read(|db| {
                let live = endpoints::in_state(db, EndpointState::Live)?;
                Ok::<_, StoreError>((live, endpoints::in_state(db, EndpointState::Retiring)?))
            })
            .await?;
        for row in live {
            let secret = <[u8; 32]>::try_from(row.sealing_secret.as_slice());
            if let (Ok(endpoint), Ok(secret)) = (row.id.parse::<EndpointId>(), secret)
                && asked.endpoints.insert((row.id, true))
            {
                session.register(endpoint, SealingKey::from_secret_bytes(&secret).public());
            }
        }
        for row in retiring {
            if let Ok(endpoint) = row.id.parse::<EndpointId>()
                && asked.endpoints.insert((row.id, false))
            {
                session.retire(endpoint);
            }
        }
        self.ask_pages(session, &mut asked.pages).await
    }

    async fn registered(&self, endpoint: EndpointId, url: &str) -> Result<(), StoreError> {
        let (url, relay) = (url.to_owned(), self.relay.to_string());
        let now = self.clock.now().as_millisecond();
        let (changed, rehook) = self
            .store
            .write(move |db| {
                let id = endpoint.to_string();
                let changed = endpoints::put_url(db, &id, (&url, &relay), now)?;
                Ok::<_, StoreError>((changed, rehook(db, &id, &url, now)?))
            })
            .await?;
        if changed {
            self.feed
                .changed(&[Tag::Listeners, Tag::Relay, Tag::Activity]);
        }
        if rehook {
            self.bell.ring();
        }
        if self.probe.is_at(endpoint) {
            self.probe.ring();
        }
        Ok(())
    }

    async fn retired(&self, endpoint: EndpointId) -> Result<(), StoreError> {
        self.store
            .write(move |db| endpoints::retired(db, &endpoint.to_string()))
            .await
    }

    fn in_words(&self, problem: &ConnectError) -> String {
        let host = self.relay.host_str().unwrap_or("its address");
        match problem {
            ConnectError::Address => "The relay's address must begin with https://. Put it right in Settings.".to_owned(),
            ConnectError::Proxy { .. } => format!("{problem}. The connection doctor says more."),
            ConnectError::Tls(_) if problem.certificate().is_some() => {
                let why = problem.certificate().unwrap_or_default();
                format!("The relay at {host} cannot be trusted. {why}")
            }
            ConnectError::TimedOut(_)
            | ConnectError::Name(_)
            | ConnectError::Tcp(_)
            | ConnectError::Tls(_)
            | ConnectError::Broken(_) => {
                format!("The relay at {host} is not reachable. Fulcrum goes on trying; until then Lever's events wait at the relay, or Lever sends them again.")
            }
            ConnectError::NoRoots => {
                "This computer has no list of trusted certificate authorities, so the relay cannot be checked.".to_owned()
            }
            ConnectError::Refused(reason) => format!("The relay does not let this installation in: {reason}."),
            ConnectError::NotARelay | ConnectError::NoWebSocket(_) => format!("What answers at {host} is not a relay of this version. Check the address in Settings."),
        }
    }
}

/// Has the webhook that Fulcrum made for the listener at an endpoint follow it to `url`; tells whether there is one
/// that calls another address.
fn rehook(db: &Connection, endpoint: &str, url: &str, now: i64) -> Result<bool, StoreError> {
    let Some(listener) = listeners::at_endpoint(db, endpoint)? else {
        return Ok(false);
    };
    let made = webhooks::of(db, listener.purpose.integration())?;
    let astray = made
        .iter()
        .any(|one| Some(&one.id) == listener.webhook_id.as_ref() && one.url != url);
    if astray && !listener.removed {
        let listener_id = listener.id;
        Rehook { listener_id }.add(db, now)?;
    }
    Ok(astray)
}

fn not_stored(problem: &StoreError) -> String {
    format!("Events cannot be stored, so they stay at the relay. {problem}")
}
