//! The mailbox, over SMTP and on its pages.

mod lettre;
mod pages;
mod wire;

use std::net::SocketAddr;

use fulcrum_practice::run_mailbox;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::world::{World, send};

/// The SMTP server of a world, on a port of its own.
pub struct Mailbox {
    pub address: SocketAddr,
    server: JoinHandle<std::io::Result<()>>,
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Mailbox {
    pub async fn of(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = run_mailbox(world.practice.clone(), listener, std::future::pending());
        Self {
            address,
            server: tokio::spawn(serving),
        }
    }

    /// A connection that has read the greeting.
    pub async fn connect(&self) -> Wire {
        let mut wire = Wire::open(self.address).await;
        assert!(wire.reply().await.starts_with("220 "));
        wire
    }

    /// A connection on which EHLO was said.
    pub async fn greeted(&self) -> Wire {
        let mut wire = self.connect().await;
        wire.expect("EHLO test.example", "250").await;
        wire
    }
}

/// A connection on which a test says what it likes.
pub struct Wire(BufStream<TcpStream>);

impl Wire {
    pub async fn open(address: SocketAddr) -> Self {
        Self(BufStream::new(TcpStream::connect(address).await.unwrap()))
    }

    /// Sends bytes as they are.
    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// The next reply with all its lines; empty once the server has closed the connection.
    pub async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).await.unwrap_or(0);
            reply.push_str(&line);
            if read == 0 || line.get(3..4) != Some("-") {
                return reply;
            }
        }
    }

    /// Sends a command and returns its reply, which must start with `code`.
    pub async fn expect(&mut self, command: &str, code: &str) -> String {
        self.write(format!("{command}\r\n")).await;
        let reply = self.reply().await;
        assert!(reply.starts_with(code), "{command}: {reply}");
        reply
    }

    /// Names a sender and a recipient and asks to send a mail.
    pub async fn begin_mail(&mut self) {
        self.expect("MAIL FROM:<a@example.com>", "250").await;
        self.expect("RCPT TO:<b@example.com>", "250").await;
        self.expect("DATA", "354").await;
    }

    /// Whether the server has closed the connection and said nothing more.
    pub async fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).await.unwrap_or(0) == 0 && rest.is_empty()
    }
}

/// Every mail in the mailbox, oldest first.
pub async fn mails(world: &World) -> Vec<Value> {
    let answer = send(world.get("/practice/mails")).await;
    answer.json().await.unwrap()
}

/// The bytes of a mail.
pub fn source(mail: &Value) -> Vec<u8> {
    let source = mail["source"].as_str().unwrap();
    data_encoding::BASE64.decode(source.as_bytes()).unwrap()
}
