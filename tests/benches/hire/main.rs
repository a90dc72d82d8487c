//! What a hire costs: from the POST at the relay to the person in the workflow, with the practice Lever, the relay,
//! the engine and the sender in this one process on loopback. Each figure stands beside what the same sender reaches
//! at a server that does nothing, in the same run, so that `ratio` means the same on every machine. Nothing is
//! asserted. `cargo bench --package fulcrum-tests --bench hire -- --help` lists what can be changed.

mod direct;
mod load;
mod setting;
#[cfg(target_os = "linux")]
mod window;

use std::process::ExitCode;

use clap::Parser;
use fulcrum_cli::output::{self, Failure};
use fulcrum_tests::bench::memory;
use fulcrum_tests::bench::report::{figure, latency, throughput};
use fulcrum_tests::bench::timing::{now, per_second, percentile};

use crate::direct::Direct;
use crate::load::Sender;
use crate::setting::{Setting, bodies};

/// Hires that nobody times, so that connections, caches and tokens are there before the first figure.
const WARM_UP: usize = 16;

/// The server that does nothing answers too fast for a few posts to be timed.
const DIRECT_POSTS: usize = 10_000;

/// Measures the way of a hire.
#[derive(Parser)]
struct Arguments {
    /// Hires posted in one go.
    #[arg(long, default_value_t = 500)]
    hires: usize,
    /// Hires posted one after the other.
    #[arg(long, default_value_t = 100)]
    sequential: usize,
    /// Events posted in one go that start nothing. The relay takes 10,000 at once from one sender.
    #[arg(long, default_value_t = 5_000)]
    events: usize,
    /// Posts under way at once.
    #[arg(long, default_value_t = 64)]
    connections: usize,
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
    let setting = Setting::start().await?;
    let direct = Direct::start().await?;
    let sender = Sender::new(setting.world.http().clone(), arguments.connections);
    // Made together, because Lever gives one contact to candidates with the same e-mail address.
    let count = WARM_UP + arguments.sequential + arguments.hires;
    let candidates = setting.world.candidates(count).await?;
    let (first, candidates) = candidates.split_at(WARM_UP);
    let (one_by_one, in_one_go) = candidates.split_at(arguments.sequential);
    warm_up(&setting, &direct, &sender, first).await?;
    hires_one_by_one(&setting, &direct, &sender, one_by_one).await?;
    hires_in_one_go(&setting, &direct, &sender, in_one_go).await?;
    events_in_one_go(&setting, &direct, &sender, arguments.events).await?;
    // With the practice Lever, the relay and the sender, so the engine alone needs less.
    if let Some(resident) = memory::resident_mb() {
        figure("memory.engine", resident, "MB", None)?;
    }
    #[cfg(target_os = "linux")]
    window::measure(&setting.world.flags()).await?;
    setting.stop().await;
    Ok(())
}

async fn warm_up(
    setting: &Setting,
    direct: &Direct,
    sender: &Sender,
    candidates: &[String],
) -> Result<(), Failure> {
    let hires = setting.hire(candidates).await?;
    let before = setting.people().await?;
    sender.at_once(&setting.hired.url, &hires).await?;
    setting.until_people(before + hires.len()).await?;
    let many: Vec<_> = hires.iter().cycle().take(DIRECT_POSTS).cloned().collect();
    sender.at_once(&direct.url, &many).await.map(drop)
}

/// From the POST of a delivery to the person in the workflow.
async fn hires_one_by_one(
    setting: &Setting,
    direct: &Direct,
    sender: &Sender,
    candidates: &[String],
) -> Result<(), Failure> {
    let hires = setting.hire(candidates).await?;
    let before = setting.people().await?;
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for (posted, hire) in hires.iter().enumerate() {
        let began = now();
        sender.post(&setting.hired.url, hire).await?;
        setting.until_people(before + posted + 1).await?;
        ours.push(began.elapsed());
        let began = now();
        sender.post(&direct.url, hire).await?;
        limit.push(began.elapsed());
    }
    for (name, percent) in [("hire.latency.p50", 50), ("hire.latency.p99", 99)] {
        let figures = percentile(&mut ours, percent).zip(percentile(&mut limit, percent));
        if let Some((ours, limit)) = figures {
            latency(name, ours, limit)?;
        }
    }
    Ok(())
}

/// Relay, verification, store, Lever's API and import.
async fn hires_in_one_go(
    setting: &Setting,
    direct: &Direct,
    sender: &Sender,
    candidates: &[String],
) -> Result<(), Failure> {
    let hires = setting.hire(candidates).await?;
    let limit = direct_limit(direct, sender, &hires).await?;
    let before = setting.people().await?;
    let began = now();
    sender.at_once(&setting.hired.url, &hires).await?;
    setting.until_people(before + hires.len()).await?;
    let ours = per_second(hires.len(), began.elapsed());
    throughput("hire.throughput", ours, limit)
}

/// Relay, verification and store: a change of the archive state is recorded and starts nothing.
async fn events_in_one_go(
    setting: &Setting,
    direct: &Direct,
    sender: &Sender,
    count: usize,
) -> Result<(), Failure> {
    let events = bodies(&setting.moved, &vec!["unread".to_owned(); count]);
    let limit = direct_limit(direct, sender, &events).await?;
    let before = setting.events().await?;
    let began = now();
    sender.at_once(&setting.moved.url, &events).await?;
    setting.until_events(before + events.len()).await?;
    let ours = per_second(events.len(), began.elapsed());
    throughput("accept.throughput", ours, limit)
}

/// Posts a second that the same sender reaches with the same bodies where nothing is done with them.
async fn direct_limit(direct: &Direct, sender: &Sender, bodies: &[String]) -> Result<f64, Failure> {
    let posts = bodies.len().max(DIRECT_POSTS);
    let many: Vec<_> = bodies.iter().cycle().take(posts).cloned().collect();
    let took = sender.at_once(&direct.url, &many).await?;
    Ok(per_second(many.len(), took))
}
