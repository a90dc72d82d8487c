//! A relay that withholds events, from the wire's description alone: it shares the types of the wire with the product
//! and nothing that the product does.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use data_encoding::BASE64;
use fulcrum_core::clock::{Clock, SystemClock};
use fulcrum_relay::{Delivery, EndpointId, SealingPublicKey};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
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

/// The relay. It ends with the runtime of its test.
#[derive(Clone)]
pub struct WithholdingRelay(Arc<Inner>);

struct Inner {
    url: Url,
    /// The fates of the next events, once the test says so; without one an event is delivered.
    fates: Mutex<Vec<Fate>>,
    keys: Mutex<HashMap<String, SealingPublicKey>>,
    kept: Mutex<Kept>,
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct Kept {
    /// Each event that may be delivered, with its number.
    events: Vec<(i64, Value)>,
    last: i64,
}

impl WithholdingRelay {
    /// A relay on a port of its own that delivers everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let relay = Self(Arc::new(Inner {
            url: url.parse().unwrap(),
            fates: Mutex::default(),
            keys: Mutex::default(),
            kept: Mutex::default(),
            changed: watch::Sender::new(()),
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

    fn keep(&self, endpoint: &str, body: Vec<u8>) -> bool {
        let Some(key) = self.0.keys.lock().unwrap().get(endpoint).copied() else {
            return false;
        };
        // Probes are delivered: a relay that withholds wants to look well.
        let is_probe = serde_json::from_slice::<Value>(&body)
            .is_ok_and(|body| body["data"]["opportunityId"] == "probe");
        let decided = (!is_probe).then(|| self.0.fates.lock().unwrap().pop());
        let fate = decided.flatten().unwrap_or(Fate::Delivered);
        if fate == Fate::Hidden {
            return true;
        }
        let mut kept = self.0.kept.lock().unwrap();
        let (before, seq) = (kept.last, kept.last + 1);
        kept.last = seq;
        if fate == Fate::Withheld {
            return true;
        }
        let at = SystemClock.now().as_millisecond();
        let id: EndpointId = endpoint.parse().unwrap();
        let delivery = Delivery {
            method: "POST".to_owned(),
            path: format!("/e/{endpoint}"),
            headers: Vec::new(),
            body,
        };
        let sealed = key.seal(delivery, id, at).unwrap();
        let event = json!({
            "seq": seq, "prev": before, "endpoint": endpoint, "received_at_ms": at, "sealed": BASE64.encode(&sealed),
        });
        kept.events.push((seq, event));
        drop(kept);
        self.0.changed.send_replace(());
        true
    }

    fn after(&self, seq: i64) -> Vec<Value> {
        let kept = self.0.kept.lock().unwrap();
        let later = kept.events.iter().filter(|(number, _)| *number > seq);
        later.take(20).map(|(_, event)| event.clone()).collect()
    }
}

async fn event(
    State(relay): State<WithholdingRelay>,
    Path(endpoint): Path<String>,
    body: Bytes,
) -> (axum::http::StatusCode, &'static str) {
    if relay.keep(&endpoint, body.to_vec()) {
        (axum::http::StatusCode::OK, "{\"ok\":true}")
    } else {
        (axum::http::StatusCode::NOT_FOUND, "{\"ok\":false}")
    }
}

async fn desktop(State(relay): State<WithholdingRelay>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| async move {
        // The desktop hung up, as it may.
        let _ = serve(relay, socket).await;
    })
}

async fn serve(relay: WithholdingRelay, mut socket: WebSocket) -> Result<(), axum::Error> {
    let say = |frame: Value| Message::text(frame.to_string());
    let nonce = BASE64.encode(&[7; 32]);
    socket
        .send(say(json!({ "type": "challenge", "nonce": nonce })))
        .await?;
    let mut changes = relay.0.changed.subscribe();
    changes.mark_changed();
    let mut sent = 0;
    loop {
        tokio::select! {
            frame = socket.recv() => {
                let Some(Message::Text(text)) = frame.transpose()? else { return Ok(()) };
                let frame: Value = serde_json::from_str(&text).unwrap();
                match frame["type"].as_str() {
                    Some("sign_in") => {
                        let welcome = json!({ "type": "welcome", "public_url_base": relay.url(), "waiting": 0 });
                        socket.send(say(welcome)).await?;
                    }
                    Some("register") => {
                        let endpoint = frame["endpoint"].as_str().unwrap().to_owned();
                        let key = serde_json::from_value(frame["sealing_key"].clone()).unwrap();
                        let url = format!("{}e/{endpoint}", relay.url());
                        let registered = json!({ "type": "registered", "endpoint": endpoint, "url": url });
                        relay.0.keys.lock().unwrap().insert(endpoint, key);
                        socket.send(say(registered)).await?;
                    }
                    Some("ack") => {
                        let through = frame["through"].as_i64().unwrap();
                        relay.0.kept.lock().unwrap().events.retain(|(seq, _)| *seq > through);
                    }
                    _ => {}
                }
            }
            _ = changes.changed(), if !relay.0.keys.lock().unwrap().is_empty() => {
                loop {
                    let events = relay.after(sent);
                    let Some(last) = events.last() else { break };
                    sent = last["seq"].as_i64().unwrap();
                    socket.send(say(json!({ "type": "events", "events": events }))).await?;
                }
            }
        }
    }
}
