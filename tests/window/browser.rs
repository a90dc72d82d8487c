//! The person's browser: Chromium without a display.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use thirtyfour::prelude::*;

use crate::desk::{Owned, connected, free_port};

/// A running Chromium.
pub struct Chromium {
    /// Its driver.
    pub tab: WebDriver,
    _driver: Owned,
}

impl Chromium {
    /// Starts it with a profile of its own.
    pub async fn start(folder: &Path) -> Self {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let profile = format!("--user-data-dir={}", folder.join("chromium").display());
        let mut capabilities = Capabilities::new();
        capabilities
            .set("browserName".to_owned(), json!("chrome"))
            .unwrap();
        let arguments = json!([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            profile,
        ]);
        capabilities
            .set(
                "goog:chromeOptions".to_owned(),
                json!({ "args": arguments }),
            )
            .unwrap();
        let tab = connected(&format!("http://127.0.0.1:{port}"), capabilities).await;
        Self {
            tab,
            _driver: Owned(driver),
        }
    }

    /// Closes it.
    pub async fn quit(self) {
        self.tab.clone().quit().await.unwrap();
    }
}
