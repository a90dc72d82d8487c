//! The SMTP server (RFC 5321), with STARTTLS (RFC 3207) and sign-in (RFC 4954).
//!
//! It takes every mail for every recipient and is strict about the wire, so that a client that is
//! not shows itself here. `lines` reads, `session` decides, `conversation` joins the two.

mod conversation;
mod data;
mod lines;
mod reply;
mod session;
mod sign_in;
mod tls;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

pub use sign_in::{SMTP_PASSWORD, SMTP_USER};

use super::mailbox::Listening;
use crate::Practice;
use conversation::{Conversation, Ending};
use session::Session;

/// Connections served at once; the next ones wait.
const MAX_CONNECTIONS: usize = 64;
/// Wait after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Takes mails for the practice mailbox on `listener` until `shutdown` completes; open connections
/// are then closed. The same world is served by [`run`](crate::run), which shows the mails.
///
/// # Errors
/// Fails if the listener has no local address or no certificate can be made.
pub async fn run_mailbox(
    practice: Practice,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let own = tls::SelfMade::new()?;
    practice.world().mailbox.listening = Some(Listening {
        address: listener.local_addr()?,
        certificate: own.certificate,
    });
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        let place = Arc::clone(&places).acquire_owned();
        let accepted = async {
            let place = place.await;
            (place, listener.accept().await)
        };
        tokio::select! {
            () = &mut shutdown => return Ok(()),
            (place, stream) = accepted => match stream {
                Ok((stream, _)) => {
                    let serving = serve(practice.clone(), stream, own.acceptor.clone());
                    connections.spawn(async move {
                        let _place = place;
                        if let Err(error) = serving.await {
                            tracing::debug!(%error, "an SMTP connection broke");
                        }
                    });
                }
                // Out of file handles, mostly: asking again at once would not help.
                Err(error) => {
                    tracing::warn!(%error, "could not accept an SMTP connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(practice: Practice, stream: TcpStream, acceptor: TlsAcceptor) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let plain = Conversation::new(practice.clone(), stream, Session::default());
    match Box::pin(plain.greet_and_run()).await? {
        Ending::Closed => Ok(()),
        Ending::StartTls(stream) => {
            let stream = acceptor.accept(stream).await?;
            // What was said in clear counts for nothing now (RFC 3207 4.2).
            let encrypted = Conversation::new(practice, stream, Session::encrypted());
            Box::pin(encrypted.run()).await.map(|_| ())
        }
    }
}
