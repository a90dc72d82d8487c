//! I26: another user of the computer can open nothing, whatever the umask was when Fulcrum started.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use fulcrum_tests::{Invariant, text};
use serde_json::{Value, json};

use crate::headless::program;

/// The user that owns nothing (nobody on Linux).
const STRANGER: u32 = 65_534;

/// An engine in a process of its own, started under a umask; ends when it is dropped.
struct Running {
    process: Child,
    url: String,
}

impl Running {
    fn start(umask: &str, folder: &Path) -> Self {
        let words = folder.join("words");
        fs::write(&words, "correct horse battery").unwrap();
        fs::set_permissions(&words, fs::Permissions::from_mode(0o600)).unwrap();
        let mut process = Command::new("sh")
            .args(["-c", r#"umask "$0"; exec "$@""#, umask])
            .arg(program("fulcrum-cli"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--relay",
                "http://127.0.0.1:9",
            ])
            .arg("--data-dir")
            .arg(folder.join("data"))
            .arg("--passphrase-file")
            .arg(words)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let url = text(&said, "url").to_owned();
        Self { process, url }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder and everything in it.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(paths(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn is_wider_than_owner(path: &Path) -> bool {
    fs::metadata(path).unwrap().permissions().mode() & 0o077 != 0
}

/// How many of these a stranger opens: tried by one where that is allowed, which needs root, else told from the
/// permissions.
fn opened_by_stranger(paths: &[PathBuf]) -> usize {
    let is_root = fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if !is_root {
        return paths
            .iter()
            .filter(|path| is_wider_than_owner(path))
            .count();
    }
    let open = r#"for p; do { cat "$p" || ls "$p"; } >/dev/null 2>&1 && echo "$p"; done; true"#;
    let tried = Command::new("sh")
        .args(["-c", open, "sh"])
        .args(paths)
        .current_dir("/")
        .uid(STRANGER)
        .gid(STRANGER)
        .output()
        .unwrap();
    assert!(tried.status.success(), "{tried:?}");
    String::from_utf8_lossy(&tried.stdout).lines().count()
}

#[tokio::test]
async fn i26_other_users_cannot_look() {
    let http = fulcrum_core::http::client().unwrap();
    let (mut looked_at, mut opened, mut wider, mut answering) = (0, 0, 0, 0);
    let (mut fewest, mut control) = (usize::MAX, 0);
    for umask in ["000", "022", "077"] {
        // Only Fulcrum's own folder keeps the stranger out, not the one around it.
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let running = Running::start(umask, folder.path());
        let paths = paths(&folder.path().join("data"));
        fewest = fewest.min(paths.len());
        looked_at += paths.len();
        opened += opened_by_stranger(&paths);
        wider += paths
            .iter()
            .filter(|path| is_wider_than_owner(path))
            .count();
        let call = http
            .post(format!("{}/rpc", running.url))
            .json(&json!({ "name": "app.status" }));
        answering += usize::from(call.send().await.unwrap().status().is_success());
        // What a program leaves that sets no permissions.
        let planted = folder.path().join("planted");
        fs::write(&planted, "planted").unwrap();
        fs::set_permissions(&planted, fs::Permissions::from_mode(0o644)).unwrap();
        control += opened_by_stranger(&[planted]);
    }
    Invariant::new("I26")
        .at_least("umasks", 3, 3)
        .figure("paths", looked_at)
        .at_least("fewest_paths", fewest, 6)
        .exactly("opened", opened, 0)
        .exactly("wider_than_owner", wider, 0)
        .exactly("ports_answering", answering, 0)
        .at_least("control_opened", control, 3)
        .conclude();
}
