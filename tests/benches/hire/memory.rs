//! What the kernel says that memory is in use (proc(5)); there is no figure where it does not say.

use std::fs;
use std::path::Path;

/// Resident memory of this process in MB of 10^6 bytes: the engine, and with it the practice Lever, the relay and
/// the sender, so the engine alone needs less.
pub fn resident_mb() -> Option<f64> {
    field_mb(Path::new("/proc/self/status"), "VmRSS:")
}

/// The proportional share of the memory of a process, in MB; what it shares with others is counted in part.
#[cfg(target_os = "linux")]
pub fn proportional_mb(process: u32) -> Option<f64> {
    field_mb(Path::new(&format!("/proc/{process}/smaps_rollup")), "Pss:")
}

/// A line such as `VmRSS:   12345 kB`, where kB is 1,024 bytes.
fn field_mb(file: &Path, name: &str) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1_024.0 / 1_000_000.0)
}
