//! The real relay as a process that can be traced, disturbed and killed.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use url::Url;

const PROGRAM: &str = env!("CARGO_BIN_EXE_fulcrum-relay");
/// For a relay that neither ends nor says its address: the test fails then, and does not hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running relay.
pub struct Program {
    pub url: Url,
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Program {
    /// Starts a relay on `folder`; its log goes to `relay.log` beside the folder.
    pub async fn start(folder: &Path) -> Self {
        Self::spawn(Command::new(PROGRAM), folder)
            .await
            .expect("a relay that nothing disturbs starts")
    }

    /// Starts a relay with these arguments besides; `None` where it ended before it listened.
    pub async fn with(folder: &Path, arguments: &[String]) -> Option<Self> {
        let mut command = Command::new(PROGRAM);
        command.args(arguments);
        Self::spawn(command, folder).await
    }

    /// Starts a relay under strace, which writes to `trace`; `options` say what it records and disturbs. `None` where
    /// the relay died before it listened.
    pub async fn traced(folder: &Path, trace: &Path, options: &[String]) -> Option<Self> {
        let mut strace = Command::new("strace");
        // The tracer is a grandchild (-D), so that the child is the relay itself.
        strace
            .args(["-D", "-f", "-y", "-xx", "-s", "8192", "-o"])
            .arg(trace)
            .args(options)
            .arg(PROGRAM);
        Self::spawn(strace, folder).await
    }

    async fn spawn(mut command: Command, folder: &Path) -> Option<Self> {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(folder.with_extension("log"))
            .unwrap();
        let mut child = command
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("strace and the relay are there: see .ci/packages.sh");
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        let read = tokio::time::timeout(PATIENCE, stdout.read_line(&mut line)).await;
        if read.expect("the relay says its address").unwrap() == 0 {
            child.wait().await.unwrap();
            return None;
        }
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        Some(Self {
            url: said["url"].as_str().unwrap().parse().unwrap(),
            child,
            stdout,
        })
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.url.port().unwrap())
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id().expect("the relay runs")
    }

    /// Waits until the relay has ended by itself, and its tracer.
    pub async fn ended(&mut self) {
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(PATIENCE, async {
            self.child.wait().await.unwrap();
            self.stdout.read_to_end(&mut rest).await.unwrap();
        });
        ended.await.expect("a relay that does not answer has ended");
    }

    /// SIGTERM; returns the exit code.
    pub async fn stop(mut self) -> Option<i32> {
        let id = self.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(sent.unwrap().success());
        self.ended().await;
        self.child.wait().await.unwrap().code()
    }

    /// SIGKILL. Returns when relay and tracer are gone, so that the trace is whole.
    pub async fn kill(mut self) {
        // It may have been killed by the tracer already.
        let _ = self.child.start_kill();
        self.ended().await;
    }
}
