//! `fulcrum-practice`: serves a practice world, and a sandbox beside it if asked, until it is told to stop.

use std::io::{self, Write};
use std::net::SocketAddr;

use clap::Parser;
use fulcrum_practice::{Clock, Practice, Settings, Switches, Tenant, run, run_mailbox};
use serde_json::json;
use tokio::net::TcpListener;

/// A practice Lever: sign-in, API, pages and webhooks, with invented candidates.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:45200")]
    listen: SocketAddr,
    /// Address on which the mailbox takes mails by SMTP; without it, none.
    #[arg(long, value_name = "ADDRESS")]
    smtp_listen: Option<SocketAddr>,
    /// Address of a second world, the sandbox; without it, none.
    #[arg(long, value_name = "ADDRESS")]
    sandbox_listen: Option<SocketAddr>,
    /// Answer as many API requests as come.
    #[arg(long)]
    no_rate_limit: bool,
    /// Factor on the waits between delivery attempts.
    #[arg(long, default_value_t = 1.0)]
    retry_scale: f64,
    /// Drawn candidates to add to the seeded ones, for load.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed_candidates: usize,
    /// What they are drawn from: the same number gives the same candidates.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let settings = Settings {
        switches: Switches {
            rate_limit: !arguments.no_rate_limit,
            retry_scale: arguments.retry_scale,
            ..Switches::default()
        },
        extra_candidates: arguments.seed_candidates,
        random_seed: arguments.seed,
        ..Settings::default()
    };
    let sandbox = Settings {
        tenant: Tenant::Sandbox,
        clock: Clock::system(),
        extra_candidates: 0,
        ..settings.clone()
    };
    let practice = Practice::new(settings);
    let listener = TcpListener::bind(arguments.listen).await?;
    let mut addresses = json!({"url": format!("http://{}", listener.local_addr()?)});
    let mailbox = bind(arguments.smtp_listen).await?;
    if let Some(mailbox) = &mailbox {
        addresses["smtp"] = json!(mailbox.local_addr()?);
    }
    let sandbox_listener = bind(arguments.sandbox_listen).await?;
    if let Some(listener) = &sandbox_listener {
        addresses["sandbox_url"] = json!(format!("http://{}", listener.local_addr()?));
    }
    announce(&addresses)?;
    let mailbox = async {
        match mailbox {
            Some(listener) => run_mailbox(practice.clone(), listener, stop_requested()).await,
            None => Ok(()),
        }
    };
    let sandbox = async {
        match sandbox_listener {
            Some(listener) => run(Practice::new(sandbox), listener, stop_requested()).await,
            None => Ok(()),
        }
    };
    let production = run(practice.clone(), listener, stop_requested());
    tokio::try_join!(production, mailbox, sandbox)?;
    Ok(())
}

async fn bind(address: Option<SocketAddr>) -> io::Result<Option<TcpListener>> {
    match address {
        Some(address) => TcpListener::bind(address).await.map(Some),
        None => Ok(None),
    }
}

/// Tells whoever started the program where it listens, as one line of JSON.
fn announce(addresses: &serde_json::Value) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "{addresses}")?;
    stdout.flush()
}

/// Completes on SIGINT, and on SIGTERM where there is such a thing.
async fn stop_requested() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
