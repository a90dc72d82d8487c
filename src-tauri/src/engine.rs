//! The engine while the window is open, or why there is none.

use std::sync::Arc;
use std::time::Duration;

use fulcrum_core::api::error::{AppError, ErrorCode};
use fulcrum_core::config::Options;
use fulcrum_core::feed::Tag;
use fulcrum_core::{Engine, Host};
use tauri::{AppHandle, Emitter, Url};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use crate::{external, window};

/// The event that tells the screens which tags are stale.
const CHANGED: &str = "changed";

/// How long closing the window waits for the engine. All it promised is on disk at any moment, so nothing
/// is lost after that.
const STOP_WITHIN: Duration = Duration::from_secs(5);

type Outcome = Option<Result<Engine, AppError>>;

/// How the engine's start ended; nothing while it is under way.
pub struct EngineHandle {
    outcome: watch::Receiver<Outcome>,
}

impl EngineHandle {
    /// Starts the engine without making the window wait.
    pub fn start(app: &AppHandle, options: Options) -> Self {
        let (report, outcome) = watch::channel(None);
        tauri::async_runtime::spawn(start(app.clone(), options, report));
        Self { outcome }
    }

    /// The running engine, once its start has ended.
    ///
    /// # Errors
    /// Why it could not start: a sentence that every screen can show.
    pub async fn running(&self) -> Result<Engine, AppError> {
        let mut outcome = self.outcome.clone();
        match outcome.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(ended)) => ended.clone(),
            Ok(None) | Err(_) => Err(AppError::new(
                ErrorCode::Internal,
                "Fulcrum could not start. Close it and open it again.",
            )),
        }
    }

    /// Stops the engine, if it runs.
    pub fn stop(&self) {
        let Some(Ok(engine)) = self.outcome.borrow().clone() else {
            return;
        };
        let stopped = async { tokio::time::timeout(STOP_WITHIN, engine.stop()).await };
        if tauri::async_runtime::block_on(stopped).is_err() {
            tracing::warn!("the engine did not stop in time");
        }
    }
}

async fn start(app: AppHandle, options: Options, report: watch::Sender<Outcome>) {
    let started = Engine::start(options, Arc::new(Desktop { app: app.clone() })).await;
    match started {
        Ok(engine) => {
            let changes = engine.changes();
            report.send_replace(Some(Ok(engine)));
            tell_changes(&app, changes).await;
        }
        Err(problem) => {
            tracing::error!(%problem, "the engine did not start");
            report.send_replace(Some(Err(AppError::new(
                ErrorCode::Internal,
                problem.to_string(),
            ))));
        }
    }
}

/// Passes on what became stale, until the engine is gone.
async fn tell_changes(app: &AppHandle, mut changes: broadcast::Receiver<Vec<Tag>>) {
    loop {
        let tags = match changes.recv().await {
            Ok(tags) => tags,
            // Tags were missed, so anything may be stale.
            Err(RecvError::Lagged(_)) => Tag::ALL.to_vec(),
            Err(RecvError::Closed) => return,
        };
        if let Err(problem) = app.emit(CHANGED, tags) {
            tracing::warn!(%problem, "the window was not told of a change");
        }
    }
}

/// What the engine may ask of the desktop.
struct Desktop {
    app: AppHandle,
}

impl Host for Desktop {
    fn open_url(&self, url: &Url) -> bool {
        external::open(url)
    }

    fn come_to_front(&self) {
        window::come_to_front(&self.app);
    }
}
