//! Where events go out: the WebSocket of one desktop, from its handshake to its end.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::error::Error;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::{AcquireError, OwnedSemaphorePermit};
use tokio::time::{self, MissedTickBehavior};

use super::Shared;
use super::clients::{self, Client, TooOften};
use super::directory::Mailbox;
use super::fence::{self, Begun};
use super::limits::Amount;
use super::pages::publish;
use super::peer::{Peer, frame};
use super::registry::{self, Deletion};
use super::store::{self, Expired, StoredDevice};
use crate::endpoint::EndpointId;
use crate::identity::{DeviceKey, Nonce};
use crate::page::PageId;
use crate::protocol::{
    self, DESKTOP_FRAME_LIMIT, Fence, FromDesktop, FromRelay, PING_EVERY, RELAY_FRAME_LIMIT,
    Refusal,
};

/// Events, and bytes of them, in one frame. A desktop stores a frame in one transaction, so that many
/// small events share its sync.
const BATCH: Amount = Amount::new(256, 512 * 1024);
/// Bytes that a delivery may take until its frame is made: the frame has room for the largest event twice.
pub(super) const FRAME_MEMORY: usize = RELAY_FRAME_LIMIT;
/// Pings in a row that a living desktop answers at least one of.
const PINGS: u32 = 2;

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The desktop is gone, silent, or does not read.
    Lost,
    /// The relay stops.
    Stopping,
    /// The desktop was told why.
    Refused(Refusal),
}

impl End {
    /// Every word that [`End::word`] says.
    pub(super) const WORDS: [&str; 9] = [
        "lost",
        "stopping",
        "version",
        "signature",
        "malformed",
        "replaced",
        "superseded",
        "unavailable",
        "limit",
    ];

    /// The word in metrics.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Stopping => "stopping",
            Self::Refused(Refusal::Version) => "version",
            Self::Refused(Refusal::Signature) => "signature",
            Self::Refused(Refusal::Malformed) => "malformed",
            Self::Refused(Refusal::Replaced) => "replaced",
            Self::Refused(Refusal::Superseded) => "superseded",
            Self::Refused(Refusal::Unavailable) => "unavailable",
            // Of the rest, only the limit on desktops ends a connection.
            Self::Refused(_) => "limit",
        }
    }
}

/// Answers `GET /desktop`. A web page cannot hide its `Origin`, and no page has business here
/// (RELIABILITY.md T3).
pub(super) async fn handle(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<clients::Peer>,
    client: Client,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if headers.contains_key(header::ORIGIN) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let Ok(place) = Arc::clone(&shared.sessions).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let places = connection.places();
    let mut stopping = shared.stopping.subscribe();
    upgrade
        .max_message_size(DESKTOP_FRAME_LIMIT)
        .max_frame_size(DESKTOP_FRAME_LIMIT)
        .on_upgrade(move |socket| async move {
            // Its TCP connection goes on counting as one.
            let _places = (place, places);
            let mut peer = Peer::new(socket);
            let end = tokio::select! {
                ended = Box::pin(serve(&shared, client, &mut peer)) => match ended {
                    Ok(never) => match never {},
                    Err(end) => end,
                },
                _ = stopping.wait_for(|stopping| *stopping) => End::Stopping,
            };
            tracing::info!(?end, "a desktop session ended");
            shared.metrics.ended(end);
            peer.close(end).await;
        })
}

async fn serve(shared: &Arc<Shared>, client: Client, peer: &mut Peer) -> Result<Infallible, End> {
    let signing_in = time::timeout(shared.limits.sign_in_time, sign_in(shared, client, peer));
    let (mailbox, fence) = signing_in.await.map_err(|_| End::Lost)??;
    let begun = fence::begin(shared, &mailbox, fence).await;
    let Begun {
        number,
        waiting,
        position,
    } = begun.map_err(End::Refused)?;
    tracing::info!(device = mailbox.device.0, "a desktop signed in");
    shared.metrics.signed_in();
    let welcome = FromRelay::Welcome {
        public_url_base: shared.base.clone(),
        waiting,
        retention_days: shared.limits.retention_days.map(NonZeroU32::get),
        position,
    };
    peer.send(welcome).await?;
    let session = Session {
        shared,
        peer,
        mailbox,
        number,
        confirms: fence.is_some(),
        sent: 0,
        acknowledged: 0,
        told: Expired::default(),
        unacknowledged: VecDeque::new(),
        pings: 0,
    };
    session.run().await
}

/// Challenges the peer; the key that answers is the device, and nothing else ever names it.
async fn sign_in(
    shared: &Shared,
    client: Client,
    peer: &mut Peer,
) -> Result<(Arc<Mailbox>, Option<Fence>), End> {
    let nonce = Nonce::random();
    let store = Some(shared.store);
    peer.send(FromRelay::Challenge { nonce, store }).await?;
    let FromDesktop::SignIn {
        version,
        key,
        signature,
        fence,
    } = peer.receive().await?
    else {
        return Err(End::Refused(Refusal::Malformed));
    };
    if version != protocol::VERSION {
        return Err(End::Refused(Refusal::Version));
    }
    let signed = |host: &String| key.verifies(&nonce, host, &signature);
    if !shared.hosts.iter().any(signed) {
        return Err(End::Refused(Refusal::Signature));
    }
    let mailbox = mailbox(shared, client, key).await;
    Ok((mailbox.map_err(End::Refused)?, fence))
}

async fn mailbox(shared: &Shared, client: Client, key: DeviceKey) -> Result<Arc<Mailbox>, Refusal> {
    if let Some(mailbox) = shared.directory.mailbox(&key) {
        return Ok(mailbox);
    }
    // A key costs nothing to make, and each takes one of the places of all.
    let admitted = shared.clients.admit(client);
    admitted.map_err(|TooOften| Refusal::Unavailable)?;
    if shared.directory.device_count() >= shared.limits.devices {
        return Err(Refusal::EndpointLimit);
    }
    if shared.cluster.is_some() {
        return Ok(shared.directory.joined(key));
    }
    let directory = Arc::clone(&shared.directory);
    let added = move |&id: &_| directory.add_device(StoredDevice::new(id, key));
    shared
        .writer
        .write(move |connection| store::device(connection, key), added)
        .await
        .map_err(|_| Refusal::Unavailable)?;
    shared.directory.mailbox(&key).ok_or(Refusal::Unavailable)
}

/// Waits until there is memory for the largest frame and for the events in it.
async fn room_for_frame(shared: &Shared) -> Result<OwnedSemaphorePermit, AcquireError> {
    let room = u32::try_from(FRAME_MEMORY).expect("a frame is far below 4 GB");
    Arc::clone(&shared.delivering)
        .acquire_many_owned(room)
        .await
}

/// What a session does next.
enum Next {
    Deliver(OwnedSemaphorePermit),
    Message(FromDesktop),
    Ping,
}

/// A signed-in desktop.
struct Session<'a> {
    shared: &'a Arc<Shared>,
    peer: &'a mut Peer,
    mailbox: Arc<Mailbox>,
    number: u64,
    /// Whether the desktop hears that its acknowledgements counted.
    confirms: bool,
    /// The highest event number that went out on this connection.
    sent: i64,
    acknowledged: i64,
    told: Expired,
    unacknowledged: VecDeque<i64>,
    pings: u32,
}

impl Session<'_> {
    async fn run(mut self) -> Result<Infallible, End> {
        let mut latest = self.mailbox.latest.subscribe();
        let mut expired = self.mailbox.expired.subscribe();
        let mut sessions = self.mailbox.sessions.subscribe();
        let number = self.number;
        let mut ping = time::interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        loop {
            expired.mark_unchanged();
            self.tell_expired().await?;
            let newest = *latest.borrow_and_update();
            let room = self
                .shared
                .limits
                .window
                .saturating_sub(self.unacknowledged.len());
            let due = room > 0 && newest > self.sent;
            let next = tokio::select! {
                Ok(memory) = room_for_frame(self.shared), if due => Next::Deliver(memory),
                message = self.peer.receive() => Next::Message(message?),
                _ = latest.changed(), if !due => continue,
                _ = expired.changed() => continue,
                _ = sessions.wait_for(|last| *last != number) => {
                    return Err(End::Refused(Refusal::Replaced));
                }
                _ = ping.tick() => Next::Ping,
            };
            match next {
                Next::Deliver(memory) => self.deliver(newest, room, memory).await?,
                Next::Message(message) => self.handle(message).await?,
                Next::Ping => self.ping().await?,
            }
        }
    }

    async fn deliver(
        &mut self,
        newest: i64,
        room: usize,
        mut memory: OwnedSemaphorePermit,
    ) -> Result<(), End> {
        let (device, after) = (self.mailbox.device, self.sent);
        let at_most = Amount::new(BATCH.events.min(room as u64), BATCH.bytes);
        let unreadable = End::Refused(Refusal::Unavailable);
        let events = if let Some(cluster) = &self.shared.cluster {
            let events = cluster.waiting(self.mailbox.key, after, at_most).await;
            events.map_err(|_| unreadable)?
        } else {
            self.shared
                .reader
                .read(move |connection| store::waiting(connection, device, after, at_most))
                .await
                .map_err(|error| {
                    tracing::error!(error = &error as &dyn Error, "stored events cannot be read");
                    unreadable
                })?
        };
        // It may have been deleted since the last look, and the gap is not to be seen first.
        self.tell_expired().await?;
        if events.is_empty() {
            // What `newest` spoke of was deleted at the end of its retention time.
            self.sent = self.sent.max(newest);
            return Ok(());
        }
        for event in &events {
            self.sent = self.sent.max(event.seq);
            self.unacknowledged.push_back(event.seq);
        }
        let frame = frame(FromRelay::Events { events });
        // Here and in the buffer of the socket.
        drop(memory.split(FRAME_MEMORY.saturating_sub(2 * frame.len())));
        self.peer.send_frame(frame).await
    }

    /// Says what retention deleted since this connection was last told.
    async fn tell_expired(&mut self) -> Result<(), End> {
        let expired = *self.mailbox.expired.borrow();
        if expired.events == 0 || expired == self.told {
            return Ok(());
        }
        self.told = expired;
        self.sent = self.sent.max(expired.through);
        let Expired { through, events } = expired;
        self.peer.send(FromRelay::Expired { through, events }).await
    }

    async fn handle(&mut self, message: FromDesktop) -> Result<(), End> {
        match message {
            FromDesktop::SignIn { .. } => Err(End::Refused(Refusal::Malformed)),
            FromDesktop::Ack { through } => self.acknowledge(through).await,
            FromDesktop::Register {
                endpoint,
                sealing_key,
            } => {
                let outcome =
                    registry::register(self.shared, &self.mailbox, endpoint, sealing_key).await;
                self.answer(
                    endpoint,
                    outcome.map(|url| FromRelay::Registered { endpoint, url }),
                )
                .await
            }
            FromDesktop::Publish {
                page,
                ciphertext,
                expires_at_ms,
                form,
            } => {
                let (shared, mailbox) = (self.shared, &self.mailbox);
                let outcome =
                    publish::publish(shared, mailbox, page, ciphertext, expires_at_ms, form).await;
                self.answer_page(page, outcome.map(|url| FromRelay::Published { page, url }))
                    .await
            }
            FromDesktop::Unpublish { page } => {
                let outcome = publish::unpublish(self.shared, &self.mailbox, page).await;
                self.answer_page(page, outcome.map(|()| FromRelay::Unpublished { page }))
                    .await
            }
            FromDesktop::Retire { endpoint } => {
                let outcome = registry::retire(self.shared, &self.mailbox, endpoint).await;
                self.answer(endpoint, outcome.map(|()| FromRelay::Retired { endpoint }))
                    .await
            }
        }
    }

    async fn answer(
        &mut self,
        endpoint: EndpointId,
        outcome: Result<FromRelay, Refusal>,
    ) -> Result<(), End> {
        let message = outcome.unwrap_or_else(|reason| FromRelay::Refused {
            reason,
            endpoint: Some(endpoint),
        });
        self.peer.send(message).await
    }

    async fn answer_page(
        &mut self,
        page: PageId,
        outcome: Result<FromRelay, Refusal>,
    ) -> Result<(), End> {
        let message = outcome.unwrap_or_else(|reason| FromRelay::PageRefused { page, reason });
        self.peer.send(message).await
    }

    /// Deletes what the desktop has. An acknowledgement counts only as far as this connection
    /// delivered, so a number from nowhere deletes nothing that the desktop never saw.
    async fn acknowledge(&mut self, through: i64) -> Result<(), End> {
        let through = through.min(self.sent);
        if through <= self.acknowledged {
            return Ok(());
        }
        let session = self.number;
        let delivered = Deletion::Delivered { session };
        let counted = registry::delete_through(self.shared, &self.mailbox, through, delivered)
            .await
            .map_err(|_| End::Refused(Refusal::Unavailable))?;
        if !counted {
            return Err(End::Refused(Refusal::Replaced));
        }
        self.acknowledged = through;
        while self
            .unacknowledged
            .front()
            .is_some_and(|seq| *seq <= through)
        {
            self.unacknowledged.pop_front();
        }
        if self.confirms {
            return self.peer.send(FromRelay::Acknowledged { through }).await;
        }
        Ok(())
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.peer.was_heard() {
            self.pings = 0;
        }
        if self.pings == PINGS {
            return Err(End::Lost);
        }
        // Another relay may still reach the common store.
        let shared = self.shared;
        if shared.cluster.is_some() && !shared.health.is_writable(shared).await {
            return Err(End::Refused(Refusal::Unavailable));
        }
        self.pings += 1;
        self.peer.ping().await
    }
}
