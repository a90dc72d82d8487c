//! What the practice Lever costs as a program of its own: its start, 100,000 candidates in it, pages of them
//! over the API, and searches on the pages.
//! Each figure stands beside something that takes the same machine's time in the same run, so that `ratio` means the
//! same everywhere. Nothing is asserted.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The program, built with the profile of this benchmark.
const PROGRAM: &str = env!("CARGO_BIN_EXE_fulcrum-practice");
const API_KEY: &str = "practice-api-key";
/// A user of the seed who sees every candidate.
const ADMIN: &str = "ola.berg@example.com";
/// Searches of a kind, of which the median counts.
const SEARCHES: usize = 30;
const CANDIDATES: usize = 100_000;
/// Pages that are read one after the other, from the front of the list on.
const PAGES: usize = 200;
/// Starts of the small world, of which the median counts.
const STARTS: usize = 9;

#[tokio::main]
async fn main() -> Outcome<()> {
    // Refused only when a provider is already installed, and then that one serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(clippy::disallowed_methods, reason = "the benchmark's own client")]
    let http = Client::builder().no_proxy().build()?;
    start(&http).await?;
    large_world(&http).await
}

/// From the start of the program to its first answer, beside the start of a program that only tells its version.
async fn start(http: &Client) -> Outcome<()> {
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = now();
        let world = World::start(0)?;
        world.page(http, "stages").await?;
        ours.push(began.elapsed());
        drop(world);
        let began = now();
        let mut version = Command::new(PROGRAM);
        version.arg("--version").stdout(Stdio::null()).status()?;
        limit.push(began.elapsed());
    }
    let (ours, limit) = (percentile(&mut ours, 50), percentile(&mut limit, 50));
    figure("practice.start", ms(ours), "ms", Some(ms(limit)))
}

/// How long 100,000 candidates take to be there, what they weigh, and how fast they are listed.
async fn large_world(http: &Client) -> Outcome<()> {
    let began = now();
    let small = World::start(0)?;
    let small_took = began.elapsed();
    let small_mb = small.resident_mb();
    drop(small);
    let began = now();
    let world = World::start(CANDIDATES)?;
    let took = began.elapsed();
    figure("practice.seed", ms(took), "ms", Some(ms(small_took)))?;
    pages(http, &world).await?;
    searches(http, &world).await?;
    if let Some(large_mb) = world.resident_mb() {
        figure("practice.memory", large_mb, "MB", small_mb)?;
    }
    Ok(())
}

/// A page of 100 opportunities, beside writing the same documents as JSON.
async fn pages(http: &Client, world: &World) -> Outcome<()> {
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    let mut next = String::new();
    for _ in 0..PAGES {
        let path = format!("opportunities?limit=100{next}");
        let began = now();
        let page = world.page(http, &path).await?;
        ours.push(began.elapsed());
        let page: Value = serde_json::from_str(&page)?;
        let began = now();
        let written = serde_json::to_vec(&page)?;
        limit.push(began.elapsed());
        drop(written);
        match page["next"].as_str() {
            Some(token) => next = format!("&offset={token}"),
            None => break,
        }
    }
    for (name, percent) in [("practice.page.p50", 50), ("practice.page.p99", 99)] {
        let (ours, limit) = (
            percentile(&mut ours, percent),
            percentile(&mut limit, percent),
        );
        figure(name, ms(ours), "ms", Some(ms(limit)))?;
    }
    Ok(())
}

/// The candidates page with nothing, a rare name, a posting and one letter searched for, beside an empty page of it.
async fn searches(http: &Client, world: &World) -> Outcome<()> {
    let log_in = http.post(format!("{}/practice/sessions", world.url));
    let log_in = log_in
        .json(&serde_json::json!({"user": ADMIN}))
        .send()
        .await?;
    let session: Value = log_in.error_for_status()?.json().await?;
    let cookie = session["cookie"].as_str().ok_or("nobody is logged in")?;
    let ask = async |query: &str| -> Outcome<Duration> {
        let request = http.get(format!("{}/candidates?{query}", world.url));
        let began = now();
        let answer = request.header("cookie", cookie).send().await?;
        answer.error_for_status()?.bytes().await?;
        Ok(began.elapsed())
    };
    for (name, query) in [
        ("practice.candidates", ""),
        ("practice.search.name", "q=.4711%40"),
        ("practice.search.posting", "q=engineer"),
        ("practice.search.letter", "tab=archived&q=a"),
    ] {
        let (mut ours, mut limit) = (Vec::new(), Vec::new());
        for _ in 0..SEARCHES {
            ours.push(ask(query).await?);
            limit.push(ask("stage=none").await?);
        }
        let (ours, limit) = (percentile(&mut ours, 50), percentile(&mut limit, 50));
        figure(name, ms(ours), "ms", Some(ms(limit)))?;
    }
    Ok(())
}

/// A running practice Lever, which ends with this.
struct World {
    process: Child,
    url: String,
}

impl World {
    /// Starts the program with so many drawn candidates, and waits until it says where it is.
    fn start(candidates: usize) -> Outcome<Self> {
        let mut process = Command::new(PROGRAM)
            .args(["--listen", "127.0.0.1:0", "--no-rate-limit"])
            .args(["--seed-candidates", &candidates.to_string()])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(out) = process.stdout.as_mut() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let said: Value = serde_json::from_str(&line)?;
        let url = said["url"].as_str().ok_or("the program names no address")?;
        Ok(Self {
            process,
            url: url.to_owned(),
        })
    }

    async fn page(&self, http: &Client, path: &str) -> Outcome<String> {
        let request = http.get(format!("{}/v1/{path}", self.url));
        let answer = request.basic_auth(API_KEY, Some("")).send().await?;
        Ok(answer.error_for_status()?.text().await?)
    }

    /// Its resident memory in MB of 10^6 bytes, where the kernel tells it (proc(5)).
    fn resident_mb(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kib * 1_024.0 / 1_000_000.0)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing left to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[expect(clippy::disallowed_methods, reason = "benchmarks measure")]
fn now() -> Instant {
    Instant::now()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The nearest-rank percentile of some samples, which it sorts.
fn percentile(samples: &mut [Duration], percent: usize) -> Duration {
    samples.sort_unstable();
    let rank = (samples.len() * percent).div_ceil(100);
    samples
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// One line per figure, as the other benchmarks write it.
fn figure(name: &str, value: f64, unit: &str, limit: Option<f64>) -> Outcome<()> {
    let beside = match limit {
        Some(limit) => format!("ratio={:.4} against={limit:.2}", value / limit),
        None => "ratio=- against=-".to_owned(),
    };
    writeln!(std::io::stdout(), "bench {name} {value:.2} {unit} {beside}")?;
    Ok(())
}
