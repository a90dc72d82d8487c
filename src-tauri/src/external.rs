//! Handing an address to the system's browser.

use fulcrum_core::config::is_loopback;
use tauri::Url;

/// Whether an address may leave the window: `https`, or `http` on this computer, where the practice Lever
/// answers. Anything else could start a program (`file:`, `smb:`, a custom scheme).
pub fn may_open(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

/// Opens the address in the system's browser if [`may_open`] allows it; whether that worked.
pub fn open(url: &Url) -> bool {
    if !may_open(url) {
        tracing::warn!(
            scheme = url.scheme(),
            "refused to open an address outside the app"
        );
        return false;
    }
    tauri_plugin_opener::open_url(url, None::<&str>)
        .inspect_err(|problem| tracing::warn!(%problem, "the system's browser did not open"))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_pages_and_this_computer_are_opened() {
        let cases = [
            ("https://auth.lever.co/authorize?state=1", true),
            ("http://127.0.0.1:45200/authorize", true),
            ("http://[::1]:8080/", true),
            ("http://localhost/", true),
            ("http://auth.lever.co/authorize", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://localhost.example.com/", false),
            ("http://127.0.0.1@example.com/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("smb://files/share", false),
            ("mailto:someone@example.com", false),
            ("tauri://localhost/", false),
        ];
        for (address, allowed) in cases {
            let url = Url::parse(address).expect("the table holds addresses");
            assert_eq!(may_open(&url), allowed, "{address}");
        }
    }
}
