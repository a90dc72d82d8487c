//! The sender: a bare HTTP/1.1 client that costs little beside what it measures.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fulcrum_cli::output::Failure;
use fulcrum_core::clock::{Clock, SystemClock};
use fulcrum_tests::bench::timing::now;
use fulcrum_tests::{Post, signed};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::Url;

/// The signature token of every listener and of every peer: the one that `bench/kit` of the harness signs with.
pub const SIGNATURE_TOKEN: &str = "bench-shared-signature-token-0123456789";

/// The largest answer that is read; one has a few hundred bytes.
const ANSWER: usize = 16 * 1024;

/// Counts the events of this run, so that no two are alike.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// Where events of one kind go.
#[derive(Debug, Clone)]
pub struct Target {
    url: Url,
    event: &'static str,
}

/// A closed loop that has ended.
pub struct Sent {
    /// How many were answered with 2xx.
    pub accepted: usize,
    /// How long it took.
    pub took: Duration,
}

/// When a connection stops.
#[derive(Clone, Copy)]
enum Until {
    Over(Duration),
    Sent(usize),
}

impl Target {
    /// Posts of this event to this address.
    pub fn new(url: Url, event: &'static str) -> Self {
        Self { url, event }
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Posts for so long over so many connections, each of which sends its next event when it has its answer.
    ///
    /// # Errors
    /// [`Failure`] unless every answer is 2xx.
    pub async fn for_time(&self, time: Duration, connections: usize) -> Result<Sent, Failure> {
        self.closed_loop(Until::Over(time), connections).await
    }

    /// The same until so many are sent.
    ///
    /// # Errors
    /// As [`Target::for_time`].
    pub async fn count(&self, events: usize, connections: usize) -> Result<Sent, Failure> {
        self.closed_loop(Until::Sent(events), connections).await
    }

    async fn closed_loop(&self, until: Until, connections: usize) -> Result<Sent, Failure> {
        let taken = Arc::new(AtomicU64::new(0));
        let began = now();
        let mut tasks = JoinSet::new();
        for _ in 0..connections {
            let (target, taken) = (self.clone(), Arc::clone(&taken));
            tasks.spawn(async move {
                let mut connection = target.connect().await?;
                let mut accepted = 0;
                loop {
                    let mine = taken.fetch_add(1, Ordering::Relaxed);
                    let goes_on = match until {
                        Until::Over(time) => began.elapsed() < time,
                        Until::Sent(events) => mine < events as u64,
                    };
                    if !goes_on {
                        return Ok::<_, Failure>(accepted);
                    }
                    connection.post().await?;
                    accepted += 1;
                }
            });
        }
        let mut accepted = 0;
        for one in tasks.join_all().await {
            accepted += one?;
        }
        Ok(Sent {
            accepted,
            took: began.elapsed(),
        })
    }

    /// A connection that stays open.
    ///
    /// # Errors
    /// [`Failure`] if nothing listens there.
    pub async fn connect(&self) -> Result<Connection, Failure> {
        let address = self.url.socket_addrs(|| None)?;
        let stream = TcpStream::connect(&*address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            stream,
            target: self.clone(),
            answer: Vec::with_capacity(ANSWER),
        })
    }
}

/// An open connection to a target.
pub struct Connection {
    stream: TcpStream,
    target: Target,
    answer: Vec<u8>,
}

impl Connection {
    /// Posts a new event; returns how long the answer took.
    ///
    /// # Errors
    /// [`Failure`] unless the answer is 2xx.
    pub async fn post(&mut self) -> Result<Duration, Failure> {
        let url = &self.target.url;
        let body = body(self.target.event);
        let host = url.host_str().unwrap_or_default();
        let request = format!(
            "POST {} HTTP/1.1\r\nhost: {host}:{}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            url.path(),
            url.port_or_known_default().unwrap_or_default(),
            body.len(),
        );
        let began = now();
        self.stream.write_all(request.as_bytes()).await?;
        let status = self.read().await?;
        let took = began.elapsed();
        if status.starts_with('2') {
            return Ok(took);
        }
        Err(Failure::Other(format!(
            "A post to {} was answered with {status}.",
            self.target.url
        )))
    }

    /// Reads one answer to its end and returns its status.
    async fn read(&mut self) -> Result<String, Failure> {
        self.answer.clear();
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 || self.answer.len() > ANSWER {
                return Err(Failure::Other("An answer broke off.".to_owned()));
            }
            let Some(head) = self.answer.windows(4).position(|at| at == b"\r\n\r\n") else {
                continue;
            };
            let text = String::from_utf8_lossy(&self.answer[..head]);
            let length = text
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse::<usize>().ok())
                .unwrap_or_default();
            if self.answer.len() >= head + 4 + length {
                return Ok(text.chars().skip("HTTP/1.1 ".len()).take(3).collect());
            }
        }
    }
}

/// A delivery as Lever makes it, with ids that no other has.
fn body(event: &'static str) -> String {
    let triggered_at = SystemClock.now().as_millisecond();
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let opportunity = format!(
        "{:08x}-0000-4000-8000-{:012x}",
        number,
        triggered_at & 0xffff_ffff_ffff
    );
    let mut body = signed(
        &Post {
            event,
            token: format!("{triggered_at:024x}{number:024x}"),
            triggered_at,
            data: json!({ "opportunityId": opportunity }),
        },
        SIGNATURE_TOKEN,
    );
    // What Lever sends beside, and what peers use as a key (LEVER.md 5.3).
    body["id"] = opportunity.into();
    body.to_string()
}
