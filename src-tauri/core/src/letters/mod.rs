//! Offer letters as their candidates see them.

pub mod model;
