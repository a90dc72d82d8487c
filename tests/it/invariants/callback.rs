//! What can be sent to the redirect address by a page, a program or a browser that misbehaves (RELIABILITY.md
//! section 4, E5).

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The sign-in that a sender aims at. It knows the state, which no real attacker does: so only the other
/// defences are left to refuse it.
pub(super) struct Aim<'a> {
    /// The redirect address.
    pub(super) address: SocketAddr,
    /// The state of the sign-in that waits.
    pub(super) state: &'a str,
    /// The state of a sign-in that has ended.
    pub(super) old_state: &'a str,
}

/// One hostile request of every kind. `code` is what they would have exchanged.
pub(super) fn requests(aim: &Aim<'_>, code: &str) -> Vec<String> {
    let host = aim.address.to_string();
    let get = |target: &String| format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let mut requests: Vec<_> = targets(aim, code).iter().map(get).collect();
    requests.extend(heads(aim, code));
    requests
}

/// What no redirect of Lever asks for.
fn targets(aim: &Aim<'_>, code: &str) -> Vec<String> {
    let Aim {
        state, old_state, ..
    } = aim;
    let shorter = &state[..state.len().saturating_sub(1)];
    let other_case = |c: char| {
        if c.is_lowercase() {
            c.to_ascii_uppercase()
        } else {
            c.to_ascii_lowercase()
        }
    };
    let swapped: String = state.chars().map(other_case).collect();
    let long = "a".repeat(64 * 1024);
    let queries = [
        String::new(),
        "?".to_owned(),
        format!("?code={code}"),
        format!("?code={code}&state="),
        format!("?code={code}&state=wrong"),
        format!("?code={code}&state={old_state}"),
        format!("?code={code}&state={swapped}"),
        format!("?code={code}&state={state}x"),
        format!("?code={code}&state={shorter}"),
        format!("?code={code}&state={state}%00"),
        format!("?code={code}&state={state}%0d%0a"),
        format!("?code={code}&state=%20{state}"),
        format!("?code={code}&STATE={state}"),
        format!("?code={code}&code=other&state={state}"),
        format!("?code={code}&state={state}&state={state}"),
        format!("?code={code}&error=access_denied&state={state}"),
        format!("?code=&state={state}"),
        format!("?state={state}"),
        "?error=access_denied".to_owned(),
        "?error=access_denied&state=wrong".to_owned(),
        format!("?code={long}&state={state}"),
        "?code=%00%0d%0a&state=%ff%fe".to_owned(),
        format!("?code={code}&state=é"),
        "?code=%3Cscript%3E&state=%3Cimg%20src=x%20onerror=alert(1)%3E".to_owned(),
        format!("?code={code}&state={state}&iss=a&iss=b"),
        format!("?code={code}&state=wrong&iss=https://evil.example/"),
    ];
    let paths = [
        "/",
        "/callback/",
        "//callback",
        "/CALLBACK",
        "/callback%00",
        "/x/../callback",
    ];
    let queries = queries.iter().map(|query| format!("/callback{query}"));
    let paths = paths
        .iter()
        .map(|path| format!("{path}?code={code}&state={state}"));
    queries.chain(paths).collect()
}

/// The right target, asked for as no browser does that comes from Lever.
fn heads(aim: &Aim<'_>, code: &str) -> Vec<String> {
    let (host, port) = (aim.address.to_string(), aim.address.port());
    let good = format!("/callback?code={code}&state={}", aim.state);
    let by = |method: &str| format!("{method} {good} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let named = |name: &String| format!("GET {good} HTTP/1.1\r\nHost: {name}\r\n\r\n");
    let with = |header: &str| format!("GET {good} HTTP/1.1\r\nHost: {host}\r\n{header}\r\n\r\n");
    let names = [
        format!("localhost:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1.evil.example:{port}"),
        format!("127.1:{port}"),
        format!("2130706433:{port}"),
        format!("[::1]:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        format!("0.0.0.0:{port}"),
        String::new(),
        format!("127.0.0.1:{}", port.wrapping_add(1)),
    ];
    let headers = [
        &format!("Host: {host}"),
        "Origin: null",
        "Origin: https://evil.example",
        "Sec-Fetch-Mode: no-cors",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://evil.example\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    let mut heads: Vec<_> = ["POST", "HEAD", "OPTIONS", "get"].map(by).into();
    heads.extend(names.iter().map(named));
    heads.extend(headers.map(with));
    heads.push(format!(
        "GET http://evil.example{good} HTTP/1.1\r\nHost: {host}\r\n\r\n"
    ));
    // Cut off in the middle, and no HTTP at all.
    heads.push(format!("GET {good} HTTP/1.1\r\nHos"));
    heads.push("\u{16}\u{3}\u{1}\r\n\r\n".to_owned());
    heads
}

/// Sends a request and reads the answer to its end; none if the connection broke, or nobody listens.
pub(super) async fn send(address: SocketAddr, request: &str) -> Option<String> {
    let mut socket = TcpStream::connect(address).await.ok()?;
    socket.write_all(request.as_bytes()).await.ok()?;
    socket.shutdown().await.ok()?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}
