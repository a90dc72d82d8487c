//! What the kernel says that memory is in use (proc(5)); there is no figure where it does not say.

use std::fs;
use std::path::Path;

/// Resident memory of this process in MB of 10^6 bytes.
pub fn resident_mb() -> Option<f64> {
    field_mb(Path::new("/proc/self/status"), "VmRSS:")
}

/// The proportional share of the memory of a process, in MB; what it shares with others is counted in part.
#[cfg(target_os = "linux")]
pub fn proportional_mb(process: u32) -> Option<f64> {
    field_mb(Path::new(&format!("/proc/{process}/smaps_rollup")), "Pss:")
}

/// Forgets the most resident memory that a process had so far; without the permission for it, nothing.
#[cfg(target_os = "linux")]
pub fn forget_peak(process: u32) {
    // Refused where /proc is not writable; the peak is then that of the whole life of the process.
    let _ = fs::write(format!("/proc/{process}/clear_refs"), "5");
}

/// The most resident memory that a process had since then, in MB.
#[cfg(target_os = "linux")]
pub fn peak_mb(process: u32) -> Option<f64> {
    field_mb(Path::new(&format!("/proc/{process}/status")), "VmHWM:")
}

/// A line such as `VmRSS:   12345 kB`, where kB is 1,024 bytes.
fn field_mb(file: &Path, name: &str) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1_024.0 / 1_000_000.0)
}
