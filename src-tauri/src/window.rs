//! The one window and what it may show: the app's own pages and nothing else.

use std::path::Path;

use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, AppHandle, Manager, Url};

const MAIN: &str = "main";

/// Opens the window as `tauri.conf.json` describes it. What the web view keeps (the colour scheme, say)
/// lies in `data_dir` with everything else.
pub fn open(app: &App, data_dir: &Path) -> tauri::Result<()> {
    let described = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == MAIN);
    let described = described.ok_or(tauri::Error::WindowNotFound)?;
    WebviewWindowBuilder::from_config(app, described)?
        .data_directory(data_dir.join("webview"))
        .on_navigation(is_own_page)
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Shows the window in front of the others.
pub fn come_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(problem) = shown {
        tracing::warn!(%problem, "the window did not come to the front");
    }
}

/// Whether the address is one of the pages inside the program: `tauri://localhost`, which Windows writes
/// as `http://tauri.localhost`.
fn is_own_page(url: &Url) -> bool {
    let origin = if cfg!(windows) {
        ("http", "tauri.localhost")
    } else {
        ("tauri", "localhost")
    };
    let own = (url.scheme(), url.host_str().unwrap_or_default()) == origin && url.port().is_none();
    if !own {
        tracing::warn!(
            scheme = url.scheme(),
            host = url.host_str(),
            "refused to leave the app's own pages"
        );
    }
    own
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_nothing_but_its_own_pages() {
        let cases = [
            ("tauri://localhost/", true),
            ("tauri://localhost/people?id=1#top", true),
            ("tauri://localhost:8080/", false),
            ("tauri://example.com/", false),
            ("tauri://localhost.example.com/", false),
            ("https://example.com/", false),
            ("http://localhost/", false),
            ("http://127.0.0.1:45200/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
            ("javascript:alert(1)", false),
        ];
        for (address, own) in cases {
            let url = Url::parse(address).expect("the table holds addresses");
            assert_eq!(is_own_page(&url), own, "{address}");
        }
    }
}
