//! The desktop program: reads the flags and opens the window.

// On Windows a release build must not open a console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use fulcrum_core::config::Flags;
use fulcrum_core::crash;
use fulcrum_core::redact::Redacting;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Connects Lever to what happens after a candidate says yes.
#[derive(Parser)]
#[command(name = "fulcrum", version)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
}

fn main() -> ExitCode {
    let level = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into());
    tracing_subscriber::fmt()
        .with_env_filter(level.from_env_lossy())
        .with_writer(|| Redacting(std::io::stderr()))
        .init();
    crash::prepare();

    let options = match Arguments::parse().flags.into_options() {
        Ok(options) => options,
        Err(problem) => Arguments::command()
            .error(ErrorKind::ValueValidation, problem)
            .exit(),
    };
    if cfg!(target_os = "linux") && !has_display() {
        tracing::error!(
            "there is no display, so no window can open; fulcrum-cli works without one"
        );
        return ExitCode::FAILURE;
    }
    match fulcrum::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tracing::error!(%problem, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

/// Whether a window has a place to open. Without one, GTK would end the program with a backtrace.
#[expect(
    clippy::disallowed_methods,
    reason = "the display is the window's own affair, no setting"
)]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|display| !display.is_empty()))
}
