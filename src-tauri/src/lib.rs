//! The Tauri shell: one window that shows the screens, and the way from there to the engine.
//!
//! It knows Tauri and decides nothing: what a command does is in `fulcrum-core`, which must never know
//! Tauri. Start reading at [`run`]; `engine.rs` holds the engine while the window is open, `commands.rs`
//! is all that the screens may call, `window.rs` all that the window may show, `tray.rs` the icon beside it.

mod commands;
mod context;
mod engine;
mod external;
mod tray;
mod window;

use fulcrum_core::config::Options;
use tauri::{Manager, RunEvent};

use crate::engine::EngineHandle;
use crate::tray::Tray;

/// Opens the window and runs until it is closed. The engine starts beside it; if it cannot, the window
/// says why.
///
/// # Errors
/// The window could not be opened, for example because there is no display.
pub fn run(options: Options) -> tauri::Result<()> {
    tauri::Builder::default()
        // First, so that a second start reaches the open window before it touches the data folder.
        .plugin(tauri_plugin_single_instance::init(
            |app, _arguments, _folder| {
                window::come_to_front(app);
            },
        ))
        .invoke_handler(tauri::generate_handler![
            commands::rpc,
            commands::open_external,
            commands::save_file
        ])
        .setup(move |app| {
            window::open(app, &options.data_dir)?;
            let tray = Tray::new(app);
            app.manage(EngineHandle::start(app.handle(), options, tray));
            Ok(())
        })
        .build(context::embedded())?
        .run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<EngineHandle>().stop();
            }
        });
    Ok(())
}
