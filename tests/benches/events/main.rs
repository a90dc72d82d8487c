//! What an event costs, from the POST at the relay to the laptop's disk and to the person, each part a process of its
//! own on loopback. Every figure stands beside that of a durable tunnel which does nothing else, taken in turn with it
//! in the same pass, so that a ratio means the same on every machine. Nothing is asserted but that nothing is lost.
//! `cargo bench --package fulcrum-tests --bench events -- --help` lists what can be changed.

mod durable;
mod figures;
mod laptop;
mod lever;
mod passes;
mod programs;
mod sender;
mod setting;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use fulcrum_cli::headless::asked_to_stop;
use fulcrum_cli::output::{self, Failure};
use serde_json::json;
use url::Url;

use crate::passes::Passes;
use crate::setting::Setting;

/// Measures the way of an event.
#[derive(Parser)]
struct Arguments {
    /// How often everything is measured.
    #[arg(long, default_value_t = 3)]
    passes: usize,
    /// Seconds of each measurement at full load.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Posts under way at once.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Posts at 20 a second whose way to the laptop's disk is timed.
    #[arg(long, default_value_t = 60)]
    timed: usize,
    /// Hires that go through Lever's API and the mapping to a person.
    #[arg(long, default_value_t = 1_000)]
    hires: usize,
    /// Events that wait at the relay when the laptop is switched on.
    #[arg(long, default_value_t = 20_000)]
    waiting: usize,
    /// Events over which memory must stay what it was.
    #[arg(long, default_value_t = 40_000)]
    flat: usize,
    /// Another program, as NAME=URL, that takes hires with the harness's token; Fulcrum's people stand beside it.
    #[arg(long, value_parser = peer)]
    peer: Vec<(String, Url)>,
    /// Measures nothing: writes into this file where hires are taken, and runs until it is asked to stop. For the
    /// harness.
    #[arg(long, value_name = "FILE")]
    hold: Option<PathBuf>,
    /// Is the durable tunnel, with its events in this file.
    #[arg(long, hide = true)]
    durable_tunnel: Option<PathBuf>,
    /// What `cargo bench` gives to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn peer(text: &str) -> Result<(String, Url), String> {
    let (name, url) = text.split_once('=').ok_or("it has to be NAME=URL")?;
    let url = Url::parse(url).map_err(|problem| problem.to_string())?;
    Ok((name.to_owned(), url))
}

#[tokio::main]
async fn main() -> ExitCode {
    output::log_to_stderr();
    match Box::pin(run(Arguments::parse())).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            output::complain(&problem);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    if let Some(file) = &arguments.durable_tunnel {
        return durable::serve(file).await;
    }
    let setting = Setting::start().await?;
    if let Some(file) = &arguments.hold {
        return hold(&setting, file).await;
    }
    let mut passes = Passes::new(setting, arguments.peer);
    passes.idle_memory().await?;
    for _ in 0..arguments.passes {
        let time = Duration::from_secs_f64(arguments.seconds);
        passes.full_load(time, arguments.connections).await?;
        passes.one_by_one(arguments.timed).await?;
        passes
            .people(arguments.hires, arguments.connections)
            .await?;
    }
    passes.flat(arguments.flat, arguments.connections).await?;
    passes
        .drain(arguments.waiting, arguments.connections)
        .await?;
    passes.end().await
}

/// What `peers/fulcrum.sh` reads.
async fn hold(setting: &Setting, file: &Path) -> Result<(), Failure> {
    let processes = [setting.relay.id(), setting.laptop.program.id()];
    let held = json!({
        "url": setting.hired.url(),
        "pids": processes.map(|id| id.to_string()).join(","),
        "rpc": setting.laptop.at("rpc")?,
        "token_file": setting.laptop.program.said("token_file"),
    });
    fs::write(file, held.to_string())?;
    asked_to_stop().await;
    Ok(())
}
