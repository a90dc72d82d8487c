//! The only file that writes to the terminal.

use std::io::{self, IsTerminal, Write};

use fulcrum_core::api::error::AppError;
use fulcrum_core::redact::Redacting;
use tracing_subscriber::EnvFilter;

/// Why a command line run failed, as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The engine does not start.
    #[error(transparent)]
    Start(#[from] fulcrum_core::StartError),
    /// The flags cannot be used.
    #[error(transparent)]
    Config(#[from] fulcrum_core::config::ConfigError),
    /// A command failed.
    #[error("{}", .0.message)]
    Command(AppError),
    /// The database is locked and nobody is there to type a passphrase.
    #[error("{0}")]
    Locked(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl From<AppError> for Failure {
    fn from(problem: AppError) -> Self {
        Self::Command(problem)
    }
}

impl From<io::Error> for Failure {
    fn from(problem: io::Error) -> Self {
        Self::Other(problem.to_string())
    }
}

/// Prints text and a newline; a reader that went away is no failure.
///
/// # Errors
/// If standard output cannot be written.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(problem) if problem.kind() != io::ErrorKind::BrokenPipe => Err(problem.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints a failure: the sentence for people, or the whole error as JSON where a command made it.
pub fn complain(problem: &Failure) {
    let text = match problem {
        Failure::Command(error) => {
            serde_json::to_string(error).unwrap_or_else(|_| error.message.clone())
        }
        other => other.to_string(),
    };
    // Without standard error there is nowhere left to complain.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Says on standard error what is being done.
pub fn say(text: &str) {
    // As above.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Every command with its request, its response and what it does.
pub fn commands() -> String {
    let list = fulcrum_core::api::list();
    let width = list
        .iter()
        .map(|command| command.name.len())
        .max()
        .unwrap_or(0);
    let lines = list.iter().map(|command| {
        let signature = format!("{} -> {}", command.request, command.response);
        format!(
            "{:width$}  {signature}\n{:width$}  {}\n",
            command.name, "", command.about
        )
    });
    lines.collect()
}

/// Sends the log, less every secret, to standard error; `RUST_LOG` chooses what, warnings by default.
pub fn log_to_stderr() {
    let filter = EnvFilter::builder()
        .with_default_directive(tracing_subscriber::filter::LevelFilter::WARN.into())
        .from_env_lossy();
    let log = tracing_subscriber::fmt()
        .with_writer(|| Redacting(io::stderr()))
        .with_ansi(io::stderr().is_terminal())
        .with_env_filter(filter);
    // A second start in the same process, as in tests, keeps the first log.
    let _ = log.try_init();
}
