//! A sender: plain HTTP over a connection of its own, so that hostile requests can be written byte for byte.

use fulcrum_relay::EndpointId;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The head of a sender that posts JSON.
pub const JSON: &str = "content-type: application/json\r\n";

/// What a sender gets back.
#[derive(Debug)]
pub struct Answer {
    /// 0 where there was none.
    pub status: u16,
    pub text: String,
}

impl Answer {
    pub async fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A reset after the answer ends it as well as a proper close does.
        let _ = stream.read_to_end(&mut bytes).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.get(9..12).and_then(|status| status.parse().ok());
        Self {
            status: status.unwrap_or(0),
            text,
        }
    }
}

/// The bytes as they are, and what comes back until the connection closes; nothing from a relay that is gone.
pub async fn raw(address: &str, bytes: &[u8]) -> Answer {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        let (status, text) = (0, String::new());
        return Answer { status, text };
    };
    // The relay may answer and close before it has read everything.
    let _ = stream.write_all(bytes).await;
    Answer::read(&mut stream).await
}

/// One request; `head` is what it has of headers besides those of the connection.
pub async fn request(address: &str, method: &str, path: &str, head: &str, body: &[u8]) -> Answer {
    let mut text = format!(
        "{method} {path} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\ncontent-length: {}\r\n{head}\r\n",
        body.len()
    )
    .into_bytes();
    text.extend_from_slice(body);
    raw(address, &text).await
}

/// Posts a JSON body; returns the status.
pub async fn post(address: &str, endpoint: EndpointId, body: &str) -> u16 {
    let path = format!("/e/{endpoint}");
    request(address, "POST", &path, JSON, body.as_bytes())
        .await
        .status
}
