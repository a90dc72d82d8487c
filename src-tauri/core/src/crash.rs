//! What a crash leaves behind: a line in the log, without secrets, and no image of the memory that holds them
//! (RELIABILITY.md I23).

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, PanicHookInfo};

/// For the start of a program: a panic goes to the log, whose writer cuts secrets out, instead of straight to
/// standard error, and the system writes no core file of this process.
pub fn prepare() {
    panic::set_hook(Box::new(log));
    #[cfg(unix)]
    if let Err(problem) = no_core_file() {
        tracing::warn!(%problem, "a crash may leave a core file");
    }
}

fn log(panic: &PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        tracing::error!("{panic}\n{backtrace}");
    } else {
        tracing::error!("{panic}");
    }
}

/// Also for collectors such as systemd-coredump, which keep to this limit.
#[cfg(unix)]
fn no_core_file() -> rustix::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none)
}
