//! `fulcrum-relay`: the relay as a program of its own.

mod arguments;

use std::error::Error;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use fulcrum_relay::clock::SystemClock;
use fulcrum_relay::server::{self, Relay};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use arguments::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        .from_env_lossy();
    tracing_subscriber::fmt()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .init();
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{}", in_words(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(arguments.listen).await?;
    let address = listener.local_addr()?;
    let operators = arguments.operator_listen;
    #[cfg(feature = "jetstream")]
    let cluster = arguments.cluster.clone();
    let mut settings = arguments.settings();
    let url = settings.public_url_at(address)?;
    settings.public_url = Some(url.clone());
    #[cfg(feature = "jetstream")]
    let store = cluster.open(&settings.limits).await?;
    let mut relay = Relay::open(settings, Arc::new(SystemClock))?;
    #[cfg(feature = "jetstream")]
    if let Some(store) = store {
        relay = relay.sharing(store);
    }
    if let Some(address) = operators {
        relay = relay.with_operators_on(TcpListener::bind(address).await?);
    }
    writeln!(std::io::stdout(), "{}", serde_json::json!({ "url": url }))?;
    server::run(relay, listener, stop_signal()?).await?;
    Ok(())
}

/// The error and what caused it, in one sentence.
fn in_words(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&error| error.source());
    causes.fold(error.to_string(), |words, cause| {
        format!("{words}: {cause}")
    })
}

/// Done at SIGINT or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Done at Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a working handler the program can only be killed, which the store survives.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
