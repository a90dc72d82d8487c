//! What the Linux kernel says of a process's memory (proc_pid_status(5)), in megabytes of 2^20 bytes.

/// The most memory that a process ever had.
///
/// # Panics
/// If there is no such process.
pub fn peak_megabytes(process: u32) -> usize {
    megabytes(process, "VmHWM:")
}

/// The memory that a process has now.
///
/// # Panics
/// If there is no such process.
pub fn resident_megabytes(process: u32) -> usize {
    megabytes(process, "VmRSS:")
}

fn megabytes(process: u32, name: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))
        .expect("a running process has a status");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.expect("the kernel says so many kB") / 1_024
}
