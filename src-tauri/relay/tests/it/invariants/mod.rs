//! The invariants of RELIABILITY.md section 3 that the relay alone can show, judged from outside: the real program,
//! its system calls, what a sender was told and what a desktop got. `make invariants` prints their lines.

#[path = "../../../../../tests/src/canary/mod.rs"]
#[expect(
    dead_code,
    reason = "the relay's tests need less of it than the workspace's"
)]
mod canary;
#[path = "../../../../../tests/src/invariant.rs"]
pub mod invariant;
#[path = "../../../../../tests/src/memory.rs"]
pub mod memory;

mod bounded;
mod disk;
mod faults;
mod judge;
mod killed;
mod laptop;
mod pages;
mod plaintext;
pub mod program;
mod stopped;
mod synced;
mod trace;
mod walls;
