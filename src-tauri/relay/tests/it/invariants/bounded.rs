//! I35: the relay stays small and goes on serving while it is abused.

use std::time::Duration;

use fulcrum_relay::server::{Amount, Limits};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::invariant::{Invariant, tries};
use super::memory::{peak_megabytes, resident_megabytes};
use super::program::Program;
use crate::sender::{JSON, post, raw, request};
use crate::world::{Desktop, World, drained};

/// The abuse of one kind, and how many of its tries ended as they must.
#[derive(Default)]
struct Tally {
    tried: usize,
    refused: usize,
}

impl Tally {
    fn count(&mut self, refused: bool) {
        self.tried += 1;
        self.refused += usize::from(refused);
    }
}

/// Bodies over the limit, endless ones, and packed ones that would unpack to anything.
async fn junk(address: &str, path: &str, rounds: usize, tally: &mut Tally) {
    let large = vec![b' '; 2_000_000];
    let head = format!("POST {path} HTTP/1.1\r\nhost: relay\r\n{JSON}");
    for _ in 0..rounds {
        let answer = request(address, "POST", path, JSON, &large).await;
        tally.count(matches!(answer.status, 0 | 413));
        let lie = format!("{head}content-length: 64000000000\r\n\r\n");
        tally.count(raw(address, lie.as_bytes()).await.status == 413);
        let packed = format!("{JSON}content-encoding: gzip\r\n");
        let answer = request(address, "POST", path, &packed, b"\x1f\x8b\x08").await;
        tally.count(answer.status == 415);
        let deep = "[".repeat(500_000);
        let answer = request(address, "POST", path, JSON, deep.as_bytes()).await;
        tally.count(answer.status == 400);
    }
}

/// Frames that announce or carry 64 MiB to the desktops' end.
async fn frames(address: &str, rounds: usize, tally: &mut Tally) {
    for _ in 0..rounds {
        let url = format!("ws://{address}/desktop");
        let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        socket.next().await.unwrap().unwrap();
        let large = Message::text("x".repeat(64 * 1024 * 1024));
        // The relay hangs up in the middle of it.
        let _ = socket.send(large).await;
        let mut welcomed = false;
        while let Some(Ok(frame)) = socket.next().await {
            welcomed |= frame.to_text().is_ok_and(|text| text.contains("welcome"));
        }
        tally.count(!welcomed);
    }
}

/// Connections that sent half a request and then nothing.
async fn slow(address: &str, path: &str, count: usize) -> Vec<TcpStream> {
    let mut held = Vec::new();
    for n in 0..count {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let begun = match n % 3 {
            0 => String::new(),
            1 => format!("POST {path} HTTP/1.1\r\nhost: re"),
            _ => {
                format!("POST {path} HTTP/1.1\r\nhost: relay\r\n{JSON}content-length: 9\r\n\r\n[1,")
            }
        };
        // A relay that is full may have hung up.
        let _ = stream.write_all(begun.as_bytes()).await;
        held.push(stream);
    }
    held
}

/// What the same relay does without its caps.
struct Uncapped {
    /// Bodies over the limit that it took.
    accepted: usize,
    /// Megabytes that it grew by while one body did not end.
    grown: usize,
}

/// The control: the same parts with no limit on a body and on what is read at the same moment.
async fn without_caps() -> Uncapped {
    let none = Amount::new(u64::MAX, u64::MAX);
    let limits = Limits {
        body_bytes: u64::MAX,
        endpoint_in_flight: none,
        in_flight: none,
        request_time: Duration::from_secs(600),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let desktop = world.desktop().await;
    let path = format!("/e/{}", desktop.endpoint);
    drop(desktop.session);
    let large = format!("{:?}", "x".repeat(2_000_000));
    let answer = world.request("POST", &path, JSON, large.as_bytes()).await;
    let before = resident_megabytes(std::process::id());
    let mut endless = TcpStream::connect(world.address()).await.unwrap();
    let head =
        format!("POST {path} HTTP/1.1\r\nhost: relay\r\n{JSON}content-length: 64000000000\r\n\r\n");
    endless.write_all(head.as_bytes()).await.unwrap();
    let part = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        endless.write_all(&part).await.unwrap();
    }
    Uncapped {
        accepted: usize::from(answer.status == 200),
        grown: resident_megabytes(std::process::id()) - before,
    }
}

#[tokio::test]
async fn i35_the_relay_stays_small_and_serves_while_it_is_abused() {
    let parent = tempfile::tempdir().unwrap();
    let relay = Program::start(&parent.path().join("data")).await;
    let mut good = Desktop::join(&relay.url).await;
    let abused = Desktop::join(&relay.url).await;
    let address = relay.address();
    let path = format!("/e/{}", abused.endpoint);

    let held = slow(&address, &path, tries(1_000, 300)).await;
    let mut tally = Tally::default();
    let mut large = Tally::default();
    let mut times = Vec::new();
    let serving = async {
        for n in 0..tries(2_000, 100) {
            let start = Instant::now();
            assert_eq!(post(&address, good.endpoint, &n.to_string()).await, 200);
            times.push(start.elapsed());
        }
    };
    tokio::join!(
        junk(&address, &path, tries(500, 5), &mut tally),
        frames(&address, tries(100, 1), &mut large),
        serving,
    );
    let peak = peak_megabytes(relay.id());
    let delivered = drained(&mut good.session, times.len()).await.len();
    relay.kill().await;

    let uncapped = without_caps().await;
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    Invariant::new("I35")
        .at_least("slow_connections", held.len(), tries(1_000, 300))
        .at_least("over_limit", tally.tried, tries(2_000, 20))
        .all(
            "refused",
            tally.refused + large.refused,
            tally.tried + large.tried,
        )
        .at_least("good", times.len(), tries(2_000, 100))
        .exactly("good_lost", times.len() - delivered, 0)
        .figure("good_p99_ms", p99.as_millis())
        .figure("rss_mb", peak)
        .exactly("over_256_mb", peak / 256, 0)
        .exactly("control_accepted_over_limit", uncapped.accepted, 1)
        .at_least("control_over_256_mb", uncapped.grown / 256, 1)
        .conclude();
}
