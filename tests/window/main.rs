//! The real window, driven as a person would.

fn main() {}
