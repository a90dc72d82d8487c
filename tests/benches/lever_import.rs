//! What an import from Lever costs beside what Lever's rate limit allows: the whole list of opportunities, page by
//! page, and the offers of some of them. The practice Lever keeps the real limit. Nothing is asserted. `cargo bench
//! --package fulcrum-tests --bench lever_import -- --help` lists what can be changed.
//!
//! The limit is the time in which Lever would take the calls that carry something, the burst of 20 at once and
//! free, then ten a second. What the client does beyond that counts against it: the call of the burst that it
//! leaves unused, the page that tells whether anybody moved meanwhile, and the answer to the last call.
//!
//! Each page is asked for with the cursor of the one before, so a list keeps to the limit only while one page is
//! answered and read in less than about 80 ms. Practice Lever and client take some 10 ms together, unless
//! others keep the processors busy: then the list measures these.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use fulcrum_cli::output::{self, Failure, print};
use fulcrum_core::clock::SystemClock;
use fulcrum_core::lever::{Client, OpportunityFilter, Pace, Patience};
use fulcrum_practice::Settings;
use fulcrum_tests::Lever;

/// Lever's steady rate and the burst it takes before that (LEVER.md 2.8).
const CALLS_PER_SECOND: f64 = 10.0;
const BURST: f64 = 20.0;

/// Measures an import.
#[derive(Parser)]
struct Arguments {
    /// Opportunities in the list.
    #[arg(long, default_value_t = 10_000)]
    opportunities: usize,
    /// Opportunities of which the offers are read.
    #[arg(long, default_value_t = 200)]
    offers: usize,
    /// What `cargo bench` gives to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    output::log_to_stderr();
    match Box::pin(run(&Arguments::parse())).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            output::complain(&problem);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let list = lever(arguments.opportunities).await;
    let began = now();
    let read = everybody(&fresh(&list)).await?;
    let pages = read.len().div_ceil(100);
    print_beside_limit("lever_import.list", read.len(), pages, began.elapsed())?;

    let some = lever(arguments.offers).await;
    let client = fresh(&some);
    let began = now();
    let read = everybody(&client).await?;
    for id in &read {
        client.offers(id).await.map_err(failed)?;
    }
    let calls = read.len().div_ceil(100) + read.len();
    print_beside_limit("lever_import.offers", read.len(), calls, began.elapsed())
}

/// A practice Lever with that many opportunities more than it always has.
async fn lever(opportunities: usize) -> Lever {
    Lever::start(Settings {
        extra_candidates: opportunities,
        ..Settings::default()
    })
    .await
}

/// A client that has not used anything of its allowance.
fn fresh(lever: &Lever) -> Client {
    lever.client(Pace::lever(Arc::new(SystemClock)), Patience::default())
}

/// The ids of all opportunities, read as an import reads them.
async fn everybody(client: &Client) -> Result<Vec<String>, Failure> {
    let read = client.opportunities(&OpportunityFilter::default()).await;
    let read = read.map_err(failed)?.into_iter();
    Ok(read.map(|one| one.id.into()).collect())
}

/// Prints how long it took, and how many times as long as Lever's limit makes the calls take.
fn print_beside_limit(
    name: &str,
    read: usize,
    calls: usize,
    took: Duration,
) -> Result<(), Failure> {
    let limit = (calls as f64 - BURST) / CALLS_PER_SECOND;
    let took = took.as_secs_f64();
    let ratio = took / limit;
    print(&format!(
        "bench {name} {took:.2} s opportunities={read} calls={calls} ratio={ratio:.4} against=limit:{limit:.2}"
    ))
}

fn failed(problem: impl ToString) -> Failure {
    Failure::Other(problem.to_string())
}

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "benchmarks measure")]
fn now() -> Instant {
    Instant::now()
}
