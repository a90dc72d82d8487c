//! All that the screens may call.

use fulcrum_core::api::error::AppError;
use fulcrum_core::downloads;
use serde_json::Value;
use tauri::{AppHandle, Manager, State, Url};

use crate::engine::EngineHandle;
use crate::external;

/// Runs the engine's command `name` with the request `payload`; `core/src/api` lists the commands. While
/// the engine is starting, the answer waits for it.
#[tauri::command]
pub async fn rpc(
    engine: State<'_, EngineHandle>,
    name: String,
    payload: Value,
) -> Result<Value, AppError> {
    engine.running().await?.call(&name, payload).await
}

/// Opens a page in the system's browser, under the rule of [`external::may_open`].
#[tauri::command]
pub async fn open_external(url: Url) -> Result<(), AppError> {
    if !external::may_open(&url) {
        return Err(AppError::invalid(
            "url",
            "Only https addresses are opened in the browser.",
        ));
    }
    if !external::open(&url) {
        return Err(AppError::invalid(
            "url",
            "The browser could not be opened. Copy the address instead.",
        ));
    }
    Ok(())
}

/// Saves a text as a file in the user's folder for downloads, or in their home where there is none. Returns the path.
#[tauri::command]
pub async fn save_file(app: AppHandle, name: String, text: String) -> Result<String, AppError> {
    let failed = |problem: String| {
        AppError::invalid(
            "name",
            "The file could not be saved. Copy the text instead.",
        )
        .with_detail(problem)
    };
    let folders = app.path();
    let folder = folders.download_dir().or_else(|_| folders.home_dir());
    let folder = folder.map_err(|problem| failed(problem.to_string()))?;
    downloads::save(&folder, &name, &text)
        .map(|path| path.display().to_string())
        .map_err(|problem| failed(problem.to_string()))
}
