//! `fulcrum-practice`: serves one practice world until it is told to stop.

use std::io::{self, Write};
use std::net::SocketAddr;

use clap::Parser;
use fulcrum_practice::{Practice, Settings, Switches, run, run_mailbox};
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
    let practice = Practice::new(Settings {
        switches: Switches {
            rate_limit: !arguments.no_rate_limit,
            retry_scale: arguments.retry_scale,
            ..Switches::default()
        },
        extra_candidates: arguments.seed_candidates,
        random_seed: arguments.seed,
        ..Settings::default()
    });
    let listener = TcpListener::bind(arguments.listen).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let Some(smtp) = arguments.smtp_listen else {
        announce(&serde_json::json!({ "url": url }))?;
        return run(practice, listener, stop_requested()).await;
    };
    let mailbox = TcpListener::bind(smtp).await?;
    announce(&serde_json::json!({ "url": url, "smtp": mailbox.local_addr()? }))?;
    tokio::try_join!(
        run(practice.clone(), listener, stop_requested()),
        run_mailbox(practice, mailbox, stop_requested()),
    )?;
    Ok(())
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
