//! One line per figure: `bench NAME value unit ratio=… against=…`.

use std::time::Duration;

use fulcrum_cli::output::{Failure, print};

/// A figure and, where there is one, the direct limit of the same unit that it stands beside.
///
/// # Errors
/// [`Failure`] if standard output cannot be written.
pub fn figure(name: &str, value: f64, unit: &str, limit: Option<f64>) -> Result<(), Failure> {
    let beside = match limit {
        Some(limit) => format!("ratio={:.4} against={limit:.2}", value / limit),
        None => "ratio=- against=-".to_owned(),
    };
    print(&format!("bench {name} {value:.2} {unit} {beside}"))
}

/// Events a second; the ratio is the part of the direct limit that is reached.
///
/// # Errors
/// As [`figure`].
pub fn throughput(name: &str, ours: f64, limit: f64) -> Result<(), Failure> {
    figure(name, ours, "events/s", Some(limit))
}

/// Milliseconds; the ratio says how many times the direct limit it takes.
///
/// # Errors
/// As [`figure`].
pub fn latency(name: &str, ours: Duration, limit: Duration) -> Result<(), Failure> {
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    figure(name, ms(ours), "ms", Some(ms(limit)))
}
