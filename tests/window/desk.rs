//! A desk with a computer: a display, a practice Lever, a relay, and the two drivers.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fulcrum_cli::demo::world::World;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::browser::Chromium;

/// How long a page may take to show something; generous, for a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with its test.
pub struct Owned(pub Child);

impl Drop for Owned {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Everything a person needs who sets Fulcrum up.
pub struct Desk {
    /// Lever and the relay.
    pub world: World,
    /// The window of Fulcrum.
    pub app: WebDriver,
    /// The browser.
    pub browser: Chromium,
    _driver: Owned,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// Starts all of it and opens the window. `opened` is where the app's "browser" writes the address.
    pub async fn set_up() -> Self {
        let world = World::start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let browser = Chromium::start(folder.path()).await;
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // Without a GPU the default renderer takes three times as long to start.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            // The address that the app opens is taken from its own screen, so the system browser is not needed.
            .env("BROWSER", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed");
        let driver = Owned(driver);
        let app = window(port, &world, folder.path()).await;
        Self {
            world,
            app,
            browser,
            _driver: driver,
            _folder: folder,
        }
    }

    /// Closes the window and the browser.
    pub async fn leave(self) {
        self.app.clone().quit().await.unwrap();
        self.browser.quit().await;
    }
}

async fn window(port: u16, world: &World, folder: &Path) -> WebDriver {
    let words = folder.join("words");
    std::fs::write(&words, "correct horse battery").unwrap();
    let flags = world.flags();
    let arguments = [
        "--data-dir".to_owned(),
        folder.join("laptop").display().to_string(),
        "--passphrase-file".to_owned(),
        words.display().to_string(),
        "--relay".to_owned(),
        flags.relay.unwrap(),
        "--lever-auth-url".to_owned(),
        flags.lever_auth_url.unwrap(),
        "--lever-api-url".to_owned(),
        flags.lever_api_url.unwrap(),
        "--callback-ports".to_owned(),
        "0".to_owned(),
    ];
    let program = std::env::current_exe().unwrap();
    let binary = program
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join("fulcrum");
    assert!(
        binary.exists(),
        "{} is missing: run `make build`",
        binary.display()
    );
    let mut capabilities = Capabilities::new();
    capabilities
        .set(
            "webkitgtk:browserOptions".to_owned(),
            json!({ "binary": binary, "args": arguments }),
        )
        .unwrap();
    connected(&format!("http://127.0.0.1:{port}"), capabilities).await
}

/// A session with a driver that may still be starting.
pub async fn connected(server: &str, capabilities: Capabilities) -> WebDriver {
    let address = server.trim_start_matches("http://").to_owned();
    let listening = async {
        // Refused until it listens; each try waits for the system's answer.
        while tokio::net::TcpStream::connect(&address).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, listening)
        .await
        .expect("the driver starts");
    WebDriver::new(server, capabilities).await.unwrap()
}
