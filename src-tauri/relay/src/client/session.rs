//! The task that owns the socket of a session.

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio::time;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{End, Incoming, incoming};
use crate::protocol::{FromDesktop, FromRelay, SILENCE_LIMIT};

/// Carries messages both ways until either side is done, then says why.
pub(super) async fn run<S: AsyncRead + AsyncWrite + Unpin>(
    mut socket: WebSocketStream<S>,
    mut outgoing: mpsc::UnboundedReceiver<FromDesktop>,
    incoming: mpsc::Sender<Incoming>,
) {
    let end = match carry(&mut socket, &mut outgoing, &incoming).await {
        Ok(()) => End::Closed,
        Err(end) => end,
    };
    tracing::debug!(%end, "the relay session ended");
    // The relay may be gone and the caller too; neither needs to hear it then.
    let _ = time::timeout(SILENCE_LIMIT, socket.close(None)).await;
    let _ = incoming.send(Incoming::Closed(end)).await;
}

/// One message waits for the caller at most. While it waits, requests still go out, or a caller that
/// acknowledges before it takes the next message would block itself.
async fn carry<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    outgoing: &mut mpsc::UnboundedReceiver<FromDesktop>,
    caller: &mpsc::Sender<Incoming>,
) -> Result<(), End> {
    let mut held: Option<Incoming> = None;
    loop {
        tokio::select! {
            request = outgoing.recv() => match request {
                Some(request) => {
                    let frame = Message::text(json(&request));
                    let sending = time::timeout(SILENCE_LIMIT, socket.send(frame));
                    sending.await.map_err(|_| End::Silent)?.map_err(broken)?;
                }
                None => return Ok(()),
            },
            Ok(place) = caller.reserve(), if held.is_some() => {
                if let Some(message) = held.take() {
                    place.send(message);
                }
            }
            () = caller.closed() => return Ok(()),
            frame = time::timeout(SILENCE_LIMIT, socket.next()), if held.is_none() => {
                let frame = frame.map_err(|_| End::Silent)?.ok_or(End::Closed)?;
                held = read(frame.map_err(broken)?)?;
            }
        }
    }
}

fn read(frame: Message) -> Result<Option<Incoming>, End> {
    match frame {
        Message::Text(text) => {
            let frame: FromRelay = serde_json::from_str(&text).map_err(|_| End::Malformed)?;
            Ok(incoming(frame))
        }
        Message::Ping(_) | Message::Pong(_) => Ok(None),
        Message::Close(_) => Err(End::Closed),
        Message::Binary(_) | Message::Frame(_) => Err(End::Malformed),
    }
}

fn broken(error: Error) -> End {
    match error {
        Error::ConnectionClosed | Error::AlreadyClosed => End::Closed,
        other => End::Broken(Box::new(other)),
    }
}

pub(super) fn json(message: &impl Serialize) -> String {
    serde_json::to_string(message).expect("protocol messages always have a JSON form")
}
