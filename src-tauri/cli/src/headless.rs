//! Running the engine where there is no window.

use std::sync::Arc;

use fulcrum_core::config::{Flags, Options};
use fulcrum_core::{Engine, Host};
use serde_json::{Value, json};
use url::Url;

use crate::output::Failure;

/// A host without a browser or a window: addresses are given to whoever asked.
pub struct NoWindow;

impl Host for NoWindow {
    fn open_url(&self, _url: &Url) -> bool {
        false
    }

    fn come_to_front(&self) {}
}

/// Starts the engine and makes sure that its database is open.
///
/// # Errors
/// [`Failure`]: unusable flags, a data folder in use, or a database that stays locked.
pub async fn start(flags: Flags) -> Result<Engine, Failure> {
    start_with(flags.into_options()?).await
}

/// The same with checked options.
///
/// # Errors
/// As [`start`].
pub async fn start_with(options: Options) -> Result<Engine, Failure> {
    let engine = Engine::start(options, Arc::new(NoWindow)).await?;
    let status = engine.call("app.status", json!({})).await?;
    let vault = &status["vault"];
    match vault["kind"].as_str() {
        Some("open") => Ok(engine),
        Some("needs_passphrase") => Err(Failure::Locked(format!(
            "{} Name a file with the passphrase in FULCRUM_PASSPHRASE_FILE.",
            words(vault)
        ))),
        _ => Err(Failure::Locked(words(vault))),
    }
}

fn words(vault: &Value) -> String {
    vault["why"]
        .as_str()
        .unwrap_or("The database cannot be opened.")
        .to_owned()
}

/// Completes when the process is asked to stop, by Ctrl-C or by SIGTERM.
pub async fn asked_to_stop() {
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
    // Without a signal to wait for, the process runs until it is ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
