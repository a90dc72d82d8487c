//! Addresses that a browser hands in and that must not lead to another site.

use url::{Position, Url};

/// Path and query of `address`, which is a path or a whole address of ours (`origin`), or `None` if it
/// leads anywhere else.
pub(super) fn local_path(origin: &str, address: &str) -> Option<String> {
    let base = Url::parse(origin).ok()?;
    let url = base.join(address).ok()?;
    let path = &url[Position::BeforePath..Position::AfterQuery];
    // "/.//host" becomes "//host", which a browser reads as another site.
    let is_ours = url.origin() == base.origin() && !path.starts_with("//");
    is_ours.then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        let ours = |address| local_path("http://127.0.0.1:4520", address);
        assert_eq!(ours("/board?q=a#b").as_deref(), Some("/board?q=a"));
        assert_eq!(ours("http://127.0.0.1:4520/hris").as_deref(), Some("/hris"));
        for foreign in [
            "https://example.com/",
            "//example.com",
            "/\\example.com",
            "/.//example.com",
            "\t//example.com",
            "http://127.0.0.1:4521/",
            "javascript:alert(1)",
            "http://127.0.0.1:4520@example.com/",
        ] {
            assert_eq!(ours(foreign), None, "{foreign}");
        }
    }
}
