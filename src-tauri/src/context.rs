//! The screens, the icons and the permissions as the build script embedded them.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "Tauri generates this code"
)]

/// What the build script made of `tauri.conf.json`, `ui/dist` and the capabilities.
pub fn embedded() -> tauri::Context {
    tauri::tauri_build_context!()
}
