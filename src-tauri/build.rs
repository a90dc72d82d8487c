//! Embeds the screens and what the window may do. The manifest lies at the root, so the folders that
//! Tauri expects beside it are named here.

use tauri_build::{AppManifest, Attributes, CodegenContext};

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let attributes = Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml"))
        // By the build script and not by the macro, so that changed screens are embedded anew.
        .codegen(CodegenContext::new());
    tauri_build::try_build(attributes)
        .expect("the screens are built (`make ui`) and the configuration is valid");
}
