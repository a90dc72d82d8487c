//! Frames on the socket of a desktop: size, form and time are checked here and nowhere else.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::SinkExt as _;
use tokio::time;

use super::desktop::End;
use crate::protocol::{FromDesktop, FromRelay, Refusal, SILENCE_LIMIT};

/// Time to say goodbye. A peer that reads takes it at once, and one that does not must not hold up a stop.
const CLOSE_TIME: Duration = Duration::from_secs(2);

/// The other end of a WebSocket.
pub(super) struct Peer {
    socket: WebSocket,
    heard: bool,
}

impl Peer {
    pub(super) fn new(socket: WebSocket) -> Self {
        let heard = false;
        Self { socket, heard }
    }

    /// The next message of the protocol. Safe to drop and call again.
    pub(super) async fn receive(&mut self) -> Result<FromDesktop, End> {
        loop {
            let message = self.socket.recv().await.ok_or(End::Lost)?;
            let message = message.map_err(|_| End::Lost)?;
            self.heard = true;
            match message {
                Message::Text(text) => {
                    return serde_json::from_str(&text)
                        .map_err(|_| End::Refused(Refusal::Malformed));
                }
                Message::Binary(_) => return Err(End::Refused(Refusal::Malformed)),
                Message::Close(_) => {
                    // The answer is made already and has to go out (RFC 6455 5.5.1).
                    let _ = time::timeout(SILENCE_LIMIT, self.socket.flush()).await;
                    return Err(End::Lost);
                }
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    }

    pub(super) async fn send(&mut self, message: FromRelay) -> Result<(), End> {
        self.send_frame(frame(message)).await
    }

    /// Sends what [`frame`] made.
    pub(super) async fn send_frame(&mut self, frame: String) -> Result<(), End> {
        self.write(Message::Text(frame.into())).await
    }

    pub(super) async fn ping(&mut self) -> Result<(), End> {
        self.write(Message::Ping(Bytes::new())).await
    }

    /// Whether anything came since the last call.
    pub(super) fn was_heard(&mut self) -> bool {
        std::mem::take(&mut self.heard)
    }

    /// Says why, where the desktop can still be told, and closes.
    pub(super) async fn close(self, end: End) {
        // The connection is gone all the same.
        let _ = time::timeout(CLOSE_TIME, self.say(end)).await;
    }

    async fn say(mut self, end: End) -> Result<(), End> {
        let code = match end {
            End::Lost => return Ok(()),
            End::Stopping => close_code::RESTART,
            End::Refused(reason) => {
                let endpoint = None;
                self.send(FromRelay::Refused { reason, endpoint }).await?;
                close_code::POLICY
            }
        };
        let reason = "".into();
        self.write(Message::Close(Some(CloseFrame { code, reason })))
            .await?;
        // A socket that is closed with something unread resets the connection, and what was just said is lost.
        while let Some(Ok(_)) = self.socket.recv().await {}
        Ok(())
    }

    /// A peer that does not read stops taking bytes, and is lost after a while.
    async fn write(&mut self, message: Message) -> Result<(), End> {
        match time::timeout(SILENCE_LIMIT, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Lost),
        }
    }
}

/// The text of a message, which is taken so that its events are not in memory too while a slow peer takes
/// the frame.
pub(super) fn frame(message: FromRelay) -> String {
    serde_json::to_string(&message).expect("protocol messages always have a JSON form")
}
