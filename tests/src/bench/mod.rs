//! What the benchmarks share: the clock, percentiles, memory and the form of a figure.

pub mod memory;
pub mod report;
pub mod timing;
