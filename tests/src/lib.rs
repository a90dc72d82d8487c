//! A world for each test: its own folder, its own practice Lever and relay on free ports, an engine with a clock
//! that only the test moves. Tests judge from outside: Lever's own record is the witness, never our database.

pub mod bench;
pub mod canary;
mod clock;
mod invariant;
mod lever;
#[cfg(target_os = "linux")]
pub mod memory;
mod post;
#[cfg(target_os = "linux")]
pub mod sockets;
mod world;

pub use self::clock::TestClock;
pub use self::invariant::{Invariant, tries};
pub use self::lever::Lever;
pub use self::post::{Post, signed};
pub use self::world::{TestWorld, until_call};

/// A value's text at a key, or nothing.
pub fn text<'a>(value: &'a serde_json::Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
