//! `fulcrum-cli`: see `fulcrum-cli --help`.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use fulcrum_cli::{call, demo, output, serve};
use fulcrum_core::config::Flags;

/// Fulcrum without a window.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Lists every command with its request and response.
    Commands,
    /// Prints the TypeScript types of every command.
    Types,
    /// Runs one command and prints its response.
    ///
    /// `connections.sign_in` prints the authorize address at once, stays until the browser came back, and then
    /// prints the connection.
    Call {
        /// The command, for example `people.list`.
        name: String,
        /// The request as JSON.
        #[arg(default_value = "{}")]
        payload: String,
        #[command(flatten)]
        flags: Flags,
    },
    /// Runs the whole engine and answers `POST /rpc`; prints one JSON line with its address and token file.
    Serve {
        /// The loopback address to listen on.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        #[command(flatten)]
        flags: Flags,
    },
    /// Does the whole way of a hire against a fresh practice world in a temporary folder.
    Demo(demo::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    output::log_to_stderr();
    fulcrum_core::crash::prepare();
    let outcome = match Arguments::parse().action {
        Action::Commands => output::print(&output::commands()),
        Action::Types => output::print(&fulcrum_core::api::typescript()),
        Action::Call {
            name,
            payload,
            flags,
        } => call::run(flags, &name, &payload).await,
        Action::Serve { listen, flags } => serve::run(flags, listen).await,
        Action::Demo(arguments) => Box::pin(demo::run(arguments)).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            output::complain(&problem);
            ExitCode::FAILURE
        }
    }
}
