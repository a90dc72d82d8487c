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

use crate::tray::Tray;
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
    /// Starts the engine without making the window wait; the tray shows from then on how it stands.
    pub fn start(app: &AppHandle, options: Options, tray: Option<Tray>) -> Self {
        let (report, outcome) = watch::channel(None);
        tauri::async_runtime::spawn(start(app.clone(), options, tray, report));
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

async fn start(
    app: AppHandle,
    options: Options,
    tray: Option<Tray>,
    report: watch::Sender<Outcome>,
) {
    let started = Engine::start(options, Arc::new(Desktop { app: app.clone() })).await;
    match started {
        Ok(engine) => {
            let changes = engine.changes();
            report.send_replace(Some(Ok(engine.clone())));
            tell_changes(&app, &engine, tray, changes).await;
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

/// Passes on what became stale, and shows in the tray how it stands, until the program ends.
async fn tell_changes(
    app: &AppHandle,
    engine: &Engine,
    mut tray: Option<Tray>,
    mut changes: broadcast::Receiver<Vec<Tag>>,
) {
    if let Some(tray) = &mut tray {
        tray.show(engine.glance().await);
    }
    loop {
        let tags = match changes.recv().await {
            Ok(tags) => tags,
            // Tags were missed, so anything may be stale.
            Err(RecvError::Lagged(_)) => Tag::ALL.to_vec(),
            Err(RecvError::Closed) => return,
        };
        if let Some(tray) = &mut tray
            && [Tag::App, Tag::Connection]
                .iter()
                .any(|tag| tags.contains(tag))
        {
            tray.show(engine.glance().await);
        }
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
