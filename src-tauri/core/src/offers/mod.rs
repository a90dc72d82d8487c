//! Offers in step with Lever: a letter for each offer that should have one, which says what Lever says.
//!
//! The rules are in [`rules`], which touch nothing.

pub mod rules;
