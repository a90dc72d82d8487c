//! The limit that Fulcrum is held against: a durable tunnel and nothing else. It takes a post, carries it over a
//! WebSocket, verifies the signature, stores it with a group commit that is synced, carries the acknowledgement back
//! and only then answers. No sealing, no second durable hop, no encryption at rest, no tenants, no limits. As the
//! harness's `durable-tunnel` is made, whose figures are in PERFORMANCE.md 1.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use axum::serve::ListenerExt;
use fulcrum_cli::output::{Failure, print};
use futures_util::{SinkExt, StreamExt};
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async, client_async};

use crate::sender::SIGNATURE_TOKEN;

/// Rows of one commit at most, and events that may wait.
const GROUP: usize = 256;
const QUEUE: usize = 4_096;

const SCHEMA: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;
    CREATE TABLE events (seq INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, at INTEGER, body BLOB NOT NULL);";

type Job = (Bytes, oneshot::Sender<bool>);

/// Serves on a free loopback port until the process ends; prints its address as JSON.
///
/// # Errors
/// [`Failure`] if the file or a socket cannot be had.
pub async fn serve(file: &Path) -> Result<(), Failure> {
    let database = Connection::open(file).map_err(other)?;
    database.execute_batch(SCHEMA).map_err(other)?;
    let (store, waiting) = mpsc::channel(QUEUE);
    std::thread::spawn(move || write(database, waiting));
    let (tunnel, posts) = mpsc::channel(QUEUE);
    let (public, laptop) = connected().await?;
    tokio::spawn(behind(laptop, store));
    tokio::spawn(before(public, posts));
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    print(&json!({ "url": format!("http://{}/", socket.local_addr()?) }).to_string())?;
    let answer = move |body: Bytes| {
        let tunnel = tunnel.clone();
        async move {
            let (asked, stored) = oneshot::channel();
            let sent = tunnel.send((body, asked)).await.is_ok();
            match sent && stored.await.unwrap_or(false) {
                true => StatusCode::OK,
                false => StatusCode::UNAUTHORIZED,
            }
        }
    };
    let router = Router::new().route("/", post(answer));
    let prompt = socket.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(prompt, router).await?)
}

fn other(problem: impl ToString) -> Failure {
    Failure::Other(problem.to_string())
}

/// Both ends of a WebSocket over loopback.
async fn connected() -> Result<(WebSocketStream<TcpStream>, WebSocketStream<TcpStream>), Failure> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = socket.local_addr()?;
    let (public, laptop) = tokio::join!(accept(socket), dial(address));
    Ok((public?, laptop?))
}

async fn accept(socket: TcpListener) -> Result<WebSocketStream<TcpStream>, Failure> {
    let (stream, _) = socket.accept().await?;
    stream.set_nodelay(true)?;
    accept_async(stream).await.map_err(other)
}

async fn dial(address: SocketAddr) -> Result<WebSocketStream<TcpStream>, Failure> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (socket, _) = client_async(format!("ws://{address}/"), stream)
        .await
        .map_err(other)?;
    Ok(socket)
}

/// Who waits for the acknowledgement of which number.
#[derive(Default)]
struct Waiting(Mutex<HashMap<u64, oneshot::Sender<bool>>>);

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, oneshot::Sender<bool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The public end: posts go out with a number, acknowledgements come back by it.
async fn before(socket: WebSocketStream<TcpStream>, mut posts: mpsc::Receiver<Job>) {
    let (mut out, mut incoming) = socket.split();
    let waiting = Arc::new(Waiting::default());
    let answered = Arc::clone(&waiting);
    tokio::spawn(async move {
        while let Some(Ok(frame)) = incoming.next().await {
            let Some((number, rest)) = numbered(frame) else {
                return;
            };
            if let Some(asked) = answered.lock().remove(&number) {
                let _ = asked.send(rest.first() == Some(&1));
            }
        }
    });
    let mut number = 0_u64;
    while let Some(first) = posts.recv().await {
        let mut next = Some(first);
        while let Some((body, asked)) = next {
            number += 1;
            waiting.lock().insert(number, asked);
            if out.feed(frame(number, &body)).await.is_err() {
                return;
            }
            next = posts.try_recv().ok();
        }
        if out.flush().await.is_err() {
            return;
        }
    }
}

/// The laptop's end: what is stored is acknowledged, several with one flush.
async fn behind(socket: WebSocketStream<TcpStream>, store: mpsc::Sender<Job>) {
    let (mut out, mut incoming) = socket.split();
    let (done, mut stored) = mpsc::unbounded_channel::<(u64, bool)>();
    tokio::spawn(async move {
        while let Some((number, good)) = stored.recv().await {
            let mut next = Some((number, good));
            while let Some((number, good)) = next {
                if out.feed(frame(number, &[u8::from(good)])).await.is_err() {
                    return;
                }
                next = stored.try_recv().ok();
            }
            if out.flush().await.is_err() {
                return;
            }
        }
    });
    while let Some(Ok(frame)) = incoming.next().await {
        let Some((number, body)) = numbered(frame) else {
            return;
        };
        let (asked, committed) = oneshot::channel();
        if store.send((body, asked)).await.is_err() {
            return;
        }
        let done = done.clone();
        tokio::spawn(async move {
            let _ = done.send((number, committed.await.unwrap_or(false)));
        });
    }
}

fn frame(number: u64, bytes: &[u8]) -> Message {
    Message::binary([&number.to_le_bytes()[..], bytes].concat())
}

fn numbered(frame: Message) -> Option<(u64, Bytes)> {
    let bytes = frame.into_data();
    let (number, _) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_le_bytes(*number), bytes.slice(8..)))
}

/// One thread: takes whatever waits, verifies, inserts, commits once, then answers.
fn write(mut database: Connection, mut waiting: mpsc::Receiver<Job>) {
    let mut group = Vec::new();
    while waiting.blocking_recv_many(&mut group, GROUP) > 0 {
        let stored = commit(&mut database, &group);
        for (place, (_, asked)) in group.drain(..).enumerate() {
            let good = stored.as_ref().is_ok_and(|good| good[place]);
            let _ = asked.send(good);
        }
    }
}

fn commit(database: &mut Connection, group: &[Job]) -> rusqlite::Result<Vec<bool>> {
    let transaction = database.transaction()?;
    let mut good = Vec::with_capacity(group.len());
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO events (token, at, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        for (body, _) in group {
            let event = serde_json::from_slice(body).unwrap_or(Value::Null);
            let genuine = verify(&event).is_some();
            if genuine {
                let at = event["triggeredAt"].as_i64();
                let token = event["token"].as_str().map(str::as_bytes);
                insert.execute((token, at, &body[..]))?;
            }
            good.push(genuine);
        }
    }
    transaction.commit()?;
    Ok(good)
}

fn verify(event: &Value) -> Option<()> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SIGNATURE_TOKEN.as_bytes()).ok()?;
    mac.update(event["token"].as_str()?.as_bytes());
    mac.update(event["triggeredAt"].as_i64()?.to_string().as_bytes());
    let signature = hex::decode(event["signature"].as_str()?).ok()?;
    mac.verify_slice(&signature).ok()
}
