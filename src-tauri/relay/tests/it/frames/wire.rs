//! WebSocket frames written byte by byte (RFC 6455 5.2), so that every rule can be broken, and read back.

use std::time::Duration;

use fulcrum_relay::Identity;
use fulcrum_relay::protocol::{FromDesktop, FromRelay, VERSION};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A frame that ends its message, by its opcode.
pub const TEXT: u8 = 0x81;
pub const BINARY: u8 = 0x82;
pub const CLOSE: u8 = 0x88;
pub const PING: u8 = 0x89;
pub const PONG: u8 = 0x8a;
/// The first frame of a fragmented text, one in its middle, and its last.
pub const FIRST: u8 = 0x01;
pub const MIDDLE: u8 = 0x00;
pub const LAST: u8 = 0x80;

/// The bit that says that a key of four bytes follows, as it has to from a client.
const MASKED: u8 = 0x80;
/// For a peer that neither says more nor closes: the test fails then, and does not hang.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first bytes of a frame that announces `length` bytes, with a key of zeros: it leaves the payload as it is.
pub fn head(first: u8, length: u64) -> Vec<u8> {
    let mut bytes = vec![first];
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ ..126), _) => bytes.push(MASKED | short),
        (_, Ok(length)) => {
            bytes.push(MASKED | 126);
            bytes.extend(length.to_be_bytes());
        }
        _ => {
            bytes.push(MASKED | 127);
            bytes.extend(length.to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes
}

/// A frame as a client sends it.
pub fn frame(first: u8, payload: impl AsRef<[u8]>) -> Vec<u8> {
    let payload = payload.as_ref();
    [&head(first, payload.len() as u64), payload].concat()
}

/// A short frame as a server sends it.
pub fn unmasked(first: u8, payload: impl AsRef<[u8]>) -> Vec<u8> {
    let payload = payload.as_ref();
    let length = u8::try_from(payload.len()).unwrap();
    assert!(length < 126, "a short frame");
    [&[first, length], payload].concat()
}

/// What a peer said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A text.
    Text(String),
    /// It closed properly, with this code if with any.
    Closed(Option<u16>),
    /// It hung up.
    Gone,
}

/// A connection on which frames are written by hand.
pub struct Wire {
    stream: TcpStream,
    pub pongs: usize,
}

impl Wire {
    /// Opens the desktops' WebSocket at this address.
    pub async fn open(address: &str) -> Self {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET /desktop HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
        assert!(answer.starts_with(b"HTTP/1.1 101 "), "a WebSocket opens");
        Self { stream, pongs: 0 }
    }

    /// The same with its challenge read.
    pub async fn challenged(address: &str) -> (Self, FromRelay) {
        let mut wire = Self::open(address).await;
        let challenge = wire.message().await;
        (wire, challenge)
    }

    /// The same, signed in.
    pub async fn signed_in(address: &str, identity: &Identity) -> Self {
        let (mut wire, challenge) = Self::challenged(address).await;
        let FromRelay::Challenge { nonce, .. } = challenge else {
            panic!("the relay speaks first, with a challenge: {challenge:?}");
        };
        wire.say(&FromDesktop::SignIn {
            version: VERSION,
            key: identity.key(),
            signature: identity.sign_in(&nonce, address),
            fence: None,
        })
        .await;
        let welcome = wire.message().await;
        assert!(matches!(welcome, FromRelay::Welcome { .. }), "{welcome:?}");
        wire
    }

    /// The bytes as they are. The other side may hang up before it has read all of them.
    pub async fn write(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    pub async fn say(&mut self, message: &FromDesktop) {
        let text = serde_json::to_string(message).unwrap();
        self.write(&frame(TEXT, text)).await;
    }

    async fn message(&mut self) -> FromRelay {
        match self.hear().await {
            Said::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("instead of a message: {other:?}"),
        }
    }

    /// What comes next that is no ping and no pong.
    pub async fn hear(&mut self) -> Said {
        let heard = tokio::time::timeout(PATIENCE, async {
            loop {
                let Ok((opcode, payload)) = self.read().await else {
                    return Said::Gone;
                };
                match opcode {
                    1 => return Said::Text(String::from_utf8(payload).unwrap()),
                    8 => {
                        let code = payload.first_chunk().map(|code| u16::from_be_bytes(*code));
                        return Said::Closed(code);
                    }
                    10 => self.pongs += 1,
                    _ => {}
                }
            }
        });
        heard.await.expect("a word or the end within 30 seconds")
    }

    async fn read(&mut self) -> std::io::Result<(u8, Vec<u8>)> {
        let first = self.stream.read_u8().await?;
        let length = match self.stream.read_u8().await? {
            126 => u64::from(self.stream.read_u16().await?),
            127 => self.stream.read_u64().await?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.stream.read_exact(&mut payload).await?;
        Ok((first & 0x0f, payload))
    }
}
