//! A hostile relay, from the wire's description alone: it shares the types of the wire with the product and nothing that
//! the product does. It withholds, says what a test wants it to say, and floods.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use data_encoding::BASE64;
use fulcrum_core::clock::{Clock, SystemClock};
use fulcrum_relay::{Delivery, EndpointId, SealingPublicKey};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use url::Url;

/// What the relay does with one event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It delivers it.
    Delivered,
    /// It keeps it back, and the next one still names it as the one before.
    Withheld,
    /// It keeps it back and numbers the others as if it had never come.
    Hidden,
}

/// What the relay does with acknowledgements.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Hearing {
    /// It loses them on their way.
    Lost,
    /// It takes them and does not say so.
    Unconfirmed,
    /// It takes and confirms them.
    #[default]
    Confirmed,
}

/// The relay. It ends with the runtime of its test.
#[derive(Clone)]
pub struct HostileRelay(Arc<Inner>);

struct Inner {
    url: Url,
    /// The fates of the next events, once the test says so; without one an event is delivered.
    fates: Mutex<Vec<Fate>>,
    hearing: Mutex<Hearing>,
    keys: Mutex<HashMap<String, SealingPublicKey>>,
    kept: Mutex<Kept>,
    /// Rung when there is something to say.
    changed: watch::Sender<()>,
    flow: watch::Sender<Flow>,
}

#[derive(Default)]
struct Kept {
    /// Each event that may be delivered, with its number.
    events: Vec<(i64, Value)>,
    last: i64,
    /// What else is said, before the events.
    words: Vec<Message>,
    /// Events to be made up, and the size of each.
    flood: (usize, usize),
}

/// The numbers up to which events were delivered and acknowledged.
#[derive(Clone, Copy, Default)]
pub struct Flow {
    pub delivered: i64,
    pub acknowledged: i64,
    /// The same with the acknowledgements that the relay lost.
    pub heard: i64,
    /// The last event that was posted and is no probe.
    pub posted: i64,
    /// The most events that were delivered and not acknowledged.
    pub most_between: i64,
}

impl HostileRelay {
    /// A relay on a port of its own that delivers everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let relay = Self(Arc::new(Inner {
            url: url.parse().unwrap(),
            fates: Mutex::default(),
            hearing: Mutex::default(),
            keys: Mutex::default(),
            kept: Mutex::default(),
            changed: watch::Sender::new(()),
            flow: watch::Sender::default(),
        }));
        let router = Router::new()
            .route("/desktop", get(desktop))
            .route("/e/{endpoint}", post(event))
            .with_state(relay.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        relay
    }

    /// Its address.
    pub fn url(&self) -> &Url {
        &self.0.url
    }

    /// Says what becomes of the next events; those after them, and probes, are delivered.
    pub fn decide(&self, fates: impl IntoIterator<Item = Fate>) {
        let mut fates: Vec<_> = fates.into_iter().collect();
        fates.reverse();
        *self.0.fates.lock().unwrap() = fates;
    }

    /// Says this to the desktop, in its session or in the next one.
    pub fn say(&self, words: impl IntoIterator<Item = Message>) {
        self.0.kept.lock().unwrap().words.extend(words);
        self.0.changed.send_replace(());
    }

    /// Delivers so many made-up events of this size, as fast as the desktop takes them.
    pub fn flood(&self, events: usize, bytes: usize) {
        self.0.kept.lock().unwrap().flood = (events, bytes);
        self.0.changed.send_replace(());
    }

    /// Does this with acknowledgements from now on.
    pub fn hear(&self, hearing: Hearing) {
        *self.0.hearing.lock().unwrap() = hearing;
    }

    /// How far delivering and acknowledging are, from now on.
    pub fn flow(&self) -> watch::Receiver<Flow> {
        self.0.flow.subscribe()
    }

    /// A delivery to an endpoint as a number of the next event, sealed to its key.
    pub fn sealed(&self, endpoint: EndpointId, body: &[u8]) -> Value {
        let key = self.0.keys.lock().unwrap()[&endpoint.to_string()];
        let at = SystemClock.now().as_millisecond();
        let delivery = Delivery {
            method: "POST".to_owned(),
            path: format!("/e/{endpoint}"),
            headers: Vec::new(),
            body: body.to_vec(),
        };
        let sealed = key.seal(delivery, endpoint, at).unwrap();
        let (prev, seq) = self.next_number();
        json!({
            "seq": seq, "prev": prev, "endpoint": endpoint, "received_at_ms": at, "sealed": BASE64.encode(&sealed),
        })
    }

    fn next_number(&self) -> (i64, i64) {
        let mut kept = self.0.kept.lock().unwrap();
        kept.last += 1;
        (kept.last - 1, kept.last)
    }

    fn keep(&self, endpoint: &str, body: &[u8]) -> bool {
        if !self.0.keys.lock().unwrap().contains_key(endpoint) {
            return false;
        }
        // Probes are delivered: a relay that withholds wants to look well.
        let is_probe = serde_json::from_slice::<Value>(body)
            .is_ok_and(|body| body["data"]["opportunityId"] == "probe");
        let decided = (!is_probe).then(|| self.0.fates.lock().unwrap().pop());
        match decided.flatten().unwrap_or(Fate::Delivered) {
            Fate::Hidden => {}
            Fate::Withheld => drop(self.next_number()),
            Fate::Delivered => {
                let event = self.sealed(endpoint.parse().unwrap(), body);
                let seq = event["seq"].as_i64().unwrap();
                if !is_probe {
                    self.0.flow.send_modify(|flow| flow.posted = seq);
                }
                self.0.kept.lock().unwrap().events.push((seq, event));
                self.0.changed.send_replace(());
            }
        }
        true
    }

    /// What is said next: words, then events after `seq`, then made-up ones; with the highest number in it.
    fn next_words(&self, seq: i64) -> Option<(Message, i64)> {
        let mut kept = self.0.kept.lock().unwrap();
        if !kept.words.is_empty() {
            return Some((kept.words.remove(0), seq));
        }
        let later = kept.events.iter().filter(|(number, _)| *number > seq);
        let events: Vec<_> = later.take(20).map(|(_, event)| event.clone()).collect();
        if let Some(last) = events.last() {
            let through = last["seq"].as_i64()?;
            return Some((
                words(&json!({ "type": "events", "events": events })),
                through,
            ));
        }
        let endpoint = self.0.keys.lock().unwrap().keys().next()?.clone();
        let (left, bytes) = kept.flood;
        kept.flood.0 = left.checked_sub(1)?;
        drop(kept);
        let (prev, seq) = self.next_number();
        let event = json!({
            "seq": seq, "prev": prev, "endpoint": endpoint, "received_at_ms": 0, "sealed": BASE64.encode(&seq.to_be_bytes()),
        });
        // A field that nobody knows takes the room: what counts here is what is under way, not what it says.
        let room = "x".repeat(bytes);
        let frame = format!(r#"{{"type":"events","events":[{event}],"room":"{room}"}}"#);
        Some((Message::text(frame), seq))
    }

    fn delivered(&self, through: i64) {
        self.0.flow.send_modify(|flow| {
            flow.delivered = flow.delivered.max(through);
            flow.most_between = flow.most_between.max(flow.delivered - flow.acknowledged);
        });
    }

    /// Takes an acknowledgement, or loses it; gives what it answers.
    fn acknowledged(&self, through: i64) -> Option<Value> {
        let hearing = *self.0.hearing.lock().unwrap();
        if hearing != Hearing::Lost {
            self.forget(through);
        }
        self.0.flow.send_modify(|flow| {
            flow.heard = flow.heard.max(through);
            if hearing != Hearing::Lost {
                flow.acknowledged = flow.acknowledged.max(through);
            }
        });
        (hearing == Hearing::Confirmed)
            .then(|| json!({ "type": "acknowledged", "through": through }))
    }

    /// How far events went, as the relay says it when a session begins.
    fn position(&self) -> Value {
        let newest = self.0.kept.lock().unwrap().last;
        json!({ "acknowledged": self.0.flow.borrow().acknowledged, "newest": newest })
    }

    fn forget(&self, through: i64) {
        let mut kept = self.0.kept.lock().unwrap();
        kept.events.retain(|(seq, _)| *seq > through);
    }
}

/// A message of the protocol as a frame.
pub fn words(message: &Value) -> Message {
    Message::text(message.to_string())
}

async fn event(
    State(relay): State<HostileRelay>,
    Path(endpoint): Path<String>,
    body: Bytes,
) -> (StatusCode, &'static str) {
    if relay.keep(&endpoint, &body) {
        (StatusCode::OK, "{\"ok\":true}")
    } else {
        (StatusCode::NOT_FOUND, "{\"ok\":false}")
    }
}

async fn desktop(State(relay): State<HostileRelay>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| async move {
        let (out, heard) = socket.split();
        let (answers, queue) = mpsc::unbounded_channel();
        // The desktop hangs up, as it may, and either half ends the other.
        tokio::select! {
            () = listen(&relay, heard, &answers) => {}
            _ = speak(&relay, out, queue) => {}
        }
    })
}

async fn listen(
    relay: &HostileRelay,
    mut heard: SplitStream<WebSocket>,
    answers: &mpsc::UnboundedSender<Value>,
) {
    while let Some(Ok(Message::Text(text))) = heard.next().await {
        let frame: Value = serde_json::from_str(&text).unwrap();
        let answer = match frame["type"].as_str() {
            Some("sign_in") => {
                let position = relay.position();
                json!({
                    "type": "welcome", "public_url_base": relay.url(), "waiting": 0, "position": position,
                })
            }
            Some("register") => {
                let endpoint = frame["endpoint"].as_str().unwrap().to_owned();
                let key = serde_json::from_value(frame["sealing_key"].clone()).unwrap();
                let url = format!("{}e/{endpoint}", relay.url());
                let registered = json!({ "type": "registered", "endpoint": endpoint, "url": url });
                relay.0.keys.lock().unwrap().insert(endpoint, key);
                relay.0.changed.send_replace(());
                registered
            }
            Some("ack") => match relay.acknowledged(frame["through"].as_i64().unwrap()) {
                Some(answer) => answer,
                None => continue,
            },
            _ => continue,
        };
        // The other half may have ended.
        let _ = answers.send(answer);
    }
}

async fn speak(
    relay: &HostileRelay,
    mut out: SplitSink<WebSocket, Message>,
    mut answers: mpsc::UnboundedReceiver<Value>,
) -> Result<(), axum::Error> {
    let nonce = BASE64.encode(&[7; 32]);
    let challenge =
        json!({ "type": "challenge", "nonce": nonce, "store": BASE64.encode(&[5; 16]) });
    out.send(words(&challenge)).await?;
    let mut changes = relay.0.changed.subscribe();
    changes.mark_changed();
    let (mut welcomed, mut sent) = (false, 0);
    loop {
        tokio::select! {
            Some(answer) = answers.recv() => {
                out.send(words(&answer)).await?;
                welcomed = true;
            }
            _ = changes.changed(), if welcomed => {
                while let Some((frame, through)) = relay.next_words(sent) {
                    out.send(frame).await?;
                    sent = through;
                    relay.delivered(through);
                }
            }
        }
    }
}
