//! The programs that are measured, each a process of its own, as users run them: what `cargo build --release` put
//! beside this benchmark.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use fulcrum_cli::output::Failure;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use url::Url;

/// A running program; it ends when this is dropped.
pub struct Program {
    child: Child,
    said: Value,
}

impl Program {
    /// Starts it and waits for the JSON line in which it says where it is.
    ///
    /// # Errors
    /// [`Failure`] if it does not start or says something else.
    pub async fn start(mut command: Command) -> Result<Self, Failure> {
        // What it logs under load is not for the terminal; that it fails shows in what it does not say.
        let command = command.stdout(Stdio::piped()).env("RUST_LOG", "error");
        let mut child = command.kill_on_drop(true).spawn()?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line).await?;
        }
        let said = serde_json::from_str(&line)
            .map_err(|_| Failure::Other(format!("A program did not start; it said {line:?}.")))?;
        Ok(Self { child, said })
    }

    /// What it said of itself at its start.
    pub fn said(&self, key: &str) -> &str {
        self.said[key].as_str().unwrap_or_default()
    }

    /// Its address.
    ///
    /// # Errors
    /// [`Failure`] if it named none.
    pub fn url(&self) -> Result<Url, Failure> {
        Url::parse(self.said("url")).map_err(|problem| Failure::Other(problem.to_string()))
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// Ends it without warning, as a power failure does.
    ///
    /// # Errors
    /// [`Failure`] if the kernel refuses.
    pub async fn kill(&mut self) -> Result<(), Failure> {
        Ok(self.child.kill().await?)
    }
}

/// A program of this workspace, `target/PROFILE/NAME` beside `target/PROFILE/deps/events-…`.
///
/// # Errors
/// [`Failure`] if it was not built.
pub fn built(name: &str) -> Result<PathBuf, Failure> {
    let me = std::env::current_exe()?;
    let folder = me.ancestors().nth(2).unwrap_or(Path::new(""));
    let path = folder.join(name);
    if path.is_file() {
        return Ok(path);
    }
    let path = path.display();
    Err(Failure::Other(format!(
        "{path} is missing: `make bench` builds it."
    )))
}

/// The relay, with events in `folder`; one sender stands for all of Lever, so it may send more than the relay can take.
///
/// # Errors
/// [`Failure`] if it does not start.
pub async fn relay(folder: &Path) -> Result<Program, Failure> {
    let mut command = Command::new(built("fulcrum-relay")?);
    command
        .args(["--listen", "127.0.0.1:0", "--endpoint-rate", "100000"])
        .arg("--data")
        .arg(folder);
    Program::start(command).await
}

/// The durable tunnel, in a process of its own like what stands beside it.
///
/// # Errors
/// [`Failure`] if it does not start.
pub async fn durable_tunnel(file: &Path) -> Result<Program, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--durable-tunnel").arg(file);
    Program::start(command).await
}
