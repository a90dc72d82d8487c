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
    // Requests of ours say nothing about the other side, so they do not start it anew.
    let mut silence = time::interval(SILENCE_LIMIT);
    silence.reset();
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
                // Nobody listened meanwhile.
                silence.reset();
            }
            () = caller.closed() => return Ok(()),
            frame = socket.next(), if held.is_none() => {
                silence.reset();
                held = read(frame.ok_or(End::Closed)?.map_err(broken)?)?;
            }
            _ = silence.tick(), if held.is_none() => return Err(End::Silent),
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncWriteExt as _, DuplexStream, duplex};
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::*;
    use crate::EndpointId;
    use crate::client::connect::sign_in;
    use crate::client::steps::frame_limits;
    use crate::identity::{Identity, Nonce};
    use crate::protocol::RELAY_FRAME_LIMIT;

    struct Ends {
        relay: DuplexStream,
        requests: mpsc::UnboundedSender<FromDesktop>,
        incoming: mpsc::Receiver<Incoming>,
    }

    async fn socket(pipe: DuplexStream, role: Role) -> WebSocketStream<DuplexStream> {
        WebSocketStream::from_raw_socket(pipe, role, Some(frame_limits())).await
    }

    /// A session over a pipe that holds `capacity` bytes.
    async fn session(capacity: usize) -> Ends {
        let (desktop, relay) = duplex(capacity);
        let (requests, outgoing) = mpsc::unbounded_channel();
        let (sender, incoming) = mpsc::channel(1);
        tokio::spawn(run(socket(desktop, Role::Client).await, outgoing, sender));
        Ends {
            relay,
            requests,
            incoming,
        }
    }

    fn retired() -> FromRelay {
        FromRelay::Retired {
            endpoint: EndpointId::random(),
        }
    }

    #[tokio::test]
    async fn messages_pass_through_a_pipe_of_seven_bytes_both_ways() {
        let mut ends = session(7).await;
        let mut relay = socket(ends.relay, Role::Server).await;
        ends.requests
            .send(FromDesktop::Ack { through: 42 })
            .unwrap();
        let request = relay.next().await.unwrap().unwrap();
        assert_eq!(request.to_text().unwrap(), r#"{"type":"ack","through":42}"#);
        relay.send(Message::text(json(&retired()))).await.unwrap();
        let answer = ends.incoming.recv().await;
        assert!(
            matches!(answer, Some(Incoming::Retired { .. })),
            "{answer:?}"
        );
    }

    #[tokio::test]
    async fn a_sign_in_passes_through_a_pipe_of_seven_bytes() {
        let (desktop, relay) = duplex(7);
        let mut relay = socket(relay, Role::Server).await;
        let mut desktop = socket(desktop, Role::Client).await;
        let (identity, nonce) = (Identity::generate(), Nonce::random());
        let far_side = async {
            let challenge = FromRelay::Challenge { nonce, store: None };
            relay.send(Message::text(json(&challenge))).await.unwrap();
            let answer = relay.next().await.unwrap().unwrap();
            let welcome = FromRelay::Welcome {
                public_url_base: "https://relay.example".parse().unwrap(),
                waiting: 1,
                retention_days: None,
                position: None,
            };
            relay.send(Message::text(json(&welcome))).await.unwrap();
            serde_json::from_str(answer.to_text().unwrap()).unwrap()
        };
        let who = (&identity, None);
        let (welcome, answer) = tokio::join!(sign_in(&mut desktop, who, "relay.example"), far_side);
        assert_eq!(welcome.unwrap().waiting, 1);
        let FromDesktop::SignIn { key, signature, .. } = answer else {
            panic!("a challenge is answered with a sign-in");
        };
        assert!(key.verifies(&nonce, "relay.example", &signature));
    }

    #[tokio::test]
    async fn an_endless_frame_ends_the_session_at_the_limit() {
        let mut ends = session(64 * 1024).await;
        // A text frame that announces 2^62 bytes.
        let head = [0x81, 127, 0x40, 0, 0, 0, 0, 0, 0, 0];
        ends.relay.write_all(&head).await.unwrap();
        let mut sent = 0;
        while ends.relay.write_all(&[b' '; 64 * 1024]).await.is_ok() {
            sent += 64 * 1024;
            assert!(sent <= 2 * RELAY_FRAME_LIMIT, "the session still reads");
        }
        let end = ends.incoming.recv().await;
        assert!(
            matches!(end, Some(Incoming::Closed(End::Broken(_)))),
            "{end:?}"
        );
        assert!(ends.incoming.recv().await.is_none());
    }

    #[tokio::test]
    async fn a_malformed_message_ends_the_session_and_an_unknown_one_does_not() {
        let mut ends = session(1_024).await;
        let mut relay = socket(ends.relay, Role::Server).await;
        relay
            .send(Message::text(r#"{"type":"weather"}"#))
            .await
            .unwrap();
        relay.send(Message::text(json(&retired()))).await.unwrap();
        relay.send(Message::text("{")).await.unwrap();
        assert!(matches!(
            ends.incoming.recv().await,
            Some(Incoming::Retired { .. })
        ));
        let end = ends.incoming.recv().await;
        assert!(
            matches!(end, Some(Incoming::Closed(End::Malformed))),
            "{end:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_relay_is_taken_for_dead_after_a_minute() {
        let mut ends = session(1_024).await;
        let start = time::Instant::now();
        let end = ends.incoming.recv().await;
        assert!(
            matches!(end, Some(Incoming::Closed(End::Silent))),
            "{end:?}"
        );
        assert!(start.elapsed() >= SILENCE_LIMIT);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_do_not_keep_a_silent_relay_alive() {
        let mut ends = session(64 * 1024).await;
        let mut relay = socket(ends.relay, Role::Server).await;
        let start = time::Instant::now();
        for _ in 0..3 {
            ends.requests.send(FromDesktop::Ack { through: 1 }).unwrap();
            assert!(relay.next().await.unwrap().unwrap().is_text());
            time::advance(SILENCE_LIMIT / 4).await;
        }
        let end = ends.incoming.recv().await;
        assert!(
            matches!(end, Some(Incoming::Closed(End::Silent))),
            "{end:?}"
        );
        assert_eq!(start.elapsed().as_secs(), SILENCE_LIMIT.as_secs());
    }

    #[tokio::test]
    async fn requests_go_out_while_the_caller_takes_no_messages() {
        let ends = session(64 * 1024).await;
        let mut relay = socket(ends.relay, Role::Server).await;
        for _ in 0..10 {
            relay.send(Message::text(json(&retired()))).await.unwrap();
        }
        ends.requests.send(FromDesktop::Ack { through: 1 }).unwrap();
        assert!(relay.next().await.unwrap().unwrap().is_text());
    }

    #[tokio::test]
    async fn the_socket_closes_when_the_caller_is_gone() {
        let ends = session(1_024).await;
        let mut relay = socket(ends.relay, Role::Server).await;
        drop(ends.incoming);
        assert!(relay.next().await.unwrap().unwrap().is_close());
    }
}
