//! `fulcrum-relay`: the relay as a program of its own.

use std::error::Error;
use std::io::{IsTerminal as _, Write as _};
use std::net::{AddrParseError, IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use fulcrum_relay::clock::SystemClock;
use fulcrum_relay::server::{self, Data, Limits, Relay, Settings};
use ipnet::IpNet;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use url::Url;

/// Takes webhooks for laptops that may be asleep, sealed so that only the laptop can read them.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address to listen on; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:45300")]
    listen: SocketAddr,
    /// Address under which senders reach this relay, if a proxy or tunnel stands before it.
    #[arg(long)]
    public_url: Option<Url>,
    /// Address under which pages are shown; a host name of their own keeps them apart from the rest.
    #[arg(long)]
    pages_url: Option<Url>,
    /// Address or network of a proxy before this relay, whose X-Forwarded-For is believed; may be
    /// given more than once.
    #[arg(long, value_parser = network)]
    trusted_proxy: Vec<IpNet>,
    /// Folder for the stored events.
    #[arg(long, default_value = "relay-data")]
    data: PathBuf,
    /// Delete events that nobody fetched after this many days.
    #[arg(long)]
    retention_days: Option<u32>,
    /// Events a second that one address takes.
    #[arg(long, default_value_t = Limits::default().endpoint_rate)]
    endpoint_rate: NonZeroU32,
}

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
    let url = match &arguments.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{address}"))?,
    };
    let settings = Settings {
        public_url: Some(url.clone()),
        data: Data::Folder(arguments.data),
        pages_url: arguments.pages_url,
        trusted_proxies: arguments.trusted_proxy,
        limits: Limits {
            retention_days: arguments.retention_days,
            endpoint_rate: arguments.endpoint_rate,
            ..Limits::default()
        },
    };
    let relay = Relay::open(settings, Arc::new(SystemClock))?;
    writeln!(std::io::stdout(), "{}", serde_json::json!({ "url": url }))?;
    server::run(relay, listener, stop_signal()?).await?;
    Ok(())
}

/// A network such as `10.0.0.0/8`, or one address.
fn network(text: &str) -> Result<IpNet, AddrParseError> {
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse::<IpNet>().or_else(|_| address())
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
